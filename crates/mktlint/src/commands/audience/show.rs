//! `mktlint audience show`.

use mktlint_decide::{Formula, Solver, Verdict, Witness, show_formula};
use serde_json::{Value as Json, json};

use super::list::{extent_as_json, extent_in_words};
use crate::args::{Day, Format, Global};
use crate::console::Console;
use crate::people::{Crowd, Extent, Group, as_json, is_phrase, named};
use crate::status::{Status, Stop};

/// Conditions that are tried for somebody who is just out.
const MOST_TRIED: usize = 32;

/// Flags of `audience show`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  mktlint audience show lapsed_eu --at 2026-12-24")]
pub struct Args {
    /// An audience or suppression; the last words of its name will do
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    day: Day,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: Format,
}

/// Shows one audience.
pub fn run(args: &Args, global: &Global, console: &Console) -> Result<Status, Stop> {
    let crowd = match Crowd::gather(args.day.at, global, console)? {
        Ok(crowd) => crowd,
        Err(status) => return Ok(status),
    };
    let group = named(&args.name, &crowd.groups(), "audience")?;
    let page = Page::of(group, &crowd);
    match args.output_format {
        Format::Text => console.show(&page.text(&crowd, console))?,
        Format::Json => console.print(&format!("{:#}\n", page.json(&crowd)))?,
    }
    Ok(Status::OK)
}

/// Everything there is to say about an audience.
struct Page<'c> {
    group: Group<'c>,
    condition: String,
    /// What its condition names, directly or not, by name.
    parts: Vec<(&'c str, String)>,
    extent: Extent,
    just_out: Option<JustOut>,
    suppressions: Vec<(Group<'c>, Meeting)>,
}

/// Somebody for whom all conditions hold but one.
struct JustOut {
    condition: String,
    witness: Witness,
}

/// How a suppression meets an audience.
enum Meeting {
    /// It keeps out nobody of it.
    Nobody,
    /// It keeps out this one and not everybody.
    Some(Witness),
    /// It keeps out everybody.
    All,
    /// It cannot be said, for this reason.
    Undecided(String),
}

impl<'c> Page<'c> {
    fn of(group: Group<'c>, crowd: &'c Crowd) -> Self {
        let (schema, definitions) = (crowd.schema(), crowd.definitions());
        let mut solver = crowd.solver();
        let shown = |formula: &Formula| show_formula(formula, schema, definitions);
        let own = definitions.get(group.name).map(AsRef::as_ref);
        let others = crowd.suppressions().into_iter().filter(|other| other.name != group.name);
        let meetings = others.map(|other| {
            let meeting = meeting(&group, &other, crowd, &mut solver);
            (other, meeting)
        });
        Self {
            condition: own.map(shown).unwrap_or_default(),
            parts: crowd.parts(group.name).into_iter().map(|(name, part)| (name, shown(part))).collect(),
            suppressions: if group.suppression.is_some() { Vec::new() } else { meetings.collect() },
            extent: crowd.extent(&group.formula(), &mut solver),
            just_out: own.and_then(|own| just_out(own, crowd, &mut solver)),
            group,
        }
    }

    fn text(&self, crowd: &Crowd, console: &Console) -> String {
        let title = self.group.title.map(|title| format!(": {title}")).unwrap_or_default();
        let mut text = format!("{}{title}\n\n", console.bold(self.group.name));
        let docs = self.group.docs.trim();
        if !docs.is_empty() {
            text.push_str(&format!("{docs}\n\n"));
        }
        for (word, value) in self.facts(crowd) {
            text.push_str(&format!("{word:<10} {value}\n"));
        }
        if !self.suppressions.is_empty() {
            text.push_str("\nkept out by suppressions\n");
        }
        let words = |group: &Group<'_>| format!("{}{}", group.name, group.on_channels());
        let width = self.suppressions.iter().map(|(group, _)| words(group).chars().count()).max();
        for (group, meeting) in &self.suppressions {
            let said = meeting.words(crowd);
            text.push_str(&format!("  {:1$}  {said}\n", words(group), width.unwrap_or(0)));
        }
        text
    }

    fn facts(&self, crowd: &Crowd) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        if let Some(suppression) = self.group.suppression {
            let on = self.group.on_channels();
            facts.push(("keeps out", on.strip_prefix(' ').unwrap_or("on every channel").to_owned()));
            let because = suppression.head.because.map(|because| crowd.plan.str(because).to_owned());
            facts.extend(because.map(|because| ("why", because)));
        }
        let written = crowd.written(&self.group);
        if written.condition != self.condition {
            facts.push(("written", written.condition));
        }
        facts.push(("condition", self.condition.clone()));
        facts.extend(self.parts.iter().map(|(name, part)| ("where", format!("{name} = {part}"))));
        facts.extend(written.unless.map(|unless| ("unless", unless)));
        facts.push(("in", extent_in_words(&self.extent, crowd)));
        facts.extend(self.just_out.as_ref().map(|out| {
            ("just out", format!("{}, for want of `{}`", crowd.show(&out.witness), out.condition))
        }));
        facts.push(("declared", crowd.place(self.group.place)));
        facts
    }

    fn json(&self, crowd: &Crowd) -> Json {
        let parts: Vec<Json> =
            self.parts.iter().map(|(name, part)| json!({ "name": name, "condition": part })).collect();
        let suppressions: Vec<Json> =
            self.suppressions.iter().map(|(group, meeting)| meeting.json(group)).collect();
        json!({
            "name": self.group.name,
            "kind": self.group.kind(),
            "title": self.group.title,
            "docs": self.group.docs,
            "condition": self.condition,
            "where": parts,
            "unless": crowd.written(&self.group).unless,
            "who": extent_as_json(&self.extent, crowd),
            "just_out": self.just_out.as_ref().map(|out| json!({
                "example": as_json(&out.witness),
                "for_want_of": out.condition,
            })),
            "suppressions": suppressions,
            "declared": crowd.place(self.group.place),
        })
    }
}

