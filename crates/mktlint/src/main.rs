//! The `mktlint` command: reads its arguments, asks the host, shows what came of it.
//!
//! One file for each subcommand in `commands/`. Files, the clock and the environment are read through
//! [`mktlint_host::system`] alone.

mod args;
mod book;
mod catalog;
mod commands;
mod console;
mod crash;
mod dashboard;
mod decision;
mod difference;
mod files;
mod home;
mod interrupt;
mod judged;
mod mask;
mod page;
mod people;
mod policies;
mod problems;
mod progress;
mod status;
mod texts;
mod version;
mod voice;
mod words;

use std::process::ExitCode;

use clap::Parser as _;

// Judging allocates many short texts on several threads, which is what this allocator is made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crash::report_bugs();
    interrupt::leave_no_half_written_file();
    let cli = args::Cli::parse();
    commands::run(&cli).into()
}
