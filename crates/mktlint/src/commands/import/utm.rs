//! `mktlint import utm`.

use std::path::PathBuf;

use mktlint_diag::FilePath;
use mktlint_host::{system, workspace};
use mktlint_import::utm::{LONGEST_SHEET, import};

use super::result::Target;
use crate::args::Global;
use crate::console::Console;
use crate::home::working_directory;
use crate::status::{Status, Stop};
use crate::texts::Given;

/// Flags of `import utm`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "The sheet has a column for each parameter (source, medium, campaign, ...), pairs (parameter, \
    value), or a column of tagged links (url). A column `channel` makes a convention for each channel.\n\n\
    Exit status:\n  \
      0  done\n  \
      1  a row says nothing, and was left out\n  \
      2  there is no such file\n  \
      4  the file cannot be read or written\n  \
      5  there is no value in it"
)]
pub struct Args {
    /// The sheet, as CSV
    #[arg(value_name = "FILE")]
    sheet: PathBuf,
    #[command(flatten)]
    target: Target,
}

/// Makes a convention of a sheet.
pub fn run(args: &Args, _: &Global, console: &Console) -> Result<Status, Stop> {
    let shown = args.sheet.display().to_string().replace('\\', "/");
    let wrong = |why: String| Stop::Usage(format!("`{shown}`: {why}"));
    let full = working_directory()?.join(&args.sheet);
    let full = full.canonicalize().map_err(|error| wrong(workspace::reason(&error)))?;
    if full.is_dir() {
        return Err(wrong("it is a folder".to_owned()));
    }
    if system::stamp(&full).is_some_and(|stamp| stamp.length > LONGEST_SHEET as u64) {
        return Err(Stop::File(format!("`{shown}`: it is larger than 16 MB")));
    }
    let text = system::read_text(&full).map_err(|why| Stop::File(format!("`{shown}`: {why}")))?;
    let file = FilePath::new(&shown);
    let mut given = Given::default();
    given.add(file.clone(), &text);
    args.target.finish(import(&file, &text), &given, console)
}
