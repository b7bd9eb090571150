//! The flags of `check`.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use jiff::civil;
use mktlint_diag::{Level, Safety};
use mktlint_report::Format;

const EXAMPLES: &str = "\
Examples:
  mktlint check
  mktlint check campaigns/2026-11-serum --at 2026-11-30
  mktlint check --fix --select std.utm
  mktlint check --diff
  mktlint check --changed=origin/main --output-format sarif --output findings.sarif
  mktlint check --stdin-filename emails/draft.html < draft.html";

/// Flags of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::status::HELP, after_long_help = format!("{EXAMPLES}\n\n{}", crate::status::HELP))]
pub struct Args {
    /// Files and folders to judge; the whole workspace when none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Apply the fixes that keep the meaning
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,
    /// Apply also the fixes that may change what the reader is told
    #[arg(long, help_heading = "Fixes")]
    pub unsafe_fixes: bool,
    /// Show what the fixes would change, and change nothing
    #[arg(long, help_heading = "Fixes")]
    pub diff: bool,

    /// Judge only the files that are staged for the next commit; all when a policy is among them
    #[arg(long, conflicts_with_all = ["changed", "stdin_filename"], help_heading = "What is judged")]
    pub staged: bool,
    /// Judge only the files that differ from a commit; all when a policy is among them
    #[arg(long, value_name = "REF", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    #[arg(conflicts_with = "stdin_filename", help_heading = "What is judged")]
    pub changed: Option<String>,
    /// Judge standard input as if it were this file
    #[arg(long, value_name = "FILE", conflicts_with = "paths", help_heading = "What is judged")]
    pub stdin_filename: Option<PathBuf>,
    /// The day that stands for today; the send date of a campaign goes before it
    #[arg(long, value_name = "DATE", value_parser = crate::args::day, help_heading = "What is judged")]
    pub at: Option<civil::Date>,
    /// Only these rules, by name or the start of it; may be given again
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "What is judged")]
    pub select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "What is judged")]
    pub ignore: Vec<String>,
    /// A plan that `mktlint plan -o` wrote, instead of the policies
    #[arg(long, value_name = "FILE", help_heading = "What is judged")]
    pub plan: Option<PathBuf>,
    /// Neither use nor keep results of other runs
    #[arg(long, help_heading = "What is judged")]
    pub no_cache: bool,

    /// The lowest level that fails the run [default: error]
    #[arg(long, value_name = "LEVEL", help_heading = "Output")]
    pub fail_on: Option<FailOn>,
    /// How to print findings [default: pretty on a terminal, github in GitHub Actions, else concise]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    #[arg(value_parser = PossibleValuesParser::new(Format::ALL.map(Format::as_str)).map(format))]
    pub output_format: Option<Format>,
    /// Write the findings to this file
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Count the findings of each rule instead of showing them
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,
    /// Show the findings that the baseline holds, too
    #[arg(long, help_heading = "Output")]
    pub show_baselined: bool,
    /// Say what took how long
    #[arg(long, help_heading = "Output")]
    pub timings: bool,
    /// Show email addresses and phone numbers as they are
    #[arg(long, help_heading = "Output")]
    pub show_personal_data: bool,
}

impl Args {
    /// Which fixes are wanted, to be applied or shown; none when no flag asks for any.
    pub fn fixes(&self) -> Option<Safety> {
        match (self.unsafe_fixes, self.fix || self.diff) {
            (true, _) => Some(Safety::Unsafe),
            (false, true) => Some(Safety::Safe),
            (false, false) => None,
        }
    }
}

/// A level that fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors alone.
    Error,
    /// Warnings, too.
    Warning,
    /// All findings.
    Info,
}

impl From<FailOn> for Level {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
        }
    }
}

fn format(name: String) -> Format {
    Format::ALL.into_iter().find(|format| format.as_str() == name).unwrap_or(Format::Concise)
}
