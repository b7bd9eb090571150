//! `mktlint brief`.

mod content;
mod decide;
mod desk;
mod draft;
mod facts;
mod json;
mod links;
mod markdown;
mod model;
mod plan;
mod proof;
mod who;

use std::path::PathBuf;

use clap::ValueEnum;
use mktlint_host::system;

use crate::args::{Day, Global};
use crate::book::Shelf;
use crate::console::Console;
use crate::files;
use crate::people::Crowd;
use crate::status::{Reason, Status, Stop};
use desk::Desk;
use draft::Draft;
use model::{Brief, State};

const EXAMPLES: &str = "\
Examples:
  mktlint brief 2026-11-winter-serum
  mktlint brief campaigns/2026-11-winter-serum/campaign.yaml -o ../brief.md
  mktlint brief --channel email,sms --regions DE,FR --audience vip --send-at 2027-01-12T09:00
  mktlint brief 2027-01-new-year --channel email --output-format json

Exit status:
  0  the brief is written, whatever it says
  2  no such campaign
  3  a policy does not compile";

/// Flags of `brief`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// The id of a campaign, or its manifest; with the flags below, the id of a new one
    #[arg(value_name = "CAMPAIGN")]
    campaign: Option<String>,
    #[command(flatten)]
    planned: Planned,
    #[command(flatten)]
    day: Day,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    output_format: Format,
    /// Write it to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is planned of a campaign that has no manifest yet.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "A campaign without a manifest")]
pub struct Planned {
    /// Channels: `email,sms`
    #[arg(long, value_name = "CHANNEL", value_delimiter = ',')]
    pub channel: Vec<String>,
    /// Countries, or regions of the policy: `DE,FR`
    #[arg(long, value_name = "REGION", value_delimiter = ',')]
    pub regions: Vec<String>,
    /// An audience, or a condition as policies write it
    #[arg(long, value_name = "AUDIENCE")]
    pub audience: Option<String>,
    /// Why it is sent: `marketing`
    #[arg(long, value_name = "PURPOSE")]
    pub purpose: Option<String>,
    /// When it is sent: a day, or a day with a time
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub send_at: Option<String>,
}

/// How to write a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A checklist for people.
    #[value(alias = "text")]
    Markdown,
    /// For tools.
    Json,
}

/// A day or a day with a time, as manifests write it.
fn moment(words: &str) -> Result<String, String> {
    let is_one = words.parse::<jiff::civil::Date>().is_ok() || words.parse::<jiff::civil::DateTime>().is_ok();
    let fail = || "write a day, like 2026-11-30, or a time, like 2026-11-30T09:00".to_owned();
    is_one.then(|| words.to_owned()).ok_or_else(fail)
}

/// Says what will judge a campaign.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let today = args.day.at.unwrap_or_else(system::today);
    let settings = mktlint_host::Settings { today, ..crowd.home.settings(global) };
    let draft = Draft::find(args.campaign.as_deref(), &args.planned, &crowd, &settings)?;
    let policies = crowd.policies();
    let program = policies.everything();
    let shelf = Shelf::new(&policies, &program, today);
    let Some(desk) = Desk::new(&crowd, &shelf, &draft, &settings)? else {
        return Ok(Reason::Policy.into());
    };
    let brief = Brief::of(&desk);
    let text = match args.output_format {
        Format::Markdown => markdown::document(&brief),
        Format::Json => json::document(&brief),
    };
    match &args.output {
        Some(path) => files::write(&crowd.home.folder.join(path), path, text.as_bytes())?,
        None if args.output_format == Format::Markdown => console.show(&text)?,
        None => console.print(&text)?,
    }
    console.note(&summary(&brief));
    Ok(Status::OK)
}

/// `41 to do, 1 wrong already, 3 need a person`
fn summary(brief: &Brief) -> String {
    let count = |state| brief.lines().filter(|line| line.state == state).count();
    let mut parts = vec![format!("{} to do", count(State::Todo))];
    for (state, words) in [(State::Wrong, "wrong already"), (State::Open, "need a person")] {
        if count(state) > 0 {
            parts.push(format!("{} {words}", count(state)));
        }
    }
    format!("`{}`: {}", brief.id, parts.join(", "))
}
