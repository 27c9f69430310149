package main

import "fmt"

// Has room for four wheels: index out of range with exit code 2.
func main() {
	var now, combination string
	fmt.Scan(&now, &combination)
	var apart [4]int
	clicks := 0
	for i := range now {
		apart[i] = (int(now[i]) - int(combination[i]) + 10) % 10
		if apart[i] > 5 {
			apart[i] = 10 - apart[i]
		}
		clicks += apart[i]
	}
	fmt.Println(clicks)
}
