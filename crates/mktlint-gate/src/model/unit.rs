//! What is approved as one: a campaign, an asset without one, the policy.

use std::collections::BTreeMap;
use std::fmt;

use mktlint_diag::FilePath;
use smol_str::SmolStr;

use super::part::{Part, PartId};

/// What changes, has a tier and is approved as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// The campaign with this id: its manifest and its assets.
    Campaign(SmolStr),
    /// An asset that belongs to no campaign.
    Asset(FilePath),
    /// The policy: all its files and the configuration.
    Policy,
}

impl Unit {
    /// What [`Unit`]'s `Display` writes, read: `campaign:2026-11-serum`, `asset:blog/spf.md`, `policy`.
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None if text == "policy" => Some(Self::Policy),
            Some(("campaign", id)) if !id.is_empty() => Some(Self::Campaign(id.into())),
            Some(("asset", path)) if !path.is_empty() => Some(Self::Asset(FilePath::from(path))),
            _ => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Campaign(id) => write!(out, "campaign:{id}"),
            Self::Asset(path) => write!(out, "asset:{path}"),
            Self::Policy => out.write_str("policy"),
        }
    }
}

/// What a unit says, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Parts that say something.
    pub parts: BTreeMap<PartId, Part>,
}
