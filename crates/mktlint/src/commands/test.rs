//! `mktlint test`.

use crate::args::Global;
use crate::console::Console;
use crate::status::{Status, Stop};

/// Flags of `test`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only tests of what is called so
    filter: Option<String>,
}

/// Runs tests.
pub fn run(_args: &Args, _global: &Global, _console: &Console) -> Result<Status, Stop> {
    Ok(Status::OK)
}
