//! All records together: search, and whether anything is missing or altered.

mod altered;
mod loaded;
mod search;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use mktlint_diag::{Diagnostic, FilePath};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::codes::{approval, ledger as codes};
use crate::record::{RecordFile, Verdict};
use crate::{Digest, Unit};

pub use altered::altered;
pub use loaded::Loaded;
pub use search::Query;

/// How far clocks may differ before a time is held against a record.
pub const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// A record that could be read, with what is wrong with it whatever it is needed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub file: RecordFile,
    /// Whether the base does not have it.
    pub is_new: bool,
    /// Why it does not count; empty when it does.
    pub problems: Vec<Diagnostic>,
}

impl Entry {
    /// Whether it is what it claims to be.
    pub const fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// A file that is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where it lies.
    pub file: FilePath,
    /// Whether the base does not have it.
    pub is_new: bool,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

/// The records of a workspace, or of some units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// In order of time, then id.
    entries: Vec<Entry>,
    /// In order of path.
    broken: Vec<Broken>,
    by_digest: FxHashMap<Digest, usize>,
}

impl Ledger {
    /// The ledger of `loaded` at `now`. When it `is_whole`, every record that another one follows must be there.
    pub fn new(loaded: Vec<Loaded>, now: Timestamp, is_whole: bool) -> Self {
        let mut all = Self::default();
        for loaded in loaded {
            loaded.sort_into(&mut all.entries, &mut all.broken);
        }
        all.entries.sort_by(|a, b| order(a).cmp(&order(b)));
        all.broken.sort_by(|a, b| a.file.cmp(&b.file));
        all.by_digest = all.entries.iter().enumerate().map(|(at, entry)| (entry.file.digest, at)).collect();
        let found: Vec<Vec<Diagnostic>> =
            all.entries.iter().map(|entry| all.history(entry, now, is_whole)).collect();
        for (entry, found) in all.entries.iter_mut().zip(found) {
            entry.problems.extend(found);
        }
        all.duplicates();
        all
    }

    /// The records, in order of time.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The files that are no records.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// The records of `unit`, in order of time.
    pub fn of<'l>(&'l self, unit: &'l Unit) -> impl DoubleEndedIterator<Item = &'l Entry> {
        self.entries.iter().filter(move |entry| entry.file.record.unit == *unit)
    }

    /// The record with this id; of several the oldest.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.file.record.id == id)
    }

    /// The digests of the records that no other one follows: what the next record names in `after`. One that is new and
    /// not sound is not followed, so that it can be taken away.
    pub fn heads(&self) -> Vec<Digest> {
        let stays = |entry: &&Entry| entry.is_sound() || !entry.is_new;
        let mut heads: BTreeSet<Digest> =
            self.entries.iter().filter(stays).map(|entry| entry.file.digest).collect();
        for entry in self.entries.iter().filter(stays) {
            for digest in &entry.file.record.after {
                heads.remove(digest);
            }
        }
        heads.into_iter().collect()
    }

    /// Everything that is wrong, in order of path.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let broken = self.broken.iter().flat_map(|broken| &broken.problems);
        let entries = self.entries.iter().flat_map(|entry| &entry.problems);
        let mut all: Vec<Diagnostic> = broken.chain(entries).cloned().collect();
        all.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        all
    }

    /// The sound record that took `id` back: by the person who decided, or by someone in the same role.
    pub fn withdrawal(&self, entry: &Entry) -> Option<&Entry> {
        let own = &entry.file.record;
        self.entries.iter().find(|other| {
            let record = &other.file.record;
            let may = record.role == own.role || record.person == own.person;
            record.verdict == Verdict::Withdrawn
                && record.withdraws.as_ref() == Some(&own.id)
                && record.unit == own.unit
                && may
                && other.is_sound()
        })
    }

    /// What time and the records before it hold against `entry`.
    fn history(&self, entry: &Entry, now: Timestamp, is_whole: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let (file, record) = (&entry.file, &entry.file.record);
        if is_later(record.time, now) {
            found.push(approval::future(file.place("time"), record.time));
        }
        let mut set_back = None;
        for digest in &record.after {
            match self.by_digest.get(digest).and_then(|at| self.entries.get(*at)) {
                Some(earlier) if is_later(earlier.file.record.time, record.time) => set_back = Some(earlier),
                Some(_) => {}
                None if is_whole => found.push(codes::hole(file.place("after"), digest)),
                None => {}
            }
        }
        if entry.is_new && set_back.is_none() {
            // Of another campaign it would void what two branches decided side by side.
            let newest = self.of(&record.unit).rev().find(|other| !other.is_new);
            set_back = newest.filter(|newest| is_later(newest.file.record.time, record.time));
        }
        if let Some(earlier) = set_back {
            let other = &earlier.file.record;
            found.push(approval::set_back(file.place("time"), record.time, &other.id, other.time));
        }
        found
    }

    /// Of records with one id none counts, but the only one that the base has.
    fn duplicates(&mut self) {
        let mut by_id: FxHashMap<&SmolStr, Vec<&Entry>> = FxHashMap::default();
        for entry in &self.entries {
            by_id.entry(&entry.file.record.id).or_default().push(entry);
        }
        let problem = |entry: &Entry| {
            let others =
                by_id.get(&entry.file.record.id)?.iter().filter(|other| other.file.file != entry.file.file);
            let mut others = others.filter(|other| entry.is_new || !other.is_new).peekable();
            let place = others.peek()?.file.place("id");
            Some(codes::duplicate(entry.file.place("id"), &entry.file.record.id, place))
        };
        let found: Vec<Option<Diagnostic>> = self.entries.iter().map(problem).collect();
        for (entry, found) in self.entries.iter_mut().zip(found) {
            entry.problems.extend(found);
        }
    }
}

fn order(entry: &Entry) -> (Timestamp, &SmolStr, &FilePath) {
    (entry.file.record.time, &entry.file.record.id, &entry.file.file)
}

/// Whether `one` is later than `other`, and not by what clocks may differ.
fn is_later(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other) > SLACK
}

#[cfg(test)]
mod tests;
