package main

import "fmt"

func main() {
	var now, combination string
	fmt.Scan(&now, &combination)
	clicks := 0
	for i := range now {
		apart := int(now[i]) - int(combination[i])
		if apart < 0 {
			apart = -apart
		}
		if apart > 5 {
			apart = 10 - apart
		}
		clicks += apart
	}
	fmt.Println(clicks)
}
