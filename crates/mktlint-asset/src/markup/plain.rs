//! Plain text.

use mktlint_text::Span;

use super::page::Page;
use crate::Kind;

/// Tells `page` what the plain text at `span` of its source holds.
///
/// Of a message whose characters are counted (an SMS, a push notification, a post, an ad) every character stays, line
/// breaks at both ends excepted, which only the editor put there. Elsewhere empty lines part paragraphs, and spaces at
/// the ends of lines go.
pub(super) fn read(page: &mut Page<'_, '_>, span: Span, kind: Kind) {
    match kind {
        Kind::Sms | Kind::Push | Kind::SocialPost | Kind::Ad | Kind::AppListing => {
            let text = span.slice(page.source);
            let start = text.len() - text.trim_start_matches(['\r', '\n']).len();
            let end = text.trim_end_matches(['\r', '\n']).len().max(start);
            page.exact(Span::of(start..end).shift(span.start()));
        }
        Kind::Campaign | Kind::Email | Kind::Post | Kind::Page => paragraphs(page, span),
    }
}

fn paragraphs(page: &mut Page<'_, '_>, span: Span) {
    let bytes = page.source.as_bytes();
    let mut at = span.start() as usize;
    let end = span.end() as usize;
    while at < end {
        let rest = bytes.get(at..end).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default();
        let words = line.trim_ascii_end().len();
        if line.trim_ascii().is_empty() {
            page.boundary(Span::of(at..at), false);
        } else {
            page.exact(Span::of(at..at + words));
            page.line(Span::of(at + words..(at + length + 1).min(end)));
        }
        at += length + 1;
    }
}
