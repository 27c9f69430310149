fn main() {
    let mut word = String::new();
    std::io::stdin().read_line(&mut word).unwrap();
    let length = word.trim().len();
    println!("{}", length * length);
}
