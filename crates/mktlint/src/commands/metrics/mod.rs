//! `mktlint metrics`.

mod csv;
pub mod decimal;
mod json;
mod openmetrics;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use mktlint_diag::Diagnostic;
use mktlint_flow::metrics::{Outcome, Window};
use mktlint_host::flow::{Asked, Gathered, gather};
use mktlint_host::{Checked, Settings, policy, system};

use crate::args::{Global, day};
use crate::console::Console;
use crate::files;
use crate::home::Home;
use crate::problems;
use crate::progress::Progress;
use crate::status::{Reason, Status, Stop};
use crate::texts::Texts;

const EXAMPLES: &str = "\
Examples:
  mktlint metrics
  mktlint metrics --since 2026-07-01 --until 2026-09-30
  mktlint metrics --campaign '2026-11-*' --output-format csv -o november.csv
  mktlint metrics --output-format openmetrics -o /var/lib/node_exporter/mktlint.prom
  mktlint metrics --fail-on-missed-target

Times come from `stages` in campaign manifests, else from the git history and the decisions of the workspace. What each
figure means, with its start and end, is in `grammar/metrics.md`; a figure of no case is not known, never 0.";

/// Flags of `metrics`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// The first day that counts; without it everything that is known does
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// The last day that counts; where work stands is said as of its end
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
    /// Only campaigns whose ids fit; may be given again
    #[arg(long = "campaign", value_name = "GLOB")]
    campaigns: Vec<String>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
    /// Write them to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail when a `target` of the pipeline was missed
    #[arg(long)]
    fail_on_missed_target: bool,
}

/// How to print figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people.
    #[value(alias = "pretty")]
    Text,
    /// A row for each figure.
    Csv,
    /// Everything, for tools.
    Json,
    /// For Prometheus and others that read its format.
    Openmetrics,
}

/// Computes figures.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let window = window(args.since, args.until)?;
    let settings = Settings {
        paths: vec![home.workspace.root.clone()],
        // Results and stamps behind the window are no slips: they have happened since.
        today: args.until.map_or_else(system::today, |until| until.max(system::today())),
        use_cache: true,
        ..home.settings(global)
    };
    let progress = Progress::start(console, "reading");
    let checked = mktlint_host::check(&settings)?;
    if checked.bad_config || checked.bad_policy {
        return broken(&checked, console);
    }
    let campaigns = args.campaigns.iter().map(Into::into).collect();
    let gathered = gather(&home.workspace, &checked, &settings, &Asked { window, campaigns })?;
    drop(progress);
    print(args, &gathered, &home, console)?;
    show_results(&checked, console)?;
    gathered.notes.iter().for_each(|note| console.note(note));
    Ok(status(args, &gathered, console))
}

/// From the start of the first day to the end of the last; until now where no last day is given.
fn window(since: Option<Date>, until: Option<Date>) -> Result<Window, Stop> {
    let midnight = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    let end = |day: Date| {
        let next = midnight(day.tomorrow().ok()?)?;
        next.checked_sub(SignedDuration::from_nanos(1)).ok()
    };
    let now =
        || i128::try_from(system::now_nanos()).ok().and_then(|now| Timestamp::from_nanosecond(now).ok());
    let far = || Stop::Usage("this day is too far from ours".to_owned());
    let until = until.map_or_else(now, end).ok_or_else(far)?;
    let since = since.map(|day| midnight(day).ok_or_else(far)).transpose()?;
    if since.is_some_and(|since| since > until) {
        return Err(Stop::Usage("`--since` is later than the last day that counts".to_owned()));
    }
    Ok(Window { since, until })
}

/// Shows why nothing was judged.
fn broken(checked: &Checked, console: &Console) -> Result<Status, Stop> {
    let is_wanted = |found: &&Diagnostic| checked.bad_config || policy::is_broken(found);
    let found: Vec<Diagnostic> = checked.findings.iter().filter(is_wanted).cloned().collect();
    problems::show(&found, &texts(checked), console)?;
    Ok(Status::OK.when(checked.bad_config, Reason::Usage).when(checked.bad_policy, Reason::Policy))
}

const fn texts(checked: &Checked) -> Texts<'_> {
    Texts { shown: &checked.shown, show_personal_data: false }
}

fn print(args: &Args, gathered: &Gathered, home: &Home, console: &Console) -> Result<(), Stop> {
    let text = match args.output_format {
        Format::Text => {
            let console = if args.output.is_some() { &console.plain() } else { console };
            text::page(gathered, console)
        }
        Format::Csv => csv::table(&gathered.metrics),
        Format::Json => json::document(gathered),
        Format::Openmetrics => openmetrics::exposition(&gathered.metrics),
    };
    match (&args.output, args.output_format) {
        (Some(path), _) => files::write(&home.folder.join(path), path, text.as_bytes()),
        (None, Format::Text) => Ok(console.show(&text)?),
        (None, _) => Ok(console.print(&text)?),
    }
}

/// Shows what is wrong with stamps and results, and which results call for action, beside the figures.
fn show_results(checked: &Checked, console: &Console) -> Result<(), Stop> {
    let is_threshold = |code: &str| {
        let names = checked.plans.iter().flat_map(|plan| plan.thresholds.iter().map(|it| plan.str(it.name)));
        names.into_iter().any(|name| name == code)
    };
    let is_own = |found: &&Diagnostic| {
        mktlint_flow::CODES.iter().any(|code| found.code == code.id) || is_threshold(&found.code)
    };
    let mut found: Vec<Diagnostic> = checked.findings.iter().filter(is_own).cloned().collect();
    found.iter_mut().for_each(crate::mask::finding);
    if console.quiet || found.is_empty() {
        return Ok(());
    }
    problems::show_aside(&found, &texts(checked), console)
}

fn status(args: &Args, gathered: &Gathered, console: &Console) -> Status {
    let metrics = &gathered.metrics;
    let is_missed = metrics.targets.iter().any(|it| it.outcome == Outcome::Missed);
    let is_empty = metrics.progress.iter().all(|it| it.reached.is_empty());
    if is_empty {
        let why = match gathered.n_campaigns {
            0 => "there is no campaign to speak of",
            _ => "no campaign has a stamp, a commit, a decision or a result yet",
        };
        console.error(&format!("nothing is known: {why}"));
    }
    Status::OK
        .when(is_empty, Reason::Undecided)
        .when(args.fail_on_missed_target && is_missed, Reason::Findings)
}
