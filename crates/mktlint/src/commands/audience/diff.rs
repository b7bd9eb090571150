//! `mktlint audience diff`.

use jiff::civil::DateTime;
use mktlint_decide::{
    Definitions, Formula, Limits, Schema, Solver, Undecided, UndecidedKind, Verdict, Witness,
    renamed_definitions, show_formula,
};
use mktlint_plan::Plan;
use serde_json::{Value as Json, json};

use crate::args::{Day, Format, Global};
use crate::console::Console;
use crate::people::{Crowd, Group, as_json, named};
use crate::status::{Reason, Status, Stop};
use crate::version::Version;

/// Descriptions with more conditions than these say nothing to anybody.
const MOST: usize = 12;

/// What the definitions of another version are called here, so that both fit into one question.
const OLD: &str = "old:";

/// Flags of `audience diff`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  mktlint audience diff vip serum_lovers\n  mktlint audience diff --base HEAD~1 vip\n  \
    mktlint audience diff --base ../last-year vip\n\n\
    Exit status:\n  \
      0  it is decided who enters and who leaves\n  \
      3  the policy, or the other version of it, does not compile\n  \
      4  it cannot be decided"
)]
pub struct Args {
    /// The audience to start from; with --base the one to compare
    #[arg(value_name = "OLD")]
    old: String,
    /// The audience to end with
    #[arg(value_name = "NEW", required_unless_present = "base", conflicts_with = "base")]
    new: Option<String>,
    /// Start from the audience as it was in this git revision, or is in this folder
    #[arg(long, value_name = "REF|FOLDER")]
    base: Option<String>,
    #[command(flatten)]
    day: Day,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

/// Says who enters and who leaves.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let question = match (&args.base, &args.new) {
        (Some(base), _) => match Version::of(base, &crowd.home, crowd.now.date(), console)? {
            Ok(version) => Question::between_versions(&args.old, base, &version.plan, &crowd)?,
            Err(status) => return Ok(status),
        },
        (None, Some(new)) => Question::between_names(&args.old, new, &crowd)?,
        (None, None) => return Err(Stop::Usage("name the audience to end with".to_owned())),
    };
    let answer = question.answer(&crowd);
    match args.output_format {
        Format::Text => console.show(&answer.text(&question, console))?,
        Format::Json => console.print(&format!("{:#}\n", answer.json(&question)))?,
    }
    let is_undecided = [&answer.enter, &answer.leave].iter().any(|side| matches!(side, Side::Undecided(_)));
    Ok(Status::OK.when(is_undecided, Reason::Undecided))
}

/// Two conditions that one solver can compare.
struct Question {
    old: Formula,
    new: Formula,
    /// What the two are called.
    names: [String; 2],
    schema: Schema,
    definitions: Definitions,
    now: DateTime,
}

impl Question {
    fn between_names(old: &str, new: &str, crowd: &Crowd) -> Result<Self, Stop> {
        let all = crowd.groups();
        let (old, new) = (named(old, &all, "audience")?, named(new, &all, "audience")?);
        Ok(Self {
            old: old.formula(),
            new: new.formula(),
            names: [old.name.to_owned(), new.name.to_owned()],
            schema: crowd.schema().clone(),
            definitions: crowd.definitions().clone(),
            now: crowd.now,
        })
    }

    fn between_versions(name: &str, base: &str, plan: &Plan, crowd: &Crowd) -> Result<Self, Stop> {
        let new = named(name, &crowd.groups(), "audience")?;
        let audiences = plan.people.audiences.iter().map(|it| Group::audience(it, plan));
        let suppressions = plan.people.suppressions.iter().map(|it| Group::suppression(it, plan));
        let olds: Vec<Group<'_>> = audiences.chain(suppressions).collect();
        let same = olds.iter().find(|old| old.name == new.name).copied();
        let old = same.map_or_else(|| named(name, &olds, "audience"), Ok).map_err(|stop| match stop {
            Stop::Usage(words) => Stop::Usage(format!("in `{base}` {words}")),
            other => other,
        })?;
        let schema = crowd.schema().merged(&plan.people.schema).map_err(|clash| {
            let name = clash.attribute;
            Stop::File(format!(
                "`{name}` has another kind of value in `{base}`, so the two cannot be compared"
            ))
        })?;
        let mut definitions = renamed_definitions(&plan.people.definitions, OLD);
        definitions.extend(crowd.definitions().iter().map(|(name, it)| (name.clone(), it.clone())));
        Ok(Self {
            old: old.formula().renamed(OLD),
            new: new.formula(),
            names: [format!("{} in {base}", old.name), new.name.to_owned()],
            schema,
            definitions,
            now: crowd.now,
        })
    }

