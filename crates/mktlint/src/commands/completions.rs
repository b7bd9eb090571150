//! `mktlint completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;
use crate::console::Console;
use crate::status::{Status, Stop};

/// Flags of `completions`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Example:\n  mktlint completions bash > ~/.local/share/bash-completion/completions/mktlint"
)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the completions of a shell.
pub fn run(args: &Args, console: &Console) -> Result<Status, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "mktlint", &mut script);
    console.write(&script)?;
    Ok(Status::OK)
}
