//! Plans for people and tools.

mod json;
mod ops;
mod text;

pub use json::json;
pub use text::text;
