//! `mktlint baseline`.

use mktlint_check::Baseline;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_host::baseline::{self, json};
use mktlint_host::{Settings, system};

use crate::args::{Day, Global};
use crate::console::Console;
use crate::files;
use crate::home::Home;
use crate::judged::judged;
use crate::status::{Reason, Status, Stop};
use crate::words::counted;

const ABOUT: &str = "\
Records the findings that are there today, so that only new ones fail.

The findings go to `mktlint-baseline.json` (`baseline` in `mktlint.toml` names another file), which belongs into git. From then \
on `mktlint check` reports those that are not in it, and counts those that are. A finding is known again by its rule and its words: \
lines may move, be laid out anew, and files be renamed.

Never in a baseline: what is wrong with policies, exceptions and files that cannot be read, and rules that are `never waivable` \
or `absolute`. What could not be judged for lack of an input may be.";

const EXAMPLES: &str = "\
Examples:
  mktlint baseline                        record what is there today
  mktlint check --show-baselined          see it again
  mktlint baseline --update               drop what is mended, follow renamed files
  mktlint baseline --update --accept-new  take new findings in, too";

/// Flags of `baseline`.
#[derive(Debug, clap::Args)]
#[command(long_about = ABOUT, after_long_help = EXAMPLES)]
pub struct Args {
    /// Drop from the baseline what is no longer there; it never grows
    #[arg(long, visible_alias = "prune")]
    update: bool,
    /// Take the findings of today in, too
    #[arg(long, requires = "update")]
    accept_new: bool,
    #[command(flatten)]
    day: Day,
}

/// Records findings.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let old = match old(&home) {
        Ok(old) => old,
        Err(problems) => {
            home.show(problems, global, console)?;
            return Ok(Reason::Usage.into());
        }
    };
    let file = baseline::place(&home.workspace);
    fits(args, old.as_ref(), &home.shown(&file))?;
    let settings = Settings {
        today: args.day.at.unwrap_or_else(system::today),
        use_cache: true,
        ..home.settings(global)
    };
    let mut checked = match judged(&settings, console)? {
        Ok(checked) => checked,
        Err(status) => return Ok(status),
    };
    let wanted = home.workspace.config.selection();
    checked.findings.retain(|found| wanted.wants(found));
    let (now, n_barred) = baseline::of(&checked, &home.workspace.root);
    let next = next(args, old.as_ref(), &now, &home);
    write(&next, &file, &home)?;
    console.show(&told(args, old.as_ref(), &next, &home.shown(&file)))?;
    remarks(now.len().saturating_sub(next.len()), n_barred, console);
    Ok(Status::OK)
}

/// The baseline that there is; else what is wrong with the configuration, or with it.
fn old(home: &Home) -> Result<Option<Baseline>, Vec<Diagnostic>> {
    if !home.workspace.problems.is_empty() {
        return Err(home.workspace.problems.clone());
    }
    baseline::load(&home.workspace, &()).map_err(|problem| vec![*problem])
}

/// Refuses to write over a baseline by mistake.
fn fits(args: &Args, old: Option<&Baseline>, file: &FilePath) -> Result<(), Stop> {
    match (old, args.update) {
        (Some(_), false) => Err(Stop::Usage(format!(
            "`{file}` is there already; `mktlint baseline --update` drops what is no longer there, and with \
             `--accept-new` takes new findings in"
        ))),
        (None, true) => Err(Stop::Usage(format!("there is no `{file}` yet; `mktlint baseline` writes it"))),
        _ => Ok(()),
    }
}

fn next(args: &Args, old: Option<&Baseline>, now: &Baseline, home: &Home) -> Baseline {
    let exists = |file: &FilePath| system::exists(&home.workspace.root.join(file.as_str()));
    match old {
        Some(old) if !args.accept_new => old.kept(now, &exists),
        _ => now.clone(),
    }
}

fn write(next: &Baseline, file: &FilePath, home: &Home) -> Result<(), Stop> {
    let path = home.workspace.root.join(file.as_str());
    if let Some(folder) = path.parent() {
        let reason = |reason| Stop::File(format!("`{}` cannot be made: {reason}", folder.display()));
        system::create_folder(folder).map_err(reason)?;
    }
    files::write(&path, home.shown(file).as_str().as_ref(), json::write(next).as_bytes())
}

/// What was done, in one line.
fn told(args: &Args, old: Option<&Baseline>, next: &Baseline, file: &FilePath) -> String {
    let n = next.len();
    match old.map(Baseline::len) {
        None => format!("recorded {} in `{file}`\n", counted(n, "finding")),
        Some(before) if args.accept_new => {
            format!("`{file}` holds {} now, before {before}\n", counted(n, "finding"))
        }
        Some(before) => {
            format!("`{file}` holds {}, {} dropped\n", counted(n, "finding"), before.saturating_sub(n))
        }
    }
}

/// What is not in the baseline although it is there.
fn remarks(n_new: usize, n_barred: usize, console: &Console) {
    if n_new > 0 {
        let new = counted(n_new, "new finding");
        console
            .note(&format!("{new} not taken in; `mktlint check` shows them, `--accept-new` takes them in"));
    }
    if n_barred > 0 {
        let barred = counted(n_barred, "finding");
        console
            .note(&format!("{barred} cannot be in a baseline and still count; `mktlint check` shows them"));
    }
}