impl Meeting {
    fn words(&self, crowd: &Crowd) -> String {
        match self {
            Self::Nobody => "nobody".to_owned(),
            Self::Some(witness) => format!("for example {}", crowd.show(witness)),
            Self::All => "everybody".to_owned(),
            Self::Undecided(why) => format!("cannot be decided: {why}"),
        }
    }

    fn json(&self, group: &Group<'_>) -> Json {
        let (who, example, why) = match self {
            Self::Nobody => ("nobody", None, None),
            Self::Some(witness) => ("some", Some(as_json(witness)), None),
            Self::All => ("everybody", None, None),
            Self::Undecided(why) => ("undecided", None, Some(why)),
        };
        json!({
            "name": group.name,
            "channels": group.channels(),
            "keeps_out": who,
            "example": example,
            "why": why,
        })
    }
}

fn meeting(group: &Group<'_>, suppression: &Group<'_>, crowd: &Crowd, solver: &mut Solver<'_>) -> Meeting {
    let both = Formula::And(vec![group.own(), suppression.formula()]);
    match crowd.extent(&both, solver) {
        Extent::Nobody => Meeting::Nobody,
        Extent::Undecided(undecided) => Meeting::Undecided(crowd.why(&undecided)),
        Extent::Everyone => Meeting::All,
        Extent::Some(witness) => {
            let spared = group.own().minus(suppression.formula());
            match crowd.extent(&spared, solver) {
                Extent::Nobody => Meeting::All,
                _ => Meeting::Some(witness),
            }
        }
    }
}

/// Somebody for whom all that `formula` asks holds but its last condition that can keep somebody out alone.
fn just_out(formula: &Formula, crowd: &Crowd, solver: &mut Solver<'_>) -> Option<JustOut> {
    let conditions = match formula {
        Formula::And(conditions) if !is_phrase(formula) => conditions.as_slice(),
        one => std::slice::from_ref(one),
    };
    (0..conditions.len()).rev().take(MOST_TRIED).find_map(|last| {
        let parts = conditions.iter().enumerate().map(|(at, condition)| match at == last {
            true => Formula::Not(Box::new(condition.clone())),
            false => condition.clone(),
        });
        let people = solver.people(&Formula::And(parts.collect()), crowd.now).ok()?;
        let Verdict::Fails(witness) = solver.is_nobody(&people) else { return None };
        let condition = show_formula(conditions.get(last)?, crowd.schema(), crowd.definitions());
        Some(JustOut { condition, witness })
    })
}
