//! What a hover over an asset says.

mod declared;
mod finding;
mod key;
mod link;
mod looked;
mod tag;

use mktlint_text::Span;

use super::at::At;
use crate::{AssetFile, Hover, View};

pub(super) use declared::named;
pub(super) use finding::about;
pub(super) use link::params_of;

/// The most findings at one place that are told.
const MOST_FINDINGS: usize = 4;

/// A piece of a hover: what it is about, and its Markdown.
type Section = (Span, String);

/// What the words at `offset` are, and what the policy says of them: findings first, then audiences, keys, links, merge
/// tags and values, then which rules look there. At most some 60 lines.
pub fn hover(view: View<'_>, file: &AssetFile, offset: u32) -> Option<Hover> {
    let at = At::new(view, file, offset)?;
    let findings = at.findings();
    let mut sections: Vec<Section> =
        findings.iter().take(MOST_FINDINGS).map(|found| finding::section(&at, found)).collect();
    let thing = thing(&at);
    let is_plain = findings.is_empty();
    sections.extend(thing.or_else(|| key::value(&at).filter(|_| is_plain)));
    if is_plain {
        sections.extend(looked::section(&at));
    }
    let span = sections.iter().map(|(span, _)| *span).min_by_key(|span| span.len())?;
    let words: Vec<String> = sections.into_iter().map(|(_, markdown)| markdown).collect();
    Some(Hover { span, markdown: words.join("\n\n---\n\n") })
}

/// What the words are, whatever rules say of them.
fn thing(at: &At<'_>) -> Option<Section> {
    declared::section(at)
        .or_else(|| key::section(at))
        .or_else(|| tag::section(at))
        .or_else(|| link::section(at))
        .or_else(|| declared::spoken(at))
}

#[cfg(test)]
mod tests;
