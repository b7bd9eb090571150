//! `mktlint explain`.

mod place;
mod rule;

use mktlint_diag::{Code, closest};

use crate::args::Global;
use crate::catalog;
use crate::console::Console;
use crate::home::Home;
use crate::policies::Policies;
use crate::status::{Status, Stop};

/// Flags of `explain`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint explain MKT0205\n  mktlint explain std.us.can_spam.no_fake_reply\n  \
    mktlint explain campaigns/2026-11-serum/email.html:41:18"
)]
pub struct Args {
    /// A code, the name of a rule (its last word will do), or FILE:LINE[:COLUMN] of an asset
    #[arg(value_name = "CODE|RULE|FILE:LINE[:COL]")]
    what: String,
}

/// Says what a code or a rule means, or why rules fired at a place.
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
    let rules = catalog::of_program(&program);
    let found: Vec<_> = rules.iter().filter(|rule| catalog::names(&args.what, rule.name())).collect();
    if found.is_empty() {
        let others: Vec<_> = catalog::others(&program, &args.what).collect();
        if others.is_empty() {
            return Err(unknown(&args.what, &rules));
        }
        let pages: Vec<String> = others.iter().map(|it| rule::declaration(it, &policies, console)).collect();
        console.show(&pages.join("\n"))?;
        return Ok(Status::OK);
    }
    let pages: Vec<String> = found.iter().map(|rule| rule::page(rule, &policies, console)).collect();
    console.show(&pages.join("\n"))?;
    Ok(Status::OK)
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

fn unknown(word: &str, rules: &[catalog::Rule<'_>]) -> Stop {
    let codes = catalog::codes();
    let names = rules.iter().map(catalog::Rule::name);
    let last_words = rules.iter().filter_map(|rule| rule.name().rsplit('.').next());
    let known = names.chain(last_words).chain(codes.iter().map(|code| code.id));
    let help = match closest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`mktlint rules --all` lists the rules".to_owned(),
    };
    Stop::Usage(format!("no code, rule or place is called `{word}`; {help}"))
}
