//! An extraction as text: fields, parts with their bytes, problems.

use std::fmt::Write;

use crate::{Asset, Extraction, Part, PartKind, Role, Value};

/// One line each for the body, fields, parts, directives and problems.
pub(super) fn extraction(found: &Extraction, source: &str) -> String {
    let mut out = String::new();
    for asset in &found.assets {
        dump(&mut out, asset, source);
    }
    for problem in &found.problems {
        let span = problem.primary.place.span;
        let _ = writeln!(out, "problem {} {span:?} {}", problem.code, problem.message);
    }
    out
}

fn dump(out: &mut String, asset: &Asset, source: &str) {
    if let Some(body) = asset.texts.iter().find(|text| text.role == Role::Body) {
        let _ = writeln!(out, "body {:?}", body.mapped.text());
    }
    if let Some(plain) = asset.texts.iter().find(|text| text.role == Role::PlainPart) {
        let _ = writeln!(out, "plain {:?}", plain.mapped.text());
    }
    for (name, field) in &asset.fields {
        let _ = writeln!(out, "{name} {:?} = {}", field.span, value(asset, &field.value));
    }
    for part in asset.parts.iter().filter(|part| part.kind != PartKind::Document) {
        let _ = writeln!(out, "{}", one(asset, part, source));
    }
    for directive in &asset.directives {
        let rule = directive.rule.as_ref().map_or("", |(rule, _)| rule.as_str());
        let _ = writeln!(out, "waive {rule} {:?} for {:?}", directive.span, directive.scope);
    }
}

fn one(asset: &Asset, part: &Part, source: &str) -> String {
    let shown: String = part.span.slice(source).chars().take(24).collect();
    let mut line = format!("{} {:?} {shown:?}", part.kind.as_str(), part.span);
    if let Some(text) = part.text {
        let _ = write!(line, " says {:?}", asset.slice(text));
    }
    for (name, own) in &part.fields {
        let same = name == "text" && part.text.is_some_and(|range| *own == Value::Text(range));
        // The bytes of the part say the same.
        let is_tag = matches!(part.kind, PartKind::MergeTag | PartKind::ControlTag);
        let quiet = is_tag && name == "source"
            || matches!(
                (name.as_str(), own),
                ("decorative" | "in_attribute" | "has_header", Value::Bool(false))
            );
        if !same && !quiet {
            let _ = write!(line, " {name}={}", value(asset, own));
        }
    }
    line
}

fn value(asset: &Asset, value: &Value) -> String {
    match value {
        Value::Text(range) => format!("{:?}@{:?}", asset.slice(*range), asset.source(*range)),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(|own| self::value(asset, own)).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Bool(own) => own.to_string(),
        Value::Int(own) => own.to_string(),
        Value::Decimal(own) => own.to_string(),
        own => format!("{own:?}"),
    }
}
