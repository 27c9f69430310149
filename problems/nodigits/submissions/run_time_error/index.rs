fn main() {
    let none: Vec<usize> = Vec::new();
    println!("{}", none[none.len()]);
}
