//! The configuration is wrong.

use mktlint_diag::{Code, Level};

/// The configuration is wrong.
pub static CODE: Code = Code {
    id: "MKT0601",
    slug: "config",
    level: Level::Error,
    page: include_str!("../../explain/MKT0601.md"),
};
