//! The evaluation plan: what policies say, flat enough to be stored, sent and judged quickly.
//!
//! [`lower`] turns a program of `mktlint-hir` into a [`Plan`]; [`eval`] runs one piece of its code against an asset;
//! [`reference`] computes the same from the program itself, slowly and obviously, and a property test keeps both
//! equal. A plan is data: [`dump`] shows it, [`file`] stores it, [`verify`] accepts all that lowering makes and
//! rejects what was damaged on the way.
//!
//! Which findings follow is not known here; that is `mktlint-check`.

pub mod compare;
pub mod dump;
pub mod file;
pub mod reference;

mod builtin;
mod context;
mod eval;
mod facts;
mod fields;
mod lower;
mod message;
mod model;
mod subject;
mod value;
mod verify;
mod words;

pub use builtin::longest_text;
pub use context::{Budget, ClaimFacts, Context, Inclusion, Known};
pub use eval::{Observer, eval, eval_observed};
pub use facts::{Facts, Hits, find};
pub use fields::field;
pub use lower::lower;
pub use message::message;
pub use model::change::Kinds;
pub use model::claim::{
    ChannelLimit, Claim, Disclosure, DisclosureNeed, Evidence, EvidenceNeed, RegionLimit,
};
pub use model::constant::Const;
pub use model::flow::{Bound, Pipeline, StageTarget, Stall, Threshold};
pub use model::ids::{
    ClaimId, CodeId, ConstId, DisclosureId, EvidenceId, InclusionId, OpId, PatternId, RuleId, Seq, StrId,
};
pub use model::merge::Merge;
pub use model::note::{Note, NoteKind};
pub use model::op::{Code, Op};
pub use model::pattern::{Pattern, Sought};
pub use model::people::{Audience, Cap, OriginPlace, People, QuietHours, Suppression};
pub use model::place::{PlaceRef, Written};
pub use model::plan::{Plan, Row};
pub use model::region::Region;
pub use model::role::{RevokedKey, Role};
pub use model::rule::{Fix, FixAction, Head, Judgement, Message, Rule, Scope, Segment, Waivable};
pub use model::schema::{FieldDef, FieldType, RecordDef};
pub use model::term::Term;
pub use model::tier::{Approval, Tier, TierClause};
pub use model::utm::{Allowed, Utm, UtmParam};
pub use model::waiver::Waiver;
pub use subject::{Subject, subjects};
pub use value::{Datum, List, Record, TextValue, Truth, Unknown, Value};
pub use verify::{VerifyError, verify};
pub use words::tier_words;
