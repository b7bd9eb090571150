//! Putting an asset that was read from decoded text into the asset of the file.

use mktlint_diag::Diagnostic;
use mktlint_text::{MappedText, Span};

use crate::{Asset, Context, Field, Part, Role, TextId, TextRange, Value};

/// Adds texts, parts, directives and missing fields of `own`, whose spans are of `outer`'s text, to `asset`. A body
/// becomes the first text, and what was there moves on by one.
pub(super) fn graft(asset: &mut Asset, own: Asset, outer: &MappedText, contexts: &[Context]) {
    let has_body = own.texts.first().is_some_and(|text| text.role == Role::Body);
    if has_body && !asset.texts.is_empty() {
        make_room(asset);
    }
    let base = asset.texts.len() as u32;
    let first = if has_body { 0 } else { base };
    let place =
        |id: TextId| TextId(if id.0 == 0 { first } else { base + id.0 - u32::from(base > 0 && has_body) });
    let through = |span: Span| outer.source(span.start()..span.end());
    for (index, mut text) in own.texts.into_iter().enumerate() {
        text.mapped = text.mapped.through(outer);
        text.contexts.extend_from_slice(contexts);
        match asset.texts.first_mut().filter(|_| has_body && index == 0 && base > 0) {
            Some(room) => *room = text,
            None => asset.texts.push(text),
        }
    }
    for mut part in own.parts {
        part.span = through(part.span);
        renumber(&mut part, &place);
        asset.parts.push(part);
    }
    for mut directive in own.directives {
        directive.span = through(directive.span);
        directive.scope = through(directive.scope);
        directive.rule.iter_mut().for_each(|(_, span)| *span = through(*span));
        directive.errors.iter_mut().for_each(|(_, span)| *span = through(*span));
        asset.directives.push(directive);
    }
    for (name, field) in own.fields {
        let mut value = field.value;
        renumber_value(&mut value, &place);
        asset.fields.entry(name).or_insert(Field { span: through(field.span), value });
    }
}

/// Makes the first text of `asset` a place for a body.
fn make_room(asset: &mut Asset) {
    if asset.texts.first().is_some_and(|text| text.role == Role::Body) {
        return;
    }
    let room = crate::Text { role: Role::Body, mapped: MappedText::new(), contexts: Vec::new() };
    asset.texts.insert(0, room);
    let on = |id: TextId| TextId(id.0 + 1);
    asset.parts.iter_mut().for_each(|part| renumber(part, &on));
    asset.fields.values_mut().for_each(|field| renumber_value(&mut field.value, &on));
}

fn renumber(part: &mut Part, place: &impl Fn(TextId) -> TextId) {
    part.text = part.text.map(|range| TextRange { text: place(range.text), ..range });
    part.fields.iter_mut().for_each(|(_, value)| renumber_value(value, place));
}

/// Values nest at most as deep as extractors allow, which is little.
fn renumber_value(value: &mut Value, place: &impl Fn(TextId) -> TextId) {
    match value {
        Value::Text(range) => range.text = place(range.text),
        Value::List(values) => values.iter_mut().for_each(|value| renumber_value(value, place)),
        Value::Record(values) => values.iter_mut().for_each(|(_, value)| renumber_value(value, place)),
        _ => {}
    }
}

/// `problem`, whose places are of `outer`'s text, with places of the file.
pub(super) fn moved(mut problem: Diagnostic, outer: &MappedText) -> Diagnostic {
    let labels = problem.secondary.iter_mut().chain([&mut problem.primary]);
    for label in labels {
        let span = label.place.span;
        label.place.span = outer.source(span.start()..span.end());
    }
    problem
}
