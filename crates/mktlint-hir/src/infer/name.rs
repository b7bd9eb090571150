//! Words: what a bare name means.

use mktlint_diag::closest;
use mktlint_syntax::ast::{self, Name};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::{Group, Infer, Reach};
use crate::codes;
use crate::db::SourceFile;
use crate::draft::Draft;
use crate::mention::{Meant, Role, dotted_words};
use crate::model::expr::{Const, ExprId, ExprKind, Length};
use crate::model::item::ItemKind;
use crate::model::types::Type;
use crate::model::{DeclPath, builtin};
use crate::names::{self, Entry, Found, Namespace};
use crate::places;
use crate::signature::{Signature, library_contact, own_contact, signature};

/// Lists of parts that every asset has, by the name that policies use.
pub const PARTS: [(&str, &str); 13] = [
    ("headings", "Heading"),
    ("paragraphs", "Paragraph"),
    ("sentences", "Sentence"),
    ("links", "Link"),
    ("images", "Image"),
    ("buttons", "Button"),
    ("merge_tags", "MergeTag"),
    ("control_tags", "ControlTag"),
    ("utms", "Utm"),
    ("documents", "Document"),
    ("tables", "Table"),
    ("inputs", "Input"),
    ("passages", "Passage"),
];

/// Words that stand for something wherever they are used.
const SPECIAL: [&str; 6] = ["it", "now", "today", "match", "campaign", "asset"];

