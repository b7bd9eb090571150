//! `mktlint waive`.

mod inline;
mod list;
mod record;
mod target;

use std::path::PathBuf;

use jiff::civil::Date;
use mktlint_host::{Checked, Settings, system};

use crate::args::{Format, Global, day};
use crate::console::Console;
use crate::home::Home;
use crate::judged::judged;
use crate::status::{Status, Stop};
use target::Target;

const HELP: &str = "\
Records that findings may stay for a while: a file in `decisions/waivers/` that names rules, files, the last day, who \
answers for it, and why. The findings are still shown, as waived, and do not count. From the day after its last one they \
count again, and a change that touches one of the files fails until somebody has decided again.

A rule that is `waivable by legal` needs --role legal: the record is then signed with your SSH key, which must be one of \
that role. A rule that is `never waivable` or `absolute` cannot be waived.

A WHAT that is the name of a rule in force, or a code, is a rule; any other is a file, a folder, or a glob in quotes.

Examples:
  mktlint waive no_free emails/launch.html --until 2027-01-31 --because 'the law team agreed, MKT-481'
  mktlint waive subject_length 'campaigns/poem/**' --until 2027-01-31 --because 'the poem is the subject' --owner ana@acme.example
  mktlint waive legal_words blog/ --until 2027-03-01 --because 'old posts' --role legal --key ~/.ssh/id_work
  mktlint waive no_free emails/launch.html --until 2027-01-31 --because 'agreed' --inline
  mktlint waive --list

Exit status:
  0  the waiver is written, or the list is shown
  1  no asset is there, or nothing in it breaks the rule (--force writes the waiver all the same)
  2  wrong usage or configuration: no such rule, a rule that cannot be waived, a key that is not of the role
  3  a policy does not compile
  4  a file cannot be read or written, or nothing was signed";

/// Flags of `waive`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// Rules, then the files, folders or globs that they are waived for
    #[arg(value_name = "WHAT", required_unless_present = "list")]
    what: Vec<String>,
    /// The last day on which it holds
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present = "list")]
    until: Option<Date>,
    /// Why the findings may stay
    #[arg(long, value_name = "TEXT", required_unless_present = "list")]
    because: Option<String>,
    /// Who answers for it; the user of git when not given
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// The role that grants it; signs the record
    #[arg(long, value_name = "ROLE", conflicts_with = "inline")]
    role: Option<String>,
    /// The SSH key to sign with: either half
    #[arg(long, value_name = "FILE", requires = "role")]
    key: Option<PathBuf>,
    /// Who you are, when the key is not yours alone
    #[arg(long = "as", value_name = "PERSON", requires = "role")]
    person: Option<String>,
    /// Write a comment beside each finding instead of a record
    #[arg(long)]
    inline: bool,
    /// Write it although nothing needs it today
    #[arg(long, conflicts_with = "inline")]
    force: bool,
    /// Show all waivers, whatever they are written in, those that end first first
    #[arg(long, conflicts_with_all = ["what", "until", "because", "owner", "role", "inline", "force"])]
    list: bool,
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "list")]
    output_format: Format,
}

/// Records a waiver, or lists those that there are.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let settings = Settings { use_cache: true, ..home.settings(global) };
    let checked = match judged(&settings, console)? {
        Ok(checked) => checked,
        Err(status) => return Ok(status),
    };
    let asked = Asked { args, home: &home, settings: &settings, checked: &checked, console };
    if args.list {
        return list::run(&asked);
    }
    let target = Target::find(&asked)?;
    asked.in_time()?;
    if args.inline { inline::run(&asked, &target) } else { record::run(&asked, &target) }
}

/// What was asked for, and what there is.
struct Asked<'a> {
    args: &'a Args,
    home: &'a Home,
    settings: &'a Settings,
    checked: &'a Checked,
    console: &'a Console,
}

impl Asked<'_> {
    /// The last day.
    fn until(&self) -> Date {
        self.args.until.unwrap_or_else(system::today)
    }

    fn because(&self) -> &str {
        self.args.because.as_deref().unwrap_or_default()
    }

    /// Refuses a waiver that has ended before it begins, or that gives no reason.
    fn in_time(&self) -> Result<(), Stop> {
        if self.until() < self.settings.today {
            return Err(Stop::Usage(format!("`{}` is past; a waiver ends today or later", self.until())));
        }
        if self.because().trim().is_empty() {
            return Err(Stop::Usage("say why with `--because`".to_owned()));
        }
        Ok(())
    }
}
