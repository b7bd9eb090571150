//! Decisions, as lists, pages and tools want them.

use jiff::Timestamp;
use mktlint_diag::FilePath;
use mktlint_gate::PartId;
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::Entry;
use mktlint_gate::record::{ApprovedPart, Record, WaiverTerms};
use serde_json::{Value, json};

use crate::status::Stop;

/// Refuses the `text` of a record for `file` that would not count, so that it is not written: a key can be revoked, or not
/// valid yet.
pub fn must_count(file: &FilePath, text: &str, roles: &Roles, now: Timestamp) -> Result<(), Stop> {
    let problem = match mktlint_gate::record::read(file, text.as_bytes()) {
        Ok(read) => roles.objection(&read, now),
        Err(problems) => problems.into_iter().next(),
    };
    match problem {
        Some(problem) => Err(Stop::Usage(format!("nothing was written: {}", problem.message))),
        None => Ok(()),
    }
}

/// Everything that `entry` says, for tools.
pub fn as_json(entry: &Entry) -> Value {
    let record = &entry.file.record;
    let problem = |it: &mktlint_diag::Diagnostic| json!({"code": it.code.as_str(), "message": it.message});
    json!({
        "id": record.id.as_str(),
        "file": entry.file.file.as_str(),
        "digest": entry.file.digest.to_string(),
        "new": entry.is_new,
        "sound": entry.is_sound(),
        "problems": entry.problems.iter().map(problem).collect::<Vec<_>>(),
        "verdict": record.verdict.word(),
        "unit": record.unit.to_string(),
        "tier": record.tier.as_deref(),
        "tier_reasons": record.tier_reasons,
        "role": record.role.as_deref(),
        "person": record.person.as_str(),
        "key": entry.file.signature.as_ref().map(|it| it.key.as_str()),
        "time": record.time.to_string(),
        "expires": record.expires.map(|time| time.to_string()),
        "withdraws": record.withdraws.as_deref(),
        "reason": record.reason,
        "conditions": record.conditions,
        "evidence": record.evidence.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        "policy": record.policy.to_string(),
        "tool": record.tool.as_str(),
        "normal_form": record.normal_form,
        "after": record.after.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "parts": record.parts.iter().map(part).collect::<Vec<_>>(),
        "waiver": record.waiver.as_ref().map(waiver),
    })
}

fn part(part: &ApprovedPart) -> Value {
    json!({
        "file": part.file.as_deref(),
        "kind": part.kind.word(),
        "digest": part.digest.map(|digest| digest.to_string()),
        "names": part.names.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
    })
}

fn waiver(waiver: &WaiverTerms) -> Value {
    let texts = |all: &[smol_str::SmolStr]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "rules": texts(&waiver.rules),
        "files": texts(&waiver.files),
        "until": waiver.until.to_string(),
        "owner": waiver.owner.as_str(),
    })
}

/// `campaigns/serum/email.html#claims`
pub fn part_name(part: &ApprovedPart) -> String {
    PartId { file: part.file.clone(), kind: part.kind }.to_string()
}

/// `2026-11-22 10:04`
pub fn minute(time: Timestamp) -> String {
    time.to_string().chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// What was decided, in a few words: of a waiver its rules, of a withdrawal what it takes back, else the reason.
pub fn gist(record: &Record) -> String {
    if let Some(waiver) = &record.waiver {
        let rules = waiver.rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", ");
        return format!("{rules} until {}: {}", waiver.until, record.reason);
    }
    match &record.withdraws {
        Some(id) if record.reason.is_empty() => format!("takes `{id}` back"),
        Some(id) => format!("takes `{id}` back: {}", record.reason),
        None => record.reason.clone(),
    }
}
