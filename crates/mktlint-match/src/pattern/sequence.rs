//! The texts of a pattern, written out.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

use crate::text::chars::{fold_case, is_word};

/// The most texts that a pattern is written out as. A list of every drug name
/// in one alternation has a few hundred.
const MAX_SEQUENCES: usize = 1000;
/// The most atoms made for one pattern, since products grow fast.
const MAX_ATOMS: usize = 50_000;
/// A repetition of at most so many copies is written out.
const MAX_COPIES: u32 = 8;
/// A class of at most so many characters is written out; fewer than `\s` has.
const MAX_CLASS: usize = 24;

/// One way to match, from left to right.
pub(crate) type Sequence = Vec<Atom>;

/// A step of a [`Sequence`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Atom {
    /// One character; folded if it stands for all its cases.
    Char { c: char, any_case: bool },
    /// A condition on a position.
    Look(Look),
    /// One or more characters, none of them a word character.
    Separators,
    /// Any text, also none.
    Anything,
}

/// Writes out `hir` in order of preference, the parts that are too many or
/// endless as [`Atom::Anything`]. Every match of `hir` is a match of at least
/// one sequence; without `Separators` and `Anything` they are the same.
pub(crate) fn sequences(hir: &Hir) -> Vec<Sequence> {
    Writer { atoms_left: MAX_ATOMS }.write(hir)
}

struct Writer {
    atoms_left: usize,
}

impl Writer {
    fn write(&mut self, hir: &Hir) -> Vec<Sequence> {
        match hir.kind() {
            HirKind::Empty => nothing(),
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => vec![text.chars().map(|c| Atom::Char { c, any_case: false }).collect()],
                Err(_) => anything(),
            },
            HirKind::Class(Class::Unicode(class)) => write_class(class),
            // The way to write that nothing can match.
            HirKind::Class(Class::Bytes(class)) if class.ranges().is_empty() => Vec::new(),
            HirKind::Class(Class::Bytes(_)) => anything(),
            HirKind::Look(look) => vec![vec![Atom::Look(*look)]],
            HirKind::Repetition(repetition) => self.repetition(repetition),
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().fold(nothing(), |before, part| {
                let part = self.write(part);
                self.product(before, part)
            }),
            HirKind::Alternation(ways) => {
                let ways: Vec<Sequence> = ways.iter().flat_map(|way| self.write(way)).collect();
                self.limited(ways)
            }
        }
    }

    /// Follows the order in which a regex tries: another copy first if greedy,
    /// and for each way to match a copy all ways to match the rest.
    fn repetition(&mut self, repetition: &Repetition) -> Vec<Sequence> {
        let copy = self.write(&repetition.sub);
        let consumes = repetition.sub.properties().minimum_len() != Some(0);
        let max = repetition.max.filter(|&max| max == 1 || max <= MAX_COPIES && consumes);
        let Some(max) = max else { return self.endless(repetition, copy) };
        let mut rest = nothing();
        for n in (0..max).rev() {
            let more = self.product(copy.clone(), rest);
            rest = if n < repetition.min {
                more
            } else if repetition.greedy {
                more.into_iter().chain(nothing()).collect()
            } else {
                nothing().into_iter().chain(more).collect()
            };
        }
        self.limited(rest)
    }

    fn endless(&mut self, repetition: &Repetition, copy: Vec<Sequence>) -> Vec<Sequence> {
        let separates = matches!(repetition.sub.kind(),
            HirKind::Class(Class::Unicode(class)) if !has_word(class));
        match (separates, repetition.min) {
            (true, 0) => vec![vec![Atom::Separators], vec![]],
            (true, _) => vec![vec![Atom::Separators]],
            (false, 0) => anything(),
            (false, _) => self.product(copy, anything()),
        }
    }

    fn product(&mut self, before: Vec<Sequence>, mut after: Vec<Sequence>) -> Vec<Sequence> {
        if before.len().saturating_mul(after.len()) > MAX_SEQUENCES {
            after = anything();
        }
        let sizes = |list: &[Sequence]| list.iter().map(|sequence| sequence.len() + 1).sum::<usize>();
        let copied = if after.len() == 1 { 0 } else { sizes(&before) * after.len() };
        let cost = copied + sizes(&after) * before.len();
        if cost > self.atoms_left {
            return anything();
        }
        self.atoms_left -= cost;
        concatenate(before, &after)
    }

    fn limited(&self, ways: Vec<Sequence>) -> Vec<Sequence> {
        if ways.len() > MAX_SEQUENCES { anything() } else { ways }
    }
}

