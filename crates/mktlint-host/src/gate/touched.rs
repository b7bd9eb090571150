//! Which campaigns a change touches, and which files belong to them.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::Asset;
use mktlint_diag::FilePath;
use mktlint_gate::content::id_of;
use mktlint_gate::record::folder::is_record;
use smol_str::SmolStr;

use super::kept::Kept;
use crate::run::campaigns::{Campaigns, is_manifest};
use crate::state::{Pair, State};

/// What of a state a change has to do with.
#[derive(Debug)]
pub struct Part {
    /// The manifests of [`Part::files`].
    pub campaigns: Campaigns,
    /// Assets and manifests of the campaigns that changed, and assets without campaign that did.
    pub files: BTreeSet<FilePath>,
    /// The manifests of the campaigns that changed.
    pub manifests: BTreeSet<FilePath>,
}

/// What a change touches.
#[derive(Debug)]
pub struct Touched {
    /// Before.
    pub base: Part,
    /// After.
    pub head: Part,
    /// Assets and manifests that differ.
    pub altered: BTreeSet<FilePath>,
}

impl Touched {
    /// Looks at the files that differ in `pair`, and at the manifests of `moved`, and finds what belongs to the same
    /// campaigns.
    pub fn find(pair: &Pair, moved: &BTreeSet<FilePath>) -> Self {
        let states = [Kept { state: &pair.base }, Kept { state: &pair.head }];
        let is_asset =
            |path: &&FilePath| !is_record(path) && states.iter().any(|kept| kept.is_candidate(path));
        let altered: BTreeSet<FilePath> = pair.altered.iter().filter(is_asset).cloned().collect();
        let near: BTreeSet<FilePath> = altered.union(moved).cloned().collect();
        let [old, new] = states.map(|kept| Nearest::of(kept, &near));
        let ids = old.ids.keys().chain(new.ids.keys()).cloned().collect();
        Self { base: old.part(&ids, &altered), head: new.part(&ids, &altered), altered }
    }

    /// The files of the head in which something may be found that was not there before.
    pub fn judged(&self, pair: &Pair) -> BTreeSet<FilePath> {
        if !pair.has_same_policy() {
            return self.head.files.clone();
        }
        let kept = Kept { state: &pair.head };
        let may_differ = |path: &&FilePath| {
            let manifest = self.head.campaigns.of(&kept.full(path));
            self.altered.contains(*path)
                || manifest.is_some_and(|it| it.file == **path || self.altered.contains(&it.file))
        };
        self.head.files.iter().filter(may_differ).cloned().collect()
    }
}

/// The manifests nearest to the files that differ.
struct Nearest<'s> {
    kept: Kept<'s>,
    /// By campaign, the manifests that declare it.
    ids: BTreeMap<SmolStr, BTreeSet<FilePath>>,
    /// The same of files that only the other state has: they count when that state says that the campaign changed.
    others: BTreeMap<SmolStr, BTreeSet<FilePath>>,
}

impl<'s> Nearest<'s> {
    fn of(kept: Kept<'s>, altered: &BTreeSet<FilePath>) -> Self {
        let campaigns = kept.campaigns(altered);
        let mut nearest = Self { kept, ids: BTreeMap::new(), others: BTreeMap::new() };
        for path in altered {
            let Some(manifest) = campaigns.of(&kept.full(path)) else { continue };
            let is_own = manifest.file == *path;
            // Files below a manifest that is gone belong to the next one now.
            let is_there = kept.state.files.get(path).is_some() || is_manifest(kept.workspace(), path);
            let list = if is_there { &mut nearest.ids } else { &mut nearest.others };
            let declared = manifest.all().filter(|asset| is_own || is_first(asset)).filter_map(id_of);
            for id in declared {
                list.entry(id).or_default().insert(manifest.file.clone());
            }
        }
        nearest
    }

    /// What belongs to the campaigns `ids`, and what of `altered` belongs to none.
    fn part(self, ids: &BTreeSet<SmolStr>, altered: &BTreeSet<FilePath>) -> Part {
        let known = [&self.ids, &self.others].into_iter().flatten();
        let manifests: BTreeSet<FilePath> =
            known.filter(|(id, _)| ids.contains(*id)).flat_map(|(_, files)| files).cloned().collect();
        let is_there = |path: &&FilePath| self.kept.state.files.get(path).is_some();
        let mut files: BTreeSet<FilePath> = altered.iter().filter(is_there).cloned().collect();
        files.extend(beside(self.kept, &manifests));
        let campaigns = self.kept.campaigns(&files);
        Part { campaigns, files, manifests }
    }
}

/// The first campaign of a manifest holds for other files.
fn is_first(campaign: &Asset) -> bool {
    campaign.ordinal == 0
}

/// The files for which one of `manifests` holds, and these themselves.
fn beside(kept: Kept<'_>, manifests: &BTreeSet<FilePath>) -> BTreeSet<FilePath> {
    let State { files, .. } = kept.state;
    let folder =
        |manifest: &FilePath| manifest.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.into());
    let folders: BTreeSet<String> = manifests.iter().map(folder).collect();
    let below = folders.iter().flat_map(|folder| files.under(folder)).map(|(path, _)| path);
    let candidates: BTreeSet<&FilePath> =
        below.filter(|path| !is_record(path) && kept.is_candidate(path)).collect();
    let campaigns = kept.campaigns(candidates.iter().copied());
    let is_theirs = |path: &&FilePath| {
        campaigns.of(&kept.full(path)).is_some_and(|manifest| manifests.contains(&manifest.file))
    };
    let mut found: BTreeSet<FilePath> = candidates.into_iter().filter(is_theirs).cloned().collect();
    found.extend(manifests.iter().cloned());
    found
}
