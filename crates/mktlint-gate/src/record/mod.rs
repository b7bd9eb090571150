//! The file of a decision: `decisions/**/*.toml`.

pub mod model;

pub use model::{ApprovedPart, Record, Verdict, WaiverTerms};
