//! Runs a plan over assets: findings, fixes, waivers, facts across assets.
//!
//! [`FileResult`] is what came of one file; it depends on no other asset, so it can be kept and made in parallel.

mod model;
mod wire;

pub use model::facts::{CampaignFact, ClaimFact, DirectiveFact, FileFacts, TierFact, UtmFact};
pub use model::inputs::{EvidenceFact, Inputs};
pub use model::outcome::{Outcome, RuleOutcome, Tally};
pub use model::result::FileResult;
