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
    /// A phrase or pattern that cannot be searched for; the compiler has said so.
    UnusablePattern,
    /// Something it refers to does not exist; the compiler has said so.
    Unresolved,
    /// It calls more declarations inside each other, or is longer, than a plan may hold.
    TooLarge,
}

impl NoteKind {
    /// Why it is not judged, to follow "`weekly_email` is not judged: ".
    pub fn reason(self) -> &'static str {
        match self {
            Self::UnusablePattern => "it looks for a pattern that cannot be searched for",
            Self::Unresolved => "it refers to something that does not exist",
            Self::TooLarge => "its conditions are nested too deeply",
        }
    }
}
