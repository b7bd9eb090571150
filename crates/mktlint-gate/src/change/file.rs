//! The files of units, before and after.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_diag::FilePath;
use mktlint_hir::model::change::ChangeKind;

use super::{Draft, Fate, PartChange, SideFile, audience, claim, items, kind_of, show};
use crate::content::Said;
use crate::{Digest, Part, PartId, PartKind, Unit};

/// A file in which a unit speaks.
#[derive(Clone, Copy)]
pub struct Spoken<'s> {
    pub file: &'s FilePath,
    pub bytes: Digest,
    /// `None` of a file in which nothing was found.
    pub said: Option<&'s Said>,
}

impl Spoken<'_> {
    /// Equal for files that say the same for the same purpose.
    fn fingerprint(&self) -> Vec<(PartKind, Digest)> {
        let parts = self.said.into_iter().flat_map(|said| &said.content.parts);
        parts.map(|(id, part)| (id.kind, part.digest)).collect()
    }

    fn part(&self, kind: PartKind) -> Found<'_> {
        self.said?.content.parts.iter().find(|(id, _)| id.kind == kind)
    }
}

/// A part and what it is called; `None` where there is none.
type Found<'s> = Option<(&'s PartId, &'s Part)>;

/// A file before and after; one of them may not be there.
pub struct Pair<'s> {
    pub old: Option<Spoken<'s>>,
    pub new: Option<Spoken<'s>>,
}

impl Pair<'_> {
    pub fn old_part(&self, kind: PartKind) -> Found<'_> {
        self.old.as_ref()?.part(kind)
    }

    pub fn new_part(&self, kind: PartKind) -> Found<'_> {
        self.new.as_ref()?.part(kind)
    }

    /// Whether the part says something else, or is only on one side.
    pub fn differs(&self, kind: PartKind) -> bool {
        let digest = |part: Found<'_>| part.map(|(_, part)| part.digest);
        digest(self.old_part(kind)) != digest(self.new_part(kind))
    }
}

/// The files of one unit, before and after.
#[derive(Default)]
struct Files<'s> {
    old: Vec<Spoken<'s>>,
    new: Vec<Spoken<'s>>,
}

/// What changed about each unit that speaks in one of the files, audiences left open.
pub fn drafts(old: &[SideFile], new: &[SideFile]) -> Vec<Draft> {
    let mut units: BTreeMap<Unit, Files<'_>> = BTreeMap::new();
    for (unit, spoken) in old.iter().flat_map(spoken) {
        units.entry(unit).or_default().old.push(spoken);
    }
    for (unit, spoken) in new.iter().flat_map(spoken) {
        units.entry(unit).or_default().new.push(spoken);
    }
    let renamed = renamed_assets(&units);
    let gone: BTreeSet<&Unit> = renamed.values().collect();
    let kept = units.iter().filter(|(unit, _)| !gone.contains(unit));
    kept.map(|(unit, files)| match renamed.get(unit) {
        Some(before) => renaming(unit, before, files),
        None => alteration(unit, files),
    })
    .collect()
}

fn spoken(file: &SideFile) -> Vec<(Unit, Spoken<'_>)> {
    let one = |said| Spoken { file: &file.file, bytes: file.bytes, said };
    if file.said.is_empty() {
        return vec![(Unit::Asset(file.file.clone()), one(None))];
    }
    file.said.iter().map(|said| (said.unit.clone(), one(Some(said)))).collect()
}

/// Assets without campaign that are new and say what one that is gone said, with that one. A campaign under another id is
/// another campaign.
fn renamed_assets(units: &BTreeMap<Unit, Files<'_>>) -> BTreeMap<Unit, Unit> {
    let mut gone: BTreeMap<Vec<(PartKind, Digest)>, Vec<&Unit>> = BTreeMap::new();
    let assets = || units.iter().filter(|(unit, _)| matches!(unit, Unit::Asset(_)));
    for (unit, files) in assets().filter(|(_, files)| files.new.is_empty()) {
        if let Some(spoken) = files.old.first() {
            gone.entry(spoken.fingerprint()).or_default().push(unit);
        }
    }
    let mut renamed = BTreeMap::new();
    for (unit, files) in assets().filter(|(_, files)| files.old.is_empty()) {
        let Some(fingerprint) = files.new.first().map(Spoken::fingerprint) else { continue };
        let before = gone.get_mut(&fingerprint).filter(|_| !fingerprint.is_empty()).and_then(Vec::pop);
        renamed.extend(before.map(|before| (unit.clone(), before.clone())));
    }
    renamed
}

fn renaming(unit: &Unit, before: &Unit, files: &Files<'_>) -> Draft {
    let mut draft = Draft::new(unit.clone(), Fate::Renamed(before.clone()));
    let file = files.new.first().map(|spoken| spoken.file.clone());
    let part = PartId { file, kind: PartKind::Metadata };
    draft.say(ChangeKind::Metadata, part, format!("{before} is now called {unit}"));
    draft
}

