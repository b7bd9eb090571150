//! The running text of an item.

use mktlint_diag::Diagnostic;

use super::names::Use;
use crate::data::tree::node::Scalar;
use crate::{Asset, Format, markup};

/// Adds `scalar` as the body of `asset`, with the parts in it.
pub(crate) fn add(asset: &mut Asset, scalar: &Scalar, how: Use, problems: &mut Vec<Diagnostic>) {
    let format = match how {
        Use::Html => Format::Html,
        Use::Markdown if !has_tags(scalar.mapped.text()) => Format::Markdown,
        Use::Markdown | Use::Body if has_tags(scalar.mapped.text()) => Format::Html,
        _ => Format::Text,
    };
    markup::body_into(asset, format, &scalar.mapped, &[scalar.context], problems);
}

/// Whether `text` holds what looks like an HTML tag.
fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        rest.starts_with(|first: char| first.is_ascii_alphabetic())
            && name <= 10
            && rest[name..].starts_with(['>', ' ', '/', '\n'])
            && rest.contains('>')
    })
}

#[cfg(test)]
mod tests {
    use super::has_tags;

    #[test]
    fn tags_are_told_from_signs() {
        assert!(has_tags("Hi <b>you</b>"));
        assert!(has_tags("a<br/>b"));
        assert!(!has_tags("5 < 6 and 7 > 6, <3"));
        assert!(!has_tags("see <https://acme.example>"));
    }
}
