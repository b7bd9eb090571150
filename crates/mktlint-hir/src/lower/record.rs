//! `contact`, `asset`, `part`, `enum`, `lifecycle`, `region`.

use mktlint_syntax::ast::{Clause, DocLine, Expr, ExprKind as Tree, Lead, Name};
use smol_str::SmolStr;

use super::{Lower, list_behind};
use crate::codes;
use crate::infer::phrase::word;
use crate::mention::{Meant, Role};
use crate::model::expr::ExprId;
use crate::model::item::{ItemKind, Meaning, Record, RecordField};
use crate::model::types::Type;
use crate::names::{self, Namespace};
use crate::places;

/// Types that have a name of their own.
pub const SIMPLE_TYPES: [(&str, Type); 15] = [
    ("Bool", Type::Bool),
    ("Int", Type::Int),
    ("Decimal", Type::Decimal),
    ("Percent", Type::Percent),
    ("Money", Type::Money(None)),
    ("Duration", Type::Duration),
    ("Date", Type::Date),
    ("DateTime", Type::DateTime),
    ("Time", Type::Time),
    ("Country", Type::Country),
    ("Language", Type::Language),
    ("Text", Type::Text),
    ("String", Type::Text),
    ("Url", Type::Url),
    ("Pattern", Type::Pattern),
];

/// Types that say of what.
const APPLIED: [&str; 3] = ["List", "Set", "Money"];

/// A doc comment as one text.
pub fn docs_text(docs: &[DocLine]) -> SmolStr {
    let lines: Vec<&str> = docs.iter().map(|line| line.text.as_str()).collect();
    lines.join("\n").into()
}

impl Lower<'_, '_> {
    /// A type as it is written.
    pub fn type_of(&mut self, tree: &Expr) -> Type {
        match &tree.kind {
            Tree::Word(name) => self.named_type(name),
            Tree::Optional(inner) => match self.type_of(inner) {
                Type::Error => Type::Error,
                inner => Type::Optional(Box::new(inner)),
            },
            Tree::Apply { base, args } => self.applied_type(base, args),
            Tree::Field { .. } | Tree::Error => Type::Error,
            _ => {
                self.report(codes::malformed_clause::needs_type(tree.span));
                Type::Error
            }
        }
    }

    fn named_type(&mut self, name: &Name) -> Type {
        if let Some((own, ty)) = SIMPLE_TYPES.iter().find(|(own, _)| *own == name.text) {
            self.infer.mention(name.span, Meant::Type(own), Role::Need);
            return ty.clone();
        }
        let infer = &mut self.infer;
        let entry = names::resolve(infer.db, infer.project, infer.file, name.text.clone(), Namespace::Values);
        match entry {
            Some(entry) => {
                infer.need(name, &entry);
                match entry.kind {
                    ItemKind::Enum | ItemKind::Lifecycle => Type::Enum(entry.path),
                    ItemKind::Asset | ItemKind::Part | ItemKind::Contact => Type::Record(entry.path),
                    other => {
                        infer.report(codes::wrong_kind::not_a_type(name, other));
                        Type::Error
                    }
                }
            }
            None => {
                let declared = names::visible_names(infer.db, infer.project, infer.file, Namespace::Values);
                let simple = SIMPLE_TYPES.iter().map(|(own, _)| *own);
                let known = simple.chain(declared.iter().map(SmolStr::as_str)).chain(["List", "Set"]);
                let near = mktlint_diag::closest(&name.text, known).map(SmolStr::new);
                self.report(codes::unknown_name::a_type(name, near.as_deref()));
                Type::Error
            }
        }
    }

    fn applied_type(&mut self, base: &Expr, args: &[Expr]) -> Type {
        let (Some(name), [arg]) = (word(base), args) else {
            self.report(codes::malformed_clause::needs_type(base.span));
            return Type::Error;
        };
        if let Some(own) = APPLIED.iter().find(|own| **own == name.text) {
            self.infer.mention(name.span, Meant::Type(own), Role::Need);
        }
        match name.text.as_str() {
            "List" => Type::List(Box::new(self.type_of(arg))),
            "Set" => Type::Set(Box::new(self.type_of(arg))),
            "Money" => match word(arg) {
                Some(currency) => Type::Money(Some(currency.text.clone())),
                None => Type::Money(None),
            },
            _ => {
                let near = mktlint_diag::closest(&name.text, APPLIED);
                self.report(codes::unknown_name::a_type(name, near));
                Type::Error
            }
        }
    }

    /// `contact { … }`, `asset Email { … }`, `part Link { … }`
    pub fn record(&mut self) -> Meaning {
        let mut fields: Vec<RecordField> = Vec::new();
        for clause in self.clauses() {
            if clause.colon.is_none() {
                self.malformed(clause, "name: Type");
                continue;
            }
            if let Some(first) = fields.iter().find(|field| field.name == clause.head.text) {
                let first = first.span;
                self.report(codes::duplicate_clause::of(&clause.head, first));
                continue;
            }
            fields.push(self.record_field(clause));
        }
        Meaning::Record(Record { fields })
    }

    fn record_field(&mut self, clause: &Clause) -> RecordField {
        let what = Meant::Field(self.path.clone(), clause.head.text.clone());
        self.infer.mention(clause.head.span, what, Role::Definition);
        let tree = clause.segments.first().filter(|segment| segment.lead.is_none());
        let tree = tree.and_then(|segment| segment.value.as_ref());
        let ty = match tree {
            Some(tree) => self.type_of(tree),
            None => {
                self.malformed(clause, "name: Type");
                Type::Error
            }
        };
        let range = list_behind(&clause.segments, Lead::In).first().copied();
        let range = range.and_then(|tree| self.field_range(tree, &ty));
        RecordField {
            name: clause.head.text.clone(),
            ty,
            docs: docs_text(&clause.docs),
            range,
            span: clause.head.span,
        }
    }

