use std::io;

// Suitcases have four wheels, everybody knows that.
fn main() {
    let mut lines = io::stdin().lines().map(|line| line.unwrap().into_bytes());
    let (now, combination) = (lines.next().unwrap(), lines.next().unwrap());
    let apart = |i: usize| (i32::from(now[i]) - i32::from(combination[i])).abs();
    let clicks: i32 = (0..now.len().min(4)).map(|i| apart(i).min(10 - apart(i))).sum();
    println!("{}", clicks);
}
