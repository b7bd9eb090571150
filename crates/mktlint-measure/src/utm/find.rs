//! Finds what is wrong with the campaign tags of a link.

mod leak;
mod value;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::link::{Kind, Link, Pair};

use super::{Key, Problem, Reading, tags};

/// Returns what is wrong with the campaign tags of `link`, and where it gives a person away, in the order of the link.
///
/// Placeholders are never wrong by themselves. `mailto:` and `tel:` links have no tags and are about persons; nothing
/// is wrong with them here. A link without tags has at most personal data.
///
/// Values of `utm_source_platform` are names such as `Search Ads 360`, so that their case, white space and characters
/// are left alone.
pub fn problems(link: &Link) -> Vec<Problem> {
    if matches!(link.kind, Kind::Mailto | Kind::Tel) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (reading, pair) in tags(link) {
        problems.extend(key_problem(reading, pair));
        if let Some(key) = reading.key() {
            value::check(link, key, pair, &mut problems);
        }
    }
    missing(link, &mut problems);
    duplicates(link, &mut problems);
    after_fragment(link, &mut problems);
    second_question_mark(link, &mut problems);
    leak::check(link, &mut problems);
    // Stable, so that several problems at one place stay in the order in which they are looked for.
    problems.sort_by_key(|problem| problem.range().start);
    problems
}

fn key_problem(reading: Reading, pair: &Pair) -> Option<Problem> {
    let range = pair.key.range();
    match reading {
        Reading::Exact(_) => None,
        Reading::Entity(key) => {
            let end = pair.key.raw(0.."amp;".len()).end;
            Some(Problem::EncodedAmpersand { key, range: range.start..end })
        }
        Reading::WrongCase(meant) => Some(Problem::WrongCase { meant, range }),
        Reading::Misspelt(meant) => Some(Problem::Misspelt { meant, range }),
        Reading::Unknown => Some(Problem::UnknownKey { range }),
    }
}

/// A placeholder in place of a pair can bring any key with it.
fn missing(link: &Link, problems: &mut Vec<Problem>) {
    let brings_keys = |pair: &Pair| !link.placeholders_in(&pair.key.range()).is_empty();
    let Some(range) = link.query_range.clone() else { return };
    if tags(link).next().is_none() || link.query.iter().any(brings_keys) {
        return;
    }
    for key in [Key::Source, Key::Medium, Key::Campaign] {
        if tags(link).all(|(reading, _)| reading.key() != Some(key)) {
            problems.push(Problem::Missing { key, range: range.clone() });
        }
    }
}

fn duplicates(link: &Link, problems: &mut Vec<Problem>) {
    let mut firsts: [Option<&Pair>; 9] = [None; 9];
    for (reading, pair) in tags(link) {
        let Some(key) = reading.key() else { continue };
        match firsts.get_mut(key as usize) {
            Some(slot @ None) => *slot = Some(pair),
            Some(Some(first)) => problems.push(Problem::Duplicate {
                key,
                first: first.range.clone(),
                range: pair.range.clone(),
                is_same: first.value() == pair.value(),
            }),
            None => {}
        }
    }
}

fn after_fragment(link: &Link, problems: &mut Vec<Problem>) {
    let in_query: BTreeSet<Key> = tags(link).filter_map(|(reading, _)| reading.key()).collect();
    for pair in &link.fragment_pairs {
        if let Some(key) = Reading::of(pair.key.text()).and_then(Reading::key)
            && !in_query.contains(&key)
        {
            problems.push(Problem::AfterFragment { key, range: pair.range.clone() });
        }
    }
}

/// A second `?` is harmless in `?q=why?`; it matters when there are tags that it can swallow.
fn second_question_mark(link: &Link, problems: &mut Vec<Problem>) {
    let Some(range) = link.second_question_mark.clone() else { return };
    let query: Range<usize> = link.query_range.clone().unwrap_or_default();
    if link.written(&query).to_ascii_lowercase().contains("utm_") {
        problems.push(Problem::SecondQuestionMark { range });
    }
}

#[cfg(test)]
mod tests;
