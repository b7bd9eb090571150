//! What is wrong with one value.

use std::ops::Range;

use crate::link::{Component, Link, Pair};
use crate::text::Shape;
use crate::utm::{Key, Problem};

pub(super) fn check(link: &Link, key: Key, pair: &Pair, problems: &mut Vec<Problem>) {
    let Some(value) = pair.value.as_ref().filter(|value| !value.text().trim().is_empty()) else {
        problems.push(Problem::EmptyValue { key, range: pair.range.clone() });
        return;
    };
    // What most values are; sparing them the rest halves the time that a link takes.
    if value.is_verbatim() && Shape::Slug.matches(value.text()) {
        return;
    }
    let literal = Literal::of(link, value);
    let double = literal.double_escape();
    let is_encoded = double.is_some();
    problems.extend(double.map(|range| Problem::DoubleEncoded { key, range }));
    if key == Key::SourcePlatform {
        return;
    }
    if literal.characters.iter().any(|(_, character)| is_upper(*character)) {
        problems.push(Problem::UpperCase { key, range: value.range() });
    }
    if let Some((range, _)) = literal.characters.iter().find(|(_, character)| character.is_whitespace()) {
        problems.push(Problem::WhiteSpace { key, range: range.clone() });
    }
    if let Some((range, character)) = literal.stranger().filter(|_| !is_encoded) {
        problems.push(Problem::Charset { key, range, character });
    }
}

/// The characters of a value that are not part of a placeholder, each with the bytes it is written in.
struct Literal {
    characters: Vec<(Range<usize>, char)>,
    start: usize,
}

impl Literal {
    fn of(link: &Link, value: &Component) -> Self {
        let placeholders = link.placeholders_in(&value.range());
        let mut next = placeholders.iter().peekable();
        let mut is_literal = |range: &Range<usize>| {
            while next.next_if(|placeholder| placeholder.range.end <= range.start).is_some() {}
            next.peek().is_none_or(|placeholder| range.end <= placeholder.range.start)
        };
        let characters = value.chars().filter(|(range, _)| is_literal(range)).collect();
        Self { characters, start: value.range().start }
    }

    /// The first `%` that stands escaped in front of two hexadecimal digits.
    fn double_escape(&self) -> Option<Range<usize>> {
        let is_escape = |it: &&[(Range<usize>, char)]| match it {
            [(percent, '%'), (_, one), (_, other)] => {
                percent.len() == 3 && one.is_ascii_hexdigit() && other.is_ascii_hexdigit()
            }
            _ => false,
        };
        let escape = self.characters.windows(3).find(is_escape)?;
        Some(escape.first()?.0.start..escape.last()?.0.end)
    }

    /// The first character that no convention should allow.
    fn stranger(&self) -> Option<(Range<usize>, char)> {
        let is_known = |(range, character): &&(Range<usize>, char)| {
            let is_inner = range.start > self.start && matches!(character, '.' | '_' | '~' | '-');
            is_inner || character.is_ascii_alphanumeric() || character.is_whitespace()
        };
        self.characters.iter().find(|it| !is_known(it)).cloned()
    }
}

/// Whether `character` has another form in lower case.
fn is_upper(character: char) -> bool {
    !character.to_lowercase().eq([character])
}
