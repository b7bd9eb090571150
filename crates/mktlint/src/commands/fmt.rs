//! `mktlint fmt`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_host::workspace::{Listed, list, relative};
use mktlint_host::{codes, shown_path, system};
use mktlint_syntax::{Formatted, Origin, format};

use crate::args::Global;
use crate::console::Console;
use crate::difference::unified;
use crate::home::{Home, working_directory};
use crate::interrupt::uninterrupted;
use crate::problems;
use crate::status::{Reason, Status, Stop};
use crate::texts::Given;

/// Flags of `fmt`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint fmt\n  mktlint fmt --check policy/\n  mktlint fmt - < claims.mkt\n\n\
    Exit status:\n  \
      0  all is canonical, or was made so\n  \
      1  --check or --diff found something to change\n  \
      3  a file has syntax errors; the declarations with errors stay as they are\n  \
      4  a file cannot be read or written"
)]
pub struct Args {
    /// Policy files and folders; the policies of the workspace when none is given, standard input for `-`
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that are not canonical
    #[arg(long)]
    check: bool,
    /// Change nothing; show what would change
    #[arg(long)]
    diff: bool,
}

/// Formats policies.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let mut job =
        Job { args, console, problems: Vec::new(), given: Given::default(), n_changed: 0, is_unread: false };
    if args.paths.iter().any(|path| path == Path::new("-")) {
        job.standard_input()?;
    } else {
        let folder = working_directory()?;
        for (shown, path) in policy_files(&args.paths, &folder, global)? {
            job.file(&shown, &path)?;
        }
    }
    problems::show(&job.problems, &job.given, console)?;
    Ok(job.status())
}

/// The policies to format, as shown and where they are, in order of path. What a configuration excludes is left out.
fn policy_files(paths: &[PathBuf], folder: &Path, global: &Global) -> Result<Vec<(FilePath, PathBuf)>, Stop> {
    let home = Home::find(global)?;
    let root = &home.workspace.root;
    let mut given = Vec::new();
    for path in paths {
        let full = folder.join(path);
        let full = full.canonicalize().map_err(|error| {
            Stop::Usage(format!("`{}`: {}", path.display(), mktlint_host::workspace::reason(&error)))
        })?;
        given.push(full);
    }
    if paths.is_empty() {
        given.push(root.clone());
    }
    let is_policy = |file: &Listed| {
        let path = relative(root, &file.path);
        let is_mkt = file.path.extension().is_some_and(|extension| extension == "mkt");
        is_mkt && !home.workspace.is_excluded(&path) && (!paths.is_empty() || home.workspace.is_policy(&path))
    };
    let files = list(&given).files.into_iter().filter(is_policy);
    Ok(files.map(|file| (shown_path(folder, root, &relative(root, &file.path)), file.path)).collect())
}

struct Job<'a> {
    args: &'a Args,
    console: &'a Console,
    problems: Vec<Diagnostic>,
    given: Given,
    n_changed: usize,
    is_unread: bool,
}

impl Job<'_> {
    fn status(&self) -> Status {
        let only_looks = self.args.check || self.args.diff;
        let has_errors = self.problems.iter().any(|found| !found.undecided);
        Status::OK
            .when(only_looks && self.n_changed > 0, Reason::Findings)
            .when(has_errors, Reason::Policy)
            .when(self.is_unread, Reason::Undecided)
    }

    fn standard_input(&mut self) -> Result<(), Stop> {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        let file = FilePath::new("-");
        let text =
            String::from_utf8(bytes).map_err(|_| Stop::File("standard input is not UTF-8".to_owned()))?;
        let new = self.format(&file, &text);
        match (self.args.check, self.args.diff) {
            (false, false) => self.console.print(&new)?,
            _ => self.look(&file, &text, &new)?,
        }
        Ok(())
    }

    fn file(&mut self, shown: &FilePath, path: &Path) -> Result<(), Stop> {
        let stamp = system::stamp(path);
        let text = match system::read_text(path) {
            Ok(text) => text,
            Err(reason) => return self.unread(codes::unreadable::of(shown, &reason)),
        };
        let new = self.format(shown, &text);
        if new == text {
            return Ok(());
        }
        if self.args.check || self.args.diff {
            return self.look(shown, &text, &new);
        }
        if let Err(reason) = uninterrupted(|| system::replace_file(path, stamp, new.as_bytes())) {
            return self.unread(codes::unwritten::of(shown, &reason));
        }
        self.console.detail(&format!("formatted `{shown}`"));
        Ok(())
    }

    fn unread(&mut self, problem: Diagnostic) -> Result<(), Stop> {
        self.is_unread = true;
        self.problems.push(problem);
        Ok(())
    }

    /// Shows that, or how, `text` would change.
    fn look(&mut self, file: &FilePath, text: &str, new: &str) -> Result<(), Stop> {
        if text == new {
            return Ok(());
        }
        self.n_changed += 1;
        let shown = match self.args.diff {
            true => unified(file, text, new, self.console),
            false => format!("{file}\n"),
        };
        self.console.print(&shown)?;
        Ok(())
    }

    fn format(&mut self, file: &FilePath, text: &str) -> String {
        let Formatted { text: new, problems } = format(text);
        // Places count from behind a byte order mark.
        let mark = u32::from(text.starts_with('\u{FEFF}')) * 3;
        let place = |(offset, problem): &(u32, mktlint_syntax::SyntaxProblem)| {
            problem.show(Origin { file, offset: offset + mark })
        };
        if !problems.is_empty() {
            self.problems.extend(problems.iter().map(place));
            self.given.add(file.clone(), text);
        }
        new
    }
}
