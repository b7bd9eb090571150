//! Features of policy files, one file each.

pub mod definition;
pub mod folding;
pub mod formatting;
pub mod highlight;
pub mod hints;
pub mod lens;
pub mod linked;
pub mod links;
pub mod named;
pub mod selection;
pub mod tokens;
mod walk;
