//! The records that have to do with a change.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::Unit;
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::Ledger;
use mktlint_gate::record::folder::is_record;
use mktlint_gate::record::{WAIVERS, slug};

use super::CompareError;
use crate::records;
use crate::state::Pair;

/// The records that have to do with a change.
#[derive(Debug)]
pub struct Records {
    /// Those of its units, recorded waivers, and those beside the ones that it brings.
    pub ledger: Ledger,
    /// What is wrong with those that it brings, edits or takes away.
    pub problems: Vec<Diagnostic>,
}

/// Reads the records of `units`, recorded waivers, and the folders of all that differ from the base.
pub fn load(
    pair: &Pair,
    units: &BTreeSet<Unit>,
    roles: &Roles,
    now: Timestamp,
) -> Result<Records, CompareError> {
    let mut folders: BTreeSet<String> = units.iter().map(slug).collect();
    folders.insert(WAIVERS.to_owned());
    folders.extend(pair.altered.iter().filter(|path| is_record(path)).filter_map(folder));
    let (base, head) = (&pair.base.files, &pair.head.files);
    let known = &pair.standard().files;
    let ledger = records::ledger(head, Some(known), Some(&folders), roles, now);
    let mut problems = records::altered(base, head, &pair.altered)?;
    problems.extend(brought(&ledger));
    Ok(Records { ledger, problems })
}

/// `serum` of `decisions/serum/2026-11-22-legal-3fa9c2d1.toml`.
fn folder(path: &FilePath) -> Option<String> {
    path.split('/').nth(1).map(ToOwned::to_owned)
}

/// What is wrong with the records that the change brings.
fn brought(ledger: &Ledger) -> impl Iterator<Item = Diagnostic> {
    let broken = ledger.broken().iter().filter(|broken| broken.is_new).flat_map(|broken| &broken.problems);
    let unsound = ledger.entries().iter().filter(|entry| entry.is_new).flat_map(|entry| &entry.problems);
    broken.chain(unsound).cloned()
}
