package main

import (
	"bufio"
	"fmt"
	"math/bits"
	"os"
)

const prime = 1<<61 - 1

func times(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	_, rest := bits.Div64(high, low, prime)
	return rest
}

// Compares the hash of every suffix with the hash of its mirror image, both grown letter by letter from the end.
func main() {
	var word string
	fmt.Fscan(bufio.NewReaderSize(os.Stdin, 1<<18), &word)
	const base = 911_382_323
	var forwards, backwards, power uint64 = 0, 0, 1
	longest := 0
	for length := 1; length <= len(word); length++ {
		letter := uint64(word[len(word)-length])
		forwards = (times(letter, power) + forwards) % prime
		backwards = (times(backwards, base) + letter) % prime
		power = times(power, base)
		if forwards == backwards {
			longest = length
		}
	}
	reply := make([]byte, 0, len(word))
	for i := len(word) - longest - 1; i >= 0; i-- {
		reply = append(reply, word[i])
	}
	fmt.Println(word + string(reply))
}
