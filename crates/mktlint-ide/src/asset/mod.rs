//! Features of assets, one file each.

pub mod actions;
mod at;
pub mod completion;
pub mod definition;
pub mod folding;
pub(crate) mod heads;
pub mod hints;
pub mod hover;
#[cfg(test)]
mod laws;
pub mod lens;
pub mod links;
pub mod names;
pub(crate) mod prose;
mod schema;
pub mod symbols;
