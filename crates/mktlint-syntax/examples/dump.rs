//! Prints the trees and problems of a policy.
fn main() {
    let text = std::io::read_to_string(std::io::stdin()).expect("readable");
    for (chunk, parse) in mktlint_syntax::parse_file(&text).declarations {
        if let Some(d) = &parse.declaration {
            print!("{}", mktlint_syntax::dump(d));
        } else {
            println!("NONE");
        }
        for problem in parse.problems {
            let file = "p.mkt".into();
            let d = problem.show(mktlint_syntax::Origin { file: &file, offset: chunk.offset });
            println!("!! {} {} {:?} {:?}", d.code, d.message, d.primary.place.span.slice(&text), d.help);
        }
    }
}
