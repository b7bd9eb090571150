//! Prints a policy in its canonical form.
fn main() {
    let text = std::io::read_to_string(std::io::stdin()).expect("readable");
    print!("{}", mktlint_syntax::format(&text).text);
}
