//! One file for each request: converts, asks `mktlint-ide`, converts back. [`crate::routes`] lists them.

pub mod actions;
pub mod command;
pub mod completion;
pub mod definition;
pub mod diagnostic;
pub mod folding;
pub mod formatting;
pub mod hierarchy;
pub mod hints;
pub mod hover;
pub mod lens;
pub mod linked;
pub mod links;
pub mod references;
pub mod rename;
pub mod selection;
pub mod signature_help;
pub mod symbols;
pub mod tokens;
