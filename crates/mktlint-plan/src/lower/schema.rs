//! Schemas of asset kinds, parts and contacts.

use mktlint_asset::{Kind, PartKind};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{ItemKind, Meaning, Record};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_hir::model::types::Type;

use super::Lowering;
use crate::{FieldDef, FieldType, RecordDef, Seq};

impl Lowering<'_> {
    /// Fills the records; one that no policy declares has no fields.
    pub fn schemas(&mut self) {
        let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
        let names: Vec<&str> =
            kinds.chain(PartKind::ALL.iter().map(|kind| kind.as_str())).chain(["contact", "facts"]).collect();
        for name in names {
            let name = self.str(name);
            self.plan.records.push(RecordDef { name, fields: Seq::default() });
        }
        for placed in &self.program.items {
            if let (Meaning::Record(record), Some(at)) = (&placed.item.meaning, slot(placed)) {
                self.plan.records[at].fields = self.fields(record);
            }
        }
        self.facts();
    }

    fn facts(&mut self) {
        let mut fields: Vec<FieldDef> = Vec::new();
        for placed in &self.program.items {
            if let Meaning::Fact(declared) = &placed.item.meaning {
                let path = &placed.item.path;
                let (name, ty) = (self.str(path.name()), self.field_type(declared.present()));
                let optional = declared.is_optional() || given(self.program, path).is_some();
                fields.push(FieldDef { name, ty, optional });
            }
        }
        fields.sort_by_key(|field| field.name);
        fields.dedup_by_key(|field| field.name);
        self.plan.records[RecordDef::FACTS].fields = self.rows(fields);
    }

    fn fields(&mut self, record: &Record) -> Seq<FieldDef> {
        let mut fields: Vec<FieldDef> = Vec::with_capacity(record.fields.len());
        for field in &record.fields {
            let (name, ty) = (self.str(&field.name), self.field_type(field.ty.present()));
            fields.push(FieldDef { name, ty, optional: field.ty.is_optional() });
        }
        fields.sort_by_key(|field| field.name);
        fields.dedup_by_key(|field| field.name);
        self.rows(fields)
    }

    fn field_type(&mut self, ty: &Type) -> FieldType {
        match ty {
            Type::Bool => FieldType::Bool,
            Type::Int => FieldType::Int,
            Type::Decimal => FieldType::Decimal,
            Type::Percent => FieldType::Percent,
            Type::Money(currency) => FieldType::Money(self.optional_str(currency.as_ref())),
            Type::Duration => FieldType::Duration,
            Type::Date => FieldType::Date,
            Type::DateTime => FieldType::DateTime,
            Type::Time => FieldType::Time,
            Type::Country => FieldType::Country,
            Type::Language => FieldType::Language,
            Type::Text | Type::Url => FieldType::Text,
            Type::Enum(path) => self.enumeration(path),
            Type::List(item) | Type::Set(item) => FieldType::List(self.item_type(item)),
            Type::Optional(inner) => self.field_type(inner),
            Type::Error | Type::Pattern | Type::Record(_) => FieldType::Any,
        }
    }

    fn item_type(&mut self, item: &Type) -> u32 {
        let ty = self.field_type(item);
        let known = self.plan.types.iter().position(|other| *other == ty);
        known.unwrap_or_else(|| {
            self.plan.types.push(ty);
            self.plan.types.len() - 1
        }) as u32
    }

    fn enumeration(&mut self, path: &DeclPath) -> FieldType {
        let find = |kind| self.program.find(kind, path).map(|placed| &placed.item.meaning);
        match find(ItemKind::Enum).or_else(|| find(ItemKind::Lifecycle)) {
            Some(Meaning::Enum(members) | Meaning::Lifecycle(members, _)) => {
                let name = self.str(path.name());
                FieldType::Enum(name, self.strs(members))
            }
            _ => FieldType::Any,
        }
    }
}

/// Where the policy gives `fact` a value.
pub fn given<'p>(program: &'p Program, fact: &DeclPath) -> Option<&'p Placed> {
    let gives = |placed: &&Placed| matches!(&placed.item.meaning, Meaning::Given(of, _) if of == fact);
    program.items.iter().find(gives)
}

/// Where the record of a declaration stands.
fn slot(placed: &Placed) -> Option<usize> {
    let name = placed.item.path.name();
    match placed.item.kind {
        ItemKind::Asset => Kind::from_word(name).map(RecordDef::of_kind),
        ItemKind::Part => super::part_kind(name).map(RecordDef::of_part),
        ItemKind::Contact => Some(RecordDef::CONTACT),
        _ => None,
    }
}
