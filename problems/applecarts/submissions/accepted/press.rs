use std::io;

fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).expect("input is UTF-8");
    let total: u64 = line.split_whitespace().map(|word| word.parse::<u64>().expect("a number")).sum();
    println!("{total}");
}
