//! Words that lead somewhere else.

use mktlint_diag::FilePath;
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::names::imports_of;
use mktlint_syntax::ast::{Clause, Expr, ExprKind, StringPart};
use mktlint_syntax::lex::{Kind, Token, lex};
use mktlint_text::Span;

use super::walk::{Node, walk};
use crate::View;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A file of the workspace or of a pack; it need not be there.
    File(FilePath),
    /// A page of the web.
    Url(String),
}

/// Words that lead somewhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub span: Span,
    /// Where they lead.
    pub target: LinkTarget,
}

/// The links of a file, in order: documents of evidence, keys of roles, modules behind `use` and `enforce`, and the web
/// addresses in texts and comments.
pub fn links(view: View<'_>, file: SourceFile) -> Vec<Link> {
    let text = file.text(view.db);
    let mut links: Vec<Link> = lex(text).iter().flat_map(|token| addresses(text, *token)).collect();
    for declaration in declarations(view.db, file) {
        let base = declaration.offset(view.db);
        let own = of_declaration(view, *declaration);
        links.extend(own.into_iter().map(|link| Link { span: link.span.shift(base), ..link }));
    }
    links.sort_by_key(|link| link.span);
    links
}

fn of_declaration(view: View<'_>, declaration: Declaration<'_>) -> Vec<Link> {
    let Some(tree) = view.tree(declaration) else { return Vec::new() };
    match tree.kind.text.as_str() {
        "use" | "enforce" => imports_of(tree)
            .into_iter()
            .filter_map(|import| Some(Link { span: import.span, target: module(view, &import.target)? }))
            .collect(),
        "evidence" => files_of(tree, "document"),
        "role" => files_of(tree, "keys"),
        _ => Vec::new(),
    }
}

/// The file of a module, or of the declaration with that full name.
fn module(view: View<'_>, path: &str) -> Option<LinkTarget> {
    let modules = view.project.modules(view.db);
    let parent = || path.rsplit_once('.').and_then(|(module, _)| modules.get(module));
    let file = modules.get(path).or_else(parent)?;
    Some(LinkTarget::File(file.path(view.db).clone()))
}

/// The paths in the workspace behind the clauses called `head`.
fn files_of(tree: &mktlint_syntax::ast::Declaration, head: &str) -> Vec<Link> {
    let mut links = Vec::new();
    walk(tree, &mut |node| match node {
        Node::Clause(clause) if clause.head.text == head => links.extend(path(clause)),
        _ => {}
    });
    links
}

fn path(clause: &Clause) -> Option<Link> {
    let (words, span) = words(clause.segments.first()?.value.as_ref()?)?;
    let leaves = words.starts_with('/') || words.split(['/', '\\']).any(|step| step == "..");
    if leaves {
        return None;
    }
    Some(Link { span, target: LinkTarget::File(FilePath::new(words)) })
}

/// A text without values in it, and its words without the quotes.
fn words(expr: &Expr) -> Option<(&str, Span)> {
    match &expr.kind {
        ExprKind::String(parts) => match parts.as_slice() {
            [StringPart::Text(words, span)] if !words.is_empty() => Some((words, *span)),
            _ => None,
        },
        _ => None,
    }
}

/// The web addresses in a comment or text.
fn addresses(text: &str, token: Token) -> Vec<Link> {
    let is_prose = matches!(
        token.kind,
        Kind::LineComment | Kind::BlockComment | Kind::Doc | Kind::ModuleDoc | Kind::StringText
    );
    let mut links = Vec::new();
    let mut from = 0;
    let words = if is_prose { token.text(text) } else { "" };
    while let Some(at) = words.get(from..).and_then(|rest| rest.find("http")) {
        let start = from + at;
        let url = address(words.get(start..).unwrap_or_default());
        from = start + url.len().max("http".len());
        if url.is_empty() {
            continue;
        }
        let span = Span::new(start as u32, (start + url.len()) as u32).shift(token.span.start());
        links.push(Link { span, target: LinkTarget::Url(url.to_owned()) });
    }
    links
}

/// The address that `text` starts with; empty when it starts with none. A full stop or bracket behind it belongs to the
/// sentence.
fn address(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return "";
    };
    let is_end = |c: char| c.is_whitespace() || c.is_control() || "\"<>`|\\^{}[]()".contains(c);
    let len = rest.find(is_end).unwrap_or(rest.len());
    let kept = rest.get(..len).unwrap_or_default().trim_end_matches(|c| ".,;:!?'*_".contains(c));
    if kept.is_empty() { "" } else { text.get(..text.len() - rest.len() + kept.len()).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let fixture = Fixture::new(text);
        let text = fixture.text("policy/main.mkt");
        let shown = |target: &LinkTarget| match target {
            LinkTarget::File(path) => format!("file {path}"),
            LinkTarget::Url(url) => url.clone(),
        };
        let links = links(fixture.view(), fixture.policy());
        let found: Vec<(&str, String)> =
            links.iter().map(|link| (link.span.slice(text), shown(&link.target))).collect();
        let expected: Vec<(&str, String)> = expected.iter().map(|(a, b)| (*a, (*b).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn documents_keys_and_modules_are_links() {
        check(
            "use std.regions.{EU}\nenforce std.us.can_spam\nuse acme.other\n\
             evidence a { document \"evidence/a.pdf\" }\nrole r { members [\"x\"]  keys \"keys/r.pub\" }\n\
             //- policy/other.mkt\npub let x = 1\n",
            &[
                ("EU", "file std/regions.mkt"),
                ("std.us.can_spam", "file std/us/can_spam.mkt"),
                ("acme.other", "file policy/other.mkt"),
                ("evidence/a.pdf", "file evidence/a.pdf"),
                ("keys/r.pub", "file keys/r.pub"),
            ],
        );
    }

    #[test]
    fn web_addresses_end_before_the_sentence_does() {
        check(
            "// see https://a.example/x?y=1. Or (http://b.example)!\nlet u = \"https://c.example/{1}\"\n// http and https://\n",
            &[
                ("https://a.example/x?y=1", "https://a.example/x?y=1"),
                ("http://b.example", "http://b.example"),
                ("https://c.example/", "https://c.example/"),
            ],
        );
    }
}
