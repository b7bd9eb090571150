//! Audiences with nobody or everybody in them, twice the same people, and conditions that change nothing.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_decide::{Formula, Origin};
use mktlint_text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Asked;
use crate::check::cycle::audience_circles;
use crate::codes;
use crate::db::{Db, Project, declarations};
use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::expr::{Const, ExprId, ExprKind};
use crate::model::item::ItemKind;
use crate::names::{self, kind_of_word};
use crate::people::query::{self, Decision, Shape};
use crate::people::{self};

impl Asked<'_, '_> {
    /// Problems of an audience.
    pub(super) fn audience(&self, condition: ExprId, problems: &mut Vec<Draft>) {
        self.described(condition, problems);
        let path = &self.item.path;
        if let Some(first) = same_people(self.db, self.project).get(&path.0)
            && !self.is_alias(condition)
        {
            let other = DeclPath(first.clone());
            let target = Target::Name(ItemKind::Audience, other.clone());
            problems.push(codes::same_audience::of(self.item.name_span, path.name(), other.name(), target));
        }
    }

    /// Problems of a condition on its own: nobody, everybody, parts that change nothing.
    pub(super) fn described(&self, condition: ExprId, problems: &mut Vec<Draft>) {
        let (db, project) = (self.db, self.project);
        let Some(decision) = query::decision(db, project, self.item.path.0.clone()) else { return };
        let name = (self.item.kind, self.item.path.name(), self.item.name_span);
        // Who writes `true` or `false` alone means it.
        let is_written_out = matches!(self.item.body.get(condition).kind, ExprKind::Const(Const::Bool(_)));
        match &decision.shape {
            _ if is_written_out => {}
            Shape::Nobody(origins) => {
                let places = self.places(origins);
                let day = people::day::with_somebody(db, project, self.item.path.0.clone());
                problems.push(match day {
                    Some(day) => codes::empty_today::of(name, day, places),
                    None => codes::empty_audience::of(name, places),
                });
            }
            Shape::Everyone => problems.push(codes::everyone_audience::of(name)),
            Shape::Some(origins) => self.idle(condition, origins, &decision, problems),
            Shape::Unknown => {}
        }
        if let Err(undecided) = &decision.people
            && let Some(meaning) = query::meaning_of(db, project, self.item.path.0.clone())
            && !self.needs_itself(&[&meaning])
        {
            let places = self.places(&undecided.origins);
            problems.push(codes::too_complex::of(self.item.name_span, &format!("`{}`", name.1), places));
        }
    }

    /// Whether what the formulas name leads to a circle: that is reported where the circle is.
    pub(super) fn needs_itself(&self, formulas: &[&Formula]) -> bool {
        let members = &audience_circles(self.db, self.project).members;
        if members.is_empty() {
            return false;
        }
        let named = query::definitions(self.db, self.project, formulas).unwrap_or_default();
        members.iter().any(|(_, path)| named.contains_key(&path.0))
    }

    /// Whether a condition only names another audience.
    fn is_alias(&self, condition: ExprId) -> bool {
        matches!(self.item.body.get(condition).kind, ExprKind::Audience(_))
    }

    /// Where conditions are written, each place once.
    pub(super) fn places(&self, origins: &[Origin]) -> Vec<Target> {
        let mut places = Vec::new();
        for origin in origins {
            if let Some(place) = query::place_of(self.db, self.project, self.item, origin)
                && !places.contains(&place)
            {
                places.push(place);
            }
        }
        places
    }

