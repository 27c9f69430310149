use std::io;

// Splits the line at every single comma, of which there are none: the first "number" is the whole line.
fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let numbers: Vec<u64> = line.split(',').map(|word| word.trim().parse().unwrap()).collect();
    println!("{}", numbers[0]);
}
