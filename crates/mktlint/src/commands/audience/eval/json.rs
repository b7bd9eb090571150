//! Counts of contacts, for tools.

use mktlint_contacts::{ColumnNote, Example, FaultExample, FaultGroup, Summary, Tally};
use mktlint_decide::show_formula;
use serde_json::{Map, Value as Json, json};

use crate::people::Crowd;

/// Everything that came out.
pub fn of(summary: &Summary, crowd: &Crowd) -> Json {
    json!({
        "contacts": summary.rows,
        "unreadable": summary.unreadable,
        "audiences": summary.audiences.iter().map(|it| tally(it, crowd)).collect::<Vec<_>>(),
        "faults": summary.faults.iter().map(fault).collect::<Vec<_>>(),
        "columns": summary.columns.iter().map(column).collect::<Vec<_>>(),
    })
}

fn tally(tally: &Tally, crowd: &Crowd) -> Json {
    let condition = |it: &mktlint_contacts::Condition| {
        json!({
            "condition": show_formula(&it.formula, crowd.schema(), crowd.definitions()),
            "definition": it.definition.as_deref(),
            "holds": it.holds,
            "fails": it.fails,
            "fails_first": it.fails_first,
        })
    };
    let hanging = |it: &mktlint_contacts::HangsOn| json!({ "why": it.why.as_str(), "contacts": it.rows });
    json!({
        "name": tally.name.as_str(),
        "in": tally.included,
        "out": tally.excluded,
        "undecided": tally.undecided,
        "errors": tally.errors,
        "conditions": tally.conditions.iter().map(condition).collect::<Vec<_>>(),
        "undecided_because": tally.hangs_on.iter().map(hanging).collect::<Vec<_>>(),
        "examples": {
            "in": tally.included_examples.iter().map(example).collect::<Vec<_>>(),
            "out": tally.excluded_examples.iter().map(example).collect::<Vec<_>>(),
            "undecided": tally.undecided_examples.iter().map(example).collect::<Vec<_>>(),
        },
    })
}

fn example(example: &Example) -> Json {
    let values: Map<String, Json> =
        example.values.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
    json!({ "row": example.row, "line": example.line, "values": values })
}

fn fault(group: &FaultGroup) -> Json {
    let example = |it: &FaultExample| json!({ "row": it.row, "line": it.line, "shown": it.shown, "meant": it.meant.as_deref() });
    json!({
        "attribute": group.attribute.as_deref(),
        "reason": group.reason.to_string(),
        "contacts": group.rows,
        "level": if group.needed { "error" } else { "warning" },
        "examples": group.examples.iter().map(example).collect::<Vec<_>>(),
    })
}

fn column(note: &ColumnNote) -> Json {
    match note {
        ColumnNote::Unknown { name, meant } => {
            json!({ "column": name, "problem": "unknown", "meant": meant.as_deref() })
        }
        ColumnNote::Absent { attribute, needed } => {
            json!({ "attribute": attribute.as_str(), "problem": "absent", "needed": needed })
        }
        ColumnNote::OtherType { name, found, wanted } => {
            json!({ "column": name, "problem": "other type", "found": found, "wanted": wanted })
        }
    }
}