    fn answer(&self, crowd: &Crowd) -> Answer {
        let mut solver = Solver::new(&self.schema, &self.definitions, Limits::default());
        let enter = self.side(self.new.clone().minus(self.old.clone()), &mut solver, crowd);
        let leave = self.side(self.old.clone().minus(self.new.clone()), &mut solver, crowd);
        Answer { enter, leave }
    }

    fn side(&self, formula: Formula, solver: &mut Solver<'_>, crowd: &Crowd) -> Side {
        let shown = |formula: &Formula| show_formula(formula, &self.schema, &self.definitions);
        let people = match solver.people(&formula, self.now) {
            Ok(people) => people,
            Err(undecided) => return Side::Undecided(why(&undecided, crowd)),
        };
        match solver.is_nobody(&people) {
            Verdict::Holds => Side::Nobody,
            Verdict::Undecided(undecided) => Side::Undecided(why(&undecided, crowd)),
            Verdict::Fails(witness) => {
                let conditions = solver.describe(&people, MOST);
                Side::Some {
                    example: witness.show(&self.schema, self.now),
                    conditions: conditions.map(|all| all.iter().map(shown).collect()),
                    witness,
                }
            }
        }
    }
}

/// As [`Crowd::why`], without places in the other version, which is not at hand.
fn why(undecided: &Undecided, crowd: &Crowd) -> String {
    let is_here = |name: &str| !name.starts_with(OLD);
    let mut own = undecided.clone();
    own.origins.retain(|origin| origin.definition.as_deref().is_some_and(is_here));
    match &own.kind {
        UndecidedKind::NotUnderstood(_) | UndecidedKind::TooComplex => crowd.why(&own),
    }
}

/// Who enters, or who leaves.
enum Side {
    Nobody,
    Some {
        witness: Witness,
        example: String,
        /// One of them holds for each who does; `None` when there would be too many.
        conditions: Option<Vec<String>>,
    },
    Undecided(String),
}

struct Answer {
    enter: Side,
    leave: Side,
}

impl Answer {
    fn text(&self, question: &Question, console: &Console) -> String {
        let [old, new] = &question.names;
        let mut text = format!("from {} to {}\n", console.bold(old), console.bold(new));
        if matches!((&self.enter, &self.leave), (Side::Nobody, Side::Nobody)) {
            text.push_str("the same people are in both\n");
            return text;
        }
        for (word, side) in [("enter", &self.enter), ("leave", &self.leave)] {
            side.lines().iter().enumerate().for_each(|(at, line)| {
                let word = if at == 0 { word } else { "" };
                text.push_str(&format!("{word:<7} {line}\n"));
            });
        }
        text
    }

    fn json(&self, question: &Question) -> Json {
        let [old, new] = &question.names;
        json!({ "old": old, "new": new, "enter": self.enter.json(), "leave": self.leave.json() })
    }
}

impl Side {
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Nobody => vec!["nobody".to_owned()],
            Self::Undecided(why) => vec![format!("cannot be decided: {why}")],
            Self::Some { example, conditions, .. } => {
                let mut lines = match conditions.as_deref() {
                    None | Some([]) => Vec::new(),
                    Some([first, others @ ..]) => {
                        let others = others.iter().map(|other| format!("or {other}"));
                        std::iter::once(first.clone()).chain(others).collect()
                    }
                };
                lines.push(format!("for example {example}"));
                lines
            }
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Nobody => json!({ "size": "nobody" }),
            Self::Undecided(why) => json!({ "size": "undecided", "why": why }),
            Self::Some { witness, conditions, .. } => {
                json!({ "size": "some", "any_of": conditions, "example": as_json(witness) })
            }
        }
    }
}
