use std::io::{self, Read};

/// Gift wrapping would be quadratic on a circle; this sorts around the lowest post instead (Graham's scan).
fn main() {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input).unwrap();
    let mut numbers = input.split_ascii_whitespace().map(|word| word.parse::<i64>().unwrap());
    let n = numbers.next().unwrap() as usize;
    let r = numbers.next().unwrap() as f64;
    let mut posts: Vec<(i64, i64)> = (0..n).map(|_| (numbers.next().unwrap(), numbers.next().unwrap())).collect();

    let cross = |o: (i64, i64), a: (i64, i64), b: (i64, i64)| (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0);
    let square = |a: (i64, i64), b: (i64, i64)| (a.0 - b.0).pow(2) + (a.1 - b.1).pow(2);
    let lowest = *posts.iter().min_by_key(|p| (p.1, p.0)).unwrap();
    posts.sort_by(|&a, &b| 0.cmp(&cross(lowest, a, b)).then(square(lowest, a).cmp(&square(lowest, b))));

    let mut hull: Vec<(i64, i64)> = Vec::new();
    for &post in &posts {
        while hull.len() >= 2 && cross(hull[hull.len() - 2], hull[hull.len() - 1], post) <= 0 {
            hull.pop();
        }
        hull.push(post);
    }
    let rope: f64 = (0..hull.len()).map(|i| (square(hull[i], hull[(i + 1) % hull.len()]) as f64).sqrt()).sum();
    println!("{:.8}", rope + std::f64::consts::TAU * r);
}
