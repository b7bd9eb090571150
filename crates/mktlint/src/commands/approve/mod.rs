//! `mktlint approve`.

mod choose;
mod draft;
mod show;
mod withdraw;

use std::io::IsTerminal as _;
use std::path::PathBuf;

use jiff::civil::Date;
use mktlint_gate::ledger::Ledger;
use mktlint_gate::record::{Record, path_of, to_sign};
use mktlint_host::gate::{self, Asked, Compared};
use mktlint_host::state::{self, Head};
use mktlint_host::{records, system};

use crate::args::{Global, day};
use crate::console::Console;
use crate::decision;
use crate::home::Home;
use crate::interrupt::uninterrupted;
use crate::status::{Status, Stop};
use crate::voice::{Voice, Who};

const HELP: &str = "\
Records that you approve of a change, as a file in `decisions/` that your SSH key signs. It holds what each part that \
changed says now: the claims, the copy, the prices, who can get it. It counts until one of these says something else; \
other spaces, a corrected spelling or a renamed file void nothing.

Commit the file with the change. Only keys count that the policy of BASE already has for the role, as `role legal { \
members [\"lea@acme.example\"]  keys \"keys/legal.signers\" }` names them.

The key is --key, else the first of these that the role has: the one git signs with (`user.signingKey`, when \
`gpg.format` is `ssh`), those of the agent, those in `~/.ssh`. A passphrase is asked for on the terminal, or taken from \
MKTLINT_KEY_PASSPHRASE, and kept nowhere.

Examples:
  mktlint approve --role legal
  mktlint approve 2026-11-serum --role legal --only claims,disclosures --reason 'read the study'
  mktlint approve campaigns/serum --role brand --base origin/main --dry-run
  mktlint approve policy --role legal --key ~/.ssh/id_work
  mktlint approve 2026-11-serum --role legal --reject --reason 'the study is of another product'
  mktlint approve --withdraw 2026-11-22-legal-3fa9c2d1 --reason 'the study was retracted'

Exit status:
  0  the record is written; with --dry-run, it would be
  2  wrong usage or configuration, nothing to approve, or none of your keys is one of the role
  3  a policy does not compile
  4  a file cannot be read or written, or nothing was signed";

/// Flags of `approve`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// The campaign, a file of it, or `policy`; the only thing that changed when none is given
    #[arg(value_name = "CAMPAIGN|PATH")]
    what: Option<String>,
    /// The role in which you decide
    #[arg(long, value_name = "ROLE", required_unless_present = "withdraw")]
    role: Option<String>,
    /// What the change starts from: a revision or a folder; the branch that it goes to when none is given
    #[arg(long, value_name = "REF")]
    base: Option<String>,
    /// Only these kinds of parts: claims, copy, price, links, disclosures, audience, …
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    only: Vec<String>,
    /// Who you are, when the key is not yours alone
    #[arg(long = "as", value_name = "PERSON")]
    person: Option<String>,
    /// The SSH key to sign with: either half
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// The last day on which it holds, in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    expires: Option<Date>,
    /// Why; needed to reject and to withdraw
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// What must stay true
    #[arg(long, value_name = "TEXT")]
    condition: Vec<String>,
    /// What you looked at: a document, or an `evidence` of the policy
    #[arg(long, value_name = "NAME")]
    evidence: Vec<String>,
    /// Reject instead
    #[arg(long, requires = "reason")]
    reject: bool,
    /// Take an earlier decision of your role back
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with_all = ["what", "reject", "only", "expires"])]
    withdraw: Option<String>,
    /// Show what would be signed, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

/// Records a decision.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let asked = asked(args, &home)?;
    let compared = match gate::compare(&home.workspace, &home.folder, &asked) {
        Ok(compared) => compared,
        Err(error) => return super::gate::broken(error, &home, global, console),
    };
    // Every record counts for what the new one follows, whichever the change has to do with.
    let ledger = {
        let [head, base] = [&compared.pair.head.files, &compared.pair.standard().files];
        records::ledger(head, Some(base), None, &compared.roles, asked.now)
    };
    let session =
        Session { args, home: &home, console, compared: &compared, ledger: &ledger, now: asked.now };
    match &args.withdraw {
        Some(id) => withdraw::run(&session, id),
        None => session.decide(),
    }
}

fn asked(args: &Args, home: &Home) -> Result<Asked, Stop> {
    let base = match &args.base {
        Some(base) => base.clone(),
        // What was decided is taken back whatever changed.
        None if args.withdraw.is_some() => "HEAD".to_owned(),
        None => state::default_base(&home.workspace.root).map_err(|error| Stop::Usage(error.to_string()))?,
    };
    Ok(Asked { base, head: Head::WorkingTree, today: system::today(), now: system::now(), use_cache: true })
}

/// A decision that is being made.
struct Session<'s> {
    args: &'s Args,
    home: &'s Home,
    console: &'s Console,
    compared: &'s Compared,
    /// All records.
    ledger: &'s Ledger,
    now: jiff::Timestamp,
}

impl Session<'_> {
    /// Who decides, in `role`.
    fn voice(&self, role: &str) -> Result<Voice, Stop> {
        let who = Who { key: self.args.key.as_deref(), person: self.args.person.as_deref() };
        Voice::find(&self.compared.roles, role, &who, self.home)
    }

    fn decide(&self) -> Result<Status, Stop> {
        let role = self.args.role.as_deref().unwrap_or_default();
        let unit = choose::unit(self.compared, self.args.what.as_deref(), self.home)?;
        let voice = self.voice(role)?;
        let record = draft::of(self, unit, &voice)?;
        self.console.show(&show::before(unit, &record, &voice, self.console))?;
        show::warnings(unit, &record, self.console);
        self.record(&record, &voice)
    }

    /// Signs and writes `record`, unless whoever is at the terminal says no.
    fn record(&self, record: &Record, voice: &Voice) -> Result<Status, Stop> {
        let file = path_of(record);
        if self.args.dry_run {
            self.console.show(&format!("\n{}", to_sign(record).trim_end()))?;
            self.console.show("\n")?;
            self.console.note(&format!("nothing was written; it would be `{}`", self.home.shown(&file)));
            return Ok(Status::OK);
        }
        if !self.is_agreed()? {
            self.console.note("nothing was written");
            return Ok(Status::OK);
        }
        let text = voice.sign(record)?;
        decision::must_count(&file, &text, &self.compared.roles, self.now)?;
        let root = self.home.workspace.root.as_path();
        let shown = self.home.shown(&file);
        uninterrupted(|| records::write(root, &file, &text))
            .map_err(|reason| Stop::File(format!("`{shown}` cannot be written: {reason}")))?;
        self.console
            .note(&format!("wrote `{shown}`, signed by `{}` as `{}`", voice.key.fingerprint, voice.person));
        self.console.note(&format!("next: `git add {shown}`, then `mktlint gate`"));
        Ok(Status::OK)
    }

    fn is_agreed(&self) -> Result<bool, Stop> {
        if self.args.yes || !self.console.is_terminal || !std::io::stdin().is_terminal() {
            return Ok(true);
        }
        self.console.print("\nsign this? [y/N] ")?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}
