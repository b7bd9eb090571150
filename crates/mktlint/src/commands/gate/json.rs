//! A verdict for tools; described by `schema/gate-1.json`.

use jiff::Timestamp;
use mktlint_gate::approval::{Need, Void};
use mktlint_gate::change::{Detail, Fate};
use mktlint_gate::{Item, Unit};
use mktlint_host::gate::{UnitGate, Whose};
use mktlint_host::state::State;
use mktlint_report::Format;
use serde_json::{Value as Json, json};

use super::outcome::Outcome;
use super::report;
use crate::status::Stop;

/// Fields may be added under one number; nothing is taken away or means something else.
const SCHEMA: &str = "mktlint/gate/1";

/// The verdict as JSON.
pub fn shown(outcome: &Outcome) -> Result<Json, Stop> {
    let compared = &outcome.compared;
    let findings = report(outcome, Format::Json, None)?;
    // What writes it is tested to write JSON.
    let findings: Json = serde_json::from_slice(&findings).unwrap_or(Json::Null);
    Ok(json!({
        "schema": SCHEMA,
        "tool": { "name": "mktlint", "version": env!("CARGO_PKG_VERSION") },
        "base": state(&compared.pair.base),
        "head": state(&compared.pair.head),
        "open": compared.is_open(),
        "tiers_of": match compared.whose {
            Whose::Base => Some("base"),
            Whose::Head => Some("head"),
            Whose::Nobody => None,
        },
        "units": compared.units.iter().map(|it| unit(it, outcome)).collect::<Vec<_>>(),
        "findings": findings,
        "notes": outcome.notes(),
    }))
}

fn state(state: &State) -> Json {
    json!({ "name": state.name.trim_matches('`'), "commit": state.commit })
}

fn unit(unit: &UnitGate, outcome: &Outcome) -> Json {
    let change = &unit.change;
    json!({
        "unit": unit.unit().to_string(),
        "change": fate(&change.fate),
        "was": match &change.fate {
            Fate::Renamed(before) => Some(Unit::to_string(before)),
            _ => None,
        },
        "kinds": change.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>(),
        "details": change.details.iter().map(|it| detail(it, outcome)).collect::<Vec<_>>(),
        "parts": change.parts.iter().map(|it| json!({
            "part": it.part.to_string(),
            "before": it.before.map(|digest| digest.to_string()),
            "after": it.after.map(|digest| digest.to_string()),
        })).collect::<Vec<_>>(),
        "policy": unit.policy.to_string(),
        "authors": unit.authors,
        "tier": unit.tier.tier,
        "reasons": unit.tier.reasons,
        "undecided": unit.tier.undecided,
        "open": unit.standing.is_open(),
        "needs": unit.standing.needs.iter().map(need).collect::<Vec<_>>(),
        "void": unit.standing.void.iter().map(void).collect::<Vec<_>>(),
    })
}

fn fate(fate: &Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Renamed(_) => "renamed",
        Fate::Altered => "altered",
    }
}

fn detail(detail: &Detail, outcome: &Outcome) -> Json {
    let item = |item: &Item, is_new: bool| {
        json!({
            "name": item.name,
            "text": outcome.covered(&item.text),
            "file": Some(item.place.file.as_str()).filter(|file| !file.is_empty()),
            "line": outcome.line(is_new, &item.place),
        })
    };
    json!({
        "kind": detail.kind.word(),
        "part": detail.part.to_string(),
        "sentence": outcome.covered(&detail.sentence),
        "before": detail.before.as_ref().map(|it| item(it, false)),
        "after": detail.after.as_ref().map(|it| item(it, true)),
        "example": detail.example,
    })
}

fn need(need: &Need) -> Json {
    json!({
        "role": need.role,
        "count": need.count,
        "parts": need.parts.iter().map(|kind| kind.word()).collect::<Vec<_>>(),
        "given": need.given.iter().map(|given| json!({
            "person": given.person,
            "record": given.record,
            "until": given.until.as_ref().map(Timestamp::to_string),
            "conditions": given.conditions,
        })).collect::<Vec<_>>(),
        "missing": need.missing,
        "who": need.who,
        "has_keys": need.has_keys,
    })
}

fn void(void: &Void) -> Json {
    json!({
        "file": void.file.as_str(),
        "record": void.record,
        "role": void.role,
        "person": void.person,
        "reasons": void.reasons.iter().map(|found| json!({
            "code": found.code,
            "message": found.message,
        })).collect::<Vec<_>>(),
    })
}
