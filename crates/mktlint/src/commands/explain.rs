//! `mktlint explain`.

mod fact;
mod pack;
mod place;
mod rule;
mod sheet;

use mktlint_diag::{Code, closest};
use mktlint_host::system;

use crate::args::Global;
use crate::book::{Shelf, Versions};
use crate::catalog;
use crate::console::Console;
use crate::home::Home;
use crate::policies::Policies;
use crate::status::{Status, Stop};

/// Flags of `explain`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint explain MKT0205\n  mktlint explain std.us.can_spam.no_fake_reply\n  \
    mktlint explain std.us.can_spam\n  mktlint explain unsubscribe_valid_for\n  \
    mktlint explain campaigns/2026-11-serum/email.html:41:18"
)]
pub struct Args {
    /// A code, a rule, a fact, a pack (the last word of its name will do), or FILE:LINE[:COLUMN] of an asset
    #[arg(value_name = "CODE|NAME|FILE:LINE[:COL]")]
    what: String,
}

/// Says what a code or a name means, or why rules fired at a place.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    if let Some(code) = code(&args.what) {
        console.show(&page(code, console))?;
        return Ok(Status::OK);
    }
    if let Some(at) = place::parse(&args.what) {
        return place::explain(&at, global, console);
    }
    let home = Home::find(global)?;
    let compiled = match home.compile(global, console)? {
        Ok(compiled) => compiled,
        Err(status) => return Ok(status),
    };
    let policies = Policies::new(&home, &compiled);
    let program = policies.everything();
    let shelf = Shelf::new(&policies, &program, system::today());
    let pages = pages(&args.what, &shelf, &home, console);
    if pages.is_empty() {
        return Err(unknown(&args.what, &shelf));
    }
    console.show(&pages.join("\n"))?;
    Ok(Status::OK)
}

/// The pages of everything that `what` names: rules, else packs, else other declarations.
fn pages(what: &str, shelf: &Shelf<'_>, home: &Home, console: &Console) -> Vec<String> {
    let rules = catalog::of_program(shelf.program);
    let found = rules.iter().filter(|rule| catalog::is_name_of(what, rule.name()));
    let pages: Vec<String> = found.map(|rule| rule::page(*rule, shelf, console)).collect();
    if !pages.is_empty() {
        return pages;
    }
    let modules = pack::modules(what, shelf);
    if !modules.is_empty() {
        return vec![pack::page(&modules, shelf, &Versions::of(home), console)];
    }
    catalog::others(shelf.program, what)
        .map(|placed| {
            let fact = fact::page(placed, shelf, console);
            fact.unwrap_or_else(|| rule::declaration(placed, shelf, console))
        })
        .collect()
}

fn code(word: &str) -> Option<&'static Code> {
    catalog::codes().into_iter().find(|code| code.id.eq_ignore_ascii_case(word) || code.slug == word)
}

/// The page of a code; headings stand out on a terminal.
fn page(code: &Code, console: &Console) -> String {
    let line = |line: &str| if line.starts_with('#') { console.bold(line) } else { line.to_owned() };
    let mut text = code.page.lines().map(line).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

fn unknown(word: &str, shelf: &Shelf<'_>) -> Stop {
    let codes = catalog::codes();
    let names = || shelf.program.items.iter().map(|placed| placed.item.path.0.as_str());
    let last_words = names().filter_map(|name| name.rsplit('.').next());
    let known = names().chain(last_words).chain(shelf.modules()).chain(codes.iter().map(|code| code.id));
    let help = match closest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`mktlint rules --all` lists the rules".to_owned(),
    };
    Stop::Usage(format!("no code, rule, pack, fact or place is called `{word}`; {help}"))
}
