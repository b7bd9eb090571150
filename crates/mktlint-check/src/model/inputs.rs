//! What a judgement depends on besides the plan and the asset.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;
use mktlint_asset::{Asset, Extraction};
use mktlint_decide::Formula;
use mktlint_diag::FilePath;
use smol_str::SmolStr;

use crate::waive::Exceptions;

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
    /// The full names of the claims that the assets of each campaign make, by the campaign's id: what
    /// [`crate::FileFacts::claims`] of all other files say, when the manifests are judged last. `None` leaves
    /// conditions of a manifest on claims undecided. In a rule on any other asset `uses claims` speaks of that asset.
    pub claims: Option<BTreeMap<SmolStr, Vec<SmolStr>>>,
    /// The conditions that manifests write instead of the name of an audience, each understood as the policy understands
    /// it, or what the compiler says about it. One that is not listed leaves its campaign undecided.
    /// [`crate::conditions_of`] tells which there are.
    pub segments: BTreeMap<SmolStr, Result<Formula, String>>,
    /// Waivers that are recorded outside of policies and assets.
    pub waivers: Arc<Exceptions>,
    /// Whether every rule in force also gets a record of its outcome in [`crate::FileResult::outcomes`]; costs a little
    /// for each rule and asset.
    pub detailed: bool,
    /// Whether the declarations that speak of an asset are listed in [`crate::FileResult::applied`].
    pub wants_applied: bool,
}

impl Inputs {
    /// A run on `today` without evidence.
    pub fn at(today: civil::Date) -> Self {
        Self {
            today: today.at(0, 0, 0, 0),
            evidence: BTreeMap::new(),
            claims: None,
            segments: BTreeMap::new(),
            waivers: Arc::default(),
            detailed: false,
            wants_applied: false,
        }
    }
}

/// A file to judge.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// Its path.
    pub file: &'a FilePath,
    /// Its decoded text, which fixes are written for.
    pub text: &'a str,
    /// What the extractor found in it.
    pub extraction: &'a Extraction,
    /// The campaign of its assets: the manifest in the nearest folder above.
    pub campaign: Option<&'a Asset>,
}
