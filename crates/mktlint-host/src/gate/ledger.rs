//! The records that have to do with a change.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_gate::Unit;
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::{Ledger, Loaded, altered};
use mktlint_gate::record::folder::is_record;
use mktlint_gate::record::{FOLDER, WAIVERS, slug};
use rayon::prelude::*;

use super::CompareError;
use crate::state::Pair;

/// The records that have to do with a change.
#[derive(Debug)]
pub struct Records {
    /// Those of its units, recorded waivers, and all that it brings.
    pub ledger: Ledger,
    /// What is wrong with those that it brings, edits or takes away.
    pub problems: Vec<Diagnostic>,
}

/// Reads the records of `units`, recorded waivers, and all that differ from the base.
pub fn load(
    pair: &Pair,
    units: &BTreeSet<Unit>,
    roles: &Roles,
    now: Timestamp,
) -> Result<Records, CompareError> {
    let touched: BTreeSet<&FilePath> = pair.altered.iter().filter(|path| is_record(path)).collect();
    let mut folders: BTreeSet<String> = units.iter().map(|unit| format!("{FOLDER}/{}", slug(unit))).collect();
    folders.insert(format!("{FOLDER}/{WAIVERS}"));
    let files = &pair.head.files;
    let own = folders.iter().flat_map(|folder| files.under(folder)).map(|(path, _)| path);
    let there = touched.iter().copied().filter(|path| files.get(path).is_some());
    let wanted: BTreeSet<&FilePath> = own.filter(|path| is_record(path)).chain(there).collect();
    let wanted: Vec<&FilePath> = wanted.into_iter().collect();
    let loaded: Result<Vec<Loaded>, CompareError> = wanted
        .par_iter()
        .with_min_len(16)
        .map(|path| {
            let bytes = files.bytes(path).transpose()?.unwrap_or_default();
            let is_new = touched.contains(*path);
            Ok(Loaded::new(path, &bytes, is_new, roles, now))
        })
        .collect();
    let ledger = Ledger::new(loaded?, now, false);
    let mut problems = edited(pair, &touched)?;
    problems.extend(brought(&ledger));
    Ok(Records { ledger, problems })
}

/// The records of the base that the change edits or takes away.
fn edited(pair: &Pair, touched: &BTreeSet<&FilePath>) -> Result<Vec<Diagnostic>, CompareError> {
    let mut old = Vec::new();
    for path in touched {
        if let Some(bytes) = pair.base.files.bytes(path) {
            old.push((*path, bytes?));
        }
    }
    let now = |path: &FilePath| pair.head.files.bytes(path)?.ok();
    Ok(altered(old.iter().map(|(path, bytes)| (*path, bytes.as_slice())), now))
}

/// What is wrong with the records that the change brings.
fn brought(ledger: &Ledger) -> impl Iterator<Item = Diagnostic> {
    let broken = ledger.broken().iter().filter(|broken| broken.is_new).flat_map(|broken| &broken.problems);
    let unsound = ledger.entries().iter().filter(|entry| entry.is_new).flat_map(|entry| &entry.problems);
    broken.chain(unsound).cloned()
}
