//! The record, before it is signed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mktlint_diag::closest;
use mktlint_gate::content::NORMAL_FORM;
use mktlint_gate::record::folder::new_id;
use mktlint_gate::record::{ApprovedPart, Record, Verdict};
use mktlint_gate::{Digest, PartId, PartKind, Unit};
use mktlint_host::gate::UnitGate;
use smol_str::SmolStr;

use super::{Args, Session};
use crate::status::Stop;
use crate::voice::Voice;

/// The record of what `voice` decides about `unit`.
pub fn of(session: &Session<'_>, unit: &UnitGate, voice: &Voice) -> Result<Record, Stop> {
    let args = session.args;
    let verdict = if args.reject { Verdict::Rejected } else { Verdict::Approved };
    let kinds = kinds(args, unit, voice)?;
    let mut record = blank(session, verdict, unit.unit().clone(), unit.policy, voice);
    record.tier = unit.tier.tier.as_deref().map(|tier| tier.rsplit('.').next().unwrap_or(tier).into());
    record.tier_reasons = unit.tier.reasons.clone();
    record.expires = args.expires.map(end_of).transpose()?;
    record.parts = parts(unit, &kinds);
    if record.parts.is_empty() && !args.only.is_empty() {
        return Err(Stop::Usage(format!(
            "there is no {} in it, so there is nothing to approve",
            args.only.join(", ")
        )));
    }
    record.id = new_id(&record).into();
    Ok(record)
}

/// A record without what only approvals have, and without an id.
pub fn blank(session: &Session<'_>, verdict: Verdict, unit: Unit, policy: Digest, voice: &Voice) -> Record {
    let args = session.args;
    Record {
        id: SmolStr::default(),
        verdict,
        unit,
        tier: None,
        tier_reasons: Vec::new(),
        role: Some(voice.role.clone()),
        person: voice.person.clone(),
        time: session.now,
        expires: None,
        reason: args.reason.clone().unwrap_or_default(),
        conditions: args.condition.clone(),
        evidence: args.evidence.iter().map(SmolStr::from).collect(),
        policy,
        tool: env!("CARGO_PKG_VERSION").into(),
        normal_form: NORMAL_FORM,
        after: session.ledger.heads(),
        parts: Vec::new(),
        withdraws: None,
        waiver: None,
    }
}

/// The kinds of parts that the record speaks of: those that were named, else those that the tier wants the role to look at.
fn kinds(args: &Args, unit: &UnitGate, voice: &Voice) -> Result<BTreeSet<PartKind>, Stop> {
    let all = || PartKind::ALL.into_iter().filter(|kind| kind.is_approved());
    if !args.only.is_empty() {
        return args.only.iter().map(|word| named(word.trim())).collect();
    }
    let ask = unit.standing.needs.iter().find(|need| need.role == voice.role);
    let wanted = ask.map(|need| need.parts.clone()).unwrap_or_default();
    Ok(if wanted.is_empty() { all().collect() } else { wanted })
}

fn named(word: &str) -> Result<PartKind, Stop> {
    let approved = || PartKind::ALL.into_iter().filter(|kind| kind.is_approved()).map(PartKind::word);
    if let Some(kind) = PartKind::named(word).filter(|kind| kind.is_approved()) {
        return Ok(kind);
    }
    let help = match closest(word, approved()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("parts are {}", approved().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
        }
    };
    Err(Stop::Usage(format!("there is no part `{word}`; {help}")))
}

/// What changed, as it is now; all of the unit when nothing changed that an approval speaks of.
fn parts(unit: &UnitGate, kinds: &BTreeSet<PartKind>) -> Vec<ApprovedPart> {
    let changed = unit.change.parts.iter().filter(|change| kinds.contains(&change.part.kind));
    let changed: Vec<ApprovedPart> =
        changed.map(|change| of_part(unit, &change.part, change.after)).collect();
    if !changed.is_empty() {
        return changed;
    }
    let all = unit.content.parts.iter().filter(|(id, _)| kinds.contains(&id.kind));
    all.map(|(id, part)| of_part(unit, id, Some(part.digest))).collect()
}

fn of_part(unit: &UnitGate, id: &PartId, digest: Option<Digest>) -> ApprovedPart {
    let has_names = matches!(id.kind, PartKind::Claims | PartKind::Disclosures | PartKind::Evidence);
    let items = unit.content.parts.get(id).filter(|_| has_names).map(|part| part.items.as_slice());
    let names: BTreeSet<SmolStr> =
        items.unwrap_or_default().iter().map(|item| SmolStr::new(&item.name)).collect();
    let names = names.into_iter().filter(|name| !name.is_empty()).collect();
    ApprovedPart { file: id.file.clone(), kind: id.kind, digest, names }
}

/// The end of a day, in UTC.
fn end_of(day: jiff::civil::Date) -> Result<Timestamp, Stop> {
    let end = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC);
    end.map(|end| end.timestamp()).map_err(|_| Stop::Usage(format!("`{day}` is too far away")))
}
