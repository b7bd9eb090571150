//! Plans for people and tools.

mod json;
pub(crate) mod ops;
mod text;

pub use json::json;
pub(crate) use ops::{allowed, code, pattern, scope};
pub use text::text;
