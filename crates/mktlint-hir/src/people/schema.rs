//! What can be known about a contact, and about the campaign that is sent.

use std::sync::Arc;

use mktlint_decide::{Attribute, Domain, Schema, Unit};
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::linear::seconds;
use super::point::Point;
use super::term::Term;
use super::{Items, Lowering};
use crate::model::expr::ExprId;
use crate::model::item::{Item, ItemKind, Meaning, RecordField};
use crate::model::types::Type;
use crate::places;

/// Digits behind the point of a `Decimal` and a `Percent`. A guess: nobody writes a boundary with more, and without
/// any bound no value would be next to another.
const SCALE: u32 = 6;

/// Currencies whose smallest unit is not a hundredth: ISO 4217, list one, minor units.
const MINOR_UNITS: [(&str, u32); 25] = [
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("ISK", 0),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("PYG", 0),
    ("RWF", 0),
    ("UGX", 0),
    ("UYI", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
    ("BHD", 3),
    ("IQD", 3),
    ("JOD", 3),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("TND", 3),
    ("CLF", 4),
];

/// The attributes of a contact, then those of a campaign as `campaign.purpose`. Fields whose values cannot be decided
/// upon (records, patterns, sets of numbers) are left out.
pub fn schema(items: &dyn Items, contact: Option<&Item>, campaign: Option<&Item>) -> Schema {
    let mut attributes = Vec::new();
    for (item, of_contact) in [(contact, true), (campaign, false)] {
        let Some(item) = item else { continue };
        let Meaning::Record(record) = &item.meaning else { continue };
        for field in &record.fields {
            let Some(domain) = domain(items, item, field) else { continue };
            let name = if of_contact { field.name.clone() } else { campaign_attribute(&field.name) };
            attributes.push(Attribute { name, domain, optional: field.ty.is_optional(), of_contact });
        }
    }
    Schema { attributes }
}

/// The attribute that stands for a field of the campaign.
pub fn campaign_attribute(field: &str) -> SmolStr {
    format_smolstr!("campaign.{field}")
}

fn domain(items: &dyn Items, item: &Item, field: &RecordField) -> Option<Domain> {
    let range = Range::of(items, item, field);
    Some(match field.ty.present() {
        Type::Bool => Domain::Bool,
        Type::Int => range.number(Unit::Plain, 0),
        Type::Decimal => range.number(Unit::Plain, SCALE),
        Type::Percent => range.number(Unit::Percent, SCALE),
        Type::Money(currency) => {
            let currency = currency.clone().unwrap_or_default();
            let scale = MINOR_UNITS.iter().find(|(own, _)| *own == currency).map_or(2, |(_, scale)| *scale);
            range.number(Unit::Money(currency), scale)
        }
        Type::Duration => range.number(Unit::Seconds, 0),
        Type::Date => range.days(),
        Type::DateTime => Domain::DateTime,
        Type::Time => Domain::Time,
        Type::Text | Type::Url => Domain::Text,
        Type::List(of) | Type::Set(of) => match &**of {
            Type::Text | Type::Url => Domain::SetOfTexts,
            of => {
                let (members, open) = names(items, of)?;
                Domain::SetOfNames { members, open }
            }
        },
        of => {
            let (members, open) = names(items, of)?;
            Domain::Names { members, open }
        }
    })
}

/// The names that a type allows, and whether there are others.
fn names(items: &dyn Items, ty: &Type) -> Option<(Arc<[SmolStr]>, bool)> {
    let split = |list: &str| list.split(' ').map(SmolStr::new).collect();
    match ty {
        Type::Country => Some((split(places::COUNTRIES), false)),
        Type::Language => Some((split(places::LANGUAGES), true)),
        Type::Enum(path) => {
            let kinds = [ItemKind::Enum, ItemKind::Lifecycle];
            let item = kinds.into_iter().find_map(|kind| items.item(kind, path))?;
            match &item.meaning {
                Meaning::Enum(members) | Meaning::Lifecycle(members, _) => {
                    Some((members.as_slice().into(), false))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The declared range of a field.
struct Range {
    least: Option<Term>,
    most: Option<Term>,
    inclusive: bool,
}

impl Range {
    fn of(items: &dyn Items, item: &Item, field: &RecordField) -> Self {
        let Some((least, most, inclusive)) = field.range else {
            return Self { least: None, most: None, inclusive: true };
        };
        let schema = Schema::default();
        let left = std::cell::Cell::new(super::LONGEST);
        let lowering = Lowering {
            items,
            schema: &schema,
            body: &item.body,
            locals: Vec::new(),
            tag: None,
            within: SmolStr::default(),
            depth: &std::cell::Cell::new(0),
            left: &left,
            left_out: &[],
            tier: None,
        };
        let value = |id: Option<ExprId>| lowering.value(id?).and_then(super::Cases::into_one).ok();
        Self { least: value(least), most: value(most), inclusive }
    }

    fn number(&self, unit: Unit, scale: u32) -> Domain {
        let bound = |term: &Option<Term>| match term {
            Some(Term::Number(linear)) => linear.number(),
            Some(Term::Length(length)) => Some(seconds(*length)),
            _ => None,
        };
        let step = Decimal::new(1, scale);
        let most = bound(&self.most)
            .and_then(|most| if self.inclusive { Some(most) } else { most.checked_sub(step) });
        Domain::Number { unit, least: bound(&self.least), most, scale }
    }

    fn days(&self) -> Domain {
        let bound = |term: &Option<Term>| match term {
            Some(Term::Point(Point::Day(day))) => Some(*day),
            _ => None,
        };
        let most = bound(&self.most)
            .and_then(|most| if self.inclusive { Some(most) } else { most.yesterday().ok() });
        Domain::Date { least: bound(&self.least), most }
    }
}
