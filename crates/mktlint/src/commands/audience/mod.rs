//! `mktlint audience`: one file for each of its subcommands.

mod diff;
mod eval;
mod explain;
mod list;
pub mod overlap;
mod reach;
mod show;
mod sql;

use clap::Subcommand;

use crate::args::Global;
use crate::console::Console;
use crate::status::{Status, Stop};

const EXAMPLES: &str = "\
Examples:
  mktlint audience list
  mktlint audience show lapsed_eu
  mktlint audience overlap --with vip fresh_buyers
  mktlint audience diff --base origin/main vip
  mktlint audience explain vip --contact contact.json
  mktlint audience sql vip --dialect bigquery --minus-suppressions --channel email
  mktlint audience eval vip contacts.parquet --output members.csv --key id

Everything is decided from the conditions of the policy; only `eval` and `explain` read contacts. A name may be \
shortened to its last words. Conditions relative to today count from --at.";

/// Flags of `audience`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    question: Question,
}

/// What to ask.
#[derive(Debug, Subcommand)]
enum Question {
    /// List audiences and suppressions, each with somebody who is in it
    List(list::Args),
    /// Show one audience: its condition, who is in, who is just out, who is kept out by suppressions
    Show(show::Args),
    /// Say which audiences share people, contain each other, or are the same
    Overlap(overlap::Args),
    /// Say who enters and who leaves from one audience, or one version of it, to another
    Diff(diff::Args),
    /// Say why one contact is in or out, and what would change that
    Explain(explain::Args),
    /// Print audiences as SQL
    Sql(sql::Args),
    /// Count and list who of a file of contacts is in audiences, and say why the others are not
    Eval(eval::Args),
}

/// Answers a question about audiences.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    match &args.question {
        Question::List(args) => list::run(args, global, console),
        Question::Show(args) => show::run(args, global, console),
        Question::Overlap(args) => overlap::run(args, global, console),
        Question::Diff(args) => diff::run(args, global, console),
        Question::Explain(args) => explain::run(args, global, console),
        Question::Sql(args) => sql::run(args, global, console),
        Question::Eval(args) => eval::run(args, global, console),
    }
}
