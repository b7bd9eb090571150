//! Runs a plan over assets: findings, fixes, waivers, facts across assets.
//!
//! [`FileResult`] is what came of one file; it depends on no other asset, so it can be kept and made in parallel.

mod codes;
mod fix;
mod index;
mod judge;
mod model;
mod reach;
mod waive;
mod wire;
mod words;
mod workspace;

pub use codes::CODES;
pub use fix::{Fixable, Fixed, fix_file};
pub use judge::{Judge, Scratch};
pub use model::facts::{CampaignFact, ClaimFact, DirectiveFact, FileFacts, TierFact, UtmFact};
pub use model::inputs::{EvidenceFact, Inputs, SourceFile};
pub use model::outcome::{Outcome, RuleOutcome, Tally};
pub use model::result::FileResult;
pub use waive::unused_waivers;
pub use workspace::judge_workspace;
