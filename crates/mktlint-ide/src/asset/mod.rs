//! Features of assets, one file each.

pub mod actions;
mod at;
pub mod definition;
pub mod folding;
mod heads;
pub mod hints;
pub mod hover;
pub mod lens;
pub mod links;
pub mod names;
mod prose;
mod schema;
