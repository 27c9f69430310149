package main

import "fmt"

// Reads a second line that the judge only sends as a reply.
func main() {
	var n int
	var reply string
	fmt.Scan(&n)
	fmt.Scan(&reply)
	fmt.Println("!", n, reply)
}
