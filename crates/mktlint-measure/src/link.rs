//! A link, read as browsers read it, with the way back from each decoded part to the bytes that were written.

mod component;
mod host;
mod parse;
mod placeholder;
mod site;

use std::ops::Range;

use smol_str::SmolStr;

pub use component::Component;
pub use host::{has_valid_host, host_matches};
pub use placeholder::{Family, Placeholder, placeholders};
pub use site::{is_top_level, site};

/// What sort of link it is, which decides what can be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `https://acme.example/sale`, `http:`, `//acme.example/sale`. Has a host.
    Web,
    /// `mailto:help@acme.example?subject=Hi`. The path is the address.
    Mailto,
    /// `tel:+15550100`. The path is the number.
    Tel,
    /// `#top`: a place on the same page.
    Anchor,
    /// `/sale?x=1`, `sale.html`, and the empty link: on the same site.
    Relative,
    /// Starts with a placeholder, so that even scheme and host are unknown: `{{ unsubscribe_url }}`, `{lpurl}?c=1`.
    Template,
    /// Any other scheme: `acme://offers/1`, `sms:`, `javascript:`, `data:`.
    Other,
}

/// A key and perhaps a value from a query or a fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Key, `=` and value, without the `&` on either side.
    pub range: Range<usize>,
    /// What stands before the first `=`; can be empty.
    pub key: Component,
    /// What stands after it; `None` without any `=`.
    pub value: Option<Component>,
}

impl Pair {
    /// The decoded value; empty when there is none.
    pub fn value(&self) -> &str {
        self.value.as_ref().map_or("", Component::text)
    }
}

/// A link taken apart. Every range is in bytes of the text that was parsed.
///
/// Anything can be parsed: what makes no sense as a link is a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text that was parsed, as it was written.
    pub text: SmolStr,
    /// What sort of link it is.
    pub kind: Kind,
    /// `https`, in lower case and without the colon.
    pub scheme: Option<Component>,
    /// In lower case, without user and port. Letters beyond ASCII stay as they are; `xn--` names are not decoded.
    pub host: Option<Component>,
    /// With its slashes; empty when there is none.
    pub path: Component,
    /// Everything between the first `?` and the `#`; empty when nothing follows the `?`, `None` without one.
    pub query_range: Option<Range<usize>>,
    /// The pairs of the query in order. Empty ones (`&&`) are left out.
    pub query: Vec<Pair>,
    /// Everything behind the first `#`; `None` without one.
    pub fragment: Option<Component>,
    /// Pairs in the fragment, behind its `?` when it has one: `#top?utm_source=x`, `#utm_source=x`.
    pub fragment_pairs: Vec<Pair>,
    /// The first `?` inside the query, which browsers take for part of a value.
    pub second_question_mark: Option<Range<usize>>,
    /// Placeholders anywhere in the link, in order. None of their bytes is taken for a delimiter.
    pub placeholders: Vec<Placeholder>,
}

impl Link {
    /// Takes `text` apart as the `href` of a page: white space around it and line breaks inside do not count, and
    /// `acme.example/sale` is a file in the same folder.
    ///
    /// Source: the URL standard of the WHATWG, as far as a link without its page can be read; nothing is
    /// normalised but the case of scheme and host.
    pub fn parse(text: &str) -> Self {
        parse::href(text)
    }

    /// Takes `text` apart as an address bar does: `acme.example/sale` and `acme.example:8080` have a host.
    ///
    /// For text messages, columns of ad files and anything else where people leave the scheme out.
    pub fn parse_address(text: &str) -> Self {
        parse::address(text)
    }

    /// The pairs of the query whose decoded key is `key`, in that case, in order.
    pub fn pairs<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Pair> {
        self.query.iter().filter(move |pair| pair.key.text() == key)
    }

    /// The first value of `key` in the query, decoded; `None` when no pair has that key.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|pair| pair.key.text() == key).map(Pair::value)
    }

    /// The host, in lower case; `None` when the link has none.
    pub fn host(&self) -> Option<&str> {
        self.host.as_ref().map(Component::text)
    }

    /// What is written at `range`; empty when the range does not fit the text.
    pub fn written(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The placeholders that lie inside `range`, in order.
    pub fn placeholders_in(&self, range: &Range<usize>) -> &[Placeholder] {
        let from = self.placeholders.partition_point(|it| it.range.start < range.start);
        let to = self.placeholders.partition_point(|it| it.range.end <= range.end);
        self.placeholders.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
