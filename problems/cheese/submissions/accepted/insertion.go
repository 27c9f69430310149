package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n int
	fmt.Fscan(in, &n)
	var row []int
	for wheel := 1; wheel <= n; wheel++ {
		place := sort.Search(len(row), func(i int) bool {
			fmt.Println("?", wheel, row[i])
			var answer string
			fmt.Fscan(in, &answer)
			return answer == "<"
		})
		row = append(row, 0)
		copy(row[place+1:], row[place:])
		row[place] = wheel
	}
	fmt.Print("!")
	for _, wheel := range row {
		fmt.Print(" ", wheel)
	}
	fmt.Println()
}
