//! What a rule has to be told, because no file of an asset shows it.

use std::collections::BTreeSet;

use mktlint_hir::model::DeclPath;
use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::expr::{Expr, ExprKind};
use mktlint_hir::model::item::{Item, ItemKind, Meaning, Record, RecordField};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_hir::model::types::Type;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::prose::paragraphs;
use super::shelf::Shelf;

const CAMPAIGN: &str = "std.prelude.Campaign";

/// Fields of an asset that its file seldom shows, and that the campaign's manifest can give.
const TOLD: [&str; 4] = ["regions", "languages", "purpose", "has_plain_text"];

/// Who gives an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Giver {
    /// The asset, the campaign's manifest, or a `given` of the policy.
    Fact,
    /// The campaign's manifest; most fields can stand in the asset, too.
    Campaign,
    /// The `contact` declaration of the project, and its data.
    Contact,
    /// A `merge` declaration for each tag.
    Merge,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Who gives it.
    pub giver: Giver,
    /// Its full name when it is a fact, else the name of the field.
    pub path: SmolStr,
    /// Its type, without `?`.
    pub ty: String,
    /// The members of its type when that is a closed set.
    pub members: Vec<SmolStr>,
    /// What it means, on one line.
    pub docs: String,
    /// A value of its type, as policies and manifests write it.
    pub sample: String,
    /// Whether the rule can be judged without it.
    pub is_optional: bool,
    /// What a `given` of the policy says it is.
    pub given: Option<String>,
}

impl Need {
    /// Its last word, which manifests know it by.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// Who can say a fact or a field of the campaign: the nearest counts.
    pub fn told_by(&self) -> &'static str {
        if self.giver == Giver::Fact || TOLD.contains(&self.name()) {
            "asset or manifest"
        } else {
            "manifest"
        }
    }

    /// What comes of leaving it out.
    pub fn consequence(&self) -> String {
        match &self.given {
            Some(value) => format!("`{value}` in this policy"),
            None if self.is_optional => "may be left out".to_owned(),
            None => "undecided without it".to_owned(),
        }
    }

    fn of(giver: Giver, path: &str, ty: &Type, docs: &str, program: &Program) -> Self {
        Self {
            giver,
            path: path.into(),
            ty: ty.present().to_string(),
            members: members(ty, program),
            docs: paragraphs(docs).join(" "),
            sample: sample(ty, program),
            is_optional: ty.is_optional(),
            given: None,
        }
    }
}

/// A fact with the rules that ask for it.
#[derive(Clone, Debug)]
pub struct FactPage<'a> {
    /// The declaration.
    pub placed: &'a Placed,
    /// What it is.
    pub need: Need,
}

impl<'a> FactPage<'a> {
    /// The page of a `fact` declaration; `None` when it is something else.
    pub fn of(placed: &'a Placed, shelf: &Shelf<'a>) -> Option<Self> {
        let Meaning::Fact(ty) = &placed.item.meaning else { return None };
        let item = &placed.item;
        let mut need = Need::of(Giver::Fact, &item.path.0, ty, &item.docs, shelf.program);
        need.given = given(placed, shelf).map(|(given, value)| shelf.words(given, value));
        Some(Self { placed, need })
    }
}

/// The declaration of the policy that gives a fact its value, and the place of the value in it.
pub fn given<'a>(fact: &Placed, shelf: &Shelf<'a>) -> Option<(&'a Placed, Span)> {
    shelf.program.items.iter().find_map(|placed| match &placed.item.meaning {
        Meaning::Given(of, value) if *of == fact.item.path => {
            Some((placed, placed.item.body.get(*value).span))
        }
        _ => None,
    })
}

/// Everything that a declaration reaches: what it asks for, and the definitions that give its words a meaning.
#[derive(Debug, Default)]
pub struct Reach<'a> {
    /// In order of giver and name.
    pub needs: Vec<Need>,
    /// The functions, values, audiences, regions, disclosures and evidence behind its words, in order of name.
    pub definitions: Vec<&'a Placed>,
}

/// What `placed` reaches.
pub fn reach<'a>(placed: &'a Placed, shelf: &Shelf<'a>) -> Reach<'a> {
    let mut walk = Walk::new(shelf);
    walk.visit(&placed.item);
    while let Some((kind, path)) = walk.queue.pop() {
        if let Some(found) = walk.shelf.program.find(kind, &path) {
            walk.definitions.insert((kind, path));
            walk.visit(&found.item);
        }
    }
    walk.finish()
}

struct Walk<'s, 'a> {
    shelf: &'s Shelf<'a>,
    queue: Vec<(ItemKind, DeclPath)>,
    definitions: BTreeSet<(ItemKind, DeclPath)>,
    facts: BTreeSet<DeclPath>,
    /// Record and field.
    fields: BTreeSet<(DeclPath, SmolStr)>,
    merge_lengths: bool,
}

impl<'s, 'a> Walk<'s, 'a> {
    fn new(shelf: &'s Shelf<'a>) -> Self {
        Self {
            shelf,
            queue: Vec::new(),
            definitions: BTreeSet::new(),
            facts: BTreeSet::new(),
            fields: BTreeSet::new(),
            merge_lengths: false,
        }
    }

    fn visit(&mut self, item: &Item) {
        item.body.iter().for_each(|(_, expr)| self.expression(item, expr));
        match &item.meaning {
            Meaning::Claim(claim) => {
                if !claim.regions.is_empty() {
                    self.campaign(&["regions"]);
                }
                claim.evidence.iter().for_each(|(path, _)| self.follow(ItemKind::Evidence, path));
                claim.disclosures.iter().for_each(|it| self.follow(ItemKind::Disclosure, &it.disclosure));
            }
            Meaning::Suppress(_) => self.campaign(&["audience"]),
            Meaning::Cap(_) => self.campaign(&["audience", "send_at"]),
            Meaning::QuietHours(_) => self.campaign(&["audience", "send_at", "time_zone"]),
            _ => {}
        }
    }

