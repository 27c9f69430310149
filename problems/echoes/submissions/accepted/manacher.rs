use std::io;

/// Manacher's algorithm: the radius of the longest palindrome around every letter and every gap.
fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let word = line.trim_end().as_bytes();
    let spread: Vec<u8> = word.iter().flat_map(|&letter| [b'|', letter]).chain([b'|']).collect();

    let mut radius = vec![0usize; spread.len()];
    let (mut centre, mut right) = (0, 0);
    let mut longest = 0;
    for i in 0..spread.len() {
        if i < right {
            radius[i] = radius[2 * centre - i].min(right - i);
        }
        while i > radius[i] && i + radius[i] + 1 < spread.len() && spread[i - radius[i] - 1] == spread[i + radius[i] + 1] {
            radius[i] += 1;
        }
        if i + radius[i] > right {
            centre = i;
            right = i + radius[i];
        }
        if i + radius[i] + 1 == spread.len() {
            longest = longest.max(radius[i]);
        }
    }
    let reply: String = word[..word.len() - longest].iter().rev().map(|&letter| letter as char).collect();
    println!("{}{}", line.trim_end(), reply);
}
