//! `mktlint import vale`.

use std::path::{Path, PathBuf};

use mktlint_host::{system, workspace};
use mktlint_import::vale::{self, Dictionary, Source};

use super::files::Folder;
use super::result::Target;
use crate::args::Global;
use crate::console::Console;
use crate::home::working_directory;
use crate::status::{Reason, Status, Stop};
use crate::texts::Given;

/// The most bytes of a dictionary.
const LONGEST_DICTIONARY: u64 = 16 << 20;

/// Flags of `import vale`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "The folder is one with a `.vale.ini`, a folder of styles, or a style.\n\n\
    Every rule is carried (it finds the same), approximated (the report says what differs) or not carried (the report \
    says why).\n\n\
    Exit status:\n  \
      0  done, and the report says what became of each rule\n  \
      1  a rule or a setting means nothing to Vale either\n  \
      2  there is no such folder\n  \
      4  a file cannot be read or written\n  \
      5  there is no rule")]
pub struct Args {
    /// A folder with a `.vale.ini`, a folder of styles, or a style
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The words of the language, for `spelling`: a word in each line, or a `.dic` of Hunspell with its `.aff` beside it
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Makes a policy of the rules of Vale.
pub fn run(args: &Args, _: &Global, console: &Console) -> Result<Status, Stop> {
    let working = working_directory()?;
    let wrong = |why: String| Stop::Usage(format!("`{}`: {why}", args.folder.display()));
    let root = working.join(&args.folder).canonicalize().map_err(|error| wrong(workspace::reason(&error)))?;
    if !root.is_dir() {
        return Err(wrong("it is no folder".to_owned()));
    }
    let mut given = Given::default();
    let folder = Folder::open(&working, &root, &mut given)?;
    let rules = folder.rules(&mut given)?;
    if rules.is_empty() && folder.config.is_none() {
        console.note(&format!("there is no rule of Vale in `{}`", args.folder.display()));
        return Ok(Reason::NothingChecked.into());
    }
    let dictionary =
        args.dictionary.as_ref().map(|path| dictionary(&working.join(path), path)).transpose()?;
    let passed_over = folder.passed_over();
    let (vocabulary, known_vocabularies) = folder.vocabulary()?;
    let draft = vale::import(Source {
        config: folder.config,
        rules,
        vocabulary,
        known_vocabularies,
        dictionary,
        passed_over,
    });
    args.target.finish(draft, &given, console)
}

/// The words in the file at `path`, and what the file of endings beside it makes of them.
fn dictionary(path: &Path, shown: &Path) -> Result<Dictionary, Stop> {
    let fail = |why: String| Stop::File(format!("`{}`: {why}", shown.display()));
    if !system::exists(path) {
        return Err(Stop::Usage(format!("`{}`: no such file", shown.display())));
    }
    if system::stamp(path).is_some_and(|stamp| stamp.length > LONGEST_DICTIONARY) {
        return Err(fail("it is larger than 16 MB".to_owned()));
    }
    let list = system::read_text(path).map_err(fail)?;
    let affixes = path.with_extension("aff");
    let is_hunspell =
        path.extension().is_some_and(|extension| extension == "dic") && system::exists(&affixes);
    let affixes = if is_hunspell { Some(system::read_text(&affixes).map_err(fail)?) } else { None };
    Dictionary::read(&list, affixes.as_deref()).map_err(fail)
}
