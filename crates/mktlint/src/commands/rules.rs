//! `mktlint rules`.

use clap::ValueEnum;
use serde_json::json;

use crate::args::Global;
use crate::catalog::{Rule, of_program};
use crate::console::Console;
use crate::home::Home;
use crate::policies::Policies;
use crate::status::{Status, Stop};
use crate::words::counted;

/// Flags of `rules`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint rules\n  mktlint rules --all std.us\n  mktlint rules --output-format json"
)]
pub struct Args {
    /// Only rules with this in their name
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// List the rules of packs that are not in force, too
    #[arg(long)]
    all: bool,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
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

/// Lists rules.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let compiled = match home.compile(global, console)? {
        Ok(compiled) => compiled,
        Err(status) => return Ok(status),
    };
    let policies = Policies::new(&home, &compiled);
    let program = if args.all { policies.everything() } else { compiled.program() };
    let mut rules = of_program(&program);
    rules.retain(|rule| args.all || rule.is_in_force());
    rules.retain(|rule| {
        args.names.is_empty() || args.names.iter().any(|name| rule.name().contains(name.as_str()))
    });
    match args.output_format {
        Format::Text => console.show(&table(&rules, &policies, console))?,
        Format::Json => {
            let all: Vec<_> = rules.iter().map(|rule| as_json(rule, &policies)).collect();
            console.print(&format!("{:#}\n", json!(all)))?;
        }
    }
    if args.output_format == Format::Text {
        let n_off = rules.iter().filter(|rule| !rule.is_in_force()).count();
        let hint = if args.all {
            format!(", {n_off} not in force")
        } else {
            "; `--all` lists the others".to_owned()
        };
        let which = if args.names.is_empty() { "" } else { " of that name" };
        console.note(&format!("{}{which} in force{hint}", counted(rules.len() - n_off, "rule")));
    }
    Ok(Status::OK)
}

fn as_json(rule: &Rule<'_>, policies: &Policies<'_>) -> serde_json::Value {
    let place = rule.place();
    let (from, until) = rule.days();
    json!({
        "name": rule.name(),
        "kind": rule.kind(),
        "title": rule.title(),
        "level": rule.level().map(mktlint_diag::Level::as_str),
        "in_force": rule.is_in_force(),
        "from": from.map(|day| day.to_string()),
        "until": until.map(|day| day.to_string()),
        "because": rule.terms().and_then(|terms| terms.because.as_deref()),
        "waivable": rule.waivable(),
        "file": policies.shown(&place.file).as_str(),
        "line": policies.line(&place),
    })
}

/// Level, name, source, dates and title; as wide as the widest.
fn table(rules: &[Rule<'_>], policies: &Policies<'_>, console: &Console) -> String {
    let row = |rule: &Rule<'_>| {
        let level = match rule.level() {
            _ if !rule.is_in_force() => "off",
            Some(level) => level.as_str(),
            None => "-",
        };
        let place = rule.place();
        let source = format!("{}:{}", policies.shown(&place.file), policies.line(&place));
        [level.to_owned(), rule.name().to_owned(), source, rule.dates(), rule.title()]
    };
    let rows: Vec<[String; 5]> = rules.iter().map(row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let mut text = String::new();
    for [level, name, source, dates, title] in &rows {
        let name = console.bold(&format!("{name:0$}", widths[1]));
        let mut line = format!("{level:0$}  {name}  {source:1$}  ", widths[0], widths[2]);
        if widths[3] > 0 {
            line.push_str(&format!("{dates:0$}  ", widths[3]));
        }
        line.push_str(title);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
