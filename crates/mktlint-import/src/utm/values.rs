//! The values of one parameter.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;

use crate::codes;

/// The most values that a list of a convention has; beyond that the parameter takes any.
const MOST: usize = 500;

/// A value and where it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'v> {
    pub value: &'v str,
    /// It stands for any value: `*`, `{campaign}`.
    pub is_any: bool,
    pub line: u32,
    pub span: Span,
}

/// Whether the value stands for any.
///
/// # Errors
///
/// Says why no link can have it.
pub(super) fn check(value: &str) -> Result<bool, &'static str> {
    let is_any = matches!(value.to_lowercase().as_str(), "*" | "any" | "free text" | "…" | "...")
        || value.contains(['{', '}', '[', ']', '<', '>', '*', '%']);
    if is_any {
        return Ok(true);
    }
    if value.chars().any(char::is_whitespace) {
        return Err("white space splits reports");
    }
    if value.chars().any(char::is_control) || value.contains(['&', '#', '?', '=', '"', '\\']) {
        return Err("a link cannot have this value as it is");
    }
    if value.chars().count() > 200 { Err("it is longer than 200 characters") } else { Ok(false) }
}

/// The values of one parameter, in the order of the sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    spellings: Vec<Spelling>,
    index: BTreeMap<String, usize>,
    pub is_any: bool,
}

#[derive(Clone, Debug)]
struct Spelling {
    value: String,
    lines: Vec<u32>,
    span: Span,
}

impl Values {
    pub fn add(&mut self, seen: Seen<'_>) {
        if seen.is_any {
            self.is_any = true;
            return;
        }
        match self.index.get(seen.value).and_then(|at| self.spellings.get_mut(*at)) {
            Some(spelling) => spelling.lines.push(seen.line),
            None => {
                self.index.insert(seen.value.to_owned(), self.spellings.len());
                let value = seen.value.to_owned();
                self.spellings.push(Spelling { value, lines: vec![seen.line], span: seen.span });
            }
        }
    }

    /// Keeps one spelling of each value: in small letters, else the one seen most; the others are problems.
    pub fn settle(&mut self, file: &FilePath, parameter: &str, problems: &mut Vec<Diagnostic>) {
        let mut best: BTreeMap<String, usize> = BTreeMap::new();
        for (at, spelling) in self.spellings.iter().enumerate() {
            let own = best.entry(spelling.value.to_lowercase()).or_insert(at);
            let rank = |it: &Spelling| (it.value == it.value.to_lowercase(), it.lines.len());
            if self.spellings.get(*own).is_some_and(|kept| rank(spelling) > rank(kept)) {
                *own = at;
            }
        }
        for spelling in &self.spellings {
            let kept = best.get(&spelling.value.to_lowercase()).and_then(|at| self.spellings.get(*at));
            if let Some(kept) = kept.filter(|kept| kept.value != spelling.value) {
                let place = Place::new(file.clone(), spelling.span);
                problems.push(codes::sheet_drift::of(
                    place,
                    parameter,
                    &kept.value,
                    &spelling.value,
                    &spelling.lines,
                ));
            }
        }
        let mut at = 0;
        self.spellings.retain(|spelling| {
            let keeps = best.get(&spelling.value.to_lowercase()) == Some(&at);
            at += 1;
            keeps
        });
        if self.spellings.len() > MOST {
            self.is_any = true;
        }
    }

    /// The values that are allowed; none when any is.
    pub fn allowed(&self) -> Vec<&str> {
        if self.is_any { Vec::new() } else { self.spellings.iter().map(|it| it.value.as_str()).collect() }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.spellings.len()
    }
}
