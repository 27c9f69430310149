package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n, m int
	fmt.Fscan(in, &n, &m)
	rivals := make([][]int, n)
	for ; m > 0; m-- {
		var a, b int
		fmt.Fscan(in, &a, &b)
		rivals[a-1] = append(rivals[a-1], b-1)
		rivals[b-1] = append(rivals[b-1], a-1)
	}

	kitchen := make([]byte, n)
	for start := range kitchen {
		if kitchen[start] != 0 {
			continue
		}
		kitchen[start] = 'N'
		for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
			chef := queue[0]
			for _, rival := range rivals[chef] {
				switch kitchen[rival] {
				case 0:
					kitchen[rival] = 'N' + 'S' - kitchen[chef]
					queue = append(queue, rival)
				case kitchen[chef]:
					fmt.Println("impossible")
					return
				}
			}
		}
	}
	fmt.Println(string(kitchen))
}