    fn field_range(&mut self, tree: &Expr, ty: &Type) -> Option<(Option<ExprId>, Option<ExprId>, bool)> {
        let Tree::Range { start, end, inclusive } = &tree.kind else {
            self.report(codes::malformed_clause::needs_range(tree.span));
            return None;
        };
        let of = ty.present();
        let start = start.as_ref().map(|tree| self.infer.check(tree, of));
        let end = end.as_ref().map(|tree| self.infer.check(tree, of));
        Some((start, end, *inclusive))
    }

    /// `enum Consent { granted, withdrawn }`
    pub fn members(&mut self) -> Meaning {
        let mut members: Vec<(SmolStr, mktlint_text::Span)> = Vec::new();
        for clause in self.clauses() {
            let rest = clause.segments.iter();
            let behind = rest.filter(|segment| matches!(segment.lead, Some((Lead::Comma, _))));
            let names = behind.filter_map(|segment| segment.value.as_ref()).filter_map(word);
            for name in std::iter::once(&clause.head).chain(names) {
                match members.iter().find(|(seen, _)| *seen == name.text) {
                    Some((_, first)) => {
                        let first = *first;
                        self.report(codes::duplicate_clause::of(name, first));
                    }
                    None => {
                        members.push((name.text.clone(), name.span));
                        self.stage(name, true);
                    }
                }
            }
        }
        Meaning::Enum(members.into_iter().map(|(name, _)| name).collect())
    }

    /// `lifecycle Stage { subscriber -> lead -> customer }`
    pub fn lifecycle(&mut self) -> Meaning {
        let mut stages: Vec<SmolStr> = Vec::new();
        let mut moves: Vec<(SmolStr, SmolStr)> = Vec::new();
        for clause in self.clauses() {
            let mut before = clause.head.text.clone();
            let is_new = push_new(&mut stages, before.clone());
            self.stage(&clause.head, is_new);
            for segment in &clause.segments {
                let Some(name) = segment.value.as_ref().and_then(word) else { continue };
                let is_new = push_new(&mut stages, name.text.clone());
                self.stage(name, is_new);
                if matches!(segment.lead, Some((Lead::Arrow, _))) {
                    push_new(&mut moves, (before, name.text.clone()));
                }
                before = name.text.clone();
            }
        }
        Meaning::Lifecycle(stages, moves)
    }

    /// Notes a member of this declaration, which the first mention introduces.
    pub fn stage(&mut self, name: &Name, is_new: bool) {
        let role = if is_new { Role::Definition } else { Role::Need };
        self.infer.mention(name.span, Meant::Member(self.path.clone(), name.text.clone()), role);
    }

    /// `region EU = [AT, BE]`, `region EEA = EU + [IS, LI, NO]`
    pub fn region(&mut self) -> Meaning {
        let Some(value) = self.header(Lead::Assign) else {
            self.malformed_header("region dach = [DE, AT, CH]");
            return Meaning::Error;
        };
        let mut countries = Vec::new();
        self.collect_countries(value, &mut countries);
        Meaning::Region(countries)
    }

    fn collect_countries(&mut self, tree: &Expr, countries: &mut Vec<SmolStr>) {
        match &tree.kind {
            Tree::Word(name) => self.country_or_region(name, countries),
            Tree::List(items) => items.iter().for_each(|item| self.collect_countries(item, countries)),
            Tree::Paren(inner) => self.collect_countries(inner, countries),
            Tree::Binary { op: mktlint_syntax::ast::BinaryOp::Add, left, right, .. } => {
                self.collect_countries(left, countries);
                self.collect_countries(right, countries);
            }
            Tree::Binary { op: mktlint_syntax::ast::BinaryOp::Sub, left, right, .. } => {
                self.collect_countries(left, countries);
                let mut without = Vec::new();
                self.collect_countries(right, &mut without);
                countries.retain(|country| !without.contains(country));
            }
            Tree::Error => {}
            _ => self.report(codes::malformed_clause::needs_countries(tree.span)),
        }
    }

    fn country_or_region(&mut self, name: &Name, countries: &mut Vec<SmolStr>) {
        if let Some(code) = places::country(&name.text) {
            push_new(countries, code.into());
            self.infer.mention(name.span, Meant::Country(code.into()), Role::Need);
            return;
        }
        let Some(path) = self.region_reference(name) else { return };
        let infer = &self.infer;
        if let Some(crate::signature::Signature::Members(of)) =
            crate::signature::signature(infer.db, infer.project, path.0).as_deref()
        {
            for country in of {
                push_new(countries, country.clone());
            }
        }
    }

    fn region_reference(&mut self, name: &Name) -> Option<crate::model::DeclPath> {
        let infer = &self.infer;
        let found = names::resolve(infer.db, infer.project, infer.file, name.text.clone(), Namespace::Values);
        if found.is_none() && name.text.len() == 2 {
            let region = self.public_elsewhere(name, Namespace::Values);
            self.report(codes::unknown_name::country(name, region.as_ref()));
            return None;
        }
        self.reference(name, ItemKind::Region)
    }

    /// The countries that a list, a code or a region stands for.
    pub fn countries(&mut self, tree: &Expr) -> Vec<SmolStr> {
        let mut countries = Vec::new();
        self.collect_countries(tree, &mut countries);
        countries
    }
}

/// Adds what is not there yet; whether it was not.
fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) -> bool {
    let is_new = !list.contains(&item);
    if is_new {
        list.push(item);
    }
    is_new
}
