//! What a change is, how risky, and whether those who must agree have done so: two states of a workspace, brought
//! together with the records of decisions.
//!
//! [`compare`] reads what changed and what hangs on it, and nothing else: the campaigns of files that differ, their
//! manifests, the records of those campaigns. [`findings`] then judges the same files as `check` does.

mod audiences;
mod error;
mod findings;
mod kept;
mod ledger;
mod policies;
mod reading;
mod standard;
mod touched;
mod unit;
mod unjudged;
mod writers;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::Ledger;
use mktlint_plan::Plan;

pub use error::CompareError;
pub use findings::{Found, findings};
pub use standard::Whose;
pub use unit::UnitGate;

use crate::state::{Head, Pair, pair};
use crate::workspace::Workspace;

/// What to compare, and when.
#[derive(Clone, Debug)]
pub struct Asked {
    /// A folder or a revision.
    pub base: String,
    /// What it is compared with.
    pub head: Head,
    /// The day that stands for today.
    pub today: Date,
    /// The moment at which approvals must hold.
    pub now: Timestamp,
    /// Whether plans of earlier runs may be used and kept.
    pub use_cache: bool,
}

/// A change, with everything that decides whether it may go out.
#[derive(Debug)]
pub struct Compared {
    /// The two states.
    pub pair: Pair,
    /// What the policy of the head means.
    pub plan: Arc<Plan>,
    /// Everything wrong with the policy of the head, none of which keeps it from being used.
    pub diagnostics: Vec<Diagnostic>,
    /// Whose tiers, roles and keys count.
    pub whose: Whose,
    /// The roles that count, with their keys.
    pub roles: Roles,
    /// What changed, unit by unit.
    pub units: Vec<UnitGate>,
    /// The records of these units, and recorded waivers.
    pub ledger: Ledger,
    /// What is wrong with key files, and with records that the change brings, edits or takes away.
    pub problems: Vec<Diagnostic>,
    /// Files of the head that belong to the units, in order: what is read to judge them.
    pub files: BTreeSet<FilePath>,
    /// Those of them whose findings count: files that differ, manifests, and what a manifest or policy that differs may
    /// judge otherwise.
    pub judged: BTreeSet<FilePath>,
    /// Whether it brings something that nobody can judge, which is among the problems.
    pub is_undecided: bool,
    /// Remarks of one line.
    pub notes: Vec<String>,
}

impl Compared {
    /// Whether nothing that is asked for is missing, and no decision of the base was altered: what is left of the ledger
    /// then proves nothing.
    pub fn is_open(&self) -> bool {
        !self.is_undecided && !self.is_altered() && self.units.iter().all(|unit| unit.standing.is_open())
    }

    /// Whether a decision of the base was edited or deleted.
    pub fn is_altered(&self) -> bool {
        self.problems.iter().any(|found| found.code == mktlint_gate::codes::ledger::BASE_CHANGED.id)
    }
}

/// What `asked` comes to in `workspace`; a base that is a folder is seen from `folder`.
///
/// # Errors
///
/// Fails when a state cannot be read, and when the policy of the head cannot be used.
pub fn compare(workspace: &Workspace, folder: &Path, asked: &Asked) -> Result<Compared, CompareError> {
    let pair = pair(workspace, folder, &asked.base, &asked.head)?;
    let policies = policies::Policies::of(&pair, asked)?;
    let mut notes = pair.notes.clone();
    notes.extend(policies.notes.iter().cloned());
    let standard = standard::Standard::of(&pair, &policies);
    notes.extend(standard.notes.iter().cloned());
    let moved = audiences::manifests(&pair, &policies, asked);
    let touched = touched::Touched::find(&pair, &moved);
    let read = reading::read(&pair, &policies, &touched, asked)?;
    let units: BTreeSet<_> = read.changes.iter().map(|change| change.unit.clone()).collect();
    let records = ledger::load(&pair, &units, &standard.roles, asked.now)?;
    let judging = unit::Judging {
        pair: &pair,
        asked,
        standard: &standard,
        touched: &touched,
        writers: writers::Writers::of(&pair),
    };
    let units = judging.all(read, &records.ledger);
    let mut problems = standard.problems;
    problems.extend(records.problems);
    let unjudged = unjudged::find(&pair);
    let is_undecided = !unjudged.is_empty();
    problems.extend(unjudged);
    let policy_files: BTreeSet<FilePath> = policies::altered(&pair).collect();
    let mut judged = touched.judged(&pair);
    judged.extend(policy_files.iter().cloned());
    let mut files = touched.head.files.clone();
    files.extend(policy_files);
    Ok(Compared {
        plan: policies.head.clone(),
        diagnostics: policies.diagnostics,
        whose: standard.whose,
        roles: standard.roles,
        units,
        ledger: records.ledger,
        problems,
        files,
        judged,
        is_undecided,
        notes,
        pair,
    })
}

#[cfg(test)]
mod tests;
