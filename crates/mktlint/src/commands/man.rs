//! `mktlint man`.

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::Cli;
use crate::console::Console;
use crate::status::{Status, Stop};

/// Flags of `man`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint man check | man -l -\n  mktlint man audience overlap | man -l -"
)]
pub struct Args {
    /// The subcommand to describe, and a subcommand of that; mktlint itself when none is given
    #[arg(value_name = "COMMAND")]
    commands: Vec<String>,
}

/// Prints a manual page.
pub fn run(args: &Args, console: &Console) -> Result<Status, Stop> {
    let mut all = Cli::command();
    all.build();
    let mut page = all;
    let mut title = "mktlint".to_owned();
    for name in &args.commands {
        let found = page.find_subcommand(name).cloned();
        page = found.ok_or_else(|| Stop::Usage(format!("`{title}` has no subcommand `{name}`")))?;
        title = format!("{title}-{name}");
    }
    let page = page.display_name(title);
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    console.write(&text)?;
    Ok(Status::OK)
}
