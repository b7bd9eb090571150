//! A change as an example, for people.

use std::collections::BTreeMap;

use mktlint_decide::{Domain, Schema, Value, Witness, WitnessValue, show_value};
use smol_str::SmolStr;

use crate::people::tier::Fact;

/// What attributes of the proof are called.
pub(super) struct Words {
    /// What attributes stand for that are no fields of a campaign.
    pub facts: Vec<Fact>,
    /// Conditions of which nothing is understood, as they are written, by attribute.
    pub conditions: BTreeMap<SmolStr, String>,
}

/// `a change of formatting alone, in a campaign seen in DE`
pub(super) fn words(witness: &Witness, schema: &Schema, words: &Words) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    let mut campaign = Vec::new();
    for value in &witness.values {
        let fact = words.facts.iter().find(|fact| fact.attribute() == value.attribute);
        let holds = value.value == Some(Value::Bool(true));
        match fact {
            Some(Fact::Change(kind)) if holds => kinds.push(kind.phrase()),
            Some(Fact::Claim(path)) if holds => {
                campaign.push(format!("that makes the claim `{}`", path.name()))
            }
            Some(Fact::OtherRegulated) if holds => campaign.push("that makes a regulated claim".to_owned()),
            Some(Fact::OtherClaim) if holds => campaign.push("that makes another claim".to_owned()),
            Some(Fact::Condition(_)) => {
                let written = words.conditions.get(&value.attribute).map_or("", String::as_str);
                let verb = if holds { "holds" } else { "does not hold" };
                campaign.push(format!("where `{}` {verb}", clipped(written)));
            }
            Some(_) => {}
            None => campaign.push(field(value, schema)),
        }
    }
    let change = match kinds.as_slice() {
        [] => "any change".to_owned(),
        [one] => format!("a change of {one} alone"),
        [first @ .., last] => format!("a change of {} and {last}", first.join(", ")),
    };
    match campaign.as_slice() {
        [] => change,
        [one] => format!("{change}, in a campaign {one}"),
        [first @ .., last] => format!("{change}, in a campaign {} and {last}", first.join(", ")),
    }
}

/// `seen in DE`, `with the purpose service`
fn field(value: &WitnessValue, schema: &Schema) -> String {
    let name = value.attribute.strip_prefix("campaign.").unwrap_or(&value.attribute);
    let Some(given) = &value.value else { return format!("without `{name}`") };
    let unit = match schema.find(&value.attribute).map(|attribute| &attribute.domain) {
        Some(Domain::Number { unit, .. }) => Some(unit),
        _ => None,
    };
    let shown = match given {
        Value::Set(items) => items.iter().map(|item| show_value(item, None)).collect::<Vec<_>>().join(", "),
        given => show_value(given, unit),
    };
    match name {
        "regions" if shown.is_empty() => "seen nowhere".to_owned(),
        "regions" => format!("seen in {shown}"),
        "channel" if shown.is_empty() => "sent on no channel".to_owned(),
        "channel" => format!("sent on {shown}"),
        _ => format!("with the `{name}` {}", clipped(&shown)),
    }
}

/// The start of what is long.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
