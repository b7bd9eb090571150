//! One matcher for all phrases and patterns of all rules.
//!
//! A policy may carry thousands of phrases; a text is read once for all of
//! them. Every needle that can be is anchored on a complete word which each of
//! its matches must contain, the rarest one. A scan cuts the text into words,
//! hashes each, and lets a bitmap reject nearly all of them; what remains is
//! confirmed around the word. See `README.md` for figures.
//!
//! This crate knows neither files nor policies.

mod builder;
mod literal;
mod matcher;
mod needle;
mod pattern;
mod scratch;
mod survey;
mod symbols;
mod table;
mod text;
mod verify;

pub use builder::MatcherBuilder;
pub use matcher::Matcher;
pub use needle::{Case, Flags, Hit, Needle, NeedleId};
pub use pattern::{PatternError, PatternFacts, check_pattern};
pub use scratch::Scratch;
pub use survey::Survey;
