//! `mktlint gate`.

mod json;
mod markdown;
mod outcome;
mod reasons;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mktlint_host::gate::{self, Asked, CompareError, Compared};
use mktlint_host::state::{self, Head};
use mktlint_host::{Settings, system};
use mktlint_report::Format as Report;

use super::check::{FailOn, Found, Selection, status_of};
use crate::args::{Day, Global};
use crate::console::Console;
use crate::files;
use crate::home::Home;
use crate::progress::Progress;
use crate::status::{Reason, Status, Stop};
use outcome::Outcome;

const HELP: &str = "\
A change is what differs between BASE and the files on disk, campaign by campaign, as meaning: other spaces, an image that \
moved, a claim that is new. The tiers of the policy say how risky it is and who must approve; `mktlint approve` records \
that somebody did. What counts are the tiers, roles and keys of BASE, so that no change lowers its own bar. The assets of the \
campaigns that changed are judged by the policy as it is now.

BASE is a git revision or a folder. Of a revision the content is that of the newest commit that it has in common with what it \
is compared with; tiers, roles, keys and records are those that it has now. Without one it is the branch that a pull request goes to, as GitHub and GitLab say it, else the main branch of the remote.

Examples:
  mktlint gate
  mktlint gate --base origin/main --output-format markdown > ../comment.md
  mktlint gate --staged
  mktlint gate --base v1.2 --head v1.3 --output-format sarif --output gate.sarif
  mktlint gate --base ../last-week";

/// Flags of `gate`.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::status::HELP, after_long_help = format!("{HELP}\n\n{}", crate::status::HELP))]
pub struct Args {
    /// What the change starts from: a git revision, or a folder [default: where the pull request goes]
    #[arg(long, value_name = "REF")]
    base: Option<String>,
    /// The commit that it ends with, instead of the files on disk
    #[arg(long, value_name = "REF", conflicts_with = "staged")]
    head: Option<String>,
    /// End with what is staged for the next commit
    #[arg(long)]
    staged: bool,
    #[command(flatten)]
    day: Day,
    /// The lowest level of a finding that fails the run [default: error]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
    /// Write it to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Neither use nor keep results of other runs
    #[arg(long)]
    no_cache: bool,
    /// Show email addresses and phone numbers in assets as they are
    #[arg(long)]
    show_personal_data: bool,
}

/// How to print a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[value(alias = "pretty")]
    Text,
    /// For tools.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// For code scanning: what is missing is a result, as findings are.
    Sarif,
}

/// Says what a change is, how risky, and whether it may go out.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let asked = asked(args, &home)?;
    let progress = Progress::start(console, "comparing");
    let compared = match gate::compare(&home.workspace, &home.folder, &asked) {
        Ok(compared) => compared,
        Err(error) => return broken(error, &home, global, console),
    };
    let settings = settings(&home, &compared, args, global, &asked);
    let mut found = gate::findings(&compared, &asked.head, &settings)?;
    let selection = Selection::of_configuration(&found.checked)?;
    selection.apply(&mut found.checked);
    let status = status(&compared, &found.checked, args.fail_on);
    let mut outcome = Outcome::new(compared, found, home, settings, asked, args.show_personal_data);
    if args.output_format == Format::Sarif {
        // It has a word for findings that were there before.
        reasons::add(&mut outcome);
    } else {
        outcome.hold_back();
    }
    drop(progress);
    print(&outcome, args, console)?;
    Ok(status)
}

fn asked(args: &Args, home: &Home) -> Result<Asked, Stop> {
    let base = match &args.base {
        Some(base) => base.clone(),
        None => state::default_base(&home.workspace.root).map_err(|error| Stop::Usage(error.to_string()))?,
    };
    let head = match (&args.head, args.staged) {
        (Some(head), _) => Head::Revision(head.clone()),
        (None, true) => Head::Staged,
        (None, false) => Head::WorkingTree,
    };
    let today = args.day.at.unwrap_or_else(system::today);
    let now = args.day.at.and_then(end_of).unwrap_or_else(system::now);
    Ok(Asked { base, head, today, now, use_cache: !args.no_cache })
}

/// The last second of a day that somebody named: what was decided on it counts.
fn end_of(day: Date) -> Option<jiff::Timestamp> {
    let end = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok()?;
    Some(end.timestamp())
}

fn settings(home: &Home, compared: &Compared, args: &Args, global: &Global, asked: &Asked) -> Settings {
    Settings {
        // Nothing is judged but what the change has to do with, so nothing found there is nothing wrong.
        paths: compared.files.iter().map(|path| home.workspace.root.join(path.as_str())).collect(),
        today: asked.today,
        use_cache: !args.no_cache,
        ..home.settings(global)
    }
}

/// Shows why nothing could be compared.
/// Ends with what kept a change from being judged.
pub fn broken(error: CompareError, home: &Home, global: &Global, console: &Console) -> Result<Status, Stop> {
    match error {
        CompareError::Configuration(found) => {
            home.show(found, global, console)?;
            Ok(Reason::Usage.into())
        }
        CompareError::Policy(found) => {
            home.show(found, global, console)?;
            Ok(Reason::Policy.into())
        }
        error if error.is_unreadable() => Err(Stop::File(error.to_string())),
        error => Err(Stop::Usage(error.to_string())),
    }
}

fn status(compared: &Compared, checked: &mktlint_host::Checked, fail_on: Option<FailOn>) -> Status {
    let has_problems = compared.problems.iter().any(|found| found.level == mktlint_diag::Level::Error);
    let is_refuted = compared.diagnostics.iter().any(mktlint_host::policy::is_refuted);
    status_of(checked, fail_on.map(Into::into))
        .when(is_refuted, Reason::Refuted)
        .when(!compared.is_open(), Reason::Closed)
        .when(compared.is_undecided, Reason::Undecided)
        .when(has_problems, Reason::Findings)
}

fn print(outcome: &Outcome, args: &Args, console: &Console) -> Result<(), Stop> {
    let plain = console.plain();
    let inner = if args.output.is_some() { &plain } else { console };
    let bytes = match args.output_format {
        Format::Text => {
            let text = text::shown(outcome, inner)?;
            mktlint_report::safe_lines(&text, inner.color).into_owned().into_bytes()
        }
        Format::Json => format!("{:#}\n", json::shown(outcome)?).into_bytes(),
        Format::Markdown => markdown::shown(outcome).into_bytes(),
        Format::Sarif => report(outcome, Report::Sarif, None)?,
    };
    match &args.output {
        None => console.write(&bytes)?,
        Some(path) => {
            files::write(&outcome.home.folder.join(path), path, &bytes)?;
            console.note(&format!("wrote the verdict to `{}`", path.display()));
        }
    }
    if args.output_format != Format::Markdown {
        outcome.notes().iter().for_each(|note| console.note(note));
    }
    Ok(())
}

/// A report of `outcome` as `check` writes it.
fn report(outcome: &Outcome, format: Report, console: Option<&Console>) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let found = Found {
        checked: &outcome.found.checked,
        texts: &outcome.texts(),
        settings: &outcome.settings,
        n_baselined: outcome.n_baselined,
        elapsed: std::time::Duration::ZERO,
    };
    let options = mktlint_report::Options {
        color: console.is_some_and(|console| console.color),
        width: console.map_or(100, |console| console.width),
        show_fix_hint: true,
        show_summary: false,
    };
    found.write(format, options, &mut bytes)?;
    Ok(bytes)
}
