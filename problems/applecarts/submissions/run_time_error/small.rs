use std::io;

// The numbers do not fit: unwrap panics with exit code 101.
fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let total: i32 = line.split_whitespace().map(|word| word.parse::<i32>().unwrap()).fold(0, |a, b| a.checked_add(b).unwrap());
    println!("{total}");
}
