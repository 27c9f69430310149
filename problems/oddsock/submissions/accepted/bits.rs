use std::io::{self, Read};

fn main() {
    let mut pile = String::new();
    io::stdin().read_to_string(&mut pile).unwrap();
    let odd = pile.lines().skip(1).map(|line| line.parse::<u32>().unwrap()).fold(0, |odd, pattern| odd ^ pattern);
    println!("{odd}");
}
