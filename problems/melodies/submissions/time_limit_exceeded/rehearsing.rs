use std::io;

/// Rehearses every melody from the first to the last note and counts the ones that end well.
fn count(note: i64, left: i64, k: i64, d: i64, b: i64) -> u64 {
    if left == 0 {
        return u64::from(note == b);
    }
    (1..=k).filter(|next| (next - note).abs() <= d).map(|next| count(next, left - 1, k, d, b)).fold(0, u64::wrapping_add)
}

fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let numbers: Vec<i64> = line.split_whitespace().map(|word| word.parse().unwrap()).collect();
    let total = count(numbers[3], numbers[0] - 1, numbers[1], numbers[2], numbers[4]);
    println!("{}", total % 1_000_000_007);
}
