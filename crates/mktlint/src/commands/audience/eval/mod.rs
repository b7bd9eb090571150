//! `mktlint audience eval`.

mod json;
mod members;
mod text;

use std::io::{Cursor, Read, Seek as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use mktlint_contacts::{Audience, Columns, Format as FileFormat, Job, NoMembers, Source, Summary};
use mktlint_host::system;

use super::reach::Reach;
use crate::args::{Day, Format, Global};
use crate::console::Console;
use crate::people::{Crowd, named};
use crate::progress::Progress;
use crate::status::{Reason, Status, Stop};
use crate::words::counted;

/// First bytes of a file that tell its format.
const HEAD: u64 = 512;

/// Flags of `audience eval`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  mktlint audience eval vip contacts.csv\n  \
    mktlint audience eval contacts.parquet --output-format json\n  \
    mktlint audience eval vip contacts.jsonl --minus-suppressions --channel email --output members.csv --key id\n\n\
    Files of any size are read, in constant memory. Columns are called as the attributes of `contact`, or as \
    `[contacts]` in `mktlint.toml` says. An empty cell is a missing value.\n\n\
    Exit status:\n  \
      0  every contact was judged\n  \
      4  some could not be: a row cannot be read, a value is wrong, a condition cannot be decided")]
pub struct Args {
    /// Audiences and suppressions, all audiences when none is given; last the contacts as CSV, JSON, JSON Lines or
    /// Parquet, from standard input for `-`
    // clap takes no list that may be empty in front of an argument that must be there.
    #[arg(value_name = "NAME... FILE", required = true)]
    words: Vec<String>,
    /// The format of the file [default: that of its ending and its first bytes]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Kind>,
    /// Write the members to this file, as CSV
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The column that says who a member is
    #[arg(long, value_name = "COLUMN", requires = "output")]
    key: Option<String>,
    #[command(flatten)]
    reach: Reach,
    /// Show so many contacts who are in and who are out, masked
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    examples: usize,
    /// Check the columns that no audience needs, too
    #[arg(long)]
    check_all: bool,
    #[command(flatten)]
    day: Day,
    /// How to print the counts
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

impl Args {
    fn names(&self) -> &[String] {
        self.words.split_last().map_or(&[], |(_, names)| names)
    }

    fn file(&self) -> &Path {
        Path::new(self.words.last().map_or("-", String::as_str))
    }
}

/// How a file of contacts is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Rows under a header, between `,`, `;` or tabs.
    Csv,
    /// One JSON object on each line.
    Jsonl,
    /// A list of JSON objects.
    Json,
    /// Apache Parquet.
    Parquet,
}

impl From<Kind> for FileFormat {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Csv => Self::Csv,
            Kind::Jsonl => Self::JsonLines,
            Kind::Json => Self::Json,
            Kind::Parquet => Self::Parquet,
        }
    }
}

/// Counts who is in audiences.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let audiences = audiences(args, &crowd, console)?;
    let columns: Columns =
        crowd.columns()?.into_iter().map(|(name, column)| (name, column.to_string())).collect();
    let job = Job {
        schema: crowd.schema(),
        definitions: crowd.definitions(),
        audiences: &audiences,
        now: crowd.now,
        columns: &columns,
        key: args.key.as_deref(),
        examples: args.examples,
        check_all: args.check_all,
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    let source = source(args, &crowd)?;
    let progress = Progress::start(console, "reading contacts");
    let summary = count(source, &job, args, &crowd, console);
    drop(progress);
    let summary = summary?;
    match args.output_format {
        Format::Text => console.show(&text::of(&summary, &crowd, console))?,
        Format::Json => console.print(&format!("{:#}\n", json::of(&summary, &crowd)))?,
    }
    let n_left = summary.audiences.iter().map(|tally| tally.undecided + tally.errors).max().unwrap_or(0);
    Ok(Status::OK.when(n_left > 0 || summary.unreadable > 0, Reason::Undecided))
}

fn audiences(args: &Args, crowd: &Crowd, console: &Console) -> Result<Vec<Audience>, Stop> {
    let suppressions = args.reach.suppressions(crowd, console)?;
    let all = crowd.groups();
    let groups = if args.names().is_empty() {
        crowd.audiences()
    } else {
        args.names().iter().map(|name| named(name, &all, "audience")).collect::<Result<_, _>>()?
    };
    if groups.is_empty() {
        return Err(Stop::Usage("the policy declares no audience".to_owned()));
    }
    let audience = |group: &crate::people::Group<'_>| Audience {
        name: group.name.into(),
        formula: Reach::formula(group, &suppressions),
    };
    Ok(groups.iter().map(audience).collect())
}

fn source(args: &Args, crowd: &Crowd) -> Result<Source<'static>, Stop> {
    let name = args.file().display().to_string();
    let unknown = || {
        Stop::Usage(format!(
            "`{name}` does not say what it holds; add `--format csv`, `jsonl`, `json` or `parquet`"
        ))
    };
    if args.file() == Path::new("-") {
        let format = args.format.ok_or_else(unknown)?;
        return stream(format.into(), Box::new(std::io::stdin()));
    }
    let path = crowd.home.folder.join(args.file());
    let fail = |reason: String| Stop::File(format!("`{name}` cannot be read: {reason}"));
    let mut file = system::open_file(&path).map_err(fail)?;
    let mut head = Vec::new();
    let read = (&file).take(HEAD).read_to_end(&mut head);
    read.map_err(|error| fail(mktlint_host::workspace::reason(&error)))?;
    let format = match args.format {
        Some(kind) => kind.into(),
        None => FileFormat::of(&name, &head).ok_or_else(unknown)?,
    };
    match file.rewind() {
        Ok(()) => Ok(Source::file(format, file)),
        // A pipe is read once.
        Err(_) => stream(format, Box::new(Cursor::new(head).chain(file))),
    }
}

fn stream(format: FileFormat, read: Box<dyn Read + Send>) -> Result<Source<'static>, Stop> {
    match format {
        FileFormat::Csv => Ok(Source::Csv(read)),
        FileFormat::JsonLines => Ok(Source::JsonLines(read)),
        FileFormat::Json => Ok(Source::Json(read)),
        FileFormat::Parquet => {
            Err(Stop::Usage("Parquet is read at many places, so it must be a file".to_owned()))
        }
    }
}

/// Reads the file, and writes the members when they are wanted.
fn count(
    source: Source<'_>,
    job: &Job<'_>,
    args: &Args,
    crowd: &Crowd,
    console: &Console,
) -> Result<Summary, Stop> {
    let fail =
        |error: mktlint_contacts::ReadError| Stop::File(format!("`{}`: {error}", args.file().display()));
    let Some(output) = &args.output else {
        return mktlint_contacts::run(source, job, &mut NoMembers).map_err(fail);
    };
    let summary = members::write(source, job, &crowd.home.folder.join(output), output, fail)?;
    let n_members: u64 = summary.audiences.iter().map(|tally| tally.included).sum();
    let n_members = usize::try_from(n_members).unwrap_or(usize::MAX);
    console.note(&format!("wrote {} to `{}`", counted(n_members, "member"), output.display()));
    Ok(summary)
}
