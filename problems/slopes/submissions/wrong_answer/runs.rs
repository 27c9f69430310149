use std::io;

// Only counts climbs without skipping a hut.
fn main() {
    let heights: Vec<u32> = io::stdin().lines().nth(1).unwrap().unwrap().split(' ').map(|word| word.parse().unwrap()).collect();
    let mut longest = 1;
    let mut current = 1;
    for pair in heights.windows(2) {
        current = if pair[1] > pair[0] { current + 1 } else { 1 };
        longest = longest.max(current);
    }
    println!("{longest}");
}
