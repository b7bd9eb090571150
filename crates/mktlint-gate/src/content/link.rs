//! Where links lead, and how they are tracked.

use std::collections::BTreeSet;
use std::ops::Range;

use mktlint_asset::{Asset, Part, PartKind as Found, Role, TextRange, Value, names};
use mktlint_diag::Place;
use mktlint_measure::link::{Kind, Link, Pair};

use super::assemble::Entries;
use super::control::squeezed;
use crate::{Item, PartKind};

/// Keys besides `utm_…` that say where a click came from and never what is shown.
const CLICK_IDS: [&str; 9] =
    ["gclid", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "mc_cid", "mc_eid"];

/// Adds the links of `asset` and their tracking parameters. A link that a field gives goes by the name of the field, in
/// that order, since keys may stand in any order; those in running text stand as people meet them.
pub fn add(asset: &Asset, entries: &mut Entries) {
    let links = asset.parts.iter().filter(|part| part.kind == Found::Link);
    let mut urls: Vec<(&str, bool, TextRange)> = links.filter_map(|link| url(asset, link)).collect();
    urls.sort_by_key(|(name, is_in_text, _)| (*name, *is_in_text));
    let mut seen = BTreeSet::new();
    for (name, _, range) in urls {
        if !seen.insert(range) {
            continue;
        }
        let written = asset.slice(range);
        let (target, tracking) = split(written);
        let place = Place::new(asset.file.clone(), asset.source(range));
        let name = if name == names::URL { "" } else { name };
        entries.add(PartKind::Links, Item { name: name.to_owned(), text: target, place: place.clone() });
        for (key, value) in tracking {
            entries.add(PartKind::Utm, Item { name: key, text: value, place: place.clone() });
        }
    }
}

/// The target of a link: the field that gives it, whether it stands in running text, and where.
fn url<'a>(asset: &'a Asset, link: &Part) -> Option<(&'a str, bool, TextRange)> {
    let Value::Text(range) = link.field(names::URL)? else { return None };
    let name = match &asset.text(range.text)?.role {
        Role::Machine(name) | Role::Field(name) | Role::PartField(name) => name.as_str(),
        Role::Body | Role::PlainPart => names::URL,
    };
    Some((name, link.text.is_some(), *range))
}

/// A link as browsers read it, without what tracks clicks; and that, by key.
pub fn split(written: &str) -> (String, Vec<(String, String)>) {
    let written: String =
        written.trim().chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let link = Link::parse(&written);
    let mut tracking: Vec<(String, String)> = Vec::new();
    let mut gone: Vec<Range<usize>> = Vec::new();
    for pair in link.query.iter().chain(&link.fragment_pairs).filter(|pair| is_tracking(pair)) {
        tracking.push((pair.key.text().to_ascii_lowercase(), squeezed(pair.value())));
        gone.push(pair.range.clone());
    }
    tracking.sort();
    (target(&link, &gone), tracking)
}

fn is_tracking(pair: &Pair) -> bool {
    let key = pair.key.text().to_ascii_lowercase();
    key.starts_with("utm_") || CLICK_IDS.contains(&key.as_str())
}

/// The link without the pairs at `gone`.
fn target(link: &Link, gone: &[Range<usize>]) -> String {
    let path = link.path.range();
    let mut out = start(link, path.start);
    out.push_str(link.written(&path));
    if link.kind == Kind::Web && path.is_empty() {
        out.push('/');
    }
    let keep = |range: &Range<usize>| !gone.contains(range);
    let mut sign = '?';
    for pair in link.query.iter().filter(|pair| keep(&pair.range)) {
        out.push(sign);
        out.push_str(link.written(&pair.range));
        sign = '&';
    }
    if let Some(fragment) = &link.fragment {
        out.push_str(&fragment_without(link, &fragment.range(), gone));
    }
    squeezed(&out)
}

/// Scheme and host, in lower case, with the port unless it is the usual one; whatever stands before a path.
fn start(link: &Link, end: usize) -> String {
    let Some(host) = link.host.as_ref().filter(|_| link.kind == Kind::Web) else {
        let scheme = link.scheme.as_ref().map_or(0..0, |scheme| scheme.range());
        let rest = link.written(&(scheme.end..end));
        return link.written(&scheme).to_ascii_lowercase() + rest;
    };
    let scheme = link.scheme.as_ref().map_or("", |scheme| scheme.text());
    let before = link.written(&(0..host.range().start));
    let user = before.rsplit_once('/').map_or("", |(_, user)| user);
    let colon = if scheme.is_empty() { "//".to_owned() } else { format!("{scheme}://") };
    let port = link.written(&(host.range().end..end));
    let port = match (scheme, port) {
        ("https", ":443") | ("http", ":80") | (_, ":") => "",
        _ => port,
    };
    format!("{colon}{user}{}{port}", host.text())
}

/// `#…` without the pairs at `gone`; nothing when nothing is left.
fn fragment_without(link: &Link, fragment: &Range<usize>, gone: &[Range<usize>]) -> String {
    let inside = |range: &&Range<usize>| fragment.start <= range.start && range.end <= fragment.end;
    let mut words = String::new();
    let mut at = fragment.start;
    for range in gone.iter().filter(inside) {
        words.push_str(link.written(&(at..range.start)));
        at = range.end;
    }
    words.push_str(link.written(&(at..fragment.end)));
    let words = words.trim_end_matches(['&', '?']);
    if words.is_empty() { String::new() } else { format!("#{words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str, expected_tracking: &str) {
        let (target, tracking) = split(written);
        let shown: Vec<String> = tracking.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!((target.as_str(), shown.join(" ").as_str()), (expected, expected_tracking), "{written}");
    }

    #[test]
    fn tracking_is_no_part_of_a_target() {
        check(
            "https://acme.example/a?utm_source=x&b=1&UTM_medium=y",
            "https://acme.example/a?b=1",
            "utm_medium=y utm_source=x",
        );
        check("HTTPS://Acme.Example:443?gclid=1", "https://acme.example/", "gclid=1");
        check(
            "https://acme.example:8443/#top?utm_source=x",
            "https://acme.example:8443/#top",
            "utm_source=x",
        );
        check("https://acme.example/a?u={{ id }}", "https://acme.example/a?u={{id}}", "");
        check("//acme.example/a", "//acme.example/a", "");
        check("/serum?x=1#a", "/serum?x=1#a", "");
        check("mailto:Help@acme.example?subject=Hi", "mailto:Help@acme.example?subject=Hi", "");
        check(" {{ unsubscribe_url }} ", "{{unsubscribe_url}}", "");
        check("", "", "");
    }

    #[test]
    fn the_case_of_a_path_counts() {
        assert_ne!(split("https://acme.example/A"), split("https://acme.example/a"));
    }
}
