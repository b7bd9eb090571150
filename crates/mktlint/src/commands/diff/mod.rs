//! `mktlint diff`.

mod assets;
mod configuration;
mod json;
mod markdown;
mod text;

use clap::ValueEnum;
use jiff::civil::{Date, Time};
use mktlint_host::system;
use mktlint_plan::compare::{Change, compare};

use crate::args::{Day, Global};
use crate::console::Console;
use crate::home::Home;
use crate::status::{Reason, Status, Stop};
use crate::version::Version;
use assets::Assets;

const HELP: &str = "\
OLD and NEW are git revisions of the repository that holds the workspace, or folders. Audiences and suppressions are \
compared by decision: what differs is shown as a condition and as somebody for whom it does. The files of the working \
tree are judged by both policies, to say which findings appear and which disappear. Nothing is checked out, written or \
kept.

Stricter is what allows less: an audience with fewer people, a suppression with more. Something is `changed` when that \
cannot be said, as of a rule with another condition.

Examples:
  mktlint diff HEAD
  mktlint diff origin/main HEAD
  mktlint diff origin/main --output-format markdown > ../comment.md
  mktlint diff origin/main --fail-on-looser
  mktlint diff ../last-year --no-assets

Exit status:
  0  the policies are compared
  1  with --exit-code, something differs; with --fail-on-looser, something is looser, or could be
  2  a revision or folder cannot be read, or wrong usage
  3  one of the two policies does not compile
  4  it cannot be decided who enters or leaves";

/// Flags of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// The policy to start from: a git revision, or a folder
    #[arg(value_name = "OLD")]
    old: String,
    /// The policy to end with; the one on disk when none is given
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Compare the policies alone, and judge no files
    #[arg(long)]
    no_assets: bool,
    /// End with 1 when something means something else
    #[arg(long)]
    exit_code: bool,
    /// End with 1 when something is looser, or could be
    #[arg(long)]
    fail_on_looser: bool,
    #[command(flatten)]
    day: Day,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

/// How to print a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[value(alias = "pretty")]
    Text,
    /// For tools.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

/// What became of a policy, and of what it judges.
#[derive(Debug)]
struct Outcome {
    old: Version,
    new: Version,
    /// In order of kind and name; the configuration last.
    changes: Vec<Change>,
    /// How many declarations mean the same.
    n_same: usize,
    /// `None` when nobody asked.
    assets: Option<Assets>,
}

impl Outcome {
    fn is_changed(&self) -> bool {
        !self.changes.is_empty() || self.assets.as_ref().is_some_and(|assets| !assets.is_same())
    }
}

/// Says what a change of policy means.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let today = args.day.at.unwrap_or_else(system::today);
    let [old, new] = match versions(args, &home, today, global, console)? {
        Ok(versions) => versions,
        Err(status) => return Ok(status),
    };
    let comparison = compare(&old.plan, &new.plan, today.to_datetime(Time::midnight()));
    let mut changes = comparison.changes;
    changes.extend(configuration::change(&old.policy.workspace.config, &new.policy.workspace.config));
    let judged = (!args.no_assets).then(|| Assets::judge(&old, &new, &home, today, global)).transpose()?;
    let outcome = Outcome { old, new, changes, n_same: comparison.n_same, assets: judged };
    match args.output_format {
        Format::Text => console.show(&text::shown(&outcome, &home, console))?,
        Format::Json => console.print(&format!("{:#}\n", json::shown(&outcome, &home)))?,
        Format::Markdown => console.print(&markdown::shown(&outcome, &home))?,
    }
    Ok(status(args, &outcome))
}

fn versions(
    args: &Args,
    home: &Home,
    today: Date,
    global: &Global,
    console: &Console,
) -> Result<Result<[Version; 2], Status>, Stop> {
    let old = match Version::of(&args.old, home, today, console)? {
        Ok(old) => old,
        Err(status) => return Ok(Err(status)),
    };
    let new = match &args.new {
        Some(new) => Version::of(new, home, today, console)?,
        None => Version::here(Home::find(global)?.workspace, today, console),
    };
    Ok(new.map(|new| [old, new]))
}

fn status(args: &Args, outcome: &Outcome) -> Status {
    let is_undecided = outcome.changes.iter().any(|change| change.undecided.is_some());
    let is_looser = outcome.changes.iter().any(Change::may_loosen);
    Status::OK
        .when(is_undecided, Reason::Undecided)
        .when(args.exit_code && outcome.is_changed(), Reason::Findings)
        .when(args.fail_on_looser && is_looser, Reason::Findings)
}
