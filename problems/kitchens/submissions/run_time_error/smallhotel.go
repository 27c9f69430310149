package main

import (
	"bufio"
	"fmt"
	"os"
)

// The hotel was expected to employ at most ten chefs: index out of range.
func main() {
	in := bufio.NewReader(os.Stdin)
	var n, m int
	fmt.Fscan(in, &n, &m)
	var kitchen [11]byte
	for chef := 1; chef <= n; chef++ {
		kitchen[chef] = 'N'
	}
	if m > 0 {
		panic("nobody told me about rivals")
	}
	fmt.Println(string(kitchen[1 : n+1]))
}
