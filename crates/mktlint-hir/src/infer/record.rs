//! Records that are written in a policy: `{ stage: lapsed, last_order: 3 days ago }`, `{ age < 18 }`.

use mktlint_syntax::ast::{Block, Entry, Expr as Tree, ExprKind as TreeKind};
use smol_str::SmolStr;

use super::Infer;
use crate::codes;
use crate::infer::phrase::word;
use crate::mention::{Meant, Role};
use crate::model::DeclPath;
use crate::model::expr::{ExprId, ExprKind};
use crate::model::types::Type;

impl Infer<'_> {
    /// Values for the fields of one of `records`; `None` for `missing`.
    pub fn record_values(&mut self, block: &Block, records: &[DeclPath]) -> Vec<(SmolStr, Option<ExprId>)> {
        let mut values: Vec<(SmolStr, Option<ExprId>)> = Vec::new();
        for entry in &block.entries {
            let Entry::Clause(clause) = entry else {
                if let Entry::Expr(expr) = entry {
                    self.report(codes::malformed_clause::needs_field(expr.span));
                }
                continue;
            };
            let name = &clause.head;
            let Some((what, ty)) = self.value_named(&name.text, records) else {
                let known: Vec<SmolStr> =
                    records.iter().flat_map(|record| self.field_names(record)).collect();
                let record = records.first().cloned().unwrap_or_else(|| DeclPath("record".into()));
                self.report(codes::unknown_member::of_record(name, &record, &known));
                continue;
            };
            if values.iter().any(|(seen, _)| *seen == name.text) {
                self.report(codes::duplicate_clause::of(name, name.span));
                continue;
            }
            self.mention(name.span, what, Role::Need);
            let value = clause.segments.first().and_then(|segment| segment.value.as_ref());
            let value = value.map(|tree| (tree, word(tree).is_some_and(|word| word.text == "missing")));
            values.push((
                name.text.clone(),
                match value {
                    Some((tree, false)) => Some(self.check(tree, ty.present())),
                    _ => None,
                },
            ));
        }
        values
    }

    /// What a value in a record is one of: a field of the first record that has it, else a fact.
    fn value_named(&self, name: &SmolStr, records: &[DeclPath]) -> Option<(Meant, Type)> {
        let of_record = |record: &DeclPath| {
            Some((Meant::Field(record.clone(), name.clone()), self.field_type(record, name)?))
        };
        records.iter().find_map(of_record).or_else(|| {
            let (fact, ty) = self.fact(name).filter(|_| !self.is_contact(records))?;
            Some((Meant::Declaration(fact.kind, fact.path), ty))
        })
    }

    /// Whether values are those of a person, whom no fact speaks of.
    fn is_contact(&self, records: &[DeclPath]) -> bool {
        let contact = crate::signature::contact(self.db, self.project);
        records.iter().any(|record| Some(record) == contact.as_ref())
    }

    /// A block as a condition on the same contact: `{ age < 18 }`, `{ stage: lapsed }`.
    pub fn block_condition(&mut self, block: &Block) -> ExprId {
        let ids: Vec<ExprId> = block.entries.iter().map(|entry| self.entry_condition(entry)).collect();
        match ids.as_slice() {
            [one] => *one,
            _ => self.push(ExprKind::And(ids), Type::Bool, block.span),
        }
    }

    /// `age < 18`, `stage: lapsed`
    fn entry_condition(&mut self, entry: &Entry) -> ExprId {
        let clause = match entry {
            Entry::Expr(tree) => return self.condition(tree),
            Entry::Clause(clause) => clause,
        };
        let Some(value) = clause.segments.first().and_then(|segment| segment.value.as_ref()) else {
            return self.error(clause.span);
        };
        let left = Tree { kind: TreeKind::Word(clause.head.clone()), span: clause.head.span };
        self.equals(&left, value)
    }

    fn equals(&mut self, left: &Tree, right: &Tree) -> ExprId {
        let a = self.infer(left, None);
        let present = self.ty(a).present().clone();
        let b = self.check(right, &present);
        let span = left.span.cover(right.span);
        self.push(ExprKind::Compare(crate::model::expr::Comparison::Equal, a, b), Type::Bool, span)
    }
}
