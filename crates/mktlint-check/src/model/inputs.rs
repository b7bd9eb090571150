//! What a judgement depends on besides the plan and the asset.

use std::collections::BTreeMap;

use jiff::civil;
use smol_str::SmolStr;

/// What the host found at the path of an evidence document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceFact {
    /// The file is there, and this is the SHA-256 of its bytes in lower-case hex.
    Digest(SmolStr),
    /// There is no such file.
    Missing,
    /// It is there but could not be read, for this reason.
    Unreadable(String),
}

/// Everything that a judgement depends on besides the plan, the asset and its campaign.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The date of the run (`--at`, else today). A campaign's send date takes its place where there is one.
    pub today: civil::DateTime,
    /// What was found at each path that an `evidence` declares. A path that is not listed leaves its claims undecided.
    pub evidence: BTreeMap<SmolStr, EvidenceFact>,
    /// Whether every rule in force also gets a record of its outcome in [`crate::FileResult::outcomes`]; costs a little
    /// for each rule and asset.
    pub detailed: bool,
}

impl Inputs {
    /// A run on `today` without evidence.
    pub fn at(today: civil::Date) -> Self {
        Self { today: today.at(0, 0, 0, 0), evidence: BTreeMap::new(), detailed: false }
    }
}
