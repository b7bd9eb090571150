//! `mktlint lsp`.

use crate::console::Console;
use crate::status::{Reason, Status, Stop};

/// Flags of `lsp`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "An editor starts it and speaks the Language Server Protocol over standard input and output.\n\
    `editors/README.md` says how to set up each of them.\n\n\
    Exit status:\n  \
      0  the editor ended it\n  \
      4  the editor went without a word"
)]
pub struct Args {
    /// Accepted for clients that always say it; standard input and output are the only way
    #[arg(long)]
    stdio: bool,
}

/// Serves the editor on the other side of standard input and output.
pub fn run(_args: &Args, console: &Console) -> Result<Status, Stop> {
    match mktlint_lsp::run() {
        Ok(mktlint_lsp::Ended::Asked) => Ok(Status::OK),
        Ok(mktlint_lsp::Ended::Lost) => Ok(Reason::Undecided.into()),
        Err(error) => {
            console.error(&format!("the server cannot start: {}", mktlint_host::workspace::reason(&error)));
            Ok(Reason::Undecided.into())
        }
    }
}