fn concatenate(before: Vec<Sequence>, after: &[Sequence]) -> Vec<Sequence> {
    if let [after] = after {
        let join = |mut sequence: Sequence| {
            sequence.extend_from_slice(after);
            sequence
        };
        return before.into_iter().map(join).collect();
    }
    let pairs = before.iter().flat_map(|head| after.iter().map(move |tail| (head, tail)));
    pairs.map(|(head, tail)| [head.as_slice(), tail].concat()).collect()
}

fn nothing() -> Vec<Sequence> {
    vec![vec![]]
}

fn anything() -> Vec<Sequence> {
    vec![vec![Atom::Anything]]
}

fn write_class(class: &ClassUnicode) -> Vec<Sequence> {
    if let Some(c) = ascii_letter(class) {
        return vec![vec![Atom::Char { c, any_case: true }]];
    }
    let size: usize = class.iter().map(|range| range.end() as usize - range.start() as usize + 1).sum();
    if size > MAX_CLASS {
        return if has_word(class) { anything() } else { vec![vec![Atom::Separators]] };
    }
    let holds = |c| class.iter().any(|range| (range.start()..=range.end()).contains(&c));
    let mut ways = Vec::new();
    for c in class.iter().flat_map(|range| range.start()..=range.end()) {
        let cases = cases(c);
        let any_case = cases.len() > 1 && cases.into_iter().all(holds);
        let atom = Atom::Char { c: if any_case { fold_case(c) } else { c }, any_case };
        if !ways.contains(&vec![atom]) {
            ways.push(vec![atom]);
        }
    }
    ways
}

/// The letter, when `class` is all cases of an ASCII letter: what each letter
/// of a pattern with flag `i` is, so worth a shorter way.
fn ascii_letter(class: &ClassUnicode) -> Option<char> {
    let single = |range: &ClassUnicodeRange| (range.start() == range.end()).then_some(range.start());
    let (upper, lower, third) = match class.ranges() {
        [upper, lower] => (single(upper)?, single(lower)?, None),
        [upper, lower, third] => (single(upper)?, single(lower)?, Some(single(third)?)),
        _ => return None,
    };
    let wanted = match lower {
        'k' => Some('\u{212a}'),
        's' => Some('\u{17f}'),
        _ => None,
    };
    (upper.is_ascii_uppercase() && upper.to_ascii_lowercase() == lower && third == wanted).then_some(lower)
}

/// All characters that a regex with flag `i` takes for `c`.
pub(crate) fn cases(c: char) -> Vec<char> {
    let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
    class.case_fold_simple();
    class.iter().flat_map(|range| range.start()..=range.end()).collect()
}

/// Whether `class` may hold a word character.
fn has_word(class: &ClassUnicode) -> bool {
    // Enough to tell `\w` and `[^,]` without building the class of all words.
    let common = |range: &ClassUnicodeRange| {
        is_word(range.start()) || is_word(range.end()) || (range.start()..=range.end()).contains(&'a')
    };
    if class.ranges().iter().any(common) {
        return true;
    }
    let Ok(words) = regex_syntax::parse(r"\w") else { return true };
    let HirKind::Class(Class::Unicode(words)) = words.kind() else { return true };
    let mut both = class.clone();
    both.intersect(words);
    !both.ranges().is_empty()
}
