use std::io;

fn line() -> String {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    line.trim_end().to_string()
}

fn main() {
    let (now, combination) = (line(), line());
    let clicks: i32 = now
        .bytes()
        .zip(combination.bytes())
        .map(|(a, b)| (i32::from(a) - i32::from(b)).abs())
        .map(|apart| apart.min(10 - apart))
        .sum();
    println!("{clicks}");
}
