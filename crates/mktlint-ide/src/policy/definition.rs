//! Where what a word names is introduced, and its type.

use mktlint_diag::FilePath;
use mktlint_hir::SourceFile;
use mktlint_hir::db::Declaration;
use mktlint_hir::mention::{self, Meant};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{Item, ItemKind, Meaning};
use mktlint_hir::model::types::Type;
use mktlint_hir::names::module_members;
use mktlint_text::Span;

use super::named::{Named, named_at};
use crate::View;

/// So many files of a folder of policies are offered.
const MOST_FILES: usize = 50;

/// Where something is introduced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The file; `std/…` for the standard library.
    pub file: FilePath,
    /// All of it.
    pub full: Span,
    /// Its name.
    pub name: Span,
}

impl Target {
    /// The words `name` of a declaration.
    pub fn of(view: View<'_>, declaration: Declaration<'_>, name: Span) -> Self {
        let offset = declaration.offset(view.db);
        let len = u32::try_from(declaration.text(view.db).len()).unwrap_or(u32::MAX);
        Self {
            file: declaration.file(view.db).path(view.db).clone(),
            full: Span::new(offset, offset.saturating_add(len)),
            name: name.shift(offset),
        }
    }

    /// The start of a file.
    pub fn file(file: FilePath) -> Self {
        Self { file, full: Span::at(0), name: Span::at(0) }
    }
}

/// A word, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leads {
    /// The word.
    pub origin: Span,
    /// Where it leads: one place, or several where a word means a field of several kinds of asset.
    pub targets: Vec<Target>,
}

impl Leads {
    /// `None` when there are no targets.
    pub fn to(origin: Span, targets: Vec<Target>) -> Option<Self> {
        (!targets.is_empty()).then_some(Self { origin, targets })
    }
}

/// Where what the word at `offset` names is introduced. Nothing for what no policy introduces: functions of the library,
/// countries.
pub fn definition(view: View<'_>, file: SourceFile, offset: u32) -> Option<Leads> {
    let named = named_at(view, file, offset)?;
    let targets = named.what.iter().flat_map(|what| introduced(view, named.declaration, what)).collect();
    Leads::to(named.span, targets)
}

/// Where `what`, of which `from` speaks, is introduced.
pub fn introduced(view: View<'_>, from: Declaration<'_>, what: &Meant) -> Vec<Target> {
    if let Meant::Module(module) = what {
        let files = module_members(view.db, view.project, module).into_iter().take(MOST_FILES);
        return files.map(|file| Target::file(file.path(view.db).clone())).collect();
    }
    let found = mention::definition(view.db, view.project, from, what);
    found.map(|(home, name)| Target::of(view, home, name)).into_iter().collect()
}

/// Where the type of what the word at `offset` names is declared: the `enum` or `lifecycle` of a value, the `asset`,
/// `part` or `contact` of a record.
pub fn type_definition(view: View<'_>, file: SourceFile, offset: u32) -> Option<Leads> {
    let named = named_at(view, file, offset)?;
    let path = declared_type(view, &named)?;
    let kinds = [ItemKind::Enum, ItemKind::Lifecycle, ItemKind::Asset, ItemKind::Part, ItemKind::Contact];
    let home = kinds.iter().find_map(|kind| view.find(*kind, &path))?;
    Leads::to(named.span, vec![Target::of(view, home, view.item(home).name_span)])
}

fn declared_type(view: View<'_>, named: &Named<'_>) -> Option<DeclPath> {
    match named.what.first()? {
        Meant::Member(path, _) | Meant::Parts(path) => return Some(path.clone()),
        Meant::Declaration(
            ItemKind::Enum | ItemKind::Lifecycle | ItemKind::Asset | ItemKind::Part | ItemKind::Contact,
            path,
        ) => return Some(path.clone()),
        _ => {}
    }
    let item = view.item(named.declaration);
    let back = named.declaration.offset(view.db);
    let word = Span::new(named.span.start().saturating_sub(back), named.span.end().saturating_sub(back));
    let ty = introduced_type(item, named.what.first()?, word).or_else(|| type_of_word(item, word))?;
    declaration_of(&ty)
}

