//! Features of policy files, one file each.

pub mod actions;
pub mod completion;
pub mod context;
pub mod definition;
pub mod folding;
pub mod formatting;
pub mod hierarchy;
pub mod highlight;
pub mod hints;
pub mod hover;
pub mod implementations;
pub mod lens;
pub mod linked;
pub mod links;
pub mod moved;
pub mod named;
pub mod references;
pub mod rename;
pub mod selection;
pub mod signature_help;
pub mod symbols;
pub mod tokens;
mod walk;

#[cfg(test)]
mod laws;
