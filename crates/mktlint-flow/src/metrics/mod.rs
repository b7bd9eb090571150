//! Figures of how work flows, from the events of all campaigns.
//!
//! [`compute`] is a function of [`Input`] alone. Each figure says of how many cases it speaks; of none it is not known,
//! never 0. What each means, with its start and end, is in [`DEFINITIONS`] and in `grammar/metrics.md`.

mod approval;
mod compute;
mod definition;
mod figure;
mod input;
mod progress;
mod target;

pub use compute::{Metrics, compute};
pub use definition::{DEFINITIONS, Definition, Unit};
pub use figure::{Figure, Measure, Spread};
pub use input::{Input, RuleHits, Window, Work};
pub use progress::Progress;
pub use target::{Outcome, TargetOutcome};
