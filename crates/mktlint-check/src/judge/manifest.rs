//! Values of a campaign manifest that are none of their field's: `purpose: marketting`.

use mktlint_asset::{Kind, Value as Given};
use mktlint_diag::{Diagnostic, closest};
use mktlint_plan::{Datum, FieldDef, FieldType, Plan, Record, RecordDef, Unknown, Value, field};

use super::Run;
use crate::codes;
use crate::people::channels;

/// Judges what the manifest says of the fields that a campaign has. Rules that need such a value are undecided as well,
/// but only here it is said when no rule needs it yet.
pub fn all(run: &mut Run<'_>) {
    if run.asset.kind != Kind::Campaign {
        return;
    }
    let plan = run.plan;
    let Some(campaign) = plan.records.get(RecordDef::of_kind(Kind::Campaign)) else { return };
    let mut found = Vec::new();
    for declared in plan.list(campaign.fields) {
        // What is wrong with days is said where the file is read, and what with audiences where they are compared.
        let is_audience = plan.str(declared.name) == "audience";
        if is_audience || matches!(declared.ty, FieldType::Date | FieldType::DateTime) {
            continue;
        }
        let value = field(&run.context(None), &Value::record(Record::Asset(run.asset)), declared.name);
        let items = match &value {
            Value::Known(Datum::List(items)) => items.iter().collect(),
            _ => vec![value.clone()],
        };
        let unknown = items.iter().filter_map(Value::as_unknown);
        found.extend(unknown.filter_map(|unknown| problem(plan, declared, unknown)));
    }
    found.extend(strange_sends(run));
    run.findings.extend(found);
}

/// Channels of messages under `sends` that are none, which no cap and no quiet hours would count.
fn strange_sends(run: &Run<'_>) -> Vec<Diagnostic> {
    let sends = run.asset.fields.get("sends").map(|field| &field.value);
    let Some(Given::List(items)) = sends else { return Vec::new() };
    let known = channels(run.plan);
    let channel = |item: &Given| {
        let Given::Record(members) = item else { return None };
        match members.iter().find(|(name, _)| name == "channel") {
            Some((_, Given::Text(range))) => Some(*range),
            _ => None,
        }
    };
    let mut found = Vec::new();
    for range in items.iter().filter_map(channel) {
        let name = run.asset.slice(range).trim();
        if known.is_empty() || known.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            continue;
        }
        let near = closest(name, known.iter().copied());
        let help = near.map_or_else(|| one_of(&known), |near| format!("did you mean `{near}`?"));
        let words = format!("a message under `sends` is on `{name}`, which is no channel");
        found.push(codes::campaign_value(run.place(run.asset.source(range)), words, Some(help)));
    }
    found
}

fn one_of(members: &[&str]) -> String {
    let quoted: Vec<String> = members.iter().map(|member| format!("`{member}`")).collect();
    format!("write one of {}", quoted.join(", "))
}

fn problem(plan: &Plan, declared: &FieldDef, unknown: &Unknown) -> Option<Diagnostic> {
    let Unknown::NotA { found, place, .. } = unknown else { return None };
    Some(codes::campaign_value(place.clone(), unknown.to_string(), help(plan, declared.ty, found)))
}

/// What to write instead of `found`.
fn help(plan: &Plan, ty: FieldType, found: &str) -> Option<String> {
    match ty {
        FieldType::Enum(_, members) => Some(match closest(found, plan.strs(members)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => one_of(&plan.strs(members).collect::<Vec<_>>()),
        }),
        FieldType::Country => Some("write ISO 3166 codes such as `DE`, or the name of a `region`".to_owned()),
        FieldType::List(item) => help(plan, plan.types.get(item as usize).copied()?, found),
        _ => None,
    }
}
