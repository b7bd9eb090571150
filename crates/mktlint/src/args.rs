//! The command line.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use jiff::civil;

use crate::commands::{
    approve, audience, baseline, brief, check, completions, decisions, diff, explain, fmt, gate, import,
    init, lsp, man, metrics, packs, plan, report, rules, test, waive,
};
use crate::status;

const LONG_ABOUT: &str = "\
Lints marketing assets against a policy written as code.

mktlint reads Markdown, HTML, MJML, email, SMS, ads and campaign manifests, judges them by the rules in `policy/*.mkt` \
and by the packs that come with it, and says what is wrong, where, why, and how to mend it. It works offline.";

const EXAMPLES: &str = "\
Examples:
  mktlint check campaigns/     judge a folder; no configuration needed
  mktlint init                 write mktlint.toml and policy/main.mkt from what is there
  mktlint check                judge the whole workspace
  mktlint check --fix          apply the fixes that keep the meaning
  mktlint explain MKT0205      what a code means";

/// Lints marketing assets against a policy written as code
#[derive(Debug, Parser)]
#[command(name = "mktlint", version, long_about = LONG_ABOUT)]
#[command(after_help = status::HELP, after_long_help = format!("{EXAMPLES}\n\n{}", status::HELP))]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every subcommand.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Configuration to use instead of the nearest `mktlint.toml`
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// When to colour output; `auto` asks the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: When,
    /// Say less: no summary, no notes
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about what was done
    #[arg(short, long, action = ArgAction::SetTrue, global = true)]
    pub verbose: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    Auto,
    /// Whatever the environment says.
    Always,
    /// Not at all.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge assets and policies
    Check(check::Args),
    /// Write policies in their canonical form
    Fmt(fmt::Args),
    /// Record the findings that are there today, so that only new ones fail
    Baseline(baseline::Args),
    /// Run the tests that policies contain
    Test(test::Args),
    /// Say what a code or a rule means, or why a rule fired at a place
    Explain(explain::Args),
    /// Ask who is in which audience, and why
    Audience(audience::Args),
    /// Say what a change of policy means: what is stricter, what is looser, for whom
    Diff(diff::Args),
    /// Say what will judge a campaign, before anyone writes
    Brief(brief::Args),
    /// Write one page on all campaigns: findings, calendar, flow, decisions
    Report(report::Args),
    /// Say what a change is, how risky, and whether those who must approve have done so
    Gate(gate::Args),
    /// Record that you approve of a change, signed with your SSH key
    Approve(approve::Args),
    /// Let findings stay until a day, or list what was let stay
    Waive(waive::Args),
    /// List, search and verify the decisions that were recorded
    Decisions(decisions::Args),
    /// List the rules in force
    Rules(rules::Args),
    /// List packs from elsewhere, or lock them as they are
    Packs(packs::Args),
    /// Show the evaluation plan, or write it to a file
    Plan(plan::Args),
    /// Write mktlint.toml and policy/main.mkt from what is there
    Init(init::Args),
    /// Say how work flows: lead time, stalls, waits, rework, and the rules that fire
    Metrics(metrics::Args),
    /// Turn the rules and tables of other tools into a policy
    Import(import::Args),
    /// Serve an editor: the language server, over standard input and output
    Lsp(lsp::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

/// The day that stands for today.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Day {
    /// The day that stands for today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub at: Option<civil::Date>,
}

/// A day, as policies write it.
///
/// # Errors
///
/// Says how to write one.
pub fn day(words: &str) -> Result<civil::Date, String> {
    words.parse().map_err(|_| "write a day of the calendar, like 2026-11-30".to_owned())
}

/// How to print lists and plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[value(alias = "pretty")]
    Text,
    /// For tools.
    Json,
}
