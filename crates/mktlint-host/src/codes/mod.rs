//! Problems of the world outside: files, configuration, flags. One file and one page each.

use mktlint_diag::Code;

pub mod baseline;
pub mod changing;
pub mod config;
pub mod gate;
pub mod leaves;
pub mod module;
pub mod pack;
pub mod selection;
pub mod unreadable;
pub mod unwritten;

/// All of them, by id.
pub static CODES: &[&Code] = &[
    &config::CODE,
    &unreadable::CODE,
    &leaves::CODE,
    &changing::CODE,
    &selection::CODE,
    &unwritten::CODE,
    &module::CODE,
    &pack::UNREADABLE,
    &pack::UNLOCKED,
    &gate::MISSING,
    &gate::UNDECIDED,
    &baseline::UNFIT,
    &baseline::STALE,
];
