//! Hosts in running text.

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use super::class::is_latin_accent;
use super::punycode::encoded_length;
use super::tag::run;
use crate::link::is_top_level;

/// Longest host that is looked at, in bytes; the domain name system ends at 253. Every start in `a.a.a.a` reads so far.
const LONGEST_HOST: usize = 256;

/// Longest top level that is looked for, in characters; the longest there is has 24 (`xn--vermgensberatung-pwb`).
const LONGEST_TOP: usize = 24;

/// Finds hosts in one text.
///
/// Labels that lead to no top level are read once, and the public suffix list is asked once for each place, however many
/// hosts could go through there.
pub struct Hosts<'a> {
    text: &'a str,
    /// Where the top level ends that starts at a place.
    tops: FxHashMap<usize, Option<usize>>,
    /// Ends of the labels of the host that is read, behind their dots, and whether each can be a domain.
    labels: Vec<(usize, bool)>,
    /// No host starts before.
    barren: usize,
}

impl<'a> Hosts<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, tops: FxHashMap::default(), labels: Vec::new(), barren: 0 }
    }

    /// Where the longest host that starts at `start` ends: labels of Latin letters and digits, then a top level.
    pub fn latin(&mut self, start: usize) -> Option<usize> {
        if start < self.barren {
            return None;
        }
        let mut labels = std::mem::take(&mut self.labels);
        labels.clear();
        let mut at = start;
        while at - start <= LONGEST_HOST {
            let Some((length, is_domain)) = label(&self.text[at..]) else { break };
            at += length + 1;
            labels.push((at, is_domain));
        }
        let mut tops = labels.iter().rev().filter_map(|(at, is_domain)| Some((self.top(*at)?, *is_domain)));
        let last = tops.next();
        let end = last.into_iter().chain(tops).find_map(|(end, is_domain)| is_domain.then_some(end));
        if last.is_none() {
            self.barren = at;
        }
        self.labels = labels;
        end
    }

    /// Where the host that starts at `start` ends when it is one label of any script and a top level.
    pub fn wide(&mut self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        let end = rest.char_indices().take(LONGEST_HOST).find(|(_, it)| !is_wide_part(*it) && *it != '-')?.0;
        let label = &rest[..end];
        if label.is_empty() || label.starts_with('-') || label.ends_with('-') || !rest[end..].starts_with('.')
        {
            return None;
        }
        self.top(start + end + 1)
    }

    /// Where the top level that starts at `at` ends.
    fn top(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = self.tops.get(&at) {
            return *end;
        }
        let end = top_length(&self.text[at..]).map(|length| at + length);
        self.tops.insert(at, end);
        end
    }
}

/// Whether each label of `host` can be looked up.
pub fn is_valid(host: &str) -> bool {
    host.split('.').all(|label| encoded_length(label).is_some_and(|length| (1..=63).contains(&length)))
}

/// Whether `it` starts a host.
pub fn is_part(it: char) -> bool {
    it.is_ascii_alphanumeric() || is_latin_accent(it)
}

/// The length of the label that `rest` starts with, without the dot that must follow, and whether it can be a domain:
/// those below may hold underscores.
fn label(rest: &str) -> Option<(usize, bool)> {
    let label = run(clipped(rest), |it| is_part(it) || matches!(it, '-' | '_'));
    let is_label =
        label.starts_with(is_part) && label.ends_with(is_part) && rest[label.len()..].starts_with('.');
    is_label.then(|| (label.len(), !label.contains('_')))
}

/// As much of `rest` as is looked at.
fn clipped(rest: &str) -> &str {
    let end = (0..=LONGEST_HOST.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at));
    &rest[..end.unwrap_or_default()]
}

/// Whether `it` may stand in a label of any script: no white space and no punctuation.
fn is_wide_part(it: char) -> bool {
    let is_punctuation = it.is_ascii_punctuation() && it != '\\';
    !is_punctuation && !it.is_whitespace() && !matches!(it, '\u{180e}' | '\u{2000}'..='\u{206f}')
}

/// The length of the top level that `rest` starts with: the longest, since `みんなです` starts with one.
fn top_length(rest: &str) -> Option<usize> {
    let punycode = |it: char| it.is_ascii_alphanumeric() || it == '-';
    if rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) {
        let length = run(clipped(rest), punycode).len();
        return (length > 4).then_some(length);
    }
    let mut longest = None;
    for (at, it) in rest.char_indices().take(LONGEST_TOP) {
        if !it.is_alphanumeric() && !is_combining_mark(it) {
            break;
        }
        let end = at + it.len_utf8();
        let ends =
            !rest[end..].starts_with(|it: char| it.is_ascii_alphanumeric() || matches!(it, '@' | '+' | '-'));
        if ends && is_top_level(&rest[..end]) {
            longest = Some(end);
        }
    }
    longest
}
