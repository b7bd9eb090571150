//! One file for each subcommand.

pub mod approve;
pub mod audience;
pub mod baseline;
pub mod brief;
pub mod check;
pub mod completions;
pub mod decisions;
pub mod diff;
pub mod explain;
pub mod fmt;
pub mod gate;
pub mod import;
pub mod init;
pub mod lsp;
pub mod man;
pub mod metrics;
pub mod packs;
pub mod plan;
pub mod report;
pub mod rules;
pub mod test;
pub mod waive;

use std::io;

use crate::args::{Cli, Command};
use crate::console::Console;
use crate::status::{Reason, Status, Stop};

/// Does what `cli` asks for.
pub fn run(cli: &Cli) -> Status {
    let console = Console::new(&cli.global);
    let result = match &cli.command {
        Command::Check(args) => check::run(args, &cli.global, &console),
        Command::Fmt(args) => fmt::run(args, &cli.global, &console),
        Command::Baseline(args) => baseline::run(args, &cli.global, &console),
        Command::Test(args) => test::run(args, &cli.global, &console),
        Command::Explain(args) => explain::run(args, &cli.global, &console),
        Command::Audience(args) => audience::run(args, &cli.global, &console),
        Command::Diff(args) => diff::run(args, &cli.global, &console),
        Command::Brief(args) => brief::run(args, &cli.global, &console),
        Command::Report(args) => report::run(args, &cli.global, &console),
        Command::Gate(args) => gate::run(args, &cli.global, &console),
        Command::Approve(args) => approve::run(args, &cli.global, &console),
        Command::Waive(args) => waive::run(args, &cli.global, &console),
        Command::Decisions(args) => decisions::run(args, &cli.global, &console),
        Command::Rules(args) => rules::run(args, &cli.global, &console),
        Command::Packs(args) => packs::run(args, &cli.global, &console),
        Command::Plan(args) => plan::run(args, &cli.global, &console),
        Command::Init(args) => init::run(args, &console),
        Command::Metrics(args) => metrics::run(args, &cli.global, &console),
        Command::Import(args) => import::run(args, &cli.global, &console),
        Command::Lsp(args) => lsp::run(args, &console),
        Command::Completions(args) => completions::run(args, &console),
        Command::Man(args) => man::run(args, &console),
    };
    result.unwrap_or_else(|stop| ended(stop, &console))
}

fn ended(stop: Stop, console: &Console) -> Status {
    match stop {
        Stop::Usage(message) => {
            console.error(&message);
            Reason::Usage.into()
        }
        Stop::File(message) => {
            console.error(&message);
            Reason::Undecided.into()
        }
        // Whoever read the output has seen enough.
        Stop::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::OK,
        Stop::Output(error) => {
            console
                .error(&format!("the output cannot be written: {}", mktlint_host::workspace::reason(&error)));
            Reason::Undecided.into()
        }
    }
}
