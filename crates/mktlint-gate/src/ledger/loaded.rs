//! A file on its way into the ledger.

use jiff::Timestamp;
use mktlint_diag::{Diagnostic, FilePath};

use super::{Broken, Entry};
use crate::keys::Roles;
use crate::record::{RecordFile, read};

/// A file that was read and whose signature was looked at: what costs time, and can be done for many at once.
#[derive(Clone, Debug)]
pub struct Loaded {
    file: FilePath,
    is_new: bool,
    read: Result<RecordFile, Vec<Diagnostic>>,
    objection: Option<Diagnostic>,
}

impl Loaded {
    /// The file with `bytes`. One that `is_new`, which the base does not have, is judged by the keys as they are at `now`,
    /// whatever time it claims; any other by the keys of its own time.
    pub fn new(file: &FilePath, bytes: &[u8], is_new: bool, roles: &Roles, now: Timestamp) -> Self {
        let read = read(file, bytes);
        let objection = read.as_ref().ok().and_then(|read| {
            let at = if is_new { now } else { read.record.time };
            roles.objection(read, at)
        });
        Self { file: file.clone(), is_new, read, objection }
    }

    /// A file that could not be read at all.
    pub fn failed(file: &FilePath, is_new: bool, problem: Diagnostic) -> Self {
        Self { file: file.clone(), is_new, read: Err(vec![problem]), objection: None }
    }

    pub(super) fn sort_into(self, entries: &mut Vec<Entry>, broken: &mut Vec<Broken>) {
        let Self { file, is_new, read, objection } = self;
        match read {
            Ok(file) => entries.push(Entry { file, is_new, problems: objection.into_iter().collect() }),
            Err(problems) => broken.push(Broken { file, is_new, problems }),
        }
    }
}
