//! What a run does not judge.

use serde::{Deserialize, Serialize};

use super::ids::StrId;
use super::place::PlaceRef;

/// A declaration in force, or a piece of one, that no run judges. Never silent: a run says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Why not.
    pub kind: NoteKind,
    /// The full name of the declaration.
    pub name: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
}

/// Why a declaration is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoteKind {
    /// `threshold`: needs results.
    Threshold,
    /// `pipeline`: needs the history of the work.
    Pipeline,
    /// The approvals of a `tier`: need the records of who approved what.
    Approval,
    /// A phrase or pattern that cannot be searched for; the compiler has said so.
    UnusablePattern,
    /// Something it refers to does not exist; the compiler has said so.
    Unresolved,
    /// It calls more declarations inside each other, or is longer, than a plan may hold.
    TooLarge,
}

impl NoteKind {
    /// The word that starts the declaration; `declaration` for the kinds that any can have.
    pub fn word(self) -> &'static str {
        match self {
            Self::Threshold => "threshold",
            Self::Pipeline => "pipeline",
            Self::Approval => "tier",
            Self::UnusablePattern | Self::Unresolved | Self::TooLarge => "declaration",
        }
    }

    /// Why it is not judged, to follow "`weekly_email` is not judged: ".
    pub fn reason(self) -> &'static str {
        match self {
            Self::Threshold => "results are not read yet",
            Self::Pipeline => "the history of the work is not read yet",
            Self::Approval => "records of approvals are not read yet",
            Self::UnusablePattern => "it looks for a pattern that cannot be searched for",
            Self::Unresolved => "it refers to something that does not exist",
            Self::TooLarge => "its conditions are nested too deeply",
        }
    }
}
