//! The nouns of the gate.

pub mod digest;
pub mod part;
pub mod unit;
