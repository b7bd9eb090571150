//! Audiences, suppressions, caps and quiet hours.

use std::sync::Arc;

use mktlint_decide::{Formula, Tag};
use mktlint_hir::model::expr::{ExprId, ExprKind};
use mktlint_hir::model::item::{self, ItemKind, Meaning};
use mktlint_hir::model::program::Placed;
use mktlint_hir::people;

use super::Lowering;
use crate::model::people::{unless_of, who_of};
use crate::{Audience, Cap, InclusionId, NoteKind, OriginPlace, QuietHours, Suppression};

/// How deep conditions may stand in each other. Below what reading a plan file allows, so that each that is written can
/// be read; a guess that no policy comes near.
const DEEPEST: u32 = 250;

impl<'p> Lowering<'p> {
    /// The schema, and the conditions of all audiences and suppressions, in force or not: proofs and commands name them.
    /// Nothing, when no declaration speaks of people.
    pub fn people(&mut self) {
        if !self.program.items.iter().any(speaks_of_people) {
            return;
        }
        let of_kind = |kind: ItemKind, name: Option<&str>| {
            let is_wanted = |placed: &&Placed| {
                placed.item.kind == kind && name.is_none_or(|name| placed.item.path.name() == name)
            };
            self.program.items.iter().find(is_wanted).map(|placed| &*placed.item)
        };
        let (contact, campaign) =
            (of_kind(ItemKind::Contact, None), of_kind(ItemKind::Asset, Some("Campaign")));
        self.plan.people.schema = people::schema(self.program, contact, campaign);
        for placed in &self.program.items {
            match &placed.item.meaning {
                Meaning::Audience(condition) => self.audience(placed, *condition),
                Meaning::Suppress(suppress) => self.definitions_of(placed, suppress),
                Meaning::Cap(item::Cap { who: Some(who), .. })
                | Meaning::QuietHours(item::QuietHours { who: Some(who), .. }) => {
                    self.definition(placed, &who_of(&placed.item.path.0), *who);
                }
                _ => {}
            }
        }
        let strings = &self.plan.strings;
        self.plan.people.origins.sort_by(|a, b| {
            (strings.get(a.definition), a.tag, a.place).cmp(&(strings.get(b.definition), b.tag, b.place))
        });
        self.plan.people.origins.dedup();
    }

    fn audience(&mut self, placed: &'p Placed, condition: ExprId) {
        let lowered = Audience {
            name: self.str(&placed.item.path.0),
            title: self.optional_str(placed.item.title.as_ref()),
            docs: self.str(&placed.item.docs),
            place: self.place(placed, placed.item.name_span),
        };
        self.plan.people.audiences.push(lowered);
        self.definition(placed, &placed.item.path.0, condition);
    }

    fn definitions_of(&mut self, placed: &'p Placed, suppress: &item::Suppress) {
        let name = &placed.item.path.0;
        match suppress.who {
            Some(who) => self.definition(placed, name, who),
            // It has no `who`; the compiler has said so.
            None => _ = self.plan.people.definitions.insert(name.clone(), Arc::new(Formula::Const(false))),
        }
        if let Some(unless) = suppress.unless {
            self.definition(placed, &unless_of(name), unless);
        }
    }

    fn definition(&mut self, placed: &'p Placed, name: &str, condition: ExprId) {
        let formula = self.formula(placed, condition);
        let definition = self.str(name);
        for tag in people::tags(&formula) {
            let place = self.tag_place(placed, tag);
            self.plan.people.origins.push(OriginPlace { definition, tag, place });
        }
        self.plan.people.definitions.insert(name.into(), Arc::new(formula));
    }

    fn tag_place(&mut self, placed: &Placed, tag: Tag) -> crate::PlaceRef {
        self.place(placed, people::span(&placed.item.body, tag))
    }

    fn formula(&self, placed: &Placed, condition: ExprId) -> Formula {
        let formula = people::formula(self.program, &self.plan.people.schema, &placed.item.body, condition);
        if is_too_deep(&formula) {
            let key = placed.item.path.0.clone();
            return Formula::Opaque { key, why: "it is nested too deeply".into(), tag: Tag(condition.0) };
        }
        formula
    }

    /// The number of the question whether an audience could include people like `condition`.
    pub fn inclusion(&mut self, placed: &'p Placed, condition: ExprId) -> InclusionId {
        let formula = self.formula(placed, condition);
        let inclusions = &mut self.plan.people.inclusions;
        let known = inclusions.iter().position(|known| **known == formula);
        InclusionId(known.unwrap_or_else(|| {
            inclusions.push(Arc::new(formula));
            inclusions.len() - 1
        }) as u32)
    }

    pub fn suppression(&mut self, placed: &'p Placed, suppress: &'p item::Suppress) {
        let unless = suppress.unless.map(|_| self.str(&unless_of(&placed.item.path.0)));
        let lowered = Suppression {
            head: self.head(placed, suppress.level, &suppress.terms),
            channels: self.strs(&suppress.channels),
            who_place: self.place(placed, suppress.who_span),
            unless,
        };
        self.plan.people.suppressions.push(lowered);
    }

    pub fn cap(&mut self, placed: &'p Placed, cap: &'p item::Cap) {
        let lowered = Cap {
            head: self.head(placed, cap.level, &cap.terms),
            at_most: cap.at_most,
            channels: self.strs(&cap.channels),
            per: cap.per,
            who: cap.who.map(|_| self.str(&who_of(&placed.item.path.0))),
            unless: cap.unless.map(|unless| self.expr_code(placed, unless)),
            at_most_place: self.place(placed, cap.at_most_span),
        };
        self.plan.people.caps.push(lowered);
    }

    pub fn quiet_hours(&mut self, placed: &'p Placed, hours: &'p item::QuietHours) {
        let (Some(from), Some(to)) = (hours.from, hours.to) else {
            return self.note(placed, NoteKind::Unresolved);
        };
        let lowered = QuietHours {
            head: self.head(placed, hours.level, &hours.terms),
            channels: self.strs(&hours.channels),
            from,
            to,
            recipient_time: hours.recipient_time,
            who: hours.who.map(|_| self.str(&who_of(&placed.item.path.0))),
            unless: hours.unless.map(|unless| self.expr_code(placed, unless)),
            hours_place: self.place(placed, hours.hours_span),
        };
        self.plan.people.quiet_hours.push(lowered);
    }
}

fn speaks_of_people(placed: &Placed) -> bool {
    matches!(
        placed.item.meaning,
        Meaning::Audience(_) | Meaning::Suppress(_) | Meaning::Cap(_) | Meaning::QuietHours(_)
    ) || placed.item.body.iter().any(|(_, expr)| matches!(expr.kind, ExprKind::CouldInclude(_)))
}

/// Whether a plan file cannot hold `formula`.
fn is_too_deep(formula: &Formula) -> bool {
    let mut open = vec![(formula, 0)];
    while let Some((part, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        match part {
            Formula::Not(inner) => open.push((inner, depth + 1)),
            Formula::And(parts) | Formula::Or(parts) => {
                open.extend(parts.iter().map(|part| (part, depth + 1)))
            }
            _ => {}
        }
    }
    false
}
