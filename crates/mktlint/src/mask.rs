//! Personal data in what is shown.

use std::sync::Arc;

use mktlint_diag::{Diagnostic, Label};
use mktlint_measure::personal::{mask, personal};

/// `finding` without email addresses and phone numbers. A fix that would write some is left out, since a masked one
/// would write nonsense; `--fix` still knows it.
pub fn finding(finding: &mut Diagnostic) {
    words(&mut finding.message);
    label(&mut finding.primary);
    finding.secondary.iter_mut().for_each(label);
    finding.notes.iter_mut().for_each(words);
    finding.help.iter_mut().for_each(words);
    if let Some(fix) = &mut finding.fix {
        words(&mut fix.title);
    }
    let writes_some = |text: &str| !personal(text).is_empty();
    if finding.fix.as_ref().is_some_and(|fix| fix.edits.iter().any(|edit| writes_some(&edit.text))) {
        finding.fix = None;
    }
}

fn label(label: &mut Label) {
    words(&mut label.text);
}

fn words(text: &mut String) {
    if let std::borrow::Cow::Owned(masked) = mask(text) {
        *text = masked;
    }
}

/// `text` without email addresses and phone numbers.
pub fn text(text: &str) -> String {
    mask(text).into_owned()
}

/// `text` of a file with its personal data covered, every byte and column at its place.
pub fn source(text: &Arc<str>) -> Arc<str> {
    let found = personal(text);
    if found.is_empty() {
        return text.clone();
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for it in found {
        masked.push_str(&text[at..it.range.start]);
        masked.extend(text[it.range.clone()].chars().map(cover));
        at = it.range.end;
    }
    masked.push_str(&text[at..]);
    masked.into()
}

/// A sign as long as `letter` in UTF-8 and UTF-16.
fn cover(letter: char) -> char {
    match letter.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '🞄',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay_the_same() {
        let text: Arc<str> = "to jöhn@acme.example, please".into();
        let masked = source(&text);
        assert_eq!(&*masked, "to *·**@************, please".replace('@', "*"));
        assert_eq!(masked.len(), text.len());
    }
}
