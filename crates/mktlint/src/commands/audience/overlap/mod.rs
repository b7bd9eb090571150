//! `mktlint audience overlap`.

mod relation;
mod table;

use mktlint_decide::{Formula, People, Solver, Verdict, Witness};
use serde_json::{Value as Json, json};

use crate::args::{Day, Format, Global};
use crate::console::Console;
use crate::people::{Crowd, Group, as_json, named, short_names};
use crate::status::{Reason, Status, Stop};
pub use relation::{Relation, Relations, relations};

/// Flags of `audience overlap`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint audience overlap\n  mktlint audience overlap vip serum_lovers --with\n  \
    mktlint audience overlap --at-least 3\n\n\
    Exit status:\n  0  everything is decided\n  4  something cannot be decided"
)]
pub struct Args {
    /// Audiences and suppressions; all audiences when none is given
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Show somebody who is in all of them and, of two, somebody who is in one alone
    #[arg(long, conflicts_with = "at_least")]
    with: bool,
    /// Show somebody who is in at least so many of them
    #[arg(long, value_name = "COUNT")]
    at_least: Option<usize>,
    /// Draw the table in ASCII
    #[arg(long)]
    ascii: bool,
    #[command(flatten)]
    day: Day,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

/// Compares audiences.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let groups = wanted(args, &crowd)?;
    if groups.is_empty() {
        console.note("the policy declares no audience");
    }
    let mut solver = crowd.solver();
    let answer = if let Some(least) = args.at_least {
        at_least(least, &groups, &crowd, &mut solver)?
    } else if args.with {
        with(&groups, &crowd, &mut solver)?
    } else {
        matrix(args, &groups, &crowd, &mut solver)
    };
    match args.output_format {
        Format::Text => console.show(&answer.text)?,
        Format::Json => console.print(&format!("{:#}\n", answer.json))?,
    }
    Ok(Status::OK.when(answer.is_undecided, Reason::Undecided))
}

/// What is printed.
struct Answer {
    text: String,
    json: Json,
    is_undecided: bool,
}

fn wanted<'c>(args: &Args, crowd: &'c Crowd) -> Result<Vec<Group<'c>>, Stop> {
    if args.names.is_empty() {
        return Ok(crowd.audiences());
    }
    let all = crowd.groups();
    args.names.iter().map(|name| named(name, &all, "audience")).collect()
}

fn matrix(args: &Args, groups: &[Group<'_>], crowd: &Crowd, solver: &mut Solver<'_>) -> Answer {
    let relations = relations(groups, crowd, solver);
    let is_undecided = relations.pairs.iter().any(|(_, _, it)| matches!(it, Relation::Undecided(_)));
    let json = |(a, b, relation): &(usize, usize, Relation)| {
        json!({
            "a": groups.get(*a).map(|group| group.name),
            "b": groups.get(*b).map(|group| group.name),
            "relation": relation.word(),
            "why": relation.why(),
        })
    };
    // Half a million pairs are worth writing once.
    let (mut text, mut list) = (String::new(), Json::Null);
    match args.output_format {
        Format::Text => text = table::text(&short_names(groups), &relations, args.ascii),
        Format::Json => {
            list = json!({
                "audiences": groups.iter().map(|group| group.name).collect::<Vec<_>>(),
                "pairs": relations.pairs.iter().map(json).collect::<Vec<_>>(),
            });
        }
    }
    Answer { text, json: list, is_undecided }
}

/// Somebody in all of `groups`; of two also somebody in each without the other.
fn with(groups: &[Group<'_>], crowd: &Crowd, solver: &mut Solver<'_>) -> Result<Answer, Stop> {
    let names = short_names(groups);
    let mut questions = Vec::new();
    let all = Formula::And(groups.iter().map(Group::formula).collect());
    questions.push((format!("in {}", joined(&names)), all));
    if let ([a, b], [first, second]) = (groups, names.as_slice()) {
        questions.push((format!("in `{first}` alone"), a.formula().minus(b.formula())));
        questions.push((format!("in `{second}` alone"), b.formula().minus(a.formula())));
    } else if groups.len() < 2 {
        return Err(Stop::Usage("`--with` compares two audiences or more; name them".to_owned()));
    }
    let mut answer = Answer { text: String::new(), json: Json::Null, is_undecided: false };
    let width = questions.iter().map(|(words, _)| words.chars().count()).max().unwrap_or(0);
    let mut all = Vec::new();
    for (words, formula) in questions {
        let (said, example) = match somebody(&formula, crowd, solver) {
            Ok(None) => ("nobody".to_owned(), Json::Null),
            Ok(Some(witness)) => (crowd.show(&witness), as_json(&witness)),
            Err(why) => {
                answer.is_undecided = true;
                (format!("cannot be decided: {why}"), Json::Null)
            }
        };
        answer.text.push_str(&format!("{words:<width$}  {said}\n"));
        all.push(json!({ "who": words.replace('`', ""), "example": example, "answer": said }));
    }
    answer.json = json!(all);
    Ok(answer)
}

fn joined(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
}

/// Somebody for whom `formula` holds; the reason when that cannot be decided.
pub fn somebody(
    formula: &Formula,
    crowd: &Crowd,
    solver: &mut Solver<'_>,
) -> Result<Option<Witness>, String> {
    let people = solver.people(formula, crowd.now).map_err(|undecided| crowd.why(&undecided))?;
    match solver.is_nobody(&people) {
        Verdict::Holds => Ok(None),
        Verdict::Fails(witness) => Ok(Some(witness)),
        Verdict::Undecided(undecided) => Err(crowd.why(&undecided)),
    }
}

/// Somebody in at least `least` of `groups`.
fn at_least(
    least: usize,
    groups: &[Group<'_>],
    crowd: &Crowd,
    solver: &mut Solver<'_>,
) -> Result<Answer, Stop> {
    if least == 0 || least > groups.len() {
        return Err(Stop::Usage(format!("there are {} audiences; ask for 1 to {0} of them", groups.len())));
    }
    let people: Result<Vec<People>, _> =
        groups.iter().map(|group| solver.people(&group.formula(), crowd.now)).collect();
    let found = people.and_then(|people| solver.overlap(least, &people));
    let names = short_names(groups);
    Ok(match found {
        Ok(None) => Answer {
            text: format!("nobody is in {least} of them\n"),
            json: json!({ "example": null, "audiences": [] }),
            is_undecided: false,
        },
        Ok(Some(overlap)) => {
            let own: Vec<&str> = overlap.sets.iter().filter_map(|at| names.get(*at).copied()).collect();
            let full: Vec<&str> = overlap.sets.iter().filter_map(|at| Some(groups.get(*at)?.name)).collect();
            Answer {
                text: format!("{} is in {}\n", crowd.show(&overlap.witness), joined(&own)),
                json: json!({ "example": as_json(&overlap.witness), "audiences": full }),
                is_undecided: false,
            }
        }
        Err(undecided) => {
            let why = crowd.why(&undecided);
            Answer {
                text: format!("cannot be decided: {why}\n"),
                json: json!({ "why": why }),
                is_undecided: true,
            }
        }
    })
}
