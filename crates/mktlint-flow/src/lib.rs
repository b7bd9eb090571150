//! How work flows from insight to live change: stages, thresholds over measured results, metrics.
//!
//! Pure: no files, no clock, no git. [`campaign`] reads what a manifest says about its stages and fills in what history
//! shows; [`results`] reads files of measured results and holds them against thresholds; [`metrics`] computes figures
//! from the events of all campaigns. Every time knows whether somebody stamped it or it was inferred.

pub mod campaign;
mod codes;
pub mod metrics;
mod moment;
pub mod pipeline;
pub mod results;

pub use codes::CODES;
pub use moment::moment;
pub use pipeline::{Pipeline, StageKind};
