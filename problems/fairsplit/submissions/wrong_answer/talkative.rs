// Explains everything at length: correct words, but not the format.
fn main() {
    println!("yes\nmaybe 3\nbars 1_0 +2 -3 \u{0664}");
}
