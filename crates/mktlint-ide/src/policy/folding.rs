//! What can be folded away.

use std::collections::BTreeMap;

use mktlint_hir::SourceFile;
use mktlint_hir::db::declarations;
use mktlint_syntax::lex::{Kind, Token, lex};
use mktlint_text::{LineIndex, Span};

use crate::View;

/// What is folded, for editors that fold all of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// A declaration, a body, a list.
    Code,
    /// Comments and documentation.
    Comment,
    /// `use` declarations that follow each other.
    Uses,
    /// Between `// #region` and `// #endregion`.
    Region,
}

/// Bytes that can be folded away, on two lines or more. What stands on the first line stays visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The bytes.
    pub span: Span,
    /// What is folded.
    pub kind: FoldKind,
}

/// What can be folded away in a file, by the line where it starts; the longest of those that start on one line.
pub fn folds(view: View<'_>, file: SourceFile) -> Vec<Fold> {
    let text = file.text(view.db);
    let lines = LineIndex::new(text);
    let tokens = lex(text);
    let mut all = Vec::new();
    uses(view, file, &mut all);
    brackets(&tokens, &mut all);
    comments(text, &tokens, &lines, &mut all);
    for declaration in declarations(view.db, file) {
        // Its documentation folds by itself.
        let Some(tree) = view.tree(*declaration) else { continue };
        all.push(Fold { span: tree.span.shift(declaration.offset(view.db)), kind: FoldKind::Code });
    }
    longest(all, &lines)
}

fn longest(all: Vec<Fold>, lines: &LineIndex) -> Vec<Fold> {
    let mut by_line: BTreeMap<u32, Fold> = BTreeMap::new();
    for fold in all {
        let first = lines.line(fold.span.start());
        if first == lines.line(fold.span.end()) {
            continue;
        }
        let known = by_line.entry(first).or_insert(fold);
        if known.span.end() < fold.span.end() {
            *known = fold;
        }
    }
    by_line.into_values().collect()
}

/// Runs of two `use` declarations or more.
fn uses(view: View<'_>, file: SourceFile, folds: &mut Vec<Fold>) {
    let db = view.db;
    for run in declarations(db, file).chunk_by(|a, b| a.kind(db) == "use" && b.kind(db) == "use") {
        if let [first, .., last] = run {
            let end = last.offset(db).saturating_add(last.text(db).len() as u32);
            folds.push(Fold { span: Span::new(first.offset(db), end), kind: FoldKind::Uses });
        }
    }
}

/// What stands between brackets, whether the rest can be read or not.
fn brackets(tokens: &[Token], folds: &mut Vec<Fold>) {
    let mut open: Vec<Token> = Vec::new();
    for token in tokens {
        let opener = match token.kind {
            Kind::LBrace | Kind::LBracket | Kind::LParen => {
                open.push(*token);
                continue;
            }
            Kind::RBrace => Kind::LBrace,
            Kind::RBracket => Kind::LBracket,
            Kind::RParen => Kind::LParen,
            _ => continue,
        };
        // A closer that fits nothing is left alone; one that fits an outer bracket closes those within.
        if let Some(at) = open.iter().rposition(|token| token.kind == opener) {
            let span = open[at].span.cover(token.span);
            open.truncate(at);
            folds.push(Fold { span, kind: FoldKind::Code });
        }
    }
}

fn comments(text: &str, tokens: &[Token], lines: &LineIndex, folds: &mut Vec<Fold>) {
    let mut run: Option<(Kind, Span)> = None;
    let mut regions: Vec<u32> = Vec::new();
    let mut line_of_code = 0;
    for token in tokens {
        let starts_line = line_of_code != lines.line(token.span.start());
        match token.kind {
            Kind::Space => continue,
            Kind::LineComment | Kind::Doc | Kind::ModuleDoc if starts_line => {
                let mark = mark(token.text(text));
                match (mark, regions.last()) {
                    (Some(Mark::Start), _) => regions.push(token.span.start()),
                    (Some(Mark::End), Some(start)) => {
                        let span = Span::new(*start, token.span.end());
                        folds.push(Fold { span, kind: FoldKind::Region });
                        regions.pop();
                    }
                    _ => {}
                }
                run = Some(match run.filter(|_| mark.is_none()) {
                    Some((kind, span)) if kind == token.kind && follows(lines, span, token.span) => {
                        (kind, span.cover(token.span))
                    }
                    _ => {
                        folds.extend(run.map(comment));
                        (token.kind, token.span)
                    }
                });
            }
            Kind::BlockComment | Kind::UnclosedComment => {
                folds.extend(run.take().map(comment));
                folds.push(comment((token.kind, token.span)));
            }
            _ => {
                folds.extend(run.take().map(comment));
                line_of_code = lines.line(token.span.end());
            }
        }
    }
    folds.extend(run.map(comment));
}

fn comment((_, span): (Kind, Span)) -> Fold {
    Fold { span, kind: FoldKind::Comment }
}

fn follows(lines: &LineIndex, before: Span, after: Span) -> bool {
    lines.line(before.end()) + 1 == lines.line(after.start())
}

#[derive(Clone, Copy)]
enum Mark {
    Start,
    End,
}

/// `// #region Claims`
fn mark(comment: &str) -> Option<Mark> {
    let words = comment.strip_prefix("//")?.trim_start();
    match words.split_whitespace().next()? {
        "#region" => Some(Mark::Start),
        "#endregion" => Some(Mark::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// Lines, from 1, and what is folded there.
    fn check(text: &str, expected: &[(u32, u32, FoldKind)]) {
        let fixture = Fixture::new(text);
        let lines = LineIndex::new(fixture.text("policy/main.mkt"));
        let folds = folds(fixture.view(), fixture.policy());
        let found: Vec<_> = folds
            .iter()
            .map(|fold| (lines.line(fold.span.start()), lines.line(fold.span.end()), fold.kind))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn declarations_bodies_and_lists_fold() {
        check(
            "/// One.\n/// Two.\nrule a on Email.subject {\n  match \"x\"\n    | \"y\"\n  error \"z\"\n}\n\nregion r = [\n  DE,\n  FR,\n]\n",
            &[(1, 2, FoldKind::Comment), (3, 7, FoldKind::Code), (9, 12, FoldKind::Code)],
        );
    }

    #[test]
    fn runs_of_uses_and_remarks_fold() {
        check(
            "//! a\n//! b\n\nuse std.regions.EU\nuse std.regions.EEA\n\n// one\n// two\n\n// three\nlet a = 1 // no\n// four\n",
            &[(1, 2, FoldKind::Comment), (4, 5, FoldKind::Uses), (7, 8, FoldKind::Comment)],
        );
    }

    #[test]
    fn regions_fold_and_half_a_body_does_not() {
        check(
            "// #region Claims\nlet a = 1\n// #endregion\nrule x {\n  match [\n    1\n  ]\n",
            &[(1, 3, FoldKind::Region), (4, 7, FoldKind::Code), (5, 7, FoldKind::Code)],
        );
    }
}
