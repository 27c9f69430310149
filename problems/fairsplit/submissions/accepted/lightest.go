package main

import (
	"bufio"
	"fmt"
	"os"
)

// Gives the first niece light bars while they fit, and then swaps one of them for the bar that makes up the difference.
func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var n int
	fmt.Scan(&n)
	total := n * (n + 1) / 2
	if total%2 == 1 {
		fmt.Fprintln(out, "no")
		return
	}
	last, sum := 0, 0
	for sum+last+1 <= total/2 {
		last++
		sum += last
	}
	// Bar last+1 does not fit any more: take it and leave out the bar that is too much, if there is one.
	missing := total/2 - sum
	leave := 0
	count := last
	if missing > 0 {
		leave = last + 1 - missing
		last++
	}
	fmt.Fprintln(out, "yes")
	fmt.Fprintln(out, count)
	for bar := 1; bar <= last; bar++ {
		if bar != leave {
			fmt.Fprint(out, bar, " ")
		}
	}
	fmt.Fprintln(out)
}
