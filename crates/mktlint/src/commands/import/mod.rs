//! `mktlint import`: one file for each kind of source.

mod files;
mod result;
mod utm;
mod vale;
mod verify;

use clap::Subcommand;

use crate::args::Global;
use crate::console::Console;
use crate::status::{Status, Stop};

const EXAMPLES: &str = "\
Examples:
  mktlint import vale . --output policy/vale.mkt
  mktlint import vale .github/styles/Acme --output-format json
  mktlint import utm tracking-sheet.csv --output policy/links.mkt

The result is a policy with tests. The tests are run before it is written, and what does not hold is left out and told. \
Without --output the policy is printed, and the report goes to standard error.";

/// Flags of `import`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    from: From,
}

/// What to import.
#[derive(Debug, Subcommand)]
enum From {
    /// Turn the rules of Vale into a policy, and say what became of each
    Vale(vale::Args),
    /// Turn a sheet of tracking values, or of tagged links, into a `utm` convention
    Utm(utm::Args),
}

/// Makes a policy of what another tool has.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    match &args.from {
        From::Vale(args) => vale::run(args, global, console),
        From::Utm(args) => utm::run(args, global, console),
    }
}
