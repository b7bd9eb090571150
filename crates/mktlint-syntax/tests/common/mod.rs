//! What several tests need.
#![allow(dead_code, reason = "no test needs all of it")]

use mktlint_syntax::{Origin, SyntaxProblem, dump, parse_file};
use mktlint_text::LineIndex;

pub const TOUR: &str = include_str!("../../../../tests/syntax/tour.mkt");

/// The trees of a file, and below each declaration its problems: code, place as `line:text`, message.
pub fn check(text: &str) -> String {
    let mut out = String::new();
    for (chunk, parse) in parse_file(text).declarations {
        match &parse.declaration {
            Some(declaration) => out.push_str(&dump(declaration)),
            None => out.push_str("(nothing)\n"),
        }
        for problem in &parse.problems {
            out.push_str(&show(text, chunk.offset, problem));
        }
    }
    out
}

fn show(text: &str, offset: u32, problem: &SyntaxProblem) -> String {
    let diagnostic = problem.show(Origin { file: &"p.mkt".into(), offset });
    let span = diagnostic.primary.place.span;
    let line = LineIndex::new(text).line(span.start());
    format!("! {} {}:`{}` {}\n", diagnostic.code, line, span.slice(text), diagnostic.message)
}

/// How many problems a file has.
pub fn n_problems(text: &str) -> usize {
    parse_file(text).declarations.iter().map(|(_, parse)| parse.problems.len()).sum()
}
