use std::io::{self, Write};

fn line() -> String {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    line.trim().to_string()
}

fn main() {
    let n: usize = line().parse().unwrap();
    let mut row: Vec<usize> = Vec::new();
    for wheel in 1..=n {
        let place = row.partition_point(|&other| {
            println!("? {other} {wheel}");
            io::stdout().flush().unwrap();
            line() == "<"
        });
        row.insert(place, wheel);
    }
    let order: Vec<String> = row.iter().map(usize::to_string).collect();
    println!("! {}", order.join(" "));
}
