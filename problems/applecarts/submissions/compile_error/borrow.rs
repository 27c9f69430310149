fn main() {
    let cart = String::from("7");
    let stolen = cart;
    println!("{} {}", cart, stolen);
}
