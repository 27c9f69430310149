package main

func main() {
	share(bars)
}
