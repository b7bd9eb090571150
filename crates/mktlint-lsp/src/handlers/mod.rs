//! One file for each request: converts, asks `mktlint-ide`, converts back. [`crate::routes`] lists them.

pub mod command;
pub mod tokens;
