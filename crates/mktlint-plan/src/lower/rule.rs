//! Rules.

use mktlint_asset::Kind;
use mktlint_hir::model::item;
use mktlint_hir::model::program::Placed;

use super::Lowering;
use crate::{Fix, FixAction, Judgement, NoteKind, PlaceRef, Rule, Scope};

impl<'p> Lowering<'p> {
    pub fn rule(&mut self, placed: &'p Placed, rule: &'p item::Rule) {
        let head = self.head(placed, rule.level, &rule.terms);
        let scopes: Vec<Scope> = rule.scopes.iter().map(|scope| self.scope(placed, scope)).collect();
        let lowered = Rule {
            head,
            scopes: self.rows(scopes),
            guard: rule.guard.map(|guard| self.expr_code(placed, guard)),
            guard_place: self.expr_place(placed, rule.guard, head.place),
            judgement: self.judgement(placed, &rule.judgement),
            judgement_place: self.place(placed, rule.judgement_span),
            message: self.message(placed, &rule.message),
            fix: rule.fix.as_ref().map(|fix| self.fix(placed, fix)),
        };
        self.plan.rules.push(lowered);
    }

    /// Where the expression is written, when there is one.
    pub fn expr_place(
        &mut self,
        placed: &Placed,
        id: Option<mktlint_hir::model::expr::ExprId>,
        otherwise: PlaceRef,
    ) -> PlaceRef {
        id.map_or(otherwise, |id| self.place(placed, placed.item.body.get(id).span))
    }

    fn scope(&mut self, placed: &Placed, scope: &item::Scope) -> Scope {
        let part = scope.part.as_ref().map(|name| super::part_kind(name));
        let kinds = match &scope.asset {
            None => Kind::ALL.iter().map(|kind| Scope::bit(*kind)).sum(),
            Some(name) => Kind::from_word(name).map_or(0, Scope::bit),
        };
        let is_unknown = kinds == 0 || part == Some(None);
        if is_unknown {
            self.note(placed, NoteKind::Unresolved);
        }
        Scope {
            kinds: if is_unknown { 0 } else { kinds },
            part: part.flatten(),
            field: self.optional_str(scope.field.as_ref()),
            place: self.place(placed, scope.span),
        }
    }

    fn judgement(&mut self, placed: &'p Placed, judgement: &item::Judgement) -> Judgement {
        match judgement {
            item::Judgement::Match(needles) => Judgement::Match(self.sought(placed, needles, false)),
            item::Judgement::Require(id) => Judgement::Require(self.expr_code(placed, *id)),
            item::Judgement::Forbid(id) => Judgement::Forbid(self.expr_code(placed, *id)),
        }
    }

    fn fix(&mut self, placed: &'p Placed, fix: &'p item::Repair) -> Fix {
        let action = match &fix.action {
            item::RepairAction::RemoveMatch => FixAction::RemoveMatch,
            item::RepairAction::ReplaceMatch(text) => FixAction::ReplaceMatch(self.message(placed, text)),
            item::RepairAction::ReplaceIt(text) => FixAction::ReplaceIt(self.message(placed, text)),
        };
        Fix { is_unsafe: fix.is_unsafe, action }
    }
}
