//! `repetition`: words that are written twice.

use regex_syntax::hir::{Class, HirKind};

use crate::draft::Case;
use crate::vale::definition::{Built, Definition, Refusal};

/// `tokens: ['[^\s]+']`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let tokens = definition.texts("tokens")?;
    if tokens.is_empty() {
        return Err(super::missing_tokens(definition));
    }
    if let Some(other) = tokens.iter().find(|token| !is_any_word(token)) {
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

/// Whether a token is any word: `\b(\w+)\b`, `[^\s.!?]+`.
fn is_any_word(token: &str) -> bool {
    let bare = token.trim().trim_start_matches(r"\b").trim_end_matches(r"\b");
    let Ok(hir) = regex_syntax::parse(bare) else { return false };
    let mut hir = &hir;
    while let HirKind::Capture(capture) = hir.kind() {
        hir = &capture.sub;
    }
    let HirKind::Repetition(repetition) = hir.kind() else { return false };
    let HirKind::Class(Class::Unicode(class)) = repetition.sub.kind() else { return false };
    let has = |first, last| class.iter().any(|range| range.start() <= first && range.end() >= last);
    repetition.max.is_none() && has('a', 'z') && !has(' ', ' ')
}

#[cfg(test)]
mod tests {
    use super::is_any_word;

    #[test]
    fn words_are_told_from_other_tokens() {
        for words in [r"[^\s]+", r"\S+", r"[\w]+", r"\b(\w+)\b", r"[^\s.!?]+", "[a-zA-Z]+"] {
            assert!(is_any_word(words), "{words}");
        }
        for other in [r"\d+", "the", ".+", r"\w", "(", r"\w+ \w+"] {
            assert!(!is_any_word(other), "{other}");
        }
    }
}
