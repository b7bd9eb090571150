//! Which approvals a change needs, has and lacks.

mod fit;
mod matching;
mod need;
mod origin;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, FilePath};
use smol_str::SmolStr;

use crate::codes::approval as codes;
use crate::keys::Roles;
use crate::ledger::{Entry, Ledger};
use crate::record::{FOLDER, Verdict, slug};
use crate::{Content, Digest, PartId, PartKind, Unit};
use fit::Fit;

pub use need::{Ask, Count, Needs};

/// A change, and everything that its approvals are held against.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// What changed.
    pub unit: &'c Unit,
    /// What it says now.
    pub content: &'c Content,
    /// The parts that differ from the base, those that are gone among them.
    pub changed: &'c BTreeSet<PartId>,
    /// What the policy means for it.
    pub policy: Digest,
    /// The number of the normal form of `content`.
    pub normal_form: u32,
    /// What its tier asks for.
    pub needs: &'c Needs,
    /// The roles that count: those of the base.
    pub roles: &'c Roles,
    /// At least the records of the unit.
    pub ledger: &'c Ledger,
    /// Who made the change.
    pub authors: &'c BTreeSet<SmolStr>,
    /// When it is judged.
    pub now: Timestamp,
}

/// Where the approvals of a change stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What is needed, in the order of the tier.
    pub needs: Vec<Need>,
    /// Records that do not count, in order of path: the newest word of each person in each role, and all that are new; and
    /// rejections that nobody in the role has answered.
    pub void: Vec<Void>,
}

/// The approvals of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The role, as the policy calls it.
    pub role: SmolStr,
    /// How many people.
    pub count: u32,
    /// The kinds of parts that it must look at; all when empty.
    pub parts: BTreeSet<PartKind>,
    /// Who approved.
    pub given: Vec<Given>,
    /// How many more are needed. A person who speaks in two roles counts in one.
    pub missing: u32,
    /// Members who could still approve.
    pub who: Vec<SmolStr>,
    /// Whether anybody in it has a key; without one nobody can approve.
    pub has_keys: bool,
}

/// An approval that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub person: SmolStr,
    /// The id of the record.
    pub record: SmolStr,
    /// When it no longer counts.
    pub until: Option<Timestamp>,
    /// What must stay true, in words for people.
    pub conditions: Vec<String>,
}

/// A file among the decisions of the unit that approves of nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    /// The file.
    pub file: FilePath,
    /// The id, when it could be read.
    pub record: Option<SmolStr>,
    /// The role that it speaks for.
    pub role: Option<SmolStr>,
    /// Who decided.
    pub person: Option<SmolStr>,
    /// Why it does not count; never empty.
    pub reasons: Vec<Diagnostic>,
}

impl Standing {
    /// Whether nothing is missing.
    pub fn is_open(&self) -> bool {
        self.needs.iter().all(|need| need.missing == 0)
    }

    /// The ids of the records that count, each once.
    pub fn present(&self) -> BTreeSet<&SmolStr> {
        self.needs.iter().flat_map(|need| &need.given).map(|given| &given.record).collect()
    }
}

/// Where the approvals of `case` stand.
pub fn standing(case: &Case<'_>) -> Standing {
    let asks: Vec<&Ask> = case.needs.asks.iter().filter(|ask| ask.is_touched(case.changed)).collect();
    let fit = Fit::new(case);
    let approvals: Vec<&Entry> =
        case.ledger.of(case.unit).filter(|entry| entry.file.record.verdict == Verdict::Approved).collect();
    let mut given: Vec<BTreeMap<SmolStr, Given>> = vec![BTreeMap::new(); asks.len()];
    let mut void = broken(case);
    for (at, entry) in approvals.iter().enumerate() {
        let found = asks.iter().position(|ask| speaks_for(case, entry, ask));
        let reasons = fit.reasons(entry, found.and_then(|found| asks.get(found).copied()));
        match found.and_then(|found| given.get_mut(found)) {
            Some(given) if reasons.is_empty() => {
                given.insert(person(entry), fit.given(entry));
            }
            // A sound word in a role that nobody asks is no news.
            _ if reasons.is_empty() => {}
            _ => {
                let is_last = !approvals.iter().skip(at + 1).any(|later| is_same_voice(entry, later));
                if is_last || entry.is_new {
                    void.push(of_entry(entry, reasons));
                }
            }
        }
    }
    let needs = needs(case, &asks, given);
    void.extend(fit.rejections().filter(|entry| !is_answered(entry, &needs)).map(rejected));
    void.sort_by(|a, b| a.file.cmp(&b.file));
    Standing { needs, void }
}

