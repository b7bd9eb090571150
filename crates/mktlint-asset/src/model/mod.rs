//! What extractors make and everything above reads.

pub mod asset;
pub mod part;
pub mod spec;
pub mod text;
pub mod value;
