//! One file for each request: converts, asks `mktlint-ide`, converts back. [`crate::routes`] lists them.

pub mod command;
pub mod definition;
pub mod hierarchy;
pub mod references;
pub mod rename;
pub mod symbols;
pub mod tokens;
