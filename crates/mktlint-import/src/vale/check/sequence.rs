//! `sequence`: tokens that follow each other.

use super::{Passing, Tokens, cases};
use crate::pattern::Edges;
use crate::vale::definition::{Built, Definition, Refusal, Surroundings};
use crate::vale::scope::place;
use crate::vale::vocabulary::Vocabulary;
use crate::yaml::{Node, Value};

/// The most tokens of a sequence.
const MOST: usize = 40;

/// `tokens: [{pattern: be}, {skip: 2, pattern: use}]`
pub(super) fn build(definition: &Definition<'_>) -> Result<Built, Refusal> {
    let tokens = match definition.node.get("tokens").map(|node| &node.value) {
        Some(Value::List(items)) if !items.is_empty() && items.len() <= MOST => items,
        _ => return Err(super::missing_tokens(definition)),
    };
    let mut pattern = String::new();
    for token in tokens {
        pattern.push_str(&piece(token, !pattern.is_empty())?);
    }
    let sought = Tokens::of("", [pattern.as_str()], Edges::Word, definition.is_set("ignorecase", false));
    if sought.found.is_empty() {
        return Err(super::nothing_left(&sought));
    }
    let mut built = Built { remarks: sought.remarks(), ..Built::default() };
    built.remark("words are what stands between white space");
    let sentence = place(&["sentence"])?;
    let rule = definition.rule(&sentence, sought.judgement(), &["match"]);
    let none = Vocabulary::default();
    let passing = Passing::of(definition, &Surroundings { vocabulary: &none, dictionary: None })?;
    let all = cases(&sought, &passing, sentence.fixture, &mut built.notes);
    built.rule(&rule, all);
    definition.note_rest(&mut built);
    Ok(built)
}

/// One token with the words that may stand before it.
fn piece(token: &Node, is_next: bool) -> Result<String, Refusal> {
    let text = |key: &str| token.get(key).and_then(Node::text).filter(|text| !text.is_empty());
    if let Some(tag) = text("tag") {
        return Err(format!("it asks for parts of speech (`tag: {tag}`)").into());
    }
    if text("negate").is_some_and(|word| word == "true") {
        return Err("it asks that a word is not there (`negate`)".into());
    }
    let skip: u32 = text("skip").and_then(|skip| skip.parse().ok()).unwrap_or(0);
    let pattern = text("pattern").map(|pattern| format!("(?:{pattern})")).unwrap_or_default();
    let skipped = if skip == 0 { String::new() } else { format!("(?:\\S+\\s+){{0,{}}}", skip.min(50)) };
    let gap = if is_next { "\\s+" } else { "" };
    Ok(format!("{gap}{skipped}{pattern}"))
}
