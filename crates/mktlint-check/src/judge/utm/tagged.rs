//! A link of an asset, taken apart.

use std::collections::BTreeSet;
use std::ops::Range;

use mktlint_asset::{Format, Kind, TextRange};
use mktlint_measure::link::{Kind as LinkKind, Link, Pair};
use smol_str::SmolStr;

use crate::judge::Run;

/// What addresses of pages on which people opt out hold, in the languages of the recommended packs.
const OPT_OUT: [&str; 12] = [
    "unsub",
    "optout",
    "opt-out",
    "opt_out",
    "preference",
    "abmeld",
    "abbestell",
    "desinscri",
    "desabonn",
    "disiscri",
    "afmeld",
    "uitschrijv",
];

/// A link of an asset, taken apart.
pub struct Tagged<'a> {
    /// Where it stands.
    pub range: TextRange,
    /// As it is written, entities and the like decoded.
    pub text: &'a str,
    pub link: Link,
    /// Parameters that something was reported of, without `utm_`; the empty one is the link as a whole.
    pub reported: BTreeSet<SmolStr>,
    /// Whether a mistake hides parameters from everybody, so that nothing can be said about what is missing.
    pub is_unreadable: bool,
}

impl<'a> Tagged<'a> {
    /// The link at `range`. Where people write links without a scheme, as in text messages, that is understood.
    pub fn new(run: &Run<'a>, range: TextRange) -> Self {
        let text = run.asset.slice(range);
        let is_markup =
            matches!(run.asset.format, Format::Html | Format::Mjml | Format::Markdown | Format::Eml);
        let is_typed = matches!(run.asset.kind, Kind::Sms | Kind::Push | Kind::SocialPost | Kind::Ad);
        let link = if is_typed || !is_markup { Link::parse_address(text) } else { Link::parse(text) };
        Self { range, text, link, reported: BTreeSet::new(), is_unreadable: false }
    }

    /// The host of a web link; `None` when there is none or a placeholder is in it.
    pub fn host(&self) -> Option<&str> {
        let host = self.link.host.as_ref().filter(|_| self.link.kind == LinkKind::Web)?;
        self.link.placeholders_in(&host.range()).is_empty().then(|| host.text())
    }

    /// The bytes of the asset's text that are `range` of the link.
    pub fn text_range(&self, range: &Range<usize>) -> TextRange {
        let at = |at: usize| (self.range.start + at as u32).min(self.range.end);
        TextRange { text: self.range.text, start: at(range.start), end: at(range.end) }
    }

    /// The first pair whose key is exactly `utm_` and `name`.
    pub fn pair(&self, name: &str) -> Option<&Pair> {
        self.link.query.iter().find(|pair| pair.key.text().strip_prefix("utm_") == Some(name))
    }

    /// Whether a placeholder fills `range`, or a piece of it.
    pub fn has_placeholder(&self, range: &Range<usize>) -> bool {
        !self.link.placeholders_in(range).is_empty()
    }

    /// Whether a placeholder stands in place of parameters, so that any may come with it.
    pub fn has_open_query(&self) -> bool {
        let is_open = |pair: &Pair| self.has_placeholder(&pair.key.range());
        let is_last = |range: &Range<usize>| range.end == self.text.len();
        let ends_open = self.link.placeholders.last().is_some_and(|last| is_last(&last.range));
        let in_pair = self.link.query.last().is_some_and(|pair| is_last(&pair.range));
        self.link.query.iter().any(is_open) || self.link.fragment.is_none() && ends_open && !in_pair
    }

    /// Whether it leads to where people stop the messages or choose among them, which nobody counts as a visit.
    pub fn is_opt_out(&self) -> bool {
        let end = self.text.find(['?', '#']).unwrap_or(self.text.len());
        let address = self.text[..end].to_lowercase();
        OPT_OUT.iter().any(|word| address.contains(word))
    }

    /// Where the whole link stands in itself.
    pub fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }
}
