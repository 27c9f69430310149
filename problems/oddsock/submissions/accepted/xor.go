package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	odd := 0
	for in.Scan() {
		pattern, err := strconv.Atoi(in.Text())
		if err != nil {
			panic(err)
		}
		odd ^= pattern
	}
	fmt.Println(odd)
}
