//! Runs a plan over assets: findings, fixes, waivers, facts across assets.
//!
//! [`FileResult`] is what came of one file; it depends on no other asset, so it can be kept and made in parallel.

mod codes;
mod explain;
mod fix;
mod index;
mod judge;
mod model;
mod not_judged;
mod observe;
mod reach;
mod trial;
mod waive;
mod wire;
mod words;
mod workspace;

pub use codes::CODES;
pub use explain::{Explanation, explain_at};
pub use fix::{Fixable, Fixed, fix_file, fix_file_where};
pub use judge::{Judge, Scratch};
pub use model::facts::{CampaignFact, ClaimFact, DirectiveFact, FileFacts, TierFact, UtmFact};
pub use model::inputs::{EvidenceFact, Inputs, SourceFile};
pub use model::outcome::{Outcome, RuleOutcome, Tally};
pub use model::result::FileResult;
pub use not_judged::{NotJudged, not_judged};
pub use observe::Observed;
pub use trial::{CaseResult, ConditionCoverage, Coverage, Failure, RuleCoverage, TestResult, run_tests};
pub use waive::unused_waivers;
pub use workspace::judge_workspace;
