//! `mktlint check`.

mod args;
mod changed;
mod fixes;
mod output;
mod selection;
mod statistics;
mod verdict;

use std::io::Read as _;
use std::path::PathBuf;

use mktlint_host::{Checked, Settings, system};
use mktlint_report::Format;

pub use args::{Args, FailOn};
pub use output::Found;
pub use selection::Selection;
pub use verdict::of_findings as status_of;

use crate::args::Global;
use crate::console::Console;
use crate::home::working_directory;
use crate::mask;
use crate::progress::Progress;
use crate::status::{Status, Stop};
use crate::texts::Texts;
use crate::words::counted;
use changed::Paths;

/// Judges assets and policies.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let clock = Clock::start();
    let mut settings = settings(args, global)?;
    let mut touched = Vec::new();
    match changed::paths(args, &settings)? {
        Paths::AsGiven => {}
        Paths::Everything(why, files) => {
            console.note(&why);
            touched = files;
        }
        Paths::These(files) => {
            settings.paths.clone_from(&files);
            touched = files;
        }
        Paths::Nothing => {
            console.note("nothing that can be judged has changed");
            return Ok(Status::OK);
        }
    }
    let progress = Progress::start(console, "judging");
    let mut checked = mktlint_host::check(&settings)?;
    let judged = clock.elapsed();
    let selection = Selection::new(args, &checked)?;
    selection.apply(&mut checked);
    let mut patch = None;
    if let Some(allow) = args.fixes() {
        let fixed = fixes::make(args, allow, &selection, &settings, &checked)?;
        if args.diff {
            patch = Some(fixes::patch(&fixed, args, console));
        } else {
            checked = fixes::write(fixed, args, &selection, &settings, checked, console)?;
        }
    }
    checked.fail_lapsed(&touched);
    selection.apply(&mut checked);
    drop(progress);
    if !args.show_personal_data {
        checked.findings.iter_mut().for_each(mask::finding);
    }
    let n_baselined = checked.n_baselined();
    hold_back(args, &mut checked);
    let texts = Texts { shown: &checked.shown, show_personal_data: args.show_personal_data };
    let elapsed = clock.elapsed();
    let found = Found { checked: &checked, texts: &texts, settings: &settings, n_baselined, elapsed };
    match patch {
        Some(patch) => output::patch(&patch, &found, console)?,
        None if args.statistics => statistics::print(&found, args, console)?,
        None => output::print(&found, args, console)?,
    }
    if args.timings {
        clock.tell(judged, console);
    }
    details(&checked, &settings, console);
    Ok(verdict::of(&checked, args, &settings))
}

/// Leaves out what the baseline holds, unless somebody wants to see it or SARIF has a word for it.
fn hold_back(args: &Args, checked: &mut Checked) {
    if !args.show_baselined && args.output_format != Some(Format::Sarif) {
        checked.findings.retain(|found| !found.baselined);
    }
}

fn settings(args: &Args, global: &Global) -> Result<Settings, Stop> {
    Ok(Settings {
        folder: working_directory()?,
        paths: args.paths.clone(),
        config: global.config.clone(),
        today: args.at.unwrap_or_else(system::today),
        use_cache: !args.no_cache,
        plan: args.plan.clone(),
        stdin: args.stdin_filename.clone().map(standard_input).transpose()?,
    })
}

fn standard_input(name: PathBuf) -> Result<(PathBuf, Vec<u8>), Stop> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        Stop::File(format!("standard input cannot be read: {}", mktlint_host::workspace::reason(&error)))
    })?;
    Ok((name, bytes))
}

fn details(checked: &Checked, settings: &Settings, console: &Console) {
    console.detail(&format!("judged as of {}, unless a campaign has a send date", settings.today));
    for (root, plan) in checked.roots.iter().zip(&checked.plans) {
        let n_rules = crate::catalog::n_rules(plan);
        console.detail(&format!("`{}`: {} in force", root.display(), counted(n_rules, "rule")));
    }
}

/// How long what took.
#[derive(Debug)]
struct Clock(u128);

impl Clock {
    fn start() -> Self {
        Self(system::now_nanos())
    }

    fn elapsed(&self) -> std::time::Duration {
        let nanos = system::now_nanos().saturating_sub(self.0);
        std::time::Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    fn tell(&self, judged: std::time::Duration, console: &Console) {
        let all = self.elapsed();
        let rest = all.saturating_sub(judged);
        console.note(&format!(
            "{judged:.1?} to compile and judge, {rest:.1?} to fix and print, {all:.1?} in all"
        ));
    }
}
