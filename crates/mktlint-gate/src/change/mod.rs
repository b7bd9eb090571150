//! What changed between two states, as meaning.
//!
//! A [`Side`] is one state: what its files say, and what its policy means. Only files that may differ need to be in it.
//! [`between`] says of each unit how it changed, in the words of `change only [...]`, with a sentence for each thing and,
//! of audiences, a person who comes or goes. Nothing here knows git: renames are files that say the same elsewhere.

mod audience;
mod claim;
mod file;
mod items;
mod policy;
mod show;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use mktlint_diag::FilePath;
use mktlint_hir::model::change::{ChangeKind, Changes};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use crate::content::Said;
use crate::{Digest, Item, PartId, PartKind, Unit};

/// One state of a workspace.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// What its policy means.
    pub plan: &'a Plan,
    /// Assets and manifests, in any order: at least those whose bytes differ on the other side or are not there.
    pub files: Vec<SideFile>,
    /// All that makes the policy: its files, the configuration, keys.
    pub policy: BTreeMap<FilePath, PolicyFile>,
}

/// An asset or manifest in one state.
#[derive(Clone, Debug)]
pub struct SideFile {
    /// Its path.
    pub file: FilePath,
    /// Of its bytes.
    pub bytes: Digest,
    /// What it says.
    pub said: Vec<Said>,
}

/// A file of the policy in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Of its bytes.
    pub bytes: Digest,
    /// Its declarations, in order; `None` of a file that is no policy, or has mistakes in it.
    pub declarations: Option<Vec<Declared>>,
}

/// A declaration of a policy, as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declared {
    /// The word that starts it: `claim`.
    pub kind: SmolStr,
    /// Its full name; empty of one that has none, as `waive`.
    pub name: SmolStr,
    /// Of its canonical text without comments; equal where only formatting differs.
    pub canonical: Digest,
}

/// How one unit changed.
#[derive(Clone, Debug)]
pub struct UnitChange {
    /// Which; of one that was renamed the new one.
    pub unit: Unit,
    /// What became of it.
    pub fate: Fate,
    /// How; never empty.
    pub kinds: Changes,
    /// Full names of the claims that were added or reworded.
    pub claims: BTreeSet<SmolStr>,
    /// Each thing that differs, by part. No more than [`MOST_DETAILS`] of one part are told apart, the last of it says how
    /// many more there are.
    pub details: Vec<Detail>,
    /// The parts whose digest differs, in order: those that an approval must cover.
    pub parts: Vec<PartChange>,
}

/// How many details of one part are told apart.
pub const MOST_DETAILS: usize = 200;

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It was called otherwise and says the same.
    Renamed(Unit),
    /// It is something else.
    Altered,
}

/// A part whose digest differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartChange {
    /// Which; of one that is gone where it was.
    pub part: PartId,
    /// What it said; `None` when it was not there.
    pub before: Option<Digest>,
    /// What it says; `None` when it is gone.
    pub after: Option<Digest>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// How.
    pub kind: ChangeKind,
    /// Where it belongs.
    pub part: PartId,
    /// What it was; `None` when it is new.
    pub before: Option<Item>,
    /// What it is; `None` when it is gone.
    pub after: Option<Item>,
    /// All of it in one line for people: `the claim "vegan formula" is new`.
    pub sentence: String,
    /// Of an audience or suppression a person who comes or goes, as policies write contacts.
    pub example: Option<String>,
}

/// How the units of `new` differ from those of `old`, in order; nothing of those that do not. Audiences are compared at
/// `now`.
///
/// Both sides are to be read with the same policy, that of `new`, but for audiences; see
/// [`Reader::with_people`](crate::content::Reader::with_people).
pub fn between(old: &Side<'_>, new: &Side<'_>, now: DateTime) -> Vec<UnitChange> {
    let mut drafts = file::drafts(&old.files, &new.files);
    audience::decide(old.plan, new.plan, &mut drafts, now);
    let mut changes: Vec<UnitChange> = drafts.into_iter().filter_map(Draft::finish).collect();
    changes.extend(policy::change(old, new, now));
    changes.sort_by(|one, other| one.unit.cmp(&other.unit));
    changes
}

/// A change while it is put together.
struct Draft {
    unit: Unit,
    fate: Fate,
    kinds: Changes,
    claims: BTreeSet<SmolStr>,
    details: Vec<Detail>,
    parts: Vec<PartChange>,
    /// How much of each part was not told.
    untold: BTreeMap<PartId, (ChangeKind, usize)>,
    /// Audiences that are not decided yet.
    audiences: Vec<audience::Task>,
}

impl Draft {
    fn new(unit: Unit, fate: Fate) -> Self {
        Self {
            unit,
            fate,
            kinds: Changes::new(),
            claims: BTreeSet::new(),
            details: Vec::new(),
            parts: Vec::new(),
            untold: BTreeMap::new(),
            audiences: Vec::new(),
        }
    }

    /// Adds a detail; counts it once there are many of its part.
    fn tell(&mut self, detail: Detail) {
        self.kinds.insert(detail.kind);
        let n_told = self.details.iter().rev().take_while(|told| told.part == detail.part).count();
        if n_told < MOST_DETAILS {
            self.details.push(detail);
        } else {
            self.untold.entry(detail.part).or_insert((detail.kind, 0)).1 += 1;
        }
    }

    /// Adds a detail that is about no item.
    fn say(&mut self, kind: ChangeKind, part: PartId, sentence: impl Into<String>) {
        let sentence = sentence.into();
        self.tell(Detail { kind, part, before: None, after: None, sentence, example: None });
    }

    fn finish(self) -> Option<UnitChange> {
        let Self { unit, fate, kinds, claims, mut details, mut parts, untold, .. } = self;
        details.extend(untold.into_iter().map(|(part, (kind, n))| {
            let sentence = format!("{n} more of {part}");
            Detail { kind, part, before: None, after: None, sentence, example: None }
        }));
        details.sort_by(|one, other| one.part.cmp(&other.part));
        parts.sort();
        (!kinds.is_empty()).then_some(UnitChange { unit, fate, kinds, claims, details, parts })
    }
}

/// The kind of a change of a part other than claims, the audience and the policy, which have several.
const fn kind_of(part: PartKind) -> ChangeKind {
    match part {
        PartKind::Copy => ChangeKind::Copy,
        PartKind::Claims => ChangeKind::ClaimReworded,
        PartKind::Prices => ChangeKind::Price,
        PartKind::Links => ChangeKind::Link,
        PartKind::Utm => ChangeKind::Utm,
        PartKind::Images => ChangeKind::Image,
        PartKind::Disclosures => ChangeKind::Disclosure,
        PartKind::Evidence => ChangeKind::Evidence,
        PartKind::Audience => ChangeKind::AudienceOther,
        PartKind::Regions => ChangeKind::Region,
        PartKind::Channels => ChangeKind::Channel,
        PartKind::Schedule => ChangeKind::Schedule,
        PartKind::Metadata => ChangeKind::Metadata,
        PartKind::Policy => ChangeKind::PolicyOther,
    }
}
