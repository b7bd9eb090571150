//! Checks that look at more than one expression, or at more than one declaration.

pub mod conflict;
pub mod cycle;
pub mod evidence;
mod graph;
pub mod names;
pub mod people;
pub mod tier;
pub mod truth;
