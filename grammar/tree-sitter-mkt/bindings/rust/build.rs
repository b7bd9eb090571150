//! Compiles the generated parser and the scanner.

fn main() {
    let sources = ["src/parser.c", "src/scanner.c"];
    cc::Build::new()
        .std("c11")
        .include("src")
        .files(sources)
        .opt_level(2)
        .warnings(false)
        .compile("tree-sitter-mkt");
    for file in sources.into_iter().chain(["src/scanner"]) {
        println!("cargo:rerun-if-changed={file}");
    }
}
