//! `mktlint packs`.

use mktlint_diag::Diagnostic;
use mktlint_host::packs::{self, Pack};
use serde_json::json;

use crate::args::{Format, Global};
use crate::console::Console;
use crate::home::Home;
use crate::status::{Reason, Status, Stop};
use crate::words::counted;

/// Flags of `packs`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Packs from elsewhere stand in `mktlint.toml`:\n  [packs]\n  legal = { path = \"../legal-pack\" }\n  \
    brand = { path = \"../brand\", rev = \"v2.1.0\" }\n\nExamples:\n  mktlint packs\n  mktlint packs lock\n\n\
    Exit status:\n  \
      0  all packs are as they were locked\n  \
      2  the configuration cannot be read\n  \
      3  a pack cannot be read, or is not the one that was locked"
)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", global = true)]
    output_format: Format,
}

/// What to do with them.
#[derive(Clone, Copy, Debug, clap::Subcommand)]
enum Action {
    /// List them, and hold each against `mktlint.lock`
    List,
    /// Write `mktlint.lock` for the packs as they are now
    Lock,
}

/// Lists or locks the packs of the workspace.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    if !home.workspace.problems.is_empty() {
        home.show(home.workspace.problems.clone(), global, console)?;
        return Ok(Reason::Usage.into());
    }
    let (found, broken) = read(&home);
    match args.action {
        Some(Action::Lock) => lock(&home, &found, broken, global, console),
        _ => list(&home, &found, broken, args.output_format, global, console),
    }
}

fn read(home: &Home) -> (Vec<Pack>, Vec<Diagnostic>) {
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    for pack in packs::read_all(&home.workspace) {
        match pack {
            Ok(pack) => found.push(pack),
            Err(problem) => broken.push(*problem),
        }
    }
    (found, broken)
}

/// Writes the lock file, for all packs or not at all.
fn lock(
    home: &Home,
    found: &[Pack],
    broken: Vec<Diagnostic>,
    global: &Global,
    console: &Console,
) -> Result<Status, Stop> {
    if !broken.is_empty() {
        home.show(broken, global, console)?;
        return Ok(Reason::Policy.into());
    }
    packs::write(&home.workspace.root, found)
        .map_err(|reason| Stop::File(format!("`{}` cannot be written: {reason}", packs::FILE)))?;
    console.note(&format!("{} locked in `{}`", counted(found.len(), "pack"), packs::FILE));
    Ok(Status::OK)
}

fn list(
    home: &Home,
    found: &[Pack],
    broken: Vec<Diagnostic>,
    format: Format,
    global: &Global,
    console: &Console,
) -> Result<Status, Stop> {
    match format {
        Format::Text => console.show(&found.iter().map(line).collect::<String>())?,
        Format::Json => {
            let all: Vec<_> = found.iter().map(as_json).collect();
            console.print(&format!("{:#}\n", json!(all)))?;
        }
    }
    if found.is_empty() && broken.is_empty() {
        console.note("no pack stands in `mktlint.toml`; those of the standard library come with mktlint");
    }
    let problems = packs::load(&home.workspace).problems;
    if problems.is_empty() {
        return Ok(Status::OK);
    }
    match format {
        Format::Text => home.show(problems, global, console)?,
        Format::Json => home.show_aside(problems, global, console)?,
    }
    Ok(Reason::Policy.into())
}

fn line(pack: &Pack) -> String {
    let version = pack.version.as_deref().unwrap_or("-");
    let digest: String = pack.digest.chars().take(12).collect();
    format!("{}  {version}  {digest}  {}  {}\n", pack.name, pack.place, counted(pack.sources.len(), "file"))
}

fn as_json(pack: &Pack) -> serde_json::Value {
    json!({
        "name": pack.name.as_str(),
        "version": pack.version.as_deref(),
        "place": pack.place.as_str(),
        "digest": pack.digest.as_str(),
        "modules": pack.sources.iter().map(|source| source.module.as_str()).collect::<Vec<_>>(),
    })
}
