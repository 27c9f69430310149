package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
)

// Tightens the rope by ever smaller steps and waits until a step is negative, which a halved step never is.
func main() {
	in := bufio.NewReader(os.Stdin)
	var n, r int
	fmt.Fscan(in, &n, &r)
	length, step := math.Inf(1), 1.0
	for step >= 0 {
		step /= 2
		length -= step
	}
	fmt.Println(length)
}
