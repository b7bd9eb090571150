//! The attributes of contacts.

use std::collections::BTreeSet;

use mktlint_decide::{Attribute, Domain, Schema, Unit};

use super::Direction::{Looser, Stricter};
use super::facet::{self, Facet};
use super::{Change, Comparison, Fate, change};

/// The attributes that came, went or have other values. None of it allows or forbids anything by itself.
pub fn attributes(old: &Schema, new: &Schema, found: &mut Comparison) {
    if old.attributes.is_empty() || new.attributes.is_empty() {
        // Nothing depends on contacts in one of them, so what its `contact` says is not in the plan.
        return;
    }
    for attribute in own(new) {
        let altered =
            |fate: Fate, lines| Change { lines, ..change("attribute", name(attribute), fate, None) };
        match old.find(&attribute.name) {
            None => found.changes.push(altered(Fate::Added, Vec::new())),
            Some(before) => {
                let changed = facet::compare(&facets(before), &facets(attribute));
                found.changes.extend(changed.map(|(_, lines)| altered(Fate::Altered, lines)));
            }
        }
    }
    let gone = own(old).filter(|attribute| new.find(&attribute.name).is_none());
    found.changes.extend(gone.map(|gone| change("attribute", name(gone), Fate::Removed, None)));
}

fn own(schema: &Schema) -> impl Iterator<Item = &Attribute> {
    schema.attributes.iter().filter(|attribute| attribute.of_contact)
}

fn name(attribute: &Attribute) -> String {
    attribute.name.to_string()
}

fn facets(attribute: &Attribute) -> Vec<Facet> {
    let mut facets = vec![Facet::flag("can be missing", attribute.optional, Looser)];
    let mut kind = |word: String| facets.push(Facet::text("values", word));
    match &attribute.domain {
        Domain::Names { members, open } | Domain::SetOfNames { members, open } => {
            let is_set = matches!(attribute.domain, Domain::SetOfNames { .. });
            kind(if is_set { "sets of names" } else { "names" }.to_owned());
            let members: BTreeSet<String> = members.iter().map(ToString::to_string).collect();
            let items = (!open).then_some(members);
            facets.push(Facet::Set { label: "names".to_owned(), items, more: None });
        }
        Domain::Number { unit, least, most, scale } => {
            kind(unit_words(unit));
            facets.push(Facet::text("least", limit(least.as_ref())));
            facets.push(Facet::text("most", limit(most.as_ref())));
            facets.push(Facet::rank("digits behind the point", *scale, scale.to_string(), Stricter));
        }
        Domain::Date { least, most } => {
            kind("days".to_owned());
            facets.push(Facet::text("least", limit(least.as_ref())));
            facets.push(Facet::text("most", limit(most.as_ref())));
        }
        Domain::Bool => kind("yes or no".to_owned()),
        Domain::DateTime => kind("moments".to_owned()),
        Domain::Time => kind("times of day".to_owned()),
        Domain::Text => kind("texts".to_owned()),
        Domain::SetOfTexts => kind("sets of texts".to_owned()),
    }
    facets
}

fn limit(limit: Option<&impl ToString>) -> String {
    limit.map_or_else(String::new, ToString::to_string)
}

fn unit_words(unit: &Unit) -> String {
    match unit {
        Unit::Plain => "numbers".to_owned(),
        Unit::Percent => "percentages".to_owned(),
        Unit::Money(currency) => format!("money in {currency}"),
        Unit::Seconds => "lengths of time".to_owned(),
    }
}
