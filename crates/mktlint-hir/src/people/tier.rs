//! Conditions of tiers as formulas over a campaign, the claims that it makes, and what changed about it.

use mktlint_decide::{Attribute, Domain, Formula, Schema, Tag, Test};
use smol_str::{SmolStr, format_smolstr};

use super::{Items, formula_of_tier};
use crate::model::DeclPath;
use crate::model::change::ChangeKind;
use crate::model::expr::{Body, ExprId, ExprKind};

/// What is true or false of a change and is no field of the campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It is of this kind.
    Change(ChangeKind),
    /// The campaign makes this claim.
    Claim(DeclPath),
    /// The campaign makes a regulated claim that no tier names.
    OtherRegulated,
    /// The campaign makes a claim that no tier names and that is not regulated.
    OtherClaim,
    /// This condition holds, of which nothing more is understood.
    Condition(SmolStr),
}

impl Fact {
    /// The attribute that stands for it. No field of a campaign is called so.
    pub fn attribute(&self) -> SmolStr {
        match self {
            Self::Change(kind) => format_smolstr!("change {kind}"),
            Self::Claim(path) => format_smolstr!("claim {path}"),
            Self::OtherRegulated => "claims regulated".into(),
            Self::OtherClaim => "claims other".into(),
            Self::Condition(key) => format_smolstr!("condition {key}"),
        }
    }

    fn test(&self, tag: Tag) -> Formula {
        Formula::Test { attribute: self.attribute(), test: Test::True, tag }
    }
}

/// The claims that tiers name, each with whether it is regulated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedClaims(pub Vec<(DeclPath, bool)>);

impl NamedClaims {
    /// `uses claims [a, b]`, `uses claims`, `uses regulated claims`; `None` for any other condition.
    fn condition(&self, kind: &ExprKind, tag: Tag) -> Option<Formula> {
        let named = |only_regulated: bool| {
            let named = self.0.iter().filter(move |(_, is_regulated)| *is_regulated || !only_regulated);
            named.map(move |(path, _)| Fact::Claim(path.clone()).test(tag))
        };
        let others = |facts: &[Fact]| facts.iter().map(|fact| fact.test(tag)).collect::<Vec<_>>();
        Some(Formula::Or(match kind {
            ExprKind::UsesClaims(paths) if !paths.is_empty() => {
                paths.iter().map(|path| Fact::Claim(path.clone()).test(tag)).collect()
            }
            ExprKind::UsesClaims(_) => {
                named(false).chain(others(&[Fact::OtherRegulated, Fact::OtherClaim])).collect()
            }
            ExprKind::UsesRegulatedClaims => named(true).chain(others(&[Fact::OtherRegulated])).collect(),
            _ => return None,
        }))
    }
}

/// What a condition that only tiers know means; `None` for any other.
pub(super) fn condition(claims: &NamedClaims, kind: &ExprKind, tag: Tag) -> Option<Formula> {
    let each = |kinds: &[ChangeKind]| {
        let wanted = kinds.to_vec();
        ChangeKind::ALL.into_iter().filter(move |kind| wanted.contains(kind))
    };
    match kind {
        ExprKind::ChangeTouches(kinds) => {
            Some(Formula::Or(each(kinds).map(|kind| Fact::Change(kind).test(tag)).collect()))
        }
        ExprKind::ChangeOnly(kinds) => {
            let others = ChangeKind::ALL.into_iter().filter(|kind| !kinds.contains(kind));
            let none = others.map(|kind| Formula::Not(Box::new(Fact::Change(kind).test(tag))));
            Some(Formula::And(none.collect()))
        }
        kind => claims.condition(kind, tag),
    }
}

/// The condition `id` of a tier, and the conditions in it of which nothing is understood, each with its tag.
///
/// Those are true or false, whatever else is so: two of one name are one condition.
pub fn formula(
    items: &dyn Items,
    schema: &Schema,
    claims: &NamedClaims,
    body: &Body,
    id: ExprId,
) -> (Formula, Vec<(Fact, Tag)>) {
    let mut formula = formula_of_tier(items, schema, claims, body, id);
    let mut found = Vec::new();
    settle(&mut formula, &mut found);
    (formula, found)
}

fn settle(formula: &mut Formula, found: &mut Vec<(Fact, Tag)>) {
    match formula {
        Formula::Opaque { key, tag, .. } | Formula::Named { name: key, tag } => {
            let (fact, tag) = (Fact::Condition(key.clone()), *tag);
            *formula = fact.test(tag);
            found.push((fact, tag));
        }
        Formula::Not(inner) => settle(inner, found),
        Formula::And(inner) | Formula::Or(inner) => inner.iter_mut().for_each(|one| settle(one, found)),
        Formula::Const(_) | Formula::Test { .. } | Formula::Difference { .. } => {}
    }
}

/// The fields of campaigns in `schema`, and `facts`.
pub fn schema(schema: &Schema, facts: &[Fact]) -> Schema {
    let of_campaign = schema.attributes.iter().filter(|attribute| !attribute.of_contact).cloned();
    let of_facts = facts.iter().map(|fact| Attribute {
        name: fact.attribute(),
        domain: Domain::Bool,
        optional: false,
        of_contact: false,
    });
    let mut attributes: Vec<Attribute> = Vec::new();
    for attribute in of_facts.chain(of_campaign) {
        if !attributes.iter().any(|known| known.name == attribute.name) {
            attributes.push(attribute);
        }
    }
    Schema { attributes }
}

/// What is so of every change of a campaign (or, `of_policy`, of the policy): it is of one kind at least, and of none
/// of the other's.
pub fn every_change(of_policy: bool) -> Formula {
    let tag = Tag::default();
    let (own, others): (Vec<ChangeKind>, Vec<ChangeKind>) =
        ChangeKind::ALL.into_iter().partition(|kind| kind.is_of_policy() == of_policy);
    let none = others.into_iter().map(|kind| Formula::Not(Box::new(Fact::Change(kind).test(tag))));
    let some = Formula::Or(own.into_iter().map(|kind| Fact::Change(kind).test(tag)).collect());
    Formula::And(none.chain([some]).collect())
}

/// `formula` where nothing but the change is known, as of a change of the policy: true where it could be (`could`), or
/// where it must be.
pub fn of_change_alone(formula: &Formula, could: bool) -> Formula {
    let each = |inner: &[Formula]| inner.iter().map(|one| of_change_alone(one, could)).collect::<Vec<_>>();
    match formula {
        Formula::Test { attribute, .. } if attribute.starts_with("change ") => formula.clone(),
        Formula::Const(_) => formula.clone(),
        Formula::Not(inner) => Formula::Not(Box::new(of_change_alone(inner, !could))),
        Formula::And(inner) => Formula::And(each(inner)),
        Formula::Or(inner) => Formula::Or(each(inner)),
        Formula::Test { .. }
        | Formula::Difference { .. }
        | Formula::Opaque { .. }
        | Formula::Named { .. } => Formula::Const(could),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_can_go_either_way() {
        let field = Formula::Test { attribute: "campaign.x".into(), test: Test::True, tag: Tag(1) };
        let change = Fact::Change(ChangeKind::Copy).test(Tag(2));
        let condition = Formula::And(vec![change.clone(), Formula::Not(Box::new(field))]);
        let not = |value| Formula::Not(Box::new(Formula::Const(value)));
        assert_eq!(of_change_alone(&condition, true), Formula::And(vec![change.clone(), not(false)]));
        assert_eq!(of_change_alone(&condition, false), Formula::And(vec![change, not(true)]));
    }
}
