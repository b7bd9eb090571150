//! `mktlint man`.

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::Cli;
use crate::console::Console;
use crate::status::{Status, Stop};

/// Flags of `man`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  mktlint man check | man -l -")]
pub struct Args {
    /// The subcommand to describe; mktlint itself when none is given
    command: Option<String>,
}

/// Prints a manual page.
pub fn run(args: &Args, console: &Console) -> Result<Status, Stop> {
    let mut all = Cli::command();
    all.build();
    let page = match &args.command {
        None => all,
        Some(name) => {
            let found = all.find_subcommand(name).cloned();
            let found = found.ok_or_else(|| Stop::Usage(format!("there is no subcommand `{name}`")))?;
            found.display_name(format!("mktlint-{name}"))
        }
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    console.write(&text)?;
    Ok(Status::OK)
}
