package main

import "fmt"

// Believes that there are never more than sixteen huts.
func main() {
	var n int
	fmt.Scan(&n)
	var heights, nights [16]int
	longest := 0
	for i := 0; i < n; i++ {
		fmt.Scan(&heights[i])
		nights[i] = 1
		for j := 0; j < i; j++ {
			if heights[j] < heights[i] && nights[j] >= nights[i] {
				nights[i] = nights[j] + 1
			}
		}
		if nights[i] > longest {
			longest = nights[i]
		}
	}
	fmt.Println(longest)
}
