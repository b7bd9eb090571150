//! The audiences and suppressions of the workspace, ready to be asked about.

mod group;
mod person;
mod why;
mod written;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use mktlint_decide::{Definitions, Domain, Formula, Limits, Schema, Solver, Undecided, Verdict, Witness};
use mktlint_diag::{Place, closest};
use mktlint_hir::model::program::Program;
use mktlint_host::policy::Compiled;
use mktlint_host::system;
use mktlint_plan::{PlaceRef, Plan};
use smol_str::SmolStr;

pub use group::{Group, named, short_names};
pub use person::{as_json, attributes, is_phrase, shown, value_as_json};

use crate::args::Global;
use crate::console::Console;
use crate::home::Home;
use crate::policies::Policies;
use crate::status::{Status, Stop};

/// What the policy says about people, as of one day.
#[derive(Debug)]
pub struct Crowd {
    /// The workspace.
    pub home: Home,
    /// Its policy.
    pub compiled: Compiled,
    /// Its declarations.
    pub program: Program,
    /// What they say.
    pub plan: Plan,
    /// The start of the day that stands for today.
    pub now: DateTime,
}

/// How many people a condition holds for.
#[derive(Debug)]
pub enum Extent {
    /// Nobody.
    Nobody,
    /// Everyone.
    Everyone,
    /// This one, and not everyone.
    Some(Witness),
    /// It cannot be said.
    Undecided(Undecided),
}

impl Crowd {
    /// The policy of the workspace on the day `at`, or today; `Err` with the status when it is wrong, which is then
    /// shown.
    pub fn gather(
        at: Option<Date>,
        global: &Global,
        console: &Console,
    ) -> Result<Result<Self, Status>, Stop> {
        let home = Home::find(global)?;
        let today = at.unwrap_or_else(system::today);
        let compiled = match home.compile_at(today, global, console)? {
            Ok(compiled) => compiled,
            Err(status) => return Ok(Err(status)),
        };
        let program = compiled.program();
        let plan = mktlint_plan::lower(&program);
        Ok(Ok(Self { home, compiled, program, plan, now: today.to_datetime(Time::midnight()) }))
    }

    /// What is known of people and campaigns.
    pub fn schema(&self) -> &Schema {
        &self.plan.people.schema
    }

    /// The conditions of audiences and suppressions.
    pub fn definitions(&self) -> &Definitions {
        &self.plan.people.definitions
    }

    /// Somebody to ask.
    pub fn solver(&self) -> Solver<'_> {
        Solver::new(self.schema(), self.definitions(), Limits::default())
    }

    /// The texts of the policy.
    pub fn policies(&self) -> Policies<'_> {
        Policies::new(&self.home, &self.compiled)
    }

    /// The example in the words of the policy.
    pub fn show(&self, witness: &Witness) -> String {
        witness.show(self.schema(), self.now)
    }

    /// `policy/audiences.mkt:21`
    pub fn place(&self, place: PlaceRef) -> String {
        self.at(&self.plan.place(place))
    }

    fn at(&self, place: &Place) -> String {
        let policies = self.policies();
        format!("{}:{}", policies.shown(&place.file), policies.line(place))
    }

    /// The audiences, by name.
    pub fn audiences(&self) -> Vec<Group<'_>> {
        self.plan.people.audiences.iter().map(|audience| Group::audience(audience, &self.plan)).collect()
    }

    /// The suppressions in force on the day, by name.
    pub fn suppressions(&self) -> Vec<Group<'_>> {
        let all = self.plan.people.suppressions.iter();
        let in_force = all.filter(|suppression| suppression.head.in_force_on(self.now.date()));
        in_force.map(|suppression| Group::suppression(suppression, &self.plan)).collect()
    }

    /// Audiences, then suppressions.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups = self.audiences();
        groups.extend(self.suppressions());
        groups
    }

    /// The members of an attribute that is a name or a set of names; empty for others and for open ones.
    pub fn members(&self, attribute: &str) -> Vec<String> {
        match self.schema().find(attribute).map(|attribute| &attribute.domain) {
            Some(Domain::Names { members, open: false } | Domain::SetOfNames { members, open: false }) => {
                members.iter().map(SmolStr::to_string).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The columns that the configuration gives to attributes.
    ///
    /// # Errors
    /// When it speaks of an attribute that a contact does not have.
    pub fn columns(&self) -> Result<BTreeMap<SmolStr, SmolStr>, Stop> {
        let given = &self.home.workspace.config.contacts.columns;
        let own = || self.schema().attributes.iter().filter(|it| it.of_contact).map(|it| it.name.as_str());
        for name in given.keys() {
            if !own().any(|own| own == name) {
                let near = closest(name, own());
                let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                let file = mktlint_host::config::FILE;
                return Err(Stop::Usage(format!("in `{file}`: a contact has no attribute `{name}`{help}")));
            }
        }
        Ok(given.iter().map(|(name, (column, _))| (name.clone(), column.clone())).collect())
    }

    /// How many people `formula` holds for.
    pub fn extent(&self, formula: &Formula, solver: &mut Solver<'_>) -> Extent {
        let people = match solver.people(formula, self.now) {
            Ok(people) => people,
            Err(undecided) => return Extent::Undecided(undecided),
        };
        match solver.is_nobody(&people) {
            Verdict::Holds => Extent::Nobody,
            Verdict::Undecided(undecided) => Extent::Undecided(undecided),
            Verdict::Fails(witness) => match solver.is_everyone(&people) {
                Verdict::Holds => Extent::Everyone,
                _ => Extent::Some(witness),
            },
        }
    }
}
