//! One value, several spellings.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, FilePath, Place};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{FileFacts, UtmFact, codes};

/// Values shorter than this are only compared by case and separators: `cpc` and `cpm` differ in one letter.
const LEAST_FOR_TYPOS: usize = 5;

/// Values longer than this are only compared by case and separators, so that time stays linear.
const MOST_FOR_TYPOS: usize = 64;

/// All places of one spelling.
#[derive(Default)]
struct Spelling {
    places: Vec<Place>,
}

/// The spellings of one parameter that are compared with each other, in order.
type Group = BTreeMap<SmolStr, Spelling>;

/// Finds values of tracking parameters that are spelled in two ways.
///
/// Sources and media are compared over the whole workspace; `id`, `content` and `term` inside a campaign, the last two
/// by case and separators only, since `hero_a` and `hero_b` are meant. Values that a convention governs are judged
/// there.
pub(super) fn drift(files: &[FileFacts]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for ((_, key), group) in groups(files) {
        let rivals = rivals(&group, !matches!(key.as_str(), "content" | "term"));
        for (value, common) in rivals {
            let first = &group[common].places[0];
            for place in &group[value].places {
                found.push(codes::utm_drift(place.clone(), &key, value, common, first.clone()));
            }
        }
    }
    found
}

fn groups(files: &[FileFacts]) -> BTreeMap<(Option<SmolStr>, SmolStr), Group> {
    let mut groups: BTreeMap<_, Group> = BTreeMap::new();
    for facts in files {
        let Some(file) = &facts.file else { continue };
        for utm in facts.utms.iter().filter(|utm| !utm.governed) {
            if let Some(scope) = scope(utm) {
                let spelling = groups.entry((scope, utm.key.clone())).or_default().entry(utm.value.clone());
                spelling.or_default().places.extend(places(file, utm));
            }
        }
    }
    groups
}

fn places(file: &FilePath, utm: &UtmFact) -> impl Iterator<Item = Place> {
    utm.spans.iter().map(|span| Place::new(file.clone(), *span))
}

/// What the values of `utm` are compared with: the workspace (`None`), a campaign, or nothing.
fn scope(utm: &UtmFact) -> Option<Option<SmolStr>> {
    match utm.key.as_str() {
        "source" | "medium" => Some(None),
        "id" | "content" | "term" => utm.campaign.clone().map(Some),
        _ => None,
    }
}

/// Each spelling that is to be mended, with the one to write.
fn rivals(group: &Group, with_typos: bool) -> Vec<(&SmolStr, &SmolStr)> {
    let mut neighbours: FxHashMap<String, Vec<&SmolStr>> = FxHashMap::default();
    for value in group.keys() {
        for form in forms(value, with_typos) {
            neighbours.entry(form).or_default().push(value);
        }
    }
    let better = |value: &SmolStr, other: &SmolStr| rank(group, other) < rank(group, value);
    let best = |value: &SmolStr| {
        let close =
            forms(value, with_typos).into_iter().flat_map(|form| neighbours.get(&form).into_iter().flatten());
        let close = close.copied().filter(|other| better(value, other) && is_same(value, other));
        close.min_by_key(|other| rank(group, other))
    };
    group.keys().filter_map(|value| best(value).map(|common| (value, common))).collect()
}

/// Less is better: more places, then the place that comes first.
fn rank<'g>(group: &'g Group, value: &SmolStr) -> (usize, Option<&'g Place>) {
    let places = group.get(value).map_or(&[][..], |spelling| &spelling.places);
    (usize::MAX - places.len(), places.iter().min())
}

fn plain(value: &str) -> String {
    let letter = |letter| if matches!(letter, '-' | '.' | ' ' | '+') { '_' } else { letter };
    value.to_lowercase().chars().map(letter).collect()
}

/// What two values share when they may be one: the plain form, or the plain form without one letter.
fn forms(value: &str, with_typos: bool) -> Vec<String> {
    let plain = plain(value);
    let n_letters = plain.chars().count();
    let mut forms = Vec::new();
    if with_typos && (LEAST_FOR_TYPOS..=MOST_FOR_TYPOS).contains(&n_letters) {
        for (at, letter) in plain.char_indices() {
            forms.push(format!("{}{}", &plain[..at], &plain[at + letter.len_utf8()..]));
        }
    }
    forms.push(plain);
    forms
}

fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    one == other || digits(&one) == digits(&other) && strsim::osa_distance(&one, &other) == 1
}

#[cfg(test)]
mod tests {
    use mktlint_text::Span;

    use super::*;

    fn file(name: &str, utms: &[(Option<&str>, &str, &str)]) -> FileFacts {
        let fact = |(at, (campaign, key, value)): (usize, &(Option<&str>, &str, &str))| UtmFact {
            campaign: campaign.map(Into::into),
            key: (*key).into(),
            value: (*value).into(),
            spans: vec![Span::of(at..at + 1)],
            governed: false,
        };
        let utms = utms.iter().enumerate().map(fact).collect();
        FileFacts { file: Some(name.into()), utms, ..FileFacts::default() }
    }

    fn check(files: &[FileFacts], expected: &[&str]) {
        let found: Vec<String> = drift(files).into_iter().map(|it| it.message).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_rarer_spelling_is_reported() {
        let files = [
            file("a", &[(None, "source", "Newsletter")]),
            file("b", &[(None, "source", "newsletter"), (None, "source", "facebook")]),
            file("c", &[(None, "source", "newsletter"), (None, "source", "newsleter")]),
        ];
        check(
            &files,
            &[
                "`utm_source=Newsletter` is spelled `newsletter` elsewhere",
                "`utm_source=newsleter` is spelled `newsletter` elsewhere",
            ],
        );
    }

    #[test]
    fn of_two_equal_the_later_is_reported() {
        let files = [file("a", &[(None, "medium", "e-mail")]), file("b", &[(None, "medium", "e_mail")])];
        check(&files, &["`utm_medium=e_mail` is spelled `e-mail` elsewhere"]);
    }

    #[test]
    fn what_is_meant_to_differ_is_left_alone() {
        let files = [
            file(
                "a",
                &[(None, "medium", "cpc"), (None, "source", "news_2025"), (Some("x"), "content", "hero_a")],
            ),
            file(
                "b",
                &[(None, "medium", "cpm"), (None, "source", "news_2026"), (Some("x"), "content", "hero_b")],
            ),
            file("c", &[(Some("y"), "content", "Hero_A"), (None, "content", "HERO")]),
        ];
        check(&files, &[]);
    }

    #[test]
    fn content_drifts_inside_a_campaign() {
        let files =
            [file("a", &[(Some("x"), "content", "hero-a")]), file("b", &[(Some("x"), "content", "Hero_A")])];
        check(&files, &["`utm_content=Hero_A` is spelled `hero-a` elsewhere"]);
    }
}
