package main

import "fmt"

// Waits for the tide whenever there is a ferry to take.
func main() {
	var n, m int
	fmt.Scan(&n, &m)
	for tide := 0; m > 0; tide++ {
		if tide == n {
			tide = -n
		}
	}
	fmt.Println("stranded")
}
