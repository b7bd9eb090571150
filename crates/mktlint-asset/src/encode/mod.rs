//! Text written so that its place in a file reads it back as meant.

mod edit;
#[cfg(test)]
mod tests;
mod write;

pub use edit::encode_edit;
pub use write::encode;
