//! Between the words of the protocol and our own.

pub mod diagnostic;
pub mod edit;
pub mod markup;
pub mod position;
pub mod uri;

pub use position::{Encoding, Lines};
