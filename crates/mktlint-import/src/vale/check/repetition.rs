//! `repetition`: words that are written twice.

use crate::draft::Case;
use crate::vale::definition::{Built, Definition, Refusal};

/// Tokens that are any word.
const WORDS: [&str; 9] = [
    r"[^\s]+",
    r"\S+",
    r"\w+",
    r"\b\w+\b",
    r"\b(\w+)\b",
    r"[^\s.!?]+",
    r"[a-zA-Z]+",
    r"\b[a-zA-Z]+\b",
    r"[\w']+",
];

/// `tokens: ['[^\s]+']`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let tokens = definition.texts("tokens")?;
    if tokens.is_empty() {
        return Err(super::missing_tokens(definition));
    }
    if let Some(other) = tokens.iter().find(|token| !WORDS.contains(token)) {
        return Err(format!("policies find words that are written twice, not any `{other}`").into());
    }
    if definition.number("max")? > 1 {
        return Err("it allows several repetitions".into());
    }
    let place = definition.place()?.of_blocks();
    let text = place.text.ok_or("its scopes have nothing in common that can be compared in")?;
    let mut built = Built { remarks: place.remarks.clone(), ..Built::default() };
    if !definition.is_set("ignorecase", false) {
        built.remark("`The the` is a repetition, too");
    }
    if !definition.texts("exceptions")?.is_empty() {
        built.remark("its exceptions are found, too");
    }
    let words = format!("join(repeated_words({text}), \", \")");
    let rule = definition.rule(&place, format!("forbid length(repeated_words({text})) > 0"), &[&words]);
    let fixture = place.fixture;
    let cases = vec![
        Case::new("a repetition").fires(fixture, "Our serum is is back."),
        Case::new("a plain text").silent(fixture, "Our serum is back. Back it is."),
    ];
    built.rule(&rule, cases);
    definition.note_rest(&mut built);
    Ok(built)
}
