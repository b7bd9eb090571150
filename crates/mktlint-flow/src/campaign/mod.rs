//! One campaign on its way: what its manifest stamps, what history shows, and both together.

mod infer;
mod manifest;

use jiff::Timestamp;
use mktlint_diag::Place;
use smol_str::SmolStr;

pub use infer::{Need, Traces, Verdict, VerdictKind, approved_at, reached};
pub use manifest::{Manifest, read};

/// A stage that a campaign has reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The stage, as the pipeline calls it.
    pub stage: SmolStr,
    /// When.
    pub at: Timestamp,
    /// Who says so.
    pub source: Source,
}

/// Who says when something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The manifest.
    Stamped(Place),
    /// It follows from this: `first commit with its manifest`.
    Inferred(&'static str),
}

impl Source {
    /// `stamped`, or what it was inferred from.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Stamped(_) => "stamped",
            Self::Inferred(from) => from,
        }
    }

    /// Whether the manifest says it.
    pub const fn is_stamped(&self) -> bool {
        matches!(self, Self::Stamped(_))
    }
}

/// Something that was wrong after it went live, and was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When somebody noticed.
    pub detected: Timestamp,
    /// When it was put right; `None` while it is not.
    pub fixed: Option<Timestamp>,
    /// Why; may be empty.
    pub reason: String,
}
