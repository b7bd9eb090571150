//! Directives in the comments of JSON, YAML and TOML.

use mktlint_text::Span;

use super::tree::node::{Node, Shape, Tree};
use crate::{Directive, directive};

/// The directives in the comments of `tree`. `whole` is what one speaks for that stands before any value.
///
/// A comment behind a value speaks for that value's key and all below it; one on its own line for the next key or item.
pub(crate) fn directives(source: &str, tree: &Tree, whole: Span) -> Vec<Directive> {
    let marked = |comment: &&Span| comment.slice(source).contains("mktlint:");
    let comments: Vec<Span> = tree.comments.iter().filter(marked).copied().collect();
    if comments.is_empty() {
        return Vec::new();
    }
    let mut places = Vec::new();
    for document in &tree.documents {
        collect(document, &mut places);
    }
    places.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let parsed = comments.into_iter().map(|comment| {
        let words = inside(source, comment);
        directive::parse(words.slice(source), words, comment, scope(source, comment, &places, whole))
    });
    parsed.flatten().collect()
}

/// The bytes of every entry of a record and every item of a list.
fn collect(node: &Node, places: &mut Vec<Span>) {
    match &node.shape {
        Shape::List(items) => {
            for item in items {
                places.push(item.span);
                collect(item, places);
            }
        }
        Shape::Record(entries) => {
            for entry in entries {
                places.push(entry.span());
                collect(&entry.value, places);
            }
        }
        _ => {}
    }
}

fn scope(source: &str, comment: Span, places: &[Span], whole: Span) -> Span {
    let before = source.get(..comment.start() as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1) as u32;
    let first = places.partition_point(|place| place.start() < line);
    let own_line = places.get(first).filter(|place| place.start() < comment.start());
    let next = places.partition_point(|place| place.start() < comment.end());
    match own_line {
        Some(place) => *place,
        None if next == 0 => whole,
        None => places.get(next).copied().unwrap_or(whole),
    }
}

/// What stands between the marks of a comment: `# …`, `// …`, `/* … */`.
fn inside(source: &str, comment: Span) -> Span {
    let text = comment.slice(source);
    let open = if text.starts_with('#') { 1 } else { 2 };
    let close = if text.starts_with("/*") && text.ends_with("*/") && text.len() >= 4 { 2 } else { 0 };
    Span::new(comment.start() + open, comment.end().saturating_sub(close))
}
