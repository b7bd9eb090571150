//! Two versions of one policy in one question.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use crate::{Attribute, Definitions, Domain, Formula, Schema};

/// Two schemas cannot be one, since they mean different things by an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The attribute.
    pub attribute: SmolStr,
}

impl Schema {
    /// The schema of everybody who fits this one or `other`: all attributes, each with every value that it has in
    /// either. Those of `self` come first. An attribute that only one of them has can be missing.
    ///
    /// # Errors
    /// When an attribute has another kind of value, or another unit, in the other schema.
    pub fn merged(&self, other: &Self) -> Result<Self, Clash> {
        let mut attributes = Vec::with_capacity(self.attributes.len());
        for own in &self.attributes {
            attributes.push(match other.find(&own.name) {
                Some(twin) => own.merged(twin)?,
                None => Attribute { optional: true, ..own.clone() },
            });
        }
        let is_new = |attribute: &&Attribute| self.find(&attribute.name).is_none();
        let new = other.attributes.iter().filter(is_new);
        attributes.extend(new.map(|attribute| Attribute { optional: true, ..attribute.clone() }));
        Ok(Self { attributes })
    }
}

impl Attribute {
    fn merged(&self, other: &Self) -> Result<Self, Clash> {
        let domain = self.domain.merged(&other.domain);
        let domain = domain.filter(|_| self.of_contact == other.of_contact);
        Ok(Self {
            name: self.name.clone(),
            domain: domain.ok_or_else(|| Clash { attribute: self.name.clone() })?,
            optional: self.optional || other.optional,
            of_contact: self.of_contact,
        })
    }
}

impl Domain {
    fn merged(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Names { members, open }, Self::Names { members: more, open: also }) => {
                Self::Names { members: union(members, more), open: *open || *also }
            }
            (Self::SetOfNames { members, open }, Self::SetOfNames { members: more, open: also }) => {
                Self::SetOfNames { members: union(members, more), open: *open || *also }
            }
            (
                Self::Number { unit, least, most, scale },
                Self::Number { unit: twin, least: lower, most: upper, scale: fine },
            ) if unit == twin => Self::Number {
                unit: unit.clone(),
                least: both(*least, *lower, Decimal::min),
                most: both(*most, *upper, Decimal::max),
                scale: (*scale).max(*fine),
            },
            (Self::Date { least, most }, Self::Date { least: lower, most: upper }) => {
                Self::Date { least: both(*least, *lower, Date::min), most: both(*most, *upper, Date::max) }
            }
            (one, same) if one == same => one.clone(),
            _ => return None,
        })
    }
}

/// A limit that only one of two domains has is none of both.
fn both<T>(one: Option<T>, other: Option<T>, wider: fn(T, T) -> T) -> Option<T> {
    Some(wider(one?, other?))
}

fn union(members: &Arc<[SmolStr]>, more: &Arc<[SmolStr]>) -> Arc<[SmolStr]> {
    let new = more.iter().filter(|member| !members.contains(member));
    members.iter().chain(new).cloned().collect()
}

/// `definitions` under other names, `prefix` and the old one, and with everything that they name renamed alike.
pub fn renamed_definitions(definitions: &Definitions, prefix: &str) -> Definitions {
    let rename = |(name, formula): (&SmolStr, &Arc<Formula>)| {
        (format_smolstr!("{prefix}{name}"), Arc::new(formula.renamed(prefix)))
    };
    definitions.iter().map(rename).collect()
}

impl Formula {
    /// The formula with `prefix` before the name of every definition that it names.
    pub fn renamed(&self, prefix: &str) -> Self {
        match self {
            Self::Named { name, tag } => Self::Named { name: format_smolstr!("{prefix}{name}"), tag: *tag },
            Self::Not(inner) => Self::Not(Box::new(inner.renamed(prefix))),
            Self::And(parts) => Self::And(parts.iter().map(|part| part.renamed(prefix)).collect()),
            Self::Or(parts) => Self::Or(parts.iter().map(|part| part.renamed(prefix)).collect()),
            _ => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;

    fn number(name: &str, least: Option<i64>, most: Option<i64>) -> Schema {
        let domain = Domain::Number {
            unit: Unit::Plain,
            least: least.map(Decimal::from),
            most: most.map(Decimal::from),
            scale: 0,
        };
        Schema {
            attributes: vec![Attribute { name: name.into(), domain, optional: false, of_contact: true }],
        }
    }

    #[test]
    fn both_versions_fit_into_the_merged_schema() {
        let merged = number("age", Some(0), Some(130)).merged(&number("age", Some(18), None));
        assert_eq!(merged, Ok(number("age", Some(0), None)));
        let merged = number("age", None, None).merged(&number("visits", None, None)).expect("no clash");
        assert!(merged.attributes.iter().all(|attribute| attribute.optional));
        assert_eq!(merged.attributes.len(), 2);
    }

    #[test]
    fn another_kind_of_value_is_a_clash() {
        let mut text = number("age", None, None);
        text.attributes[0].domain = Domain::Text;
        assert_eq!(number("age", None, None).merged(&text), Err(Clash { attribute: "age".into() }));
    }

    #[test]
    fn names_are_renamed_wherever_they_stand() {
        let named = |name: &str| Formula::Named { name: name.into(), tag: crate::Tag::default() };
        let formula = Formula::Or(vec![Formula::Not(Box::new(named("a"))), Formula::Const(true)]);
        let expected = Formula::Or(vec![Formula::Not(Box::new(named("old:a"))), Formula::Const(true)]);
        let definitions = Definitions::from([("b".into(), Arc::new(formula))]);
        let expected = Definitions::from([("old:b".into(), Arc::new(expected))]);
        assert_eq!(renamed_definitions(&definitions, "old:"), expected);
    }
}
