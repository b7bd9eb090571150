//! `mktlint report`.

use std::path::PathBuf;

use mktlint_host::{Settings, system};

use crate::args::{Day, Global};
use crate::console::Console;
use crate::dashboard::data::Dashboard;
use crate::dashboard::html;
use crate::files;
use crate::judged::judged;
use crate::people::Crowd;
use crate::status::{Status, Stop};

const EXAMPLES: &str = "\
Examples:
  mktlint report -o ../report.html
  mktlint report --at 2026-12-01 > december.html

The page needs nothing else: no network, no script for what it says, and it prints. It holds the findings of each \
campaign, the calendar with its caps, how audiences overlap, what ends when, how work flows, and what was decided. Personal data in findings is masked.

Exit status:
  0  the page is written, whatever it says
  2  wrong usage or configuration
  3  a policy does not compile";

/// Flags of `report`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    day: Day,
    /// Write the page to this file; to standard output when not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Judge everything anew
    #[arg(long)]
    no_cache: bool,
}

/// Writes the report.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let today = args.day.at.unwrap_or_else(system::today);
    let settings = Settings {
        paths: vec![crowd.home.workspace.root.clone()],
        today,
        use_cache: !args.no_cache,
        ..crowd.home.settings(global)
    };
    let checked = match judged(&settings, console)? {
        Ok(checked) => checked,
        Err(status) => return Ok(status),
    };
    let dashboard = Dashboard::gather(&checked, &crowd, &settings);
    let page = html::document(&dashboard);
    match &args.output {
        Some(path) => {
            files::write(&crowd.home.folder.join(path), path, page.as_bytes())?;
            console.note(&format!("the report is in `{}`", path.display()));
        }
        None => console.print(&page)?,
    }
    Ok(Status::OK)
}
