//! Hiding tags from the parser of a format, byte for byte.

use std::borrow::Cow;

use mktlint_text::Span;

use super::{Tag, TagKind, Tags};

/// The text with each tag overwritten so that an HTML tokenizer sees a word where a tag prints, else white space.
pub(crate) fn mask_html<'t>(text: &'t str, tags: &Tags) -> Cow<'t, str> {
    mask(text, tags, |out, tag, _| match tag.kind {
        TagKind::Print => word(out, tag.span),
        TagKind::Control | TagKind::Comment => fill(out, ' ', tag.span.len()),
    })
}

/// The text with each tag overwritten so that Markdown keeps its structure.
///
/// A tag that decides and stands alone on its lines becomes blank lines, which is what its template engine leaves of
/// it; between other words a tag is a word, since spaces at the start of a line could make a code block.
pub(crate) fn mask_markdown<'t>(text: &'t str, tags: &Tags) -> Cow<'t, str> {
    mask(text, tags, |out, tag, text| match tag.kind {
        TagKind::Control | TagKind::Comment if is_alone(text, tag.span) => blank(out, tag.span.slice(text)),
        _ => word(out, tag.span),
    })
}

fn mask<'t>(text: &'t str, tags: &Tags, write: impl Fn(&mut String, &Tag, &str)) -> Cow<'t, str> {
    if tags.list.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for tag in &tags.list {
        out.push_str(Span::of(out.len()..tag.span.start() as usize).slice(text));
        write(&mut out, tag, text);
    }
    out.push_str(text.get(out.len()..).unwrap_or_default());
    Cow::Owned(out)
}

/// Letters; a digit first after `<`, since `<xxx>` would be a tag of HTML.
fn word(out: &mut String, span: Span) {
    let first = if out.ends_with('<') { '0' } else { 'x' };
    out.push(first);
    fill(out, 'x', span.len() - 1);
}

fn fill(out: &mut String, letter: char, count: u32) {
    out.extend(std::iter::repeat_n(letter, count as usize));
}

/// As many spaces, with line breaks where they were.
fn blank(out: &mut String, source: &str) {
    out.extend(source.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// Whether nothing but white space shares the lines of `span`.
fn is_alone(text: &str, span: Span) -> bool {
    let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let bytes = text.as_bytes();
    let before =
        bytes.get(..span.start() as usize).unwrap_or_default().iter().rev().find(|byte| !space(byte));
    let after = bytes.get(span.end() as usize..).unwrap_or_default().iter().find(|byte| !space(byte));
    matches!(before, None | Some(b'\n')) && matches!(after, None | Some(b'\n'))
}
