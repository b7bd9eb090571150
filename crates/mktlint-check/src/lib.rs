//! Runs a plan over assets: findings, fixes, waivers, facts across assets.
//!
//! [`Judge`] prepares a plan; [`Judge::file`] judges one file and depends on no other, so files are judged in parallel
//! and a [`FileResult`] can be kept as bytes. [`judge_workspace`] then looks at the facts of all files together, and
//! [`fix_file`] mends one. [`run_tests`] runs the `test` declarations of a policy, [`explain_at`] says why rules fired
//! or did not. Nothing here reads a file, a clock or an environment: [`Inputs`] carries what a judgement depends on.

mod ahead;
mod baseline;
mod codes;
mod explain;
mod fix;
mod index;
mod judge;
mod model;
mod not_judged;
mod observe;
mod people;
mod reach;
mod spoken;
mod trial;
mod waive;
mod wire;
mod words;
mod workspace;

pub use ahead::{Ahead, Prospect, ahead};
pub use baseline::{Baseline, Known, Mark};
pub use codes::CODES;
pub use explain::{Explanation, conditions_at, explain_at};
pub use fix::{Fixable, Fixed, fix_file, fix_file_where};
pub use judge::{Changed, Judge, Scratch, TierSubject, now, wanted_text};
pub use model::campaign::{AudienceFact, CampaignFact, CampaignValue, SendFact, UnlessFact, Whom};
pub use model::facts::{ClaimFact, DirectiveFact, FileFacts, TierFact, UtmFact};
pub use model::inputs::{EvidenceFact, Inputs, SourceFile};
pub use model::outcome::{Outcome, RuleOutcome, Tally};
pub use model::result::FileResult;
pub use model::waiver::RecordedWaiver;
pub use not_judged::{NotJudged, not_judged};
pub use observe::Observed;
pub use people::{Crowds, campaign_of, conditions_of, crowds};
pub use reach::{channel_of, channels};
pub use spoken::{Speaker, Spoken, Wording, spoken_at, wordings};
pub use trial::{
    CaseResult, ConditionCoverage, Coverage, DEFAULT_DAY, Failure, RuleCoverage, TestResult, run_tests,
};
pub use waive::{Exception, Exceptions, Life, Scope, exceptions, head_of, is_code, judge_waivers, touched};
pub use workspace::{WorkspaceResult, judge_workspace};
