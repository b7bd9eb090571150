//! What can be wrong with the files of others. One file and one page each.

use mktlint_diag::Code;

pub mod incomplete_rule;
pub mod sheet_drift;
pub mod sheet_row;
pub mod unknown_check;
pub mod unknown_style;
pub mod unread_rule;

/// All of them, by id.
pub static CODES: &[&Code] = &[
    &unread_rule::CODE,
    &unknown_check::CODE,
    &incomplete_rule::CODE,
    &unknown_style::CODE,
    &sheet_row::CODE,
    &sheet_drift::CODE,
];
