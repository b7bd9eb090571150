//! What was decided: the records of the ledger, the newest first.

use jiff::Timestamp;
use jiff::civil::Date;
use mktlint_gate::ledger::Entry;
use mktlint_host::flow::end_of;
use mktlint_host::records;
use mktlint_measure::personal::mask;

use super::short;
use crate::people::Crowd;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// `approved`, `rejected`, `waived`, `withdrawn`.
    pub verdict: &'static str,
    /// Of what: `campaign:spring`.
    pub unit: String,
    /// The tier that the change had.
    pub tier: Option<String>,
    /// In which role.
    pub role: Option<String>,
    /// Who decided, covered where that is an address.
    pub person: String,
    /// When.
    pub time: Timestamp,
    /// Until when it holds.
    pub expires: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// Why it does not count; `None` when it does.
    pub problem: Option<String>,
}

/// The ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The newest first.
    pub all: Vec<Decision>,
    /// How many files of the ledger are no records.
    pub n_broken: usize,
}

impl Decisions {
    /// The ledger of the workspace of `crowd` at the end of `today`.
    ///
    /// # Errors
    ///
    /// When a repository is there and cannot be read, in words.
    pub fn of(crowd: &Crowd, today: Date) -> Result<Self, String> {
        let here = records::here(&crowd.home.workspace.root).map_err(|error| error.to_string())?;
        let (roles, _) = records::roles(&crowd.plan, &here.files);
        let ledger = records::ledger(&here.files, here.base.as_ref(), None, &roles, end_of(today));
        let mut all: Vec<Decision> = ledger.entries().iter().map(decision).collect();
        all.reverse();
        Ok(Self { all, n_broken: ledger.broken().len() })
    }
}

fn decision(entry: &Entry) -> Decision {
    let record = &entry.file.record;
    Decision {
        id: record.id.to_string(),
        verdict: record.verdict.word(),
        unit: record.unit.to_string(),
        tier: record.tier.as_deref().map(|tier| short(tier).to_owned()),
        role: record.role.as_deref().map(|role| short(role).to_owned()),
        person: mask(&record.person).into_owned(),
        time: record.time,
        expires: record.expires,
        reason: mask(&record.reason).into_owned(),
        problem: entry.problems.first().map(|problem| mask(&problem.message).into_owned()),
    }
}
