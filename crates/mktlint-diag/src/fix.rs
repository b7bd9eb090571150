//! Edits that repair a finding, and how several of them go together.

use std::collections::BTreeMap;

use mktlint_text::Span;

use crate::{Diagnostic, FilePath};

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Safety {
    /// Keeps the meaning; `--fix` applies it.
    Safe,
    /// May change what the reader is told; only `--unsafe-fixes` applies it.
    Unsafe,
}

/// Replaces the bytes at `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to write there, already encoded for its context (HTML attribute, CSV cell, YAML scalar).
    pub text: String,
}

/// Edits in one file that belong together: all are applied, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: `remove \`Re: \``.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// The file that it changes.
    pub file: FilePath,
    /// The edits; no two overlap.
    pub edits: Vec<Edit>,
}

/// The fixes of `file` that can be applied together, in order of position.
///
/// Of two that touch the same bytes the first in the order of `diagnostics` wins, and the other waits for the next
/// run; two that are equal count once. Waived findings are left alone.
pub fn choose_fixes<'d>(diagnostics: &'d [Diagnostic], file: &FilePath, allow: Safety) -> Vec<&'d Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    // Start and end of what is taken; nothing in it overlaps.
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    for diagnostic in diagnostics {
        let Some(fix) = &diagnostic.fix else { continue };
        if fix.file != *file || fix.safety > allow || !diagnostic.counts() || conflicts(fix, &taken) {
            continue;
        }
        taken.extend(fix.edits.iter().map(|edit| (edit.span.start(), edit.span.end())));
        chosen.push(fix);
    }
    chosen.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.span).min());
    chosen
}

/// Whether an edit of `fix` touches bytes that are taken, or inserts next to them.
fn conflicts(fix: &Fix, taken: &BTreeMap<u32, u32>) -> bool {
    fix.edits.iter().any(|edit| {
        let before = taken.range(..=edit.span.end()).next_back();
        before.is_some_and(|(_, end)| *end >= edit.span.start())
    })
}

/// `text` after all edits of `fixes`, which must not conflict. `None` when an edit does not fit the text.
pub fn apply_edits(text: &str, fixes: &[&Fix]) -> Option<String> {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start() as usize)?);
        out.push_str(&edit.text);
        at = edit.span.end() as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Level, Place};

    fn finding(start: u32, end: u32, text: &str, safety: Safety) -> Diagnostic {
        let file = FilePath::new("a.md");
        let span = Span::new(start, end);
        let edits = vec![Edit { span, text: text.into() }];
        Diagnostic::finding("r", Level::Error, Place::new(file.clone(), span), "m").with_fix(Fix {
            title: String::new(),
            safety,
            file,
            edits,
        })
    }

    #[test]
    fn the_first_of_two_that_touch_wins() {
        let found = [
            finding(6, 11, "there", Safety::Safe),
            finding(0, 5, "howdy", Safety::Safe),
            finding(8, 9, "x", Safety::Safe),
            finding(5, 6, "-", Safety::Unsafe),
        ];
        let fixes = choose_fixes(&found, &"a.md".into(), Safety::Safe);
        assert_eq!(apply_edits("hello world", &fixes).as_deref(), Some("howdy there"));
    }

    #[test]
    fn an_edit_that_does_not_fit_is_refused() {
        let found = [finding(4, 99, "", Safety::Safe)];
        assert_eq!(apply_edits("hello", &choose_fixes(&found, &"a.md".into(), Safety::Safe)), None);
    }
}
