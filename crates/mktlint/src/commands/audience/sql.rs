//! `mktlint audience sql`.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use mktlint_decide::Formula;
use mktlint_sql::{Dialect, Now, Part, Source, Unsupported, create_table, query};
use smol_str::SmolStr;

use super::reach::Reach;
use crate::args::{Day, Global};
use crate::console::Console;
use crate::people::{Crowd, Group, named};
use crate::status::{Reason, Status, Stop};

/// The table when neither flag nor configuration names one.
const TABLE: &str = "contacts";

/// Flags of `audience sql`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  mktlint audience sql vip\n  \
    mktlint audience sql vip --dialect bigquery --table crm.people --now database\n  \
    mktlint audience sql --all --minus-suppressions --channel email\n\n\
    `[contacts]` in `mktlint.toml` says which table and columns hold contacts.\n\n\
    Exit status:\n  0  all queries are printed\n  4  a condition has no SQL")]
pub struct Args {
    /// An audience or suppression; the last words of its name will do
    #[arg(value_name = "NAME", required_unless_present_any = ["all", "create_table"], conflicts_with = "all")]
    name: Option<String>,
    /// All audiences
    #[arg(long)]
    all: bool,
    /// Print the statement that makes a table of contacts instead
    #[arg(long, conflicts_with_all = ["name", "all", "minus_suppressions", "at"])]
    create_table: bool,
    /// The kind of SQL
    #[arg(long, value_name = "DIALECT", default_value = "duckdb")]
    #[arg(value_parser = PossibleValuesParser::new(Dialect::ALL.map(Dialect::name)).map(dialect))]
    dialect: Dialect,
    /// The table of contacts [default: that of the configuration, else contacts]
    #[arg(long, value_name = "TABLE")]
    table: Option<String>,
    #[command(flatten)]
    reach: Reach,
    /// Whether today is written into the query or asked of the database
    #[arg(long, value_name = "WHEN", default_value = "literal")]
    now: Today,
    #[command(flatten)]
    day: Day,
}

/// What today is in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Today {
    /// The day of --at, else today.
    Literal,
    /// The database's own day whenever the query runs.
    Database,
}

fn dialect(name: String) -> Dialect {
    Dialect::find(&name).unwrap_or(Dialect::DuckDb)
}

/// Prints audiences as SQL.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    if args.now == Today::Database && args.day.at.is_some() {
        return Err(Stop::Usage("`--now database` and `--at` contradict each other".to_owned()));
    }
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let columns = crowd.columns()?;
    let table = args
        .table
        .clone()
        .or_else(|| crowd.home.workspace.config.contacts.table.as_ref().map(SmolStr::to_string));
    let table = table.unwrap_or_else(|| TABLE.to_owned());
    let source = Source {
        schema: crowd.schema(),
        definitions: crowd.definitions(),
        dialect: args.dialect,
        now: if args.now == Today::Database { Now::Database } else { Now::At(crowd.now) },
        table: &table,
        columns: &columns,
    };
    if args.create_table {
        let statement = create_table(crowd.schema(), args.dialect, &table, &columns);
        console.print(&format!("{statement};\n"))?;
        return Ok(Status::OK);
    }
    let suppressions = args.reach.suppressions(&crowd, console)?;
    let groups = match &args.name {
        Some(name) => vec![named(name, &crowd.groups(), "audience")?],
        None => crowd.audiences(),
    };
    let mut texts = Vec::new();
    let mut is_undecided = false;
    for group in &groups {
        match of_group(group, &suppressions, &source) {
            Ok(text) => texts.push(format!("{text};\n")),
            Err(unsupported) => {
                is_undecided = true;
                console.error(&no_sql(group, &unsupported, &crowd));
            }
        }
    }
    console.print(&texts.join("\n"))?;
    Ok(Status::OK.when(is_undecided, Reason::Undecided))
}

fn of_group(
    group: &Group<'_>,
    suppressions: &[(String, Formula)],
    source: &Source<'_>,
) -> Result<String, Unsupported> {
    let own = group.own();
    let others = suppressions.iter().filter(|(name, _)| name != group.name);
    // Definitions get a comment with their name by themselves.
    let minus: Vec<Part<'_>> = others.map(|(_, formula)| Part { title: "", formula }).collect();
    query(source, &Part { title: group.title.unwrap_or_default(), formula: &own }, &minus)
}

fn no_sql(group: &Group<'_>, unsupported: &Unsupported, crowd: &Crowd) -> String {
    let at = crowd.condition(&unsupported.origin).map(|at| format!(" ({at})")).unwrap_or_default();
    format!("`{}` has no SQL: {}{at}", group.name, unsupported.why)
}
