//! `mktlint init`.

use crate::console::Console;
use crate::status::{Status, Stop};

/// Flags of `init`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Writes the first files.
pub fn run(_args: &Args, _console: &Console) -> Result<Status, Stop> {
    Ok(Status::OK)
}
