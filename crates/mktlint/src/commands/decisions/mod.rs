//! `mktlint decisions`.

mod list;
mod show;
mod verify;

use clap::ValueEnum;
use jiff::civil::Date;
use mktlint_diag::Diagnostic;
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::{Ledger, Query};
use mktlint_gate::record::Verdict;
use mktlint_host::git::{Files, Repository};
use mktlint_host::{records, system};

use crate::args::{Format, Global, day};
use crate::console::Console;
use crate::home::Home;
use crate::status::{Status, Stop};

const HELP: &str = "\
A decision is a file in `decisions/`: who approved, rejected or waived what, when, in which role, and what it said then. \
`mktlint approve` and `mktlint waive` write them, and nothing ever changes one.

`verify` holds every one against its signature, the keys of the policy, the name of its file, the decisions that it \
follows, and against what was committed last (or in --base): a decision that was edited or removed since is told. It \
reads nothing but the repository.

Examples:
  mktlint decisions
  mktlint decisions --rule clinically_proven --asset 'campaigns/2026-*'
  mktlint decisions --person jo@acme.example --from 2026-10-01 --verdict rejected
  mktlint decisions show 2026-11-22-legal-3fa9c2d1
  mktlint decisions verify --base origin/main

Exit status:
  0  listed; with `verify`, all are what they claim to be
  1  `verify`: one gives nobody a voice: it cannot be read, or is not signed by a key that counts
  2  wrong usage or configuration, or no such decision
  3  a policy does not compile
  4  git cannot be read
  6  `verify`: the ledger cannot be trusted: one was edited, removed, copied or written back in time";

/// Flags of `decisions`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    filter: Filter,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", global = true)]
    output_format: Format,
}

/// What to do with them.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List them, newest first
    List(Filter),
    /// Show one
    Show {
        /// Its id, or the end of it
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Say whether all are what they claim to be
    Verify {
        /// The commit whose decisions must all be there; the newest one when none is given
        #[arg(long, value_name = "REF")]
        base: Option<String>,
    },
}

/// Which ones; all that is given must fit.
#[derive(Clone, Debug, Default, clap::Args)]
struct Filter {
    /// Waivers of this rule, and decisions that speak of it; the last word of its name is enough
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Decisions about a part of these files: a path, a folder or a glob
    #[arg(long, value_name = "GLOB")]
    asset: Option<String>,
    /// Decisions of this person, or waivers that they answer for
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// Decisions in this role
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Decisions about this campaign, an asset (`asset:PATH`) or the `policy`
    #[arg(long, value_name = "CAMPAIGN")]
    campaign: Option<String>,
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
    /// What was decided
    #[arg(long, value_name = "VERDICT")]
    verdict: Option<Word>,
    /// Words in the reason, the conditions or the evidence
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Word {
    Approved,
    Rejected,
    Waived,
    Withdrawn,
}

impl From<Word> for Verdict {
    fn from(word: Word) -> Self {
        match word {
            Word::Approved => Self::Approved,
            Word::Rejected => Self::Rejected,
            Word::Waived => Self::Waived,
            Word::Withdrawn => Self::Withdrawn,
        }
    }
}

impl Filter {
    fn query(&self) -> Query {
        let small = |text: &Option<String>| text.as_deref().map(Into::into);
        Query {
            rule: small(&self.rule),
            asset: small(&self.asset),
            person: small(&self.person),
            role: small(&self.role),
            unit: small(&self.campaign),
            from: self.from,
            until: self.until,
            verdict: self.verdict.map(Into::into),
            text: small(&self.text),
        }
    }
}

/// Lists, shows or verifies decisions.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let base = match &args.action {
        Some(Action::Verify { base }) => base.as_deref(),
        _ => None,
    };
    let book = match Book::open(&home, base, global, console)? {
        Ok(book) => book,
        Err(status) => return Ok(status),
    };
    match &args.action {
        None => list::run(&book, &args.filter.query(), args.output_format, console),
        Some(Action::List(filter)) => list::run(&book, &filter.query(), args.output_format, console),
        Some(Action::Show { id }) => show::run(&book, id, &home, args.output_format, console),
        Some(Action::Verify { .. }) => verify::run(&book, &home, args.output_format, global, console),
    }
}

/// The decisions of a workspace.
struct Book {
    ledger: Ledger,
    /// What is wrong with key files, and what was done to decisions of the base.
    problems: Vec<Diagnostic>,
}

impl Book {
    /// The decisions on disk, held against those of `base`, else of the newest commit; `Err` with the status when the
    /// policy, which says whose keys count, does not compile.
    fn open(
        home: &Home,
        base: Option<&str>,
        global: &Global,
        console: &Console,
    ) -> Result<Result<Self, Status>, Stop> {
        let compiled = match home.compile(global, console)? {
            Ok(compiled) => compiled,
            Err(status) => return Ok(Err(status)),
        };
        let plan = mktlint_plan::lower(&compiled.program());
        let root = home.workspace.root.as_path();
        let git = |error: mktlint_host::git::GitError| Stop::File(error.to_string());
        let mut here = records::here(root).map_err(git)?;
        if let Some(base) = base {
            let repository = Repository::open(root).map_err(|error| Stop::Usage(error.to_string()))?;
            let commit = repository.commit(base).map_err(|error| Stop::Usage(error.to_string()))?;
            here.base = Some(Files::of_commit(&repository, root, commit).map_err(git)?);
        }
        let (roles, mut problems): (Roles, _) = records::roles(&plan, &here.files);
        let ledger = records::ledger(&here.files, here.base.as_ref(), None, &roles, system::now());
        if let Some(base) = &here.base {
            let paths: Vec<_> =
                base.under(mktlint_gate::record::FOLDER).map(|(path, _)| path.clone()).collect();
            problems.extend(records::altered(base, &here.files, &paths).map_err(git)?);
        }
        Ok(Ok(Self { ledger, problems }))
    }
}
