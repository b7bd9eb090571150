//! Times the stages on texts that repeat.
use std::time::Instant;
fn main() {
    let tour = include_str!("../../../tests/syntax/tour.mkt");
    let n: usize = std::env::args().nth(1).map_or(20_000, |n| n.parse().expect("number"));
    let mut cases = vec![("tour*75".to_owned(), tour.repeat(75))];
    for joint in [" and ", " or ", " | ", ", ", " "] {
        cases.push((joint.to_owned(), format!("let x = {}", vec!["a"; n].join(joint))));
    }
    for piece in [
        "(",
        "}",
        "{",
        "\"",
        "/*",
        "#",
        "x.{",
        "f(",
        "rule ",
        "let x\n",
        "any x in ",
        "“",
        "/re",
        "a: ",
        "///\n",
        "[a,\n",
    ] {
        cases.push((piece.to_owned(), piece.repeat(n)));
        cases.push((format!("let x = {piece}\\n"), format!("let x = {piece}\n").repeat(n / 4)));
        cases.push((
            format!("test x {{ {piece}\\n"),
            format!("test x {{ {}\n", format!("{piece}\n").repeat(n)),
        ));
    }
    for (name, text) in cases {
        let [lex, chunks, parse, format] = [
            time(|| drop(mktlint_syntax::lex::lex(&text))),
            time(|| drop(mktlint_syntax::chunks(&text))),
            time(|| drop(mktlint_syntax::parse_file(&text))),
            time(|| drop(mktlint_syntax::format(&text))),
        ];
        println!("{name:?} {} lex {lex:?} chunks {chunks:?} parse {parse:?} format {format:?}", text.len());
    }
}

/// The best of several runs, since the machine may be shared.
fn time(run: impl Fn()) -> std::time::Duration {
    let once = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..9).map(|_| once()).min().unwrap_or_default()
}
