//! What changed, how risky it is, and who must agree.
//!
//! Pure: no files, no clock, no git, no agent. The host reads two states of a workspace and the records; this crate
//! says what changed as meaning ([`change`]), and whether the records ([`record`]) that are there approve of it
//! ([`approval`]). Approvals are bound to what a campaign says ([`content`]), not to bytes or commits.

pub mod approval;
pub mod change;
pub mod codes;
pub mod content;
pub mod keys;
pub mod ledger;
pub mod model;
pub mod record;

pub use model::digest::Digest;
pub use model::part::{Item, Part, PartId, PartKind};
pub use model::unit::{Content, Unit};
