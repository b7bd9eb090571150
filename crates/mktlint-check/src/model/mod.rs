//! What goes into a run over one file and what comes out.

pub mod campaign;
pub mod facts;
pub mod inputs;
pub mod outcome;
pub mod result;
pub mod waiver;
