//! Documentation.

use mktlint_text::Span;

use crate::ast::DocLine;
use crate::lex::{Kind, TRIVIA, Token, lex};

/// The lines of `//!` at the top of a file, before its first declaration. Spans count from the start of the file.
pub fn module_docs(text: &str) -> Vec<DocLine> {
    let top = lex(text).into_iter().take_while(|token| TRIVIA.has(token.kind));
    top.filter(|token| token.kind == Kind::ModuleDoc).map(|token| doc_line(text, token)).collect()
}

/// The text of `/// x` or `//! x`.
pub(crate) fn doc_line(text: &str, token: Token) -> DocLine {
    let start = (token.span.start() + 3).min(token.span.end());
    let line = Span::new(start, token.span.end()).slice(text);
    DocLine { text: line.strip_prefix(' ').unwrap_or(line).trim_end().into(), span: token.span }
}

#[cfg(test)]
mod tests {
    use super::module_docs;

    #[test]
    fn only_the_top_of_the_file_counts() {
        let lines = module_docs("\u{FEFF}// note\n//! One.\n\n//!  Two. \nuse a\n//! Three.");
        let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["One.", " Two."]);
    }
}