/// Fills the needs, so that as many as possible have enough different people.
fn needs(case: &Case<'_>, asks: &[&Ask], given: Vec<BTreeMap<SmolStr, Given>>) -> Vec<Need> {
    let counts: Vec<u32> = asks.iter().map(|ask| count(case, ask)).collect();
    let people: Vec<BTreeSet<SmolStr>> = given.iter().map(|given| given.keys().cloned().collect()).collect();
    let chosen = matching::assign(&counts, &people);
    let taken: BTreeSet<SmolStr> = chosen.iter().flatten().cloned().collect();
    let mut all = Vec::new();
    for (((ask, count), given), chosen) in asks.iter().zip(counts).zip(given).zip(chosen) {
        let role = case.roles.get(&ask.role);
        let given: Vec<Given> =
            given.into_iter().filter(|(person, _)| chosen.contains(person)).map(|(_, given)| given).collect();
        let could = |member: &&SmolStr| {
            !taken.contains(&member.to_lowercase()[..])
                && (case.needs.authors_may_approve || !is_author(case, member))
        };
        all.push(Need {
            role: ask.role.rsplit('.').next().unwrap_or_default().into(),
            count,
            parts: ask.parts.clone(),
            missing: count.saturating_sub(u32::try_from(given.len()).unwrap_or(u32::MAX)),
            given,
            who: role.map(|role| role.members.iter().filter(could).cloned().collect()).unwrap_or_default(),
            has_keys: role.is_some_and(|role| !role.keys.is_empty()),
        });
    }
    all
}

/// How many people `ask` wants. All of a role are those who may approve: an author never could. At least one.
fn count(case: &Case<'_>, ask: &Ask) -> u32 {
    match ask.count {
        Count::AtLeast(count) => count,
        Count::All => {
            let may = |member: &&SmolStr| case.needs.authors_may_approve || !is_author(case, member);
            let members = case.roles.get(&ask.role).map_or(0, |role| role.members.iter().filter(may).count());
            u32::try_from(members).unwrap_or(u32::MAX).max(1)
        }
    }
}

fn is_author(case: &Case<'_>, person: &str) -> bool {
    case.authors.iter().any(|author| author.eq_ignore_ascii_case(person))
}

fn person(entry: &Entry) -> SmolStr {
    entry.file.record.person.to_lowercase().into()
}

/// Whether the record speaks in the role that is asked.
fn speaks_for(case: &Case<'_>, entry: &Entry, ask: &Ask) -> bool {
    let own = entry.file.record.role.as_deref().and_then(|role| case.roles.full_name(role));
    own.is_some() && own == case.roles.full_name(&ask.role)
}

/// Whether enough others in the role have approved all the same.
fn is_answered(rejection: &Entry, needs: &[Need]) -> bool {
    let role = rejection.file.record.role.as_deref();
    needs.iter().any(|need| Some(need.role.as_str()) == role && need.missing == 0)
}

fn rejected(entry: &Entry) -> Void {
    let record = &entry.file.record;
    let reason = codes::rejected(entry.file.place("verdict"), &record.person, &record.reason);
    of_entry(entry, vec![reason])
}

fn is_same_voice(one: &Entry, other: &Entry) -> bool {
    let (one, other) = (&one.file.record, &other.file.record);
    one.role == other.role && one.person.eq_ignore_ascii_case(&other.person)
}

fn of_entry(entry: &Entry, reasons: Vec<Diagnostic>) -> Void {
    let record = &entry.file.record;
    Void {
        file: entry.file.file.clone(),
        record: Some(record.id.clone()),
        role: record.role.clone(),
        person: Some(record.person.clone()),
        reasons,
    }
}

/// Files in the folder of the unit that are no records, or none of the unit.
fn broken(case: &Case<'_>) -> Vec<Void> {
    let folder = format!("{FOLDER}/{}/", slug(case.unit));
    let own = case.ledger.broken().iter().filter(|broken| broken.file.starts_with(&folder));
    own.map(|broken| Void {
        file: broken.file.clone(),
        record: None,
        role: None,
        person: None,
        reasons: broken.problems.clone(),
    })
    .collect()
}

#[cfg(test)]
mod tests;
