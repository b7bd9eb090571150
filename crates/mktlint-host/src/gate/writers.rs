//! Who made the change of a unit.

use std::collections::BTreeSet;

use mktlint_diag::FilePath;
use mktlint_gate::Unit;
use mktlint_gate::content::id_of;
use mktlint_gate::record::folder::is_record;
use smol_str::SmolStr;

use super::kept::{Kept, is_hidden};
use crate::run::campaigns::Campaigns;
use crate::state::Pair;

/// Everybody who took part in a change, by what they touched at any time since the base: a text that was renamed, or taken
/// back and written again, is still of whoever wrote it.
#[derive(Debug)]
pub struct Writers<'p> {
    pair: &'p Pair,
    /// The manifests above all files that were touched: before, and after.
    campaigns: [Campaigns; 2],
}

impl<'p> Writers<'p> {
    /// Finds what the files that were touched belong to.
    pub fn of(pair: &'p Pair) -> Self {
        let campaigns = [&pair.base, &pair.head]
            .map(|state| Kept { state }.campaigns(pair.authors.iter().map(|(path, _)| path)));
        Self { pair, campaigns }
    }

    /// Who made the change of `unit`, which has these `files` in the head. A unit can change by what stands elsewhere, an
    /// audience or a manifest: then everyone had a part in it.
    pub fn of_unit(&self, unit: &Unit, files: &BTreeSet<FilePath>) -> BTreeSet<SmolStr> {
        let has_new_files = files.iter().any(|path| self.pair.base.files.get(path).is_none());
        let is_of_unit = |path: &FilePath| match unit {
            Unit::Policy => self.is_policy(path),
            Unit::Asset(own) => path == own || files.contains(path) || has_new_files && self.is_gone(path),
            Unit::Campaign(id) => {
                files.contains(path) || self.belongs(path, id) || has_new_files && self.is_gone(path)
            }
        };
        let touched = self.pair.authors.iter().filter(|(path, _)| is_of_unit(path));
        let people: BTreeSet<SmolStr> = touched.flat_map(|(_, people)| people).cloned().collect();
        if people.is_empty() { self.everybody() } else { people }
    }

    fn everybody(&self) -> BTreeSet<SmolStr> {
        self.pair.authors.iter().flat_map(|(_, people)| people).cloned().collect()
    }

    /// Whether the file, if it is there, says anything for the campaign `id`: its folder does.
    fn belongs(&self, path: &FilePath, id: &str) -> bool {
        let states = [&self.pair.base, &self.pair.head];
        states.into_iter().zip(&self.campaigns).any(|(state, campaigns)| {
            let manifest = campaigns.of(&Kept { state }.full(path));
            manifest.is_some_and(|manifest| manifest.all().filter_map(id_of).any(|own| own == id))
        })
    }

    /// Whether the file is not there any more: what it said may be in any file that is new.
    fn is_gone(&self, path: &FilePath) -> bool {
        !is_record(path) && !self.is_policy(path) && self.pair.head.files.get(path).is_none()
    }

    /// What is neither a record nor an asset is, as far as anybody can tell, of the policy.
    fn is_policy(&self, path: &FilePath) -> bool {
        let states = [&self.pair.base, &self.pair.head];
        !is_record(path)
            && !is_hidden(path)
            && !states.into_iter().any(|state| Kept { state }.is_candidate(path))
    }
}
