//! What a selection grows to.

use mktlint_hir::SourceFile;
use mktlint_syntax::lex::{Kind, Token, lex};
use mktlint_text::Span;

use super::walk::{Node, path};
use crate::View;

/// The spans around `offset`, each in the next: word, expressions, clause, body, declaration, file.
pub fn selections(view: View<'_>, file: SourceFile, offset: u32) -> Vec<Span> {
    let text = file.text(view.db);
    let whole = Span::new(0, text.len() as u32);
    let mut found = vec![whole];
    if let Some((declaration, inside)) = view.declaration_at(file, offset) {
        let own = declaration.text(view.db);
        let base = declaration.offset(view.db);
        let mut inner = vec![Span::new(0, own.len() as u32)];
        inner.extend(view.tree(declaration).map(|tree| tree.span));
        let token = token(own, inside);
        if let Some(tree) = view.tree(declaration) {
            let at = token.map_or(Span::at(inside), |token| token.span);
            inner.extend(path(tree, at).into_iter().flat_map(steps));
        }
        inner.extend(token.and_then(|token| content(own, token)));
        inner.extend(token.map(|token| token.span));
        found.extend(inner.into_iter().map(|span| span.shift(base)));
    }
    nested(found, offset)
}

/// Each in the one before, the innermost first.
fn nested(found: Vec<Span>, offset: u32) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in found.into_iter().filter(|span| span.touches(offset)) {
        let fits = kept.last().is_none_or(|outer| outer.contains(span) && *outer != span);
        if fits {
            kept.push(span);
        }
    }
    kept.reverse();
    kept
}

/// A node, and what is between its braces.
fn steps(node: Node<'_>) -> Vec<Span> {
    match node {
        Node::Block(block) => {
            let entries = block.entries.iter().map(|entry| match entry {
                mktlint_syntax::ast::Entry::Clause(clause) => clause.span,
                mktlint_syntax::ast::Entry::Expr(expr) => expr.span,
            });
            std::iter::once(block.span).chain(entries.reduce(Span::cover)).collect()
        }
        node => vec![node.span()],
    }
}

/// The token at `offset`; of two that touch, the one that reads as something.
fn token(text: &str, offset: u32) -> Option<Token> {
    let tokens = lex(text);
    let touching = || tokens.iter().filter(|token| !token.span.is_empty() && token.span.touches(offset));
    let is_word = |token: &&&Token| token.text(text).starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let is_space = |token: &&&Token| token.kind == Kind::Space;
    touching().find(|it| is_word(&it)).or_else(|| touching().find(|it| !is_space(&it))).copied()
}

/// The words of a string around a piece of it.
fn content(text: &str, token: Token) -> Option<Span> {
    if !matches!(token.kind, Kind::StringText | Kind::Escape) {
        return None;
    }
    let tokens = lex(text);
    let at = tokens.iter().position(|own| own.span == token.span)?;
    let is_piece = |token: &&Token| matches!(token.kind, Kind::StringText | Kind::Escape);
    let before = tokens[..at].iter().rev().take_while(is_piece).last();
    let after = tokens[at..].iter().take_while(is_piece).last();
    Some(before.unwrap_or(&token).span.cover(after.unwrap_or(&token).span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn check(text: &str, expected: &[&str]) {
        let fixture = Fixture::new(text);
        let spans = selections(fixture.view(), fixture.policy(), fixture.offset);
        let text = fixture.text("policy/main.mkt");
        let found: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_selection_grows_from_word_to_file() {
        check(
            "/// Docs.\nrule a on Email.subject {\n  require len$0gth(it) <= 60 and true\n  error \"x\"\n}\n",
            &[
                "length",
                "length(it)",
                "length(it) <= 60",
                "length(it) <= 60 and true",
                "require length(it) <= 60 and true",
                "require length(it) <= 60 and true\n  error \"x\"",
                "{\n  require length(it) <= 60 and true\n  error \"x\"\n}",
                "rule a on Email.subject {\n  require length(it) <= 60 and true\n  error \"x\"\n}",
                "/// Docs.\nrule a on Email.subject {\n  require length(it) <= 60 and true\n  error \"x\"\n}",
                "/// Docs.\nrule a on Email.subject {\n  require length(it) <= 60 and true\n  error \"x\"\n}\n",
            ],
        );
    }

    #[test]
    fn words_in_a_text_come_before_its_quotes() {
        check(
            "let a = \"one$0\\ntwo\"\n",
            &[
                "one",
                "one\\ntwo",
                "\"one\\ntwo\"",
                "= \"one\\ntwo\"",
                "let a = \"one\\ntwo\"",
                "let a = \"one\\ntwo\"\n",
            ],
        );
    }

    #[test]
    fn the_place_between_declarations_is_the_file() {
        check("let a = 1\n$0\n\nlet b = 2\n", &["let a = 1\n\n\nlet b = 2\n"]);
    }
}
