//! In which countries the people of a message can be.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use mktlint_decide::{
    Comparison, Domain, Formula, Operand, People, Schema, Tag, Test, Undecided, Value, Verdict, Witness,
};
use mktlint_measure::zones::{self, Zone};
use rustc_hash::FxHashMap;
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
    /// The attribute that says their time zone: the text `time_zone`.
    zone: Option<&'a SmolStr>,
    people: Result<People, Undecided>,
    regions: Option<&'a [SmolStr]>,
}

impl<'c> Whereabouts<'c> {
    /// Of the people of `send`, which is sent at `local`.
    pub fn of(calendar: &mut Calendar<'c, '_>, send: &Send<'c>, local: DateTime) -> Self {
        Self {
            id: &send.fact.id,
            attribute: crate::people::country_attribute(calendar.plan),
            zone: zone_attribute(&calendar.plan.people.schema),
            people: calendar.audience(send, local),
            regions: send.fact.regions.as_ref().map(|(regions, _)| regions.as_slice()),
        }
    }

    /// Whether `witness` says its country.
    pub fn is_placed(&self, witness: &Witness) -> bool {
        let says =
            |name: &SmolStr| witness.values.iter().any(|it| it.attribute == *name && it.value.is_some());
        self.attribute.is_some_and(says)
    }

    /// Whether some of the people are in `country`.
    pub fn presence(&self, calendar: &mut Calendar<'_, '_>, country: &'static str) -> Presence {
        if self.regions.is_some_and(|regions| !regions.iter().any(|region| region == country)) {
            return Presence::Nobody;
        }
        let Some(attribute) = self.attribute else { return self.by_regions() };
        let verdict = match &self.people {
            Ok(people) => match calendar.absent(attribute, people, Some(country)) {
                Verdict::Holds => calendar.absent(attribute, people, None),
                verdict => verdict,
            },
            Err(problem) => Verdict::Undecided(problem.clone()),
        };
        match verdict {
            Verdict::Holds => Presence::Nobody,
            Verdict::Fails(witness) => Presence::Somebody(Some(witness)),
            Verdict::Undecided(problem) => {
                Presence::Unknown(words::reason(&problem, &format!("who gets `{}`", self.id)))
            }
        }
    }

    /// Those of `zones`, all of `country`, in which some of the people are who are in `country`, each with somebody: all
    /// of them unless contacts say their time zone. All as well when that can be none of them, but perhaps an old name;
    /// those that only an old name can mean without anybody.
    pub fn zones_in(
        &self,
        calendar: &mut Calendar<'_, '_>,
        country: &'static str,
        zones: &'static [Zone],
    ) -> Vec<(&'static Zone, Option<Witness>)> {
        let (Some(attribute), Some(own), Ok(people)) = (self.attribute, self.zone, self.people.clone())
        else {
            return Vec::new();
        };
        let mut ask = |wanted: Formula| {
            let there = calendar.of_country(attribute, Some(country)).and_then(|there| {
                let wanted = calendar.solver.people(&wanted, DateTime::default())?;
                calendar.solver.and(&there, &wanted)
            });
            there.map_or_else(Verdict::Undecided, |there| calendar.solver.is_disjoint(&people, &there))
        };
        let name = |zone: &Zone| Value::Text(zone.name().into());
        let current = test(own, Test::OneOf(zones.iter().map(name).collect()));
        let other = Formula::And(vec![test(own, Test::Known), Formula::Not(Box::new(current))]);
        let has_others = ask(other) != Verdict::Holds;
        let mut found = Vec::new();
        for zone in zones {
            match ask(Formula::Or(vec![not_known(own), equal(own, name(zone))])) {
                Verdict::Holds if has_others => found.push((zone, None)),
                Verdict::Holds => {}
                Verdict::Fails(witness) => found.push((zone, Some(witness))),
                Verdict::Undecided(_) => found.push((zone, None)),
            }
        }
        found
    }

    /// Every zone in which somebody can be.
    pub fn zones(&self, calendar: &mut Calendar<'_, '_>) -> Vec<&'static Zone> {
        let mut zones = Vec::new();
        for (country, of_country) in zones::countries() {
            if matches!(self.presence(calendar, country), Presence::Nobody) {
                continue;
            }
            let own = self.zones_in(calendar, country, of_country);
            match own.is_empty() {
                true => zones.extend(of_country),
                false => zones.extend(own.into_iter().map(|(zone, _)| zone)),
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
            said: None,
        })
    }
}

fn zone_attribute(schema: &Schema) -> Option<&SmolStr> {
    let attribute = schema.find("time_zone")?;
    (attribute.of_contact && attribute.domain == Domain::Text).then_some(&attribute.name)
}

fn test(attribute: &SmolStr, test: Test) -> Formula {
    Formula::Test { attribute: attribute.clone(), test, tag: Tag::default() }
}

fn equal(attribute: &SmolStr, value: Value) -> Formula {
    test(attribute, Test::Compare(Comparison::Equal, Operand::Value(value)))
}

fn not_known(attribute: &SmolStr) -> Formula {
    Formula::Not(Box::new(test(attribute, Test::Known)))
}

/// What is known of countries, as far as somebody asked.
#[derive(Debug, Default)]
pub struct Countries {
    /// The people of each country; of `None` those whose country is missing.
    people: BTreeMap<Option<&'static str>, Result<People, Undecided>>,
    /// Whether some people are in none of a country. Many messages go to the same people.
    absent: FxHashMap<People, BTreeMap<Option<&'static str>, Verdict>>,
}

impl Calendar<'_, '_> {
    /// The people of `country`; of `None` those whose country is missing, who can be anywhere.
    fn of_country(
        &mut self,
        attribute: &SmolStr,
        country: Option<&'static str>,
    ) -> Result<People, Undecided> {
        let formula = match country {
            Some(country) => equal(attribute, Value::Name(country.into())),
            None => not_known(attribute),
        };
        let people = || self.solver.people(&formula, DateTime::default());
        self.countries.people.entry(country).or_insert_with(people).clone()
    }

    /// Whether none of `people` is in `country`; fails with somebody who is.
    fn absent(&mut self, attribute: &SmolStr, people: &People, country: Option<&'static str>) -> Verdict {
        if let Some(verdict) = self.countries.absent.get(people).and_then(|known| known.get(&country)) {
            return verdict.clone();
        }
        let there = self.of_country(attribute, country);
        let verdict = there.map_or_else(Verdict::Undecided, |there| self.solver.is_disjoint(people, &there));
        self.countries.absent.entry(people.clone()).or_default().insert(country, verdict.clone());
        verdict
    }
}
