//! Policy text to tree, and back to canonical text.

pub mod ast;
mod brackets;
mod chunks;
pub mod codes;
mod kinds;
mod layout;
pub mod lex;
mod literal;

pub use chunks::chunks;
pub use kinds::{KINDS, has_body, is_kind};
