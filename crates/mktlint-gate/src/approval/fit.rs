//! Why an approval does not count for a change.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mktlint_diag::Diagnostic;

use super::origin::Origins;
use super::{Ask, Case, Given, is_author};
use crate::codes::approval as codes;
use crate::ledger::Entry;
use crate::record::{ApprovedPart, Record, Verdict};
use crate::{Digest, PartId, PartKind};

/// The change, ready to hold approvals against.
pub(super) struct Fit<'c> {
    case: &'c Case<'c>,
    /// What the unit says, wherever it stands.
    says: BTreeSet<(PartKind, Digest)>,
    /// Sound rejections that nobody took back.
    rejections: Vec<&'c Entry>,
}

impl<'c> Fit<'c> {
    pub fn new(case: &'c Case<'c>) -> Self {
        let says = case.content.parts.iter().map(|(id, part)| (id.kind, part.digest)).collect();
        let stands = |entry: &&Entry| {
            entry.file.record.verdict == Verdict::Rejected
                && entry.is_sound()
                && case.ledger.withdrawal(entry).is_none()
        };
        Self { case, says, rejections: case.ledger.of(case.unit).filter(stands).collect() }
    }

    /// Why `entry`, an approval, does not count for `ask`; for no role that is asked only what is wrong with itself.
    pub fn reasons(&self, entry: &Entry, ask: Option<&Ask>) -> Vec<Diagnostic> {
        let mut found = entry.problems.clone();
        let Some(ask) = ask else { return found };
        let (file, record) = (&entry.file, &entry.file.record);
        if is_author(self.case, &record.person) && !self.case.needs.authors_may_approve {
            found.push(codes::author(file.place("person"), &record.person));
        }
        if record.policy != self.case.policy {
            found.push(codes::other_policy(file.place("policy")));
        }
        if record.normal_form == self.case.normal_form {
            self.parts(entry, ask, &mut found);
        } else {
            found.push(codes::other_form(
                file.place("normal-form"),
                record.normal_form,
                self.case.normal_form,
            ));
        }
        if let Some(end) = self.end(record).filter(|end| *end < self.case.now) {
            found.push(codes::expired(file.place("expires"), end));
        }
        if let Some(later) = self.rejections.iter().find(|rejection| outvotes(rejection, entry)) {
            let rejection = &later.file.record;
            found.push(codes::outvoted(file.place("verdict"), &rejection.id, &rejection.person));
        }
        if let Some(withdrawal) = self.case.ledger.withdrawal(entry) {
            let withdrawal = &withdrawal.file.record;
            found.push(codes::withdrawn(file.place("id"), &withdrawal.id, &withdrawal.person));
        }
        found
    }

    /// The rejections of what the unit says now.
    pub fn rejections(&self) -> impl Iterator<Item = &'c Entry> {
        let speaks = |entry: &&&Entry| {
            let parts = &entry.file.record.parts;
            let is_said = |part: &ApprovedPart| {
                part.digest.is_some_and(|digest| self.says.contains(&(part.kind, digest)))
            };
            parts.is_empty() || parts.iter().any(is_said)
        };
        self.rejections.iter().filter(speaks).copied()
    }

    /// `entry`, which counts.
    pub fn given(&self, entry: &Entry) -> Given {
        let record = &entry.file.record;
        Given {
            person: record.person.clone(),
            record: record.id.clone(),
            until: self.end(record),
            conditions: record.conditions.clone(),
        }
    }

    /// When it no longer counts: by its own word or by the tier, whichever is earlier.
    fn end(&self, record: &Record) -> Option<Timestamp> {
        let ends = [record.expires, self.case.needs.end(record.time)];
        ends.into_iter().flatten().min()
    }

    /// Every part that changed and that the role must look at must be approved as it is now, and everything that was
    /// approved must still be there: what was taken away was part of what the approver saw.
    fn parts(&self, entry: &Entry, ask: &Ask, found: &mut Vec<Diagnostic>) {
        let record = &entry.file.record;
        let place = || entry.file.place("parts");
        let origins = Origins::of(record, self.case.content);
        let now: BTreeMap<PartId, Digest> =
            self.case.content.parts.iter().map(|(id, part)| (origins.before(id), part.digest)).collect();
        let mut named = BTreeSet::new();
        for id in self.case.changed.iter().filter(|id| ask.covers(id.kind)) {
            let is_there = self.case.content.parts.contains_key(id);
            let old = if is_there { origins.before(id) } else { id.clone() };
            let digest = self.case.content.parts.get(id).map(|part| part.digest);
            let mut spoken = record.parts.iter().filter(|part| is_at(part, &old)).peekable();
            let spoke_of_it = old == *id && spoken.peek().is_some();
            if spoken.any(|part| part.digest == digest) {
                continue;
            }
            named.insert(id.clone());
            found.push(match (spoke_of_it, is_there) {
                (true, true) => codes::changed_since(place(), id),
                (true, false) => codes::gone_since(place(), id),
                (false, _) => codes::not_covered(place(), id),
            });
        }
        for part in record.parts.iter().filter(|part| ask.covers(part.kind)) {
            let id = PartId { file: part.file.clone(), kind: part.kind };
            if part.digest != now.get(&id).copied() && named.insert(id.clone()) {
                found.push(if self.case.content.parts.contains_key(&id) {
                    codes::changed_since(place(), &id)
                } else {
                    codes::gone_since(place(), &id)
                });
            }
        }
    }
}

fn is_at(part: &ApprovedPart, id: &PartId) -> bool {
    part.kind == id.kind && part.file == id.file
}

/// Whether a rejection speaks of something that the approval speaks of, in the same role, and later.
fn outvotes(rejection: &Entry, approval: &Entry) -> bool {
    let (no, yes) = (&rejection.file.record, &approval.file.record);
    let knew = yes.after.contains(&rejection.file.digest);
    let is_same =
        |part: &ApprovedPart| yes.parts.iter().any(|own| own.kind == part.kind && own.digest == part.digest);
    no.role == yes.role
        && no.time >= yes.time
        && !knew
        && (no.parts.is_empty() || yes.parts.is_empty() || no.parts.iter().any(is_same))
}
