use std::io;

fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let n: u64 = line.trim().parse().unwrap();
    let total = n * (n + 1) / 2;
    if total % 2 == 1 {
        println!("no");
        return;
    }
    let mut rest = total / 2;
    let mut bars = Vec::new();
    for bar in (1..=n).rev() {
        if bar <= rest {
            rest -= bar;
            bars.push(bar.to_string());
        }
    }
    println!("yes\n{}\n{}", bars.len(), bars.join(" "));
}
