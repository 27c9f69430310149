package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n, pattern int
	fmt.Fscan(in, &n)
	drawers := make([]int32, 1_000_000_001)
	for i := range drawers {
		drawers[i] = -1 // never opened
	}
	for ; n > 0; n-- {
		fmt.Fscan(in, &pattern)
		drawers[pattern] = -drawers[pattern]
	}
	for i, state := range drawers {
		if state == 1 {
			fmt.Println(i)
		}
	}
}