    /// Parts of the condition that change nothing.
    fn idle(&self, root: ExprId, origins: &[Origin], decision: &Decision, problems: &mut Vec<Draft>) {
        let Ok(people) = &decision.people else { return };
        let tags: BTreeSet<u32> =
            origins.iter().filter(|origin| origin.definition.is_none()).map(|origin| origin.tag.0).collect();
        if tags.is_empty() {
            return;
        }
        // From the last to the first, so that of two that say the same the second is told.
        let mut left_out: Vec<ExprId> = Vec::new();
        for operand in self.operands_with(root, &tags).into_iter().rev() {
            left_out.push(operand);
            if self.without(root, &left_out).is_none_or(|rest| rest != *people) {
                left_out.pop();
            }
        }
        let span = |id: &ExprId| self.item.body.get(*id).span;
        let spans: Vec<Span> = left_out.iter().rev().map(span).collect();
        let is_inside = |one: &Span| spans.iter().any(|other| other != one && other.contains(*one));
        for span in spans.iter().filter(|one| !is_inside(one)) {
            problems.push(codes::idle_condition::of(*span, self.item.kind, self.item.path.name()));
        }
    }

    /// The operands of `and` and `or` that hold a condition with one of `tags`, outermost first.
    fn operands_with(&self, root: ExprId, tags: &BTreeSet<u32>) -> Vec<ExprId> {
        let mut found = Vec::new();
        let mut open = vec![(root, false)];
        while let Some((id, is_operand)) = open.pop() {
            if is_operand && !self.is_guard(id) && self.holds(id, tags) {
                found.push(id);
            }
            match &self.item.body.get(id).kind {
                ExprKind::And(items) | ExprKind::Or(items) => {
                    open.extend(items.iter().rev().map(|item| (*item, true)));
                }
                ExprKind::Not(inner) => open.push((*inner, false)),
                _ => {}
            }
        }
        found
    }

    /// `age is known`, `age is missing`: says nothing new in front of `age >= 18`, which could not stand there alone.
    fn is_guard(&self, id: ExprId) -> bool {
        match &self.item.body.get(id).kind {
            ExprKind::IsKnown(_) => true,
            ExprKind::Not(inner) => self.is_guard(*inner),
            _ => false,
        }
    }

    /// Whether a condition with one of `tags` stands under `id`. Operands have lower numbers than what uses them, and
    /// the operands of two siblings do not mix.
    fn holds(&self, id: ExprId, tags: &BTreeSet<u32>) -> bool {
        let span: Span = self.item.body.get(id).span;
        tags.iter().any(|tag| span.contains(self.item.body.get(ExprId(*tag)).span))
    }

    /// The people once some operands are left out of the condition.
    fn without(&self, root: ExprId, left_out: &[ExprId]) -> Option<mktlint_decide::People> {
        let (db, project) = (self.db, self.project);
        let schema = query::schema_of(db, project);
        let items = people::Declared { db, project };
        let rest = people::formula_without(&items, &schema, &self.item.body, root, left_out);
        let definitions = query::definitions(db, project, &[&rest])?;
        let mut solver = mktlint_decide::Solver::new(&schema, &definitions, query::LIMITS);
        solver.people(&rest, query::now(db, project)).ok()
    }
}

/// The audiences of the project that describe the same people as an earlier one, with that one, by full name.
#[salsa::tracked(returns(ref))]
pub fn same_people(db: &dyn Db, project: Project) -> BTreeMap<SmolStr, SmolStr> {
    let mut first: FxHashMap<mktlint_decide::People, SmolStr> = FxHashMap::default();
    let mut same = BTreeMap::new();
    let own = project.files(db).iter().filter(|file| !file.is_pack(db));
    for declaration in own.flat_map(|file| declarations(db, *file)) {
        if kind_of_word(declaration.kind(db)) != Some(ItemKind::Audience) {
            continue;
        }
        let Some(path) = names::full_name(db, *declaration) else { continue };
        let Some(decision) = query::decision(db, project, path.clone()) else { continue };
        let (Ok(people), Shape::Some(_)) = (&decision.people, &decision.shape) else { continue };
        match first.get(people) {
            Some(earlier) if *earlier != path => {
                same.insert(path, earlier.clone());
            }
            Some(_) => {}
            None => {
                first.insert(people.clone(), path);
            }
        }
    }
    same
}

/// Whether a formula only names a definition.
pub(super) fn name_of(formula: &Formula) -> Option<&SmolStr> {
    match formula {
        Formula::Named { name, .. } => Some(name),
        _ => None,
    }
}