/// The type that is written behind a name where it is introduced.
fn introduced_type(item: &Item, what: &Meant, word: Span) -> Option<Type> {
    match (&item.meaning, what) {
        (Meaning::Record(record), Meant::Field(..)) => {
            record.fields.iter().find(|field| field.span == word).map(|field| field.ty.clone())
        }
        (Meaning::Let(value), Meant::Declaration(ItemKind::Let, _)) => Some(item.body.get(*value).ty.clone()),
        (Meaning::Fact(ty), Meant::Declaration(ItemKind::Fact, _)) => Some(ty.clone()),
        _ => None,
    }
}

/// The type of the smallest expression that ends with `word`.
fn type_of_word(item: &Item, word: Span) -> Option<Type> {
    let ends_with = item.body.iter().map(|(_, expr)| expr);
    let ends_with = ends_with.filter(|expr| expr.span.end() == word.end() && expr.span.contains(word));
    let smallest = ends_with.filter(|expr| expr.ty != Type::Error).min_by_key(|expr| expr.span.len())?;
    // The root of `subject` stands at the same word as the field; the field comes last.
    let last = item.body.iter().filter(|(_, expr)| expr.span == smallest.span).last()?;
    Some(last.1.ty.clone())
}

fn declaration_of(ty: &Type) -> Option<DeclPath> {
    match ty {
        Type::Enum(path) | Type::Record(path) => Some(path.clone()),
        Type::Optional(inner) | Type::List(inner) | Type::Set(inner) => declaration_of(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn shown(fixture: &Fixture, leads: Option<Leads>) -> String {
        let view = fixture.view();
        let Some(leads) = leads else { return "nowhere".into() };
        let shown = leads.targets.iter().map(|target| {
            let file = view.policy(&target.file).expect("a policy");
            format!("{}:{}", target.file, target.name.slice(file.text(view.db)))
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    fn check(text: &str, expected: &str) {
        let fixture = Fixture::new(text);
        let found = definition(fixture.view(), fixture.policy(), fixture.offset);
        assert_eq!(shown(&fixture, found), expected);
    }

    fn check_type(text: &str, expected: &str) {
        let fixture = Fixture::new(text);
        let found = type_definition(fixture.view(), fixture.policy(), fixture.offset);
        assert_eq!(shown(&fixture, found), expected);
    }

    #[test]
    fn names_lead_to_what_introduces_them() {
        check("contact { age: Int }\naudience a = age > 3\nprove $0a subset of a", "policy/main.mkt:a");
        check("contact { age: Int }\naudience a = ag$0e > 3\n", "policy/main.mkt:age");
        check("use std.regions.{EU$0}\n", "std/regions.mkt:EU");
        check("use std.reg$0ions.{EU}\n", "std/regions.mkt:");
        check("enum E { x, y }\ncontact { e: E }\naudience a = e == $0y", "policy/main.mkt:y");
        check("fn f(limit: Int) -> Int = lim$0it + 1\n", "policy/main.mkt:limit");
        check("fn f(t: Text) -> Int = leng$0th(t)\n", "nowhere");
    }

    #[test]
    fn a_field_of_two_kinds_leads_to_both() {
        check(
            "rule r on Email, Page {\n  require tit$0le? contains \"x\"\n  error \"y\"\n}\n",
            "std/prelude.mkt:title std/prelude.mkt:title",
        );
    }

    #[test]
    fn values_lead_to_their_types() {
        let text = "enum E { x, y }\ncontact { e: E? }\n";
        check_type(&format!("{text}audience a = $0e? == y"), "policy/main.mkt:E");
        check_type(&format!("{text}audience a = e? == $0y"), "policy/main.mkt:E");
        check_type(
            "rule r on Email {\n  require any l in links where $0l.text != \"\"\n  error \"x\"\n}",
            "std/prelude.mkt:Link",
        );
        check_type("contact { ag$0e: Int }", "nowhere");
    }
}