fn alteration(unit: &Unit, files: &Files<'_>) -> Draft {
    let fate = match (files.old.is_empty(), files.new.is_empty()) {
        (true, _) => Fate::Added,
        (_, true) => Fate::Removed,
        _ => Fate::Altered,
    };
    let mut draft = Draft::new(unit.clone(), fate);
    let pairs = pairs(files);
    for pair in &pairs {
        compare(pair, &mut draft);
    }
    claim::compare(&pairs, &mut draft);
    if draft.kinds.is_empty() && draft.audiences.is_empty() {
        plain(&pairs, &mut draft);
    }
    draft
}

/// Files of one path, then files that say the same, are one; the rest is alone.
fn pairs<'s>(files: &Files<'s>) -> Vec<Pair<'s>> {
    let mut gone: BTreeMap<&FilePath, Spoken<'s>> = files.old.iter().map(|old| (old.file, *old)).collect();
    let (mut pairs, mut come) = (Vec::new(), Vec::new());
    for new in &files.new {
        match gone.remove(new.file) {
            Some(old) => pairs.push(Pair { old: Some(old), new: Some(*new) }),
            None => come.push(*new),
        }
    }
    let mut by_content: BTreeMap<Vec<(PartKind, Digest)>, Vec<&FilePath>> = BTreeMap::new();
    for old in gone.values().rev() {
        by_content.entry(old.fingerprint()).or_default().push(old.file);
    }
    for new in come {
        let fingerprint = new.fingerprint();
        let same = by_content.get_mut(&fingerprint).filter(|_| !fingerprint.is_empty()).and_then(Vec::pop);
        let old = same.and_then(|file| gone.remove(file));
        pairs.push(Pair { old, new: Some(new) });
    }
    pairs.extend(gone.into_values().map(|old| Pair { old: Some(old), new: None }));
    pairs
}

/// Adds what differs in one file, but for claims and their proofs.
fn compare(pair: &Pair<'_>, draft: &mut Draft) {
    if let (Some(old), Some(new)) = (&pair.old, &pair.new)
        && old.file != new.file
    {
        let part = PartId { file: Some(new.file.clone()), kind: PartKind::Metadata };
        draft.say(ChangeKind::Metadata, part, format!("{} is now called {}", old.file, new.file));
    }
    for kind in PartKind::ALL.into_iter().filter(|kind| pair.differs(*kind)) {
        let (old, new) = (pair.old_part(kind), pair.new_part(kind));
        let Some(part) = new.or(old).map(|(id, _)| id.clone()) else { continue };
        let digest = |part: Found<'_>| part.map(|(_, part)| part.digest);
        draft.parts.push(PartChange { part: part.clone(), before: digest(old), after: digest(new) });
        match kind {
            PartKind::Claims | PartKind::Evidence => {}
            PartKind::Audience => audience::open(pair, part, draft),
            _ => items_of(kind, part, (old, new), draft),
        }
    }
}

/// Adds the items of a part that differ.
fn items_of(kind: PartKind, id: PartId, (old, new): (Found<'_>, Found<'_>), draft: &mut Draft) {
    let items = |part: Found<'_>| part.map_or_else(Vec::new, |(_, part)| part.items.clone());
    let (before, after) = (items(old), items(new));
    let found = items::difference(&before, &after);
    if found.pairs.is_empty() {
        let words = if found.is_moved { "in another order" } else { "of another kind of asset" };
        draft.say(kind_of(kind), id, format!("the same {kind}, {words}"));
        return;
    }
    for (before, after) in found.pairs {
        draft.tell(show::detail(kind_of(kind), id.clone(), before, after));
    }
}

/// Adds that files differ which say the same; a file that says nothing at all can only come and go.
fn plain(pairs: &[Pair<'_>], draft: &mut Draft) {
    for pair in pairs {
        let part = |file: &FilePath, kind| PartId { file: Some(file.clone()), kind };
        match (&pair.old, &pair.new) {
            (Some(old), Some(new)) if old.bytes != new.bytes => {
                let sentence = format!("{} is written otherwise and says the same", new.file);
                draft.say(ChangeKind::Formatting, part(new.file, PartKind::Metadata), sentence);
            }
            (Some(_), Some(_)) | (None, None) => {}
            (None, Some(new)) => {
                let sentence = format!("{} is new and says nothing", new.file);
                draft.say(ChangeKind::Metadata, part(new.file, PartKind::Metadata), sentence);
            }
            (Some(old), None) => {
                let sentence = format!("{}, which said nothing, is gone", old.file);
                draft.say(ChangeKind::Metadata, part(old.file, PartKind::Metadata), sentence);
            }
        }
    }
}
