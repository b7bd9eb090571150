//! `mktlint rules`.

mod json;
mod table;

use std::path::PathBuf;

use clap::ValueEnum;
use mktlint_hir::model::program::Program;
use mktlint_host::system;

use crate::args::Global;
use crate::book::{Book, Page, Shelf, Versions, html, markdown};
use crate::catalog::{Rule, of_program};
use crate::console::Console;
use crate::files;
use crate::home::Home;
use crate::policies::Policies;
use crate::status::{Status, Stop};
use crate::words::counted;

/// Flags of `rules`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint rules\n  mktlint rules --all std.us\n  mktlint rules --output-format json\n  \
    mktlint rules --all --output-format html --output rules.html"
)]
pub struct Args {
    /// Only rules with this in their name
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// List the rules of packs that are not in force, too
    #[arg(long)]
    all: bool,
    /// How to print them; `markdown` and `html` are the rule book, with the page of each rule
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Listing,
    /// Write them to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How to print rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Listing {
    /// A line for each.
    #[value(alias = "pretty")]
    Text,
    /// For tools.
    Json,
    /// The rule book as one document.
    Markdown,
    /// The rule book as one page for a browser.
    Html,
}

impl Args {
    /// The rules that are wanted, in order of name.
    fn rules<'p>(&self, program: &'p Program) -> Vec<Rule<'p>> {
        let mut rules = of_program(program);
        rules.retain(|rule| self.all || rule.is_in_force());
        rules.retain(|rule| {
            self.names.is_empty() || self.names.iter().any(|name| rule.name().contains(name.as_str()))
        });
        rules
    }
}

impl Args {
    /// `rules` in the format that is wanted.
    fn text(
        &self,
        rules: &[Rule<'_>],
        program: &Program,
        policies: &Policies<'_>,
        home: &Home,
        console: &Console,
    ) -> String {
        if self.output_format == Listing::Text {
            let console = if self.output.is_some() { &console.plain() } else { console };
            return table::table(rules, policies, console);
        }
        let (shelf, versions) = (Shelf::new(policies, program, system::today()), Versions::of(home));
        let book = || Book::new(rules, &shelf, &versions);
        let name = home.workspace.config.name.as_str();
        match self.output_format {
            Listing::Markdown => markdown::document(&book(), name, &shelf),
            Listing::Html => html::document(&book(), name, &shelf),
            Listing::Json | Listing::Text => {
                json::document(rules.iter().map(|rule| Page::of(*rule, &shelf)), &versions)
            }
        }
    }
}

/// Lists rules.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let compiled = match home.compile(global, console)? {
        Ok(compiled) => compiled,
        Err(status) => return Ok(status),
    };
    let policies = Policies::new(&home, &compiled);
    // A page speaks of words and facts of packs that are not in force; a line does not.
    let needs_all = args.all || args.output_format != Listing::Text;
    let program = if needs_all { policies.everything() } else { compiled.program() };
    let rules = args.rules(&program);
    let text = args.text(&rules, &program, &policies, &home, console);
    match (&args.output, args.output_format) {
        (Some(path), _) => files::write(&home.folder.join(path), path, text.as_bytes())?,
        (None, Listing::Text) => console.show(&text)?,
        (None, _) => console.print(&text)?,
    }
    if args.output_format == Listing::Text || args.output.is_some() {
        console.note(&counts(args, &rules));
    }
    Ok(Status::OK)
}

/// `3 rules in force; …`
fn counts(args: &Args, rules: &[Rule<'_>]) -> String {
    let n_off = rules.iter().filter(|rule| !rule.is_in_force()).count();
    let hint =
        if args.all { format!(", {n_off} not in force") } else { "; `--all` lists the others".to_owned() };
    let which = if args.names.is_empty() { "" } else { " of that name" };
    format!("{}{which} in force{hint}", counted(rules.len() - n_off, "rule"))
}
