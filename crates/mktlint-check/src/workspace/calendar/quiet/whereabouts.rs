//! In which countries the people of a message can be.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_decide::{Comparison, Formula, Operand, People, Tag, Test, Undecided, Value, Verdict, Witness};
use mktlint_measure::zones::{self, Zone};
use smol_str::SmolStr;

use super::super::{Calendar, Send, words};
use crate::judge::Reason;

/// Whether some of the people are in a country.
pub enum Presence {
    /// None is.
    Nobody,
    /// Somebody can be: this one, where contacts say their country.
    Somebody(Option<Witness>),
    /// That cannot be said.
    Unknown(Reason),
}

/// In which countries the people of a message can be: those that its audience can include, as far as its manifest says
/// that it is read there.
pub struct Whereabouts<'a> {
    id: &'a SmolStr,
    /// The attribute of contacts that says their country.
    attribute: Option<&'a SmolStr>,
    people: Result<People, Undecided>,
    regions: Option<&'a [SmolStr]>,
    /// Somebody whose country is missing, once somebody asked.
    homeless: Option<Verdict>,
}

impl<'c> Whereabouts<'c> {
    /// Of the people of `send`, which is sent at `local`.
    pub fn of(calendar: &mut Calendar<'c, '_>, send: &Send<'c>, local: DateTime) -> Self {
        Self {
            id: &send.fact.id,
            attribute: crate::people::country_attribute(calendar.plan),
            people: calendar.audience(send, local),
            regions: send.fact.regions.as_ref().map(|(regions, _)| regions.as_slice()),
            homeless: None,
        }
    }

    /// Whether `witness` says its country.
    pub fn is_placed(&self, witness: &Witness) -> bool {
        let says =
            |name: &SmolStr| witness.values.iter().any(|it| it.attribute == *name && it.value.is_some());
        self.attribute.is_some_and(says)
    }

    /// Whether some of the people are in `country`.
    pub fn presence(&mut self, calendar: &mut Calendar<'_, '_>, country: &'static str) -> Presence {
        if self.regions.is_some_and(|regions| !regions.iter().any(|region| region == country)) {
            return Presence::Nobody;
        }
        let Some(attribute) = self.attribute else { return self.by_regions() };
        let people = match &self.people {
            Ok(people) => people.clone(),
            Err(problem) => return Presence::Unknown(self.reason(problem)),
        };
        let there = calendar.of_country(attribute, country);
        let verdict =
            there.map_or_else(Verdict::Undecided, |there| calendar.solver.is_disjoint(&people, &there));
        match verdict {
            Verdict::Fails(witness) => Presence::Somebody(Some(witness)),
            Verdict::Undecided(problem) => Presence::Unknown(self.reason(&problem)),
            Verdict::Holds => match self.homeless(calendar, attribute, &people) {
                Verdict::Fails(witness) => Presence::Somebody(Some(witness)),
                Verdict::Undecided(problem) => Presence::Unknown(self.reason(&problem)),
                Verdict::Holds => Presence::Nobody,
            },
        }
    }

    /// Every zone in which somebody can be.
    pub fn zones(&mut self, calendar: &mut Calendar<'_, '_>) -> Vec<&'static Zone> {
        let mut zones = Vec::new();
        for (country, of_country) in zones::countries() {
            if !matches!(self.presence(calendar, country), Presence::Nobody) {
                zones.extend(of_country);
            }
        }
        zones
    }

    /// Contacts say no country: they are where the manifest says.
    fn by_regions(&self) -> Presence {
        if self.regions.is_some() {
            return Presence::Somebody(None);
        }
        Presence::Unknown(Reason {
            words: format!("nothing says in which countries `{}` is read", self.id),
            help: Some(
                "write `regions: [US]` in the manifest, or declare `country: Country` of contacts".to_owned(),
            ),
        })
    }

    /// Somebody whose country is missing, who can be anywhere.
    fn homeless(&mut self, calendar: &mut Calendar<'_, '_>, attribute: &SmolStr, people: &People) -> Verdict {
        if let Some(verdict) = &self.homeless {
            return verdict.clone();
        }
        let known = test(attribute, Test::Known);
        let verdict = match calendar.solver.people(&known, DateTime::default()) {
            Ok(known) => calendar.solver.is_subset(people, &known),
            Err(problem) => Verdict::Undecided(problem),
        };
        self.homeless = Some(verdict.clone());
        verdict
    }

    fn reason(&self, problem: &Undecided) -> Reason {
        words::reason(problem, &format!("who gets `{}`", self.id))
    }
}

fn test(attribute: &SmolStr, test: Test) -> Formula {
    Formula::Test { attribute: attribute.clone(), test, tag: Tag::default() }
}

/// The people of each country, as far as somebody asked.
pub type ByCountry = BTreeMap<&'static str, Result<People, Undecided>>;

impl Calendar<'_, '_> {
    fn of_country(&mut self, attribute: &SmolStr, country: &'static str) -> Result<People, Undecided> {
        let is_there = Test::Compare(Comparison::Equal, Operand::Value(Value::Name(country.into())));
        let people = || self.solver.people(&test(attribute, is_there), DateTime::default());
        self.by_country.entry(country).or_insert_with(people).clone()
    }
}
