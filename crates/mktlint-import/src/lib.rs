//! Rules and tables of other tools as policies.
//!
//! An import reads texts and gives a [`Draft`]: declarations in the policy language, the tests that must hold of them,
//! and for each rule of the other tool whether it was carried, approximated (and what differs), or not carried (and
//! why). Nothing is left out in silence. A draft is a proposal: whoever can compile policies runs its tests and tells
//! it what does not hold ([`Draft::refuse`], [`Draft::reject`]); what is left is true.
//!
//! Nothing here opens files or knows names and types of policies.

pub mod codes;
mod draft;
mod name;
mod pattern;
pub mod utm;
pub mod vale;
mod yaml;

pub use codes::CODES;
pub use draft::{Draft, Outcome, Row, Written};
