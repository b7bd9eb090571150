//! Texts that pass some tests and fail others.

use std::collections::{BTreeSet, VecDeque};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{Possible, Work};
use crate::TextTest;
use crate::eval::text_holds;

/// States of all tests together that are looked at before giving up. Tests of a few dozen characters have hundreds.
const STATES: usize = 20_000;

/// Spellings of one word that are tried. As many as a formula excludes are needed, and nobody writes down that many.
const SPELLINGS: usize = 10_000;

/// Steps of work that a test of a short text takes.
const STEPS_PER_TEST: usize = 50;

/// A test, and the text that it speaks of.
pub type Like<'t> = (TextTest, &'t str);

/// Which of the tests `word` passes.
pub fn vector<T>(tests: &[(TextTest, &str, T)], word: &str) -> Vec<bool> {
    tests.iter().map(|(kind, part, _)| text_holds(*kind, word, part)).collect()
}

/// A text for which `accept` is true of the tests that it passes, and which is none of `excluded` (with case). Parts are
/// in lower case. `likely` are the tests that it probably has to pass.
pub fn find(
    work: &Work,
    tests: &[Like<'_>],
    likely: &[Like<'_>],
    accept: &dyn Fn(&[bool]) -> bool,
    excluded: &[&str],
) -> Possible<SmolStr> {
    let excluded: BTreeSet<&str> = excluded.iter().copied().collect();
    let length: usize = tests.iter().map(|(_, part)| part.len() + STEPS_PER_TEST).sum();
    let accepts = |word: &str| {
        let found: Vec<bool> = tests.iter().map(|(kind, part)| text_holds(*kind, word, part)).collect();
        accept(&found)
    };
    for word in guesses(likely) {
        if !work.take(length + tests.len() * word.len()) {
            return Possible::Unclear;
        }
        if !excluded.contains(word.as_str()) && accepts(&word) {
            return Possible::Yes(word);
        }
    }
    match search(work, tests, accept, &excluded) {
        Possible::No => respelled(&excluded, &accepts),
        found => found,
    }
}

/// Texts that a person would believe, and that may do.
fn guesses(tests: &[Like<'_>]) -> Vec<SmolStr> {
    let mut found: Vec<SmolStr> = vec!["example".into()];
    let of = |wanted: TextTest| tests.iter().filter(move |test| test.0 == wanted).map(|test| test.1);
    let filled = |part: &str, filling: &str| part.replace('*', filling).replace('?', "x");
    for (kind, part) in tests {
        found.push(match kind {
            TextTest::StartsWith => format!("{part}example").into(),
            TextTest::EndsWith => format!("example{part}").into(),
            TextTest::Contains => format!("example {part}").into(),
            TextTest::Glob => filled(part, "example").into(),
        });
        found.push(filled(part, "").into());
    }
    let inner: String = of(TextTest::Contains).collect();
    let starts = of(TextTest::StartsWith).chain([""]).take(8);
    for start in starts {
        for end in of(TextTest::EndsWith).chain([""]).take(8) {
            let middle = if start.is_empty() { "example" } else { "" };
            found.push(format!("{start}{inner}{middle}{end}").into());
        }
    }
    found.push(SmolStr::default());
    found
}

/// One step of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Char(char),
    One,
    Many,
}

fn pieces(kind: TextTest, part: &str) -> Vec<Piece> {
    let plain = part.chars().map(Piece::Char);
    let many = [Piece::Many];
    match kind {
        TextTest::StartsWith => plain.chain(many).collect(),
        TextTest::EndsWith => many.into_iter().chain(plain).collect(),
        TextTest::Contains => many.into_iter().chain(plain).chain([Piece::Many]).collect(),
        TextTest::Glob => part
            .chars()
            .map(|char| match char {
                '*' => Piece::Many,
                '?' => Piece::One,
                other => Piece::Char(other),
            })
            .collect(),
    }
}

/// All patterns in a row; a state is the set of places that are reached, each pattern behind the one before.
struct Machine {
    patterns: Vec<Vec<Piece>>,
}

type State = Vec<bool>;

impl Machine {
    fn start(&self) -> State {
        let mut state = Vec::new();
        for pattern in &self.patterns {
            let from = state.len();
            state.resize(from + pattern.len() + 1, false);
            reach(&mut state[from..], pattern, 0);
        }
        state
    }

    fn step(&self, state: &State, char: char) -> State {
        let mut next = vec![false; state.len()];
        let mut from = 0;
        for pattern in &self.patterns {
            let to = from + pattern.len() + 1;
            for (place, piece) in pattern.iter().enumerate() {
                if state[from + place] {
                    match piece {
                        Piece::Char(own) if *own != char => {}
                        Piece::Many => reach(&mut next[from..to], pattern, place),
                        Piece::Char(_) | Piece::One => reach(&mut next[from..to], pattern, place + 1),
                    }
                }
            }
            from = to;
        }
        next
    }

    /// Which patterns are matched in a state.
    fn matched(&self, state: &State) -> Vec<bool> {
        let mut end = 0;
        let ends = self.patterns.iter().map(|pattern| {
            end += pattern.len() + 1;
            state[end - 1]
        });
        ends.collect()
    }

    /// The characters that patterns speak of, behind one that stands for all others.
    fn alphabet(&self) -> Vec<char> {
        let pieces = self.patterns.iter().flatten();
        let own: BTreeSet<char> = pieces
            .filter_map(|piece| match piece {
                Piece::Char(char) => Some(*char),
                Piece::One | Piece::Many => None,
            })
            .collect();
        let other = ('a'..='z').chain('\u{4e00}'..).find(|char| !own.contains(char));
        other.into_iter().chain(own).collect()
    }
}

/// Marks a place and those that need no character from there.
fn reach(state: &mut [bool], pattern: &[Piece], mut place: usize) {
    state[place] = true;
    while pattern.get(place) == Some(&Piece::Many) {
        place += 1;
        state[place] = true;
    }
}

/// The shortest text that is accepted and is none of `excluded`, whatever the case of its letters.
fn search(
    work: &Work,
    tests: &[Like<'_>],
    accept: &dyn Fn(&[bool]) -> bool,
    excluded: &BTreeSet<&str>,
) -> Possible<SmolStr> {
    let mut patterns: Vec<Vec<Piece>> = tests.iter().map(|(kind, part)| pieces(*kind, part)).collect();
    patterns.extend(excluded.iter().map(|word| word.to_lowercase().chars().map(Piece::Char).collect()));
    let machine = Machine { patterns };
    let alphabet = machine.alphabet();
    let is_goal = |state: &State| {
        let matched = machine.matched(state);
        accept(&matched[..tests.len()]) && !matched[tests.len()..].contains(&true)
    };
    let start = machine.start();
    let mut ids: FxHashMap<State, usize> = FxHashMap::from_iter([(start.clone(), 0)]);
    let mut from: Vec<(usize, char)> = vec![(0, ' ')];
    let mut queue = VecDeque::from([(0, start)]);
    while let Some((id, state)) = queue.pop_front() {
        if is_goal(&state) {
            return Possible::Yes(spelled(&from, id));
        }
        for char in &alphabet {
            let next = machine.step(&state, *char);
            if !ids.contains_key(&next) {
                ids.insert(next.clone(), from.len());
                queue.push_back((from.len(), next));
                from.push((id, *char));
            }
        }
        if from.len() > STATES || !work.take(state.len() * alphabet.len()) {
            return Possible::Unclear;
        }
    }
    Possible::No
}

fn spelled(from: &[(usize, char)], mut id: usize) -> SmolStr {
    let mut chars = Vec::new();
    while id != 0 {
        chars.push(from[id].1);
        id = from[id].0;
    }
    chars.into_iter().rev().collect()
}

/// A text that differs from excluded ones in the case of letters alone: all others were tried.
fn respelled(excluded: &BTreeSet<&str>, accepts: &dyn Fn(&str) -> bool) -> Possible<SmolStr> {
    let lower: BTreeSet<String> = excluded.iter().map(|word| word.to_lowercase()).collect();
    let mut found = Possible::No;
    // Tests ignore case, so that one spelling passes them when another does.
    for word in lower.iter().filter(|word| accepts(word)) {
        match another_spelling(word, excluded) {
            Possible::No => {}
            Possible::Yes(spelling) => return Possible::Yes(spelling),
            Possible::Unclear => found = Possible::Unclear,
        }
    }
    found
}

/// A text that is `word` in lower case and is not excluded.
fn another_spelling(word: &str, excluded: &BTreeSet<&str>) -> Possible<SmolStr> {
    let letters: Vec<Vec<char>> = word.chars().map(spellings).collect();
    let all = letters.iter().fold(1, |n: usize, letter| n.saturating_mul(letter.len()));
    let spelled = |mut choice: usize| -> String {
        let letters = letters.iter().map(|letter| {
            let at = choice % letter.len();
            choice /= letter.len();
            letter[at]
        });
        letters.collect()
    };
    // A sigma is another letter in lower case at the end of a word, so a spelling can be one of another word.
    let is_new = |spelling: &String| !excluded.contains(spelling.as_str()) && spelling.to_lowercase() == word;
    match (0..all.min(SPELLINGS)).map(spelled).find(is_new) {
        Some(spelling) => Possible::Yes(spelling.into()),
        // The dotted capital I is two characters in lower case; its spellings are not tried.
        None if all > SPELLINGS || word.contains("i\u{307}") => Possible::Unclear,
        None => Possible::No,
    }
}

/// The letters that can be `lower` in lower case, itself first. There can be three: a kelvin sign is a `k`.
fn spellings(lower: char) -> Vec<char> {
    static CAPITALS: LazyLock<FxHashMap<char, Vec<char>>> = LazyLock::new(|| {
        let mut capitals: FxHashMap<char, Vec<char>> = FxHashMap::default();
        for capital in '\0'..=char::MAX {
            let mut lower = capital.to_lowercase();
            if let (1, Some(lower)) = (lower.len(), lower.next())
                && lower != capital
            {
                capitals.entry(lower).or_default().push(capital);
            }
        }
        // At the end of a word.
        capitals.entry('ς').or_default().push('Σ');
        capitals
    });
    let capitals = CAPITALS.get(&lower).into_iter().flatten().copied();
    std::iter::once(lower).chain(capitals).collect()
}

#[cfg(test)]
mod tests {
    use super::TextTest::{Contains, EndsWith, Glob, StartsWith};
    use super::*;

    fn check(tests: &[(TextTest, &str, bool)], excluded: &[&str]) -> Possible<SmolStr> {
        let wanted: Vec<bool> = tests.iter().map(|test| test.2).collect();
        let parts: Vec<_> = tests.iter().map(|(kind, part, _)| (*kind, *part)).collect();
        let likely: Vec<_> =
            tests.iter().filter(|test| test.2).map(|(kind, part, _)| (*kind, *part)).collect();
        let found = find(&Work::default(), &parts, &likely, &|found| found == wanted, excluded);
        if let Possible::Yes(word) = &found {
            assert_eq!(vector(tests, word), wanted, "{word}");
            assert!(!excluded.contains(&word.as_str()));
        }
        found
    }

    #[test]
    fn believable_texts_come_first() {
        assert_eq!(check(&[], &[]), Possible::Yes("example".into()));
        assert_eq!(check(&[(EndsWith, "@acme.com", true)], &[]), Possible::Yes("example@acme.com".into()));
        assert_eq!(check(&[(StartsWith, "vip-", true)], &[]), Possible::Yes("vip-example".into()));
    }

    #[test]
    fn tests_can_contradict() {
        assert_eq!(check(&[(StartsWith, "ab", true), (StartsWith, "a", false)], &[]), Possible::No);
        assert_eq!(check(&[(StartsWith, "ab", true), (StartsWith, "ac", true)], &[]), Possible::No);
        assert_eq!(check(&[(Glob, "a?c", true), (Contains, "a", false)], &[]), Possible::No);
        assert_eq!(check(&[(Contains, "", false)], &[]), Possible::No);
    }

    #[test]
    fn words_may_have_to_overlap() {
        let overlapping = [(StartsWith, "aba", true), (EndsWith, "bab", true), (Glob, "????", true)];
        assert_eq!(check(&overlapping, &[]), Possible::Yes("abab".into()));
    }

    #[test]
    fn excluded_words_differ_by_case() {
        assert_eq!(check(&[(Glob, "ab", true)], &["ab"]), Possible::Yes("Ab".into()));
        assert_eq!(check(&[(Glob, "ab", true)], &["ab", "Ab", "aB", "AB"]), Possible::No);
        assert_eq!(check(&[(Glob, "", true)], &[""]), Possible::No);
    }

    #[test]
    fn some_letters_have_more_than_two_spellings() {
        assert_eq!(check(&[(Glob, "k", true)], &["k", "K"]), Possible::Yes("\u{212a}".into()));
        assert_eq!(check(&[(Glob, "ß", true)], &["ß"]), Possible::Yes("ẞ".into()));
        assert_eq!(check(&[(Glob, "k", true)], &["k", "K", "\u{212a}"]), Possible::No);
        // `ας` and `ασ` are two words, and `ΑΣ` is one spelling of the first.
        assert_eq!(check(&[(Glob, "ασ", true)], &["ασ", "Ασ"]), Possible::No);
        assert_eq!(check(&[(Glob, "ας", true)], &["ας", "Ας", "αΣ"]), Possible::Yes("ΑΣ".into()));
        assert_eq!(check(&[(Glob, "i\u{307}", true)], &["i\u{307}", "I\u{307}"]), Possible::Unclear);
    }

    #[test]
    fn work_is_bounded() {
        let parts: Vec<String> = (0..30).map(|n| format!("word{n}word")).collect();
        let tests: Vec<_> = parts.iter().map(|part| (Contains, part.as_str())).collect();
        let odd = |found: &[bool]| found.iter().filter(|is| **is).count() == 29;
        assert_eq!(find(&Work::default(), &tests, &tests, &odd, &[]), Possible::Unclear);
    }
}