    fn campaign(&mut self, fields: &[&str]) {
        let record = || DeclPath(CAMPAIGN.into());
        self.fields.extend(fields.iter().map(|field| (record(), (*field).into())));
    }

    fn follow(&mut self, kind: ItemKind, path: &DeclPath) {
        if !self.definitions.contains(&(kind, path.clone())) {
            self.queue.push((kind, path.clone()));
        }
    }

    fn expression(&mut self, item: &Item, expr: &Expr) {
        match &expr.kind {
            ExprKind::Fact(path) => drop(self.facts.insert(path.clone())),
            ExprKind::CallFn(path, _) => self.follow(ItemKind::Fn, path),
            ExprKind::Let(path) => self.follow(ItemKind::Let, path),
            ExprKind::Region(path) => self.follow(ItemKind::Region, path),
            ExprKind::Audience(path) => self.follow(ItemKind::Audience, path),
            ExprKind::CouldInclude(_) => self.campaign(&["audience"]),
            ExprKind::Call(Builtin::LongestLength | Builtin::LongestWidth | Builtin::LongestSegments, _) => {
                self.merge_lengths = true;
            }
            ExprKind::Field(base, name) => {
                if let Type::Record(path) = item.body.get(*base).ty.present() {
                    self.fields.insert((path.clone(), name.clone()));
                }
            }
            _ => {}
        }
    }

    fn finish(self) -> Reach<'a> {
        let facts = self.facts.iter().filter_map(|path| self.shelf.program.find(ItemKind::Fact, path));
        let facts = facts.filter_map(|placed| Some(FactPage::of(placed, self.shelf)?.need));
        let fields = self.fields.iter().filter_map(|(record, name)| self.field(record, name));
        let merge = self.merge_lengths.then(merge_need);
        let mut needs: Vec<Need> = facts.chain(fields).chain(merge).collect();
        needs.sort_by(|a, b| (a.giver, a.is_optional, &a.path).cmp(&(b.giver, b.is_optional, &b.path)));
        needs.dedup_by(|b, a| (a.giver, &a.path) == (b.giver, &b.path));
        let definitions =
            self.definitions.iter().filter_map(|(kind, path)| self.shelf.program.find(*kind, path));
        Reach { needs, definitions: definitions.collect() }
    }

    /// The field of a campaign or of a contact that has to be told; what an asset shows is no input.
    fn field(&self, record: &DeclPath, name: &str) -> Option<Need> {
        let find = |kind, path: &DeclPath| field_of(self.shelf.program, kind, path, name);
        if let Some(field) = find(ItemKind::Contact, record) {
            return Some(Need::of(Giver::Contact, name, &field.ty, &field.docs, self.shelf.program));
        }
        let own = find(ItemKind::Asset, record)?;
        let is_campaign = record.0 == CAMPAIGN;
        let is_asked = if is_campaign { name != "file" } else { TOLD.contains(&name) };
        let of_campaign = find(ItemKind::Asset, &DeclPath(CAMPAIGN.into()));
        let docs = &of_campaign.unwrap_or(own).docs;
        is_asked.then(|| Need::of(Giver::Campaign, name, &own.ty, docs, self.shelf.program))
    }
}

fn field_of<'a>(
    program: &'a Program,
    kind: ItemKind,
    record: &DeclPath,
    name: &str,
) -> Option<&'a RecordField> {
    match &program.find(kind, record)?.item.meaning {
        Meaning::Record(Record { fields }) => fields.iter().find(|field| field.name == name),
        _ => None,
    }
}

fn merge_need() -> Need {
    Need {
        giver: Giver::Merge,
        path: "merge".into(),
        ty: "declaration".into(),
        members: Vec::new(),
        docs: "How long each merge tag in the text can get.".into(),
        sample: "merge first_name { length 1..=14 }".into(),
        is_optional: false,
        given: None,
    }
}

/// The members of a closed set, also of a list of them.
fn members(ty: &Type, program: &Program) -> Vec<SmolStr> {
    let ty = ty.present();
    let Type::Enum(path) = ty.item().unwrap_or(ty) else { return Vec::new() };
    let found = program.find(ItemKind::Enum, path).or_else(|| program.find(ItemKind::Lifecycle, path));
    match found.map(|placed| &placed.item.meaning) {
        Some(Meaning::Enum(members) | Meaning::Lifecycle(members, _)) => members.clone(),
        _ => Vec::new(),
    }
}

/// A value of type `ty`, as policies and manifests write it.
pub fn sample(ty: &Type, program: &Program) -> String {
    let word = match ty {
        Type::Bool => "true",
        Type::Int => "3",
        Type::Decimal => "1.5",
        Type::Percent => "0.1%",
        Type::Money(currency) => return format!("{} 20", currency.as_deref().unwrap_or("EUR")),
        Type::Duration => "30 days",
        Type::Date => "2027-01-31",
        Type::DateTime => "2027-01-31T09:00",
        Type::Time => "21:00",
        Type::Country => "DE",
        Type::Language => "en",
        Type::Text => "\"…\"",
        Type::Url => "\"https://…\"",
        Type::Enum(_) => return members(ty, program).first().map_or("…".into(), SmolStr::to_string),
        Type::List(item) | Type::Set(item) => return format!("[{}]", sample(item, program)),
        Type::Optional(inner) => return sample(inner, program),
        Type::Error | Type::Pattern | Type::Record(_) => "…",
    };
    word.to_owned()
}