impl Infer<'_> {
    /// A bare word. `wanted` decides between a member, a country or a language and a declared name.
    pub fn word(&mut self, name: &Name, wanted: Option<&Type>) -> ExprId {
        let span = name.span;
        if let Some(id) = wanted.and_then(|ty| self.word_of_type(name, ty.present())) {
            return id;
        }
        if let Some(id) = self.local(name) {
            return id;
        }
        if let Some(id) = self.special(name) {
            return id;
        }
        for group in self.scene.groups.clone() {
            if let Some(id) = self.visible_field(&group, name) {
                return id;
            }
        }
        if let Some(draft) = self.ambiguous(name) {
            return self.fail(draft);
        }
        if let Some(entry) = self.resolve(name) {
            return self.declared(&entry, span);
        }
        if let Some(id) = self.unwanted_word(name) {
            return id;
        }
        self.unknown(name, wanted)
    }

    fn local(&mut self, name: &Name) -> Option<ExprId> {
        let at = self.locals.iter().rposition(|local| local.name == name.text)?;
        let local = self.locals.get(at)?;
        let (ty, introduced) = (local.ty.clone(), local.span);
        self.mention(name.span, introduced.map_or(Meant::Special("it"), Meant::Local), Role::Need);
        Some(self.push(ExprKind::Local(at as u32), ty, name.span))
    }

    /// Notes where the locals from number `first` are introduced.
    pub fn introduce_locals(&mut self, first: usize) {
        for span in self.locals.iter().skip(first).filter_map(|local| local.span).collect::<Vec<_>>() {
            self.mention(span, Meant::Local(span), Role::Definition);
        }
    }

    /// A word as a value of the type that is wanted here.
    fn word_of_type(&mut self, name: &Name, wanted: &Type) -> Option<ExprId> {
        let text = &name.text;
        match wanted {
            Type::Enum(path) => {
                let members = self.members(path)?;
                let member = members.iter().find(|member| *member == text)?.clone();
                Some(self.member(path.clone(), member, name.span))
            }
            Type::Country => self.country(name),
            Type::Language => self.language(text, name.span),
            _ => None,
        }
    }

    /// `en`, `de_AT`
    pub fn language(&mut self, text: &str, span: Span) -> Option<ExprId> {
        let tag = places::language(text)?;
        self.mention(span, Meant::Language(tag.clone()), Role::Need);
        Some(self.constant(Const::Language(tag), Type::Language, span))
    }

    fn country(&mut self, name: &Name) -> Option<ExprId> {
        let code = places::country(&name.text)?;
        self.mention(name.span, Meant::Country(code.into()), Role::Need);
        Some(self.constant(Const::Country(code.into()), Type::Country, name.span))
    }

    fn member(&mut self, path: DeclPath, member: SmolStr, span: Span) -> ExprId {
        self.mention(span, Meant::Member(path.clone(), member.clone()), Role::Need);
        self.constant(Const::Member(path.clone(), member), Type::Enum(path), span)
    }

    /// Words that mean something everywhere.
    fn special(&mut self, name: &Name) -> Option<ExprId> {
        let id = self.special_value(name)?;
        let word = SPECIAL.iter().find(|word| **word == name.text);
        word.into_iter().for_each(|word| self.mention(name.span, Meant::Special(word), Role::Need));
        Some(id)
    }

    fn special_value(&mut self, name: &Name) -> Option<ExprId> {
        let span = name.span;
        match name.text.as_str() {
            "it" => {
                let ty = self.scene.it.clone()?;
                Some(self.push(ExprKind::It, ty, span))
            }
            "now" => Some(self.push(ExprKind::Now, Type::DateTime, span)),
            "today" => {
                let none = self.constant(Const::Duration(Length::default()), Type::Duration, span);
                Some(self.push(ExprKind::Ago(none, true), Type::Date, span))
            }
            "match" if self.scene.matched => Some(self.push(ExprKind::Match, Type::Text, span)),
            "campaign" => self.root(&ExprKind::Campaign, span),
            "asset" => self.root(&ExprKind::Asset, span),
            word => {
                let asset = self.scene.groups.iter().any(|group| group.root == ExprKind::Asset);
                let (_, part) = PARTS.iter().find(|(list, _)| *list == word).filter(|_| asset)?;
                let path = self.prelude_record(part)?;
                self.mention(span, Meant::Parts(path.clone()), Role::Need);
                let ty = Type::List(Box::new(Type::Record(path)));
                Some(self.push(ExprKind::Parts((*part).into()), ty, span))
            }
        }
    }

    fn root(&mut self, root: &ExprKind, span: Span) -> Option<ExprId> {
        let group = self.scene.groups.iter().find(|group| group.root == *root)?;
        let ty = Type::Record(group.records.first()?.clone());
        Some(self.push(root.clone(), ty, span))
    }

    /// The path of a part or asset kind that the prelude declares.
    pub fn prelude_record(&self, name: &str) -> Option<DeclPath> {
        let entry = self.resolve_quietly(name)?;
        matches!(entry.kind, ItemKind::Part | ItemKind::Asset).then_some(entry.path)
    }

    /// A field of the records of `group`, by bare name.
    fn visible_field(&mut self, group: &Group, name: &Name) -> Option<ExprId> {
        let mut ty: Option<Type> = None;
        for record in &group.records {
            let own = self.field_type(record, &name.text)?;
            ty = Some(match ty {
                Some(seen) if seen != own && seen.present() == own.present() => optional(own),
                Some(seen) if seen != own => return None,
                _ => own,
            });
        }
        let root_type = group.records.first().cloned().map_or(Type::Error, Type::Record);
        let root = self.push(group.root.clone(), root_type, name.span);
        let ty = self.as_pack_knows(group, name, ty?);
        for record in &group.records {
            self.mention(name.span, Meant::Field(record.clone(), name.text.clone()), Role::Need);
        }
        Some(self.push(ExprKind::Field(root, name.text.clone()), ty, name.span))
    }

    /// In a pack an attribute needs no guard that the library's contact always has: where the project's can lack it, a
    /// test of a missing one is false as any other.
    fn as_pack_knows(&self, group: &Group, name: &Name, ty: Type) -> Type {
        if group.root != ExprKind::It || !ty.is_optional() || !self.file.is_pack(self.db) {
            return ty;
        }
        let is_own = |contact: &DeclPath| group.records.contains(contact);
        let own = own_contact(self.db, self.project).filter(is_own);
        let library = own.and_then(|_| library_contact(self.db, self.project));
        match library.and_then(|library| self.field_type(&library, &name.text)) {
            Some(known) if !known.is_optional() => ty.present().clone(),
            _ => ty,
        }
    }

    /// The type of a field of a record.
    pub fn field_type(&self, record: &DeclPath, field: &str) -> Option<Type> {
        match &*self.signature(record)? {
            Signature::Record(fields) => {
                fields.iter().find(|(name, _)| name == field).map(|(_, ty)| ty.clone())
            }
            _ => None,
        }
    }

    /// The names of the fields of a record.
    pub fn field_names(&self, record: &DeclPath) -> Vec<SmolStr> {
        match self.signature(record).as_deref() {
            Some(Signature::Record(fields)) => fields.iter().map(|(name, _)| name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// The members of an enum or the stages of a lifecycle.
    pub fn members(&self, path: &DeclPath) -> Option<Vec<SmolStr>> {
        match &*self.signature(path)? {
            Signature::Members(members) => Some(members.clone()),
            _ => None,
        }
    }

    fn signature(&self, path: &DeclPath) -> Option<std::sync::Arc<Signature>> {
        signature(self.db, self.project, path.0.clone())
    }

    /// What `name` is declared as, noting the use.
    pub fn resolve(&mut self, name: &Name) -> Option<Entry> {
        let entry = self.resolve_quietly(&name.text)?;
        self.need(name, &entry);
        Some(entry)
    }

    /// The same without noting that it is used.
    pub fn resolve_quietly(&self, name: &str) -> Option<Entry> {
        if self.reach == Reach::Project
            && let [one] = names::anywhere(self.db, self.project, name).as_slice()
        {
            return Some(one.clone());
        }
        names::resolve(self.db, self.project, self.file, name.into(), Namespace::Values)
    }

    /// The name where it could mean two declarations of the project.
    pub fn ambiguous(&self, name: &Name) -> Option<Draft> {
        if self.reach == Reach::File {
            return None;
        }
        match names::anywhere(self.db, self.project, &name.text).as_slice() {
            [one, other, ..] => Some(codes::unknown_name::ambiguous(name, &one.path, &other.path)),
            _ => None,
        }
    }

    /// A declared name as a value.
    pub fn declared(&mut self, entry: &Entry, span: Span) -> ExprId {
        let path = entry.path.clone();
        match entry.kind {
            ItemKind::Let => {
                let ty = self.value_type(&path);
                self.push(ExprKind::Let(path), ty, span)
            }
            ItemKind::Fact => {
                let ty = self.value_type(&path);
                self.push(ExprKind::Fact(path), ty, span)
            }
            ItemKind::Region => self.push(ExprKind::Region(path), Type::Set(Box::new(Type::Country)), span),
            // A suppression by name stands for its `who`.
            ItemKind::Audience | ItemKind::Suppress => self.push(ExprKind::Audience(path), Type::Bool, span),
            kind => self.fail(codes::wrong_kind::not_a_value(span, path.name(), kind)),
        }
    }

    fn value_type(&self, path: &DeclPath) -> Type {
        match self.signature(path).as_deref() {
            Some(Signature::Value(ty)) => ty.clone(),
            _ => Type::Error,
        }
    }

    /// The fact of that name, wherever it is declared, and its type.
    pub fn fact(&self, name: &str) -> Option<(Entry, Type)> {
        let fact = names::global(self.db, self.project, name.into(), ItemKind::Fact)?;
        let ty = self.value_type(&fact.path);
        Some((fact, ty))
    }

    /// A word that is a country code, or a member of only one enum, where nothing said what is wanted.
    fn unwanted_word(&mut self, name: &Name) -> Option<ExprId> {
        if name.text.len() == 2
            && let Some(id) = self.country(name)
        {
            return Some(id);
        }
        let mut found = None;
        for path in self.visible_enums() {
            if self.members(&path).is_some_and(|members| members.contains(&name.text)) {
                if found.is_some() {
                    return None;
                }
                found = Some(path);
            }
        }
        Some(self.member(found?, name.text.clone(), name.span))
    }

    fn visible_enums(&self) -> Vec<DeclPath> {
        let names = names::visible_names(self.db, self.project, self.file, Namespace::Values);
        let entries = names.iter().filter_map(|name| self.resolve_quietly(name));
        let mut paths: Vec<DeclPath> = entries
            .filter(|entry| matches!(entry.kind, ItemKind::Enum | ItemKind::Lifecycle))
            .map(|entry| entry.path)
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Reports a word that means nothing, with the nearest word that would mean something. A name whose `use` was not
    /// found is reported there.
    fn unknown(&mut self, name: &Name, wanted: Option<&Type>) -> ExprId {
        if names::imports(self.db, self.file).iter().any(|import| import.local == name.text) {
            return self.error(name.span);
        }
        if let Some(Type::Enum(path)) = wanted.map(Type::present)
            && let Some(members) = self.members(path)
        {
            return self.fail(codes::unknown_member::of_enum(name, path, &members));
        }
        if wanted.map(Type::present) == Some(&Type::Country) {
            let region = self.elsewhere(&name.text).filter(|entry| entry.public).map(|entry| entry.path);
            return self.fail(codes::unknown_name::country(name, region.as_ref()));
        }
        let mut known: Vec<SmolStr> = self.locals.iter().map(|local| local.name.clone()).collect();
        for group in &self.scene.groups {
            known.extend(group.records.iter().flat_map(|record| self.field_names(record)));
        }
        known.extend(names::visible_names(self.db, self.project, self.file, Namespace::Values));
        if self.reach == Reach::Project {
            known.extend(names::all_names(self.db, self.project));
        }
        let near = closest(&name.text, known.iter().map(SmolStr::as_str)).map(SmolStr::new);
        let elsewhere = self.elsewhere(&name.text);
        let wants_text = matches!(wanted.map(Type::present), Some(Type::Text));
        self.fail(match (wants_text, &near, &elsewhere) {
            (true, None, None) => codes::unknown_name::wants_text(name),
            _ => codes::unknown_name::of(name, near.as_deref(), elsewhere.as_ref()),
        })
    }

    /// A declaration of that name in another module: a public one, else one of the project's own.
    fn elsewhere(&self, name: &str) -> Option<Entry> {
        let key = (Namespace::Values, SmolStr::new(name));
        let named = |file: &SourceFile| names::file_scope(self.db, *file).names.get(&key);
        let files = self.project.files(self.db);
        let public = files.iter().filter_map(named).find(|entry| entry.public);
        let own = || files.iter().filter(|file| !file.is_pack(self.db)).find_map(named);
        public.or_else(own).cloned()
    }

    /// `base.name`: a field, a member, or a full name.
    pub fn field(&mut self, base: &ast::Expr, name: &Name, span: Span) -> ExprId {
        if let Some(id) = self.full_name(base, name, span) {
            return id;
        }
        let base = self.infer(base, None);
        match self.ty(base) {
            Type::Error => self.error(span),
            Type::Record(record) => match self.field_type(&record, &name.text) {
                Some(ty) => {
                    self.mention(name.span, Meant::Field(record, name.text.clone()), Role::Need);
                    self.push(ExprKind::Field(base, name.text.clone()), ty, span)
                }
                None => {
                    let known = self.field_names(&record);
                    self.fail(codes::unknown_member::of_record(name, &record, &known))
                }
            },
            Type::Optional(inner) if matches!(*inner, Type::Record(_)) => {
                let at = self.span(base);
                self.fail(codes::unguarded_optional::of(at, "this value"))
            }
            other => self.fail(codes::unknown_member::of_other(name, &other)),
        }
    }

    /// `Consent.granted`, `std.regions.EU`: a name whose first word is no value here.
    fn full_name(&mut self, base: &ast::Expr, name: &Name, span: Span) -> Option<ExprId> {
        let (prefix, _) = names::dotted_path(base)?;
        let mut words = dotted_words(base)?;
        let first = prefix.split('.').next().unwrap_or_default();
        let is_value = self.locals.iter().any(|local| local.name == first)
            || ["it", "asset", "campaign"].contains(&first)
            || self
                .scene
                .groups
                .clone()
                .iter()
                .any(|group| group.records.iter().all(|record| self.field_type(record, first).is_some()));
        if is_value {
            return None;
        }
        if let Some(entry) = self.resolve_quietly(&prefix)
            && matches!(entry.kind, ItemKind::Enum | ItemKind::Lifecycle)
        {
            self.mention_declaration(base, entry.kind, &entry.path, Role::Need);
            let wanted = Type::Enum(entry.path.clone());
            return Some(self.word_of_type(name, &wanted).unwrap_or_else(|| {
                let members = self.members(&entry.path).unwrap_or_default();
                self.fail(codes::unknown_member::of_enum(name, &entry.path, &members))
            }));
        }
        let path: SmolStr = names::absolute(self.db, self.file, &format!("{prefix}.{}", name.text));
        match names::find_path(self.db, self.project, path, Namespace::Values)? {
            Found::Declaration(entry) => {
                words.push(name);
                let what = Meant::Declaration(entry.kind, entry.path.clone());
                self.mention_words(&words, &entry.path.0, what, Role::Need);
                Some(self.declared(&entry, span))
            }
            Found::Module(_) => None,
        }
    }

    /// Names of the library's functions, for `did you mean`.
    pub fn function_names() -> impl Iterator<Item = &'static str> {
        builtin::SIGNATURES.iter().map(|signature| signature.name)
    }
}

/// `T?` of `T`; `T?` stays as it is.
pub fn optional(ty: Type) -> Type {
    match ty {
        Type::Optional(_) | Type::Error => ty,
        other => Type::Optional(Box::new(other)),
    }
}
