//! The `mktlint` command.

fn main() {}
