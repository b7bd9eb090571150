//! `capitalization`: which letters are capitals.

use super::listed;
use crate::draft::Case;
use crate::pattern::{Edges, Finder, Token, samples, token};
use crate::vale::definition::{Built, Definition, Refusal, Surroundings, missing};
use crate::vale::scope::Place;

const SENTENCE: &str = "Our serum is back again";
const TITLE: &str = "Our Serum Is Back Again";
const LOWER: &str = "our serum is back again";
const UPPER: &str = "OUR SERUM IS BACK AGAIN";

/// `match: $sentence`
pub(super) fn build(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Built, Refusal> {
    let wanted = definition.text("match").map(str::trim).filter(|text| !text.is_empty());
    let wanted = wanted.ok_or_else(|| missing(definition, "match", "match: $sentence"))?;
    let place = definition.place()?.of_blocks();
    let text = place.text.ok_or("its scopes have nothing in common that has a case")?;
    let mut built = Built { remarks: place.remarks.clone(), ..Built::default() };
    let (condition, cases) = match wanted {
        "$title" => {
            built.remark("small words may start either way, as AP and Chicago both allow");
            (format!("is_title_case({text})"), shown(&place, &[SENTENCE, LOWER], &[TITLE]))
        }
        "$sentence" => {
            built.remark("names that are no exceptions may be one word in five");
            (format!("is_sentence_case({text})"), shown(&place, &[TITLE, LOWER], &[SENTENCE]))
        }
        "$lower" => (format!("lower({text}) == {text}"), shown(&place, &[SENTENCE, UPPER], &[LOWER])),
        "$upper" => (format!("upper({text}) == {text}"), shown(&place, &[SENTENCE, LOWER], &[UPPER])),
        pattern => {
            let token = token("", pattern, Edges::Free, false)?;
            built.remarks.extend(token.remarks.iter().cloned());
            (format!("{text} matches {}", token.slashed()), shown_pattern(&place, &token))
        }
    };
    let exceptions = exceptions(definition, around)?;
    let mut judgement = format!("require {condition}");
    if !exceptions.is_empty() {
        let (literals, left_out) = mentioned(&exceptions);
        if !literals.is_empty() {
            judgement.push_str(&format!(" or {text} mentions ({})", literals.join(" | ")));
            built.remark("a text with one of the exceptions is fine, whatever its other words");
        }
        if !left_out.is_empty() {
            built.remark(format!("not passed over: {}", listed(&left_out)));
        }
    }
    if !definition.texts("indicators")?.is_empty() {
        built.remark("`indicators` are not heeded");
    }
    if definition.text("threshold").is_some_and(|threshold| !matches!(threshold, "0.8" | "0")) {
        built.remark("`threshold` is four words in five");
    }
    let rule = definition.rule(&place, judgement, &[text]);
    built.rule(&rule, cases);
    definition.note_rest(&mut built);
    Ok(built)
}

fn exceptions(definition: &Definition<'_>, around: &Surroundings<'_>) -> Result<Vec<String>, Refusal> {
    let mut all: Vec<String> = definition.texts("exceptions")?.into_iter().map(str::to_owned).collect();
    if definition.is_set("vocab", true) {
        all.extend(around.vocabulary.accept.iter().cloned());
    }
    // The pronoun is no name, and `is_sentence_case` knows it.
    all.retain(|word| word != "I");
    Ok(all)
}

/// The exceptions as phrases and patterns, and those that cannot be said.
fn mentioned(exceptions: &[String]) -> (Vec<String>, Vec<String>) {
    const MOST: usize = 1_000;
    let mut literals: Vec<String> = Vec::new();
    let mut left_out = Vec::new();
    for word in exceptions {
        match token("", word, Edges::Word, false) {
            Ok(token) if literals.len() < MOST => {
                let literal = token.literal();
                if !literals.contains(&literal) {
                    literals.push(literal);
                }
            }
            _ => left_out.push(word.clone()),
        }
    }
    (literals, left_out)
}

fn shown(place: &Place, wrong: &[&str], right: &[&str]) -> Vec<Case> {
    let fixture = place.fixture;
    let wrong =
        wrong.iter().fold(Case::new("a text in another case"), |case, text| case.fires(fixture, text));
    let right =
        right.iter().fold(Case::new("a text in the right case"), |case, text| case.silent(fixture, text));
    vec![wrong, right]
}

fn shown_pattern(place: &Place, token: &Token) -> Vec<Case> {
    let finder = Finder::new(&token.source, token.flags());
    let is_right = |text: &str| finder.as_ref().is_some_and(|finder| finder.find(text).is_some());
    let samples: Vec<String> = samples(token).iter().map(|sample| sample.text()).collect();
    let all = [SENTENCE, TITLE, LOWER, UPPER, "7", "?", "日本"];
    let (right, wrong): (Vec<&str>, Vec<&str>) = all.iter().copied().partition(|text| is_right(text));
    let right: Vec<&str> = samples.iter().map(String::as_str).chain(right).collect();
    shown(place, &wrong, &right)
}
