package main

func main() {
	panic("no letters today")
}
