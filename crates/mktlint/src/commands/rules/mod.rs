//! `mktlint rules`.

mod json;
mod table;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use mktlint_hir::model::program::Program;
use mktlint_host::system;

use crate::args::Global;
use crate::book::{Book, Page, Shelf, Versions, html, markdown};
use crate::catalog::{Rule, of_program};
use crate::console::Console;
use crate::home::Home;
use crate::interrupt::uninterrupted;
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

/// How to print lists and plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[value(alias = "pretty")]
    Text,
    /// For tools.
    Json,
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

/// Lists rules.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let compiled = match home.compile(global, console)? {
        Ok(compiled) => compiled,
        Err(status) => return Ok(status),
    };
    let policies = Policies::new(&home, &compiled);
    // A page speaks of words and facts of packs that are not in force.
    let program = policies.everything();
    let rules = args.rules(&program);
    let shelf = Shelf::new(&policies, &program, system::today());
    let console = &if args.output.is_some() { console.plain() } else { console.clone() };
    let text = match args.output_format {
        Listing::Text => table::table(&rules, &shelf, console),
        Listing::Json => {
            let versions = Versions::of(&home);
            let pages = rules.iter().map(|rule| Page::of(*rule, &shelf));
            json::document(pages, &versions)
        }
        Listing::Markdown => {
            markdown::document(&Book::new(&rules, &shelf, &Versions::of(&home)), name(&home), &shelf)
        }
        Listing::Html => {
            html::document(&Book::new(&rules, &shelf, &Versions::of(&home)), name(&home), &shelf)
        }
    };
    match (&args.output, args.output_format) {
        (Some(path), _) => write(&home, path, &text)?,
        (None, Listing::Text) => console.show(&text)?,
        (None, _) => console.print(&text)?,
    }
    if args.output_format == Listing::Text || args.output.is_some() {
        console.note(&counts(args, &rules));
    }
    Ok(Status::OK)
}

fn name(home: &Home) -> &str {
    &home.workspace.config.name
}

/// Writes the file whole or not at all.
fn write(home: &Home, path: &Path, text: &str) -> Result<(), Stop> {
    uninterrupted(|| system::write_file(&home.folder.join(path), text.as_bytes()))
        .map_err(|reason| Stop::File(format!("`{}` cannot be written: {reason}", path.display())))
}

/// `3 rules in force; …`
fn counts(args: &Args, rules: &[Rule<'_>]) -> String {
    let n_off = rules.iter().filter(|rule| !rule.is_in_force()).count();
    let hint =
        if args.all { format!(", {n_off} not in force") } else { "; `--all` lists the others".to_owned() };
    let which = if args.names.is_empty() { "" } else { " of that name" };
    format!("{}{which} in force{hint}", counted(rules.len() - n_off, "rule"))
}
