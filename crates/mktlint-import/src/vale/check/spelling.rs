//! `spelling`: words that no dictionary has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Passing;
use crate::draft::{Case, quoted};
use crate::pattern::{Edges, token};
use crate::vale::definition::{Built, Definition, Refusal, Surroundings};

/// How many words a list may have before it is split by the letter that follows. Lists are read from the start.
const LONGEST_LIST: usize = 200;
/// The most letters that a split decides between, and how often lists are split: together they must stay below the 256
/// levels that conditions nest, those of functions included.
const MOST_LETTERS: usize = 60;
const DEEPEST: usize = 3;
/// A word that no language has.
const NONSENSE: [&str; 2] = ["qzxwvk", "vvqxjz"];

/// `filters: ['[A-Z]+']`, `custom: true`
pub(super) fn build(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Built, Refusal> {
    let dictionary = around.dictionary.ok_or("it needs a dictionary: give one with `--dictionary`")?;
    let place = definition.place()?;
    let mut built = Built { remarks: place.remarks.clone(), ..Built::default() };
    let known = format!("{}_known", definition.name);
    let words: Vec<&str> = dictionary.words.iter().map(String::as_str).collect();
    functions(&known, "", &words, 0, &mut built.text);
    let mut rule = definition.rule(&place, "match /\\b\\p{L}[\\p{L}'’]*\\p{L}\\b/".to_owned(), &["match"]);
    Passing::of(definition, around)?.apply(&mut rule, &mut built);
    filters(definition, &mut rule.guards, &mut built)?;
    rule.guards.push(format!("not {known}(lower(match))"));
    rule.guards
        .push(format!("not (match matches /['’]s$/ and {known}(first(lower(match), length(match) - 2)))"));
    built.remark("the words are those of the dictionary that was given; one letter alone is no word");
    if !definition.texts("ignore")?.is_empty() {
        built.remark("the lists of `ignore` were not read");
    }
    let cases = cases(&words, place.fixture);
    built.rule(&rule, cases);
    definition.note_rest(&mut built);
    Ok(built)
}

/// Words that are passed over by their shape. Unless the rule says `custom`: camels, acronyms.
fn filters(definition: &Definition<'_>, guards: &mut Vec<String>, built: &mut Built) -> Result<(), Refusal> {
    let mut filters = definition.texts("filters")?;
    if !definition.is_set("custom", false) {
        filters.extend(["[A-Z]{1}[a-z]+[A-Z]+\\w+", "[A-Z]+$"]);
    }
    for filter in filters {
        match token("", filter, Edges::Free, false) {
            Ok(token) if !token.takes_in => guards.push(format!("not match matches {}", token.slashed())),
            Ok(_) => built.remark(format!("the filter `{filter}` is left out: it looks around")),
            Err(why) => built.remark(format!("the filter `{filter}` is left out: {why}")),
        }
    }
    Ok(())
}

/// Writes the function that knows `words`, all of which start with `prefix`: a list, or a choice by the next letter
/// between functions for what follows, so that no list is long.
fn functions(name: &str, prefix: &str, words: &[&str], depth: usize, out: &mut String) {
    let mut groups: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for word in words {
        if let Some(letter) = word.get(prefix.len()..).and_then(|rest| rest.chars().next()) {
            groups.entry(letter).or_default().push(word);
        }
    }
    if words.len() <= LONGEST_LIST || groups.len() > MOST_LETTERS || depth >= DEEPEST {
        let list: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let _ = writeln!(out, "fn {name}(word: Text) -> Bool = word in [{}]\n", list.join(", "));
        return;
    }
    let mut choice = String::new();
    for (at, (letter, words)) in groups.iter().enumerate() {
        let (inner, own) = (format!("{prefix}{letter}"), format!("{name}_{}", at + 1));
        functions(&own, &inner, words, depth + 1, out);
        let _ = write!(choice, "if word starts with {} then {own}(word) else ", quoted(&inner));
    }
    let rest =
        if words.contains(&prefix) { format!("word == {}", quoted(prefix)) } else { "false".to_owned() };
    let _ = writeln!(out, "fn {name}(word: Text) -> Bool = {choice}{rest}\n");
}

fn cases(words: &[&str], fixture: crate::draft::Fixture) -> Vec<Case> {
    let wrong =
        NONSENSE.iter().fold(Case::new("a word of no dictionary"), |case, word| case.fires(fixture, word));
    let plain: BTreeSet<&str> = words
        .iter()
        .copied()
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .take(2_000)
        .collect();
    let step = (plain.len() / 6).max(1);
    let some: Vec<&str> = plain.into_iter().step_by(step).take(6).collect();
    let case = Case::new("words of the dictionary");
    let right =
        some.iter().fold(case.silent(fixture, &some.join(" ")), |case, word| case.silent(fixture, word));
    vec![wrong, right]
}
