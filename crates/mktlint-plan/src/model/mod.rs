//! The plan as data.

pub mod change;
pub mod claim;
pub mod constant;
pub mod flow;
pub mod ids;
pub mod merge;
pub mod note;
pub mod op;
pub mod pattern;
pub mod people;
pub mod place;
pub mod plan;
pub mod region;
pub mod remote;
pub mod role;
pub mod rule;
pub mod schema;
pub mod strings;
pub mod term;
pub mod tier;
pub mod utm;
pub mod waiver;
