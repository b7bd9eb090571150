//! Where a file that an approval speaks of stands now.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_diag::FilePath;

use crate::record::Record;
use crate::{Content, Digest, PartId, PartKind};

/// Which file each file was when a record was written. One that is still there is itself, whatever it says: what was approved
/// in it is not approved in another one. One that is gone was renamed to the new one that says most of what it said; each to
/// one, so that the parts of several files never make up another.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// By the new name, the old one.
    renamed: BTreeMap<FilePath, FilePath>,
}

impl Origins {
    /// How the files that `record` speaks of became those of `content`.
    pub fn of(record: &Record, content: &Content) -> Self {
        let is_there: BTreeSet<&FilePath> = content.parts.keys().filter_map(|id| id.file.as_ref()).collect();
        let known: BTreeSet<&FilePath> = record.parts.iter().filter_map(|part| part.file.as_ref()).collect();
        if known.is_subset(&is_there) {
            return Self::default();
        }
        let mut gone: BTreeMap<(PartKind, Digest), BTreeSet<&FilePath>> = BTreeMap::new();
        for part in &record.parts {
            if let (Some(file), Some(digest)) = (&part.file, part.digest)
                && !is_there.contains(file)
            {
                gone.entry((part.kind, digest)).or_default().insert(file);
            }
        }
        let mut alike: BTreeMap<(&FilePath, &FilePath), usize> = BTreeMap::new();
        for (id, part) in &content.parts {
            let Some(new) = id.file.as_ref().filter(|file| !known.contains(file)) else { continue };
            for old in gone.get(&(id.kind, part.digest)).into_iter().flatten() {
                *alike.entry((new, old)).or_default() += 1;
            }
        }
        let mut pairs: Vec<_> = alike.into_iter().map(|((new, old), n)| (usize::MAX - n, new, old)).collect();
        pairs.sort();
        let mut origins = Self::default();
        let mut taken: BTreeSet<&FilePath> = BTreeSet::new();
        for (_, new, old) in pairs {
            if !origins.renamed.contains_key(new) && taken.insert(old) {
                origins.renamed.insert(new.clone(), old.clone());
            }
        }
        origins
    }

    /// `id` as it was called when the record was written.
    pub fn before(&self, id: &PartId) -> PartId {
        let file = id.file.as_ref().map(|file| self.renamed.get(file).unwrap_or(file).clone());
        PartId { file, kind: id.kind }
    }
}
