//! Words that are no declarations: fields, members, variables, functions, countries, and the words of the language.

use mktlint_hir::SourceFile;
use mktlint_hir::mention::Meant;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::item::{ItemKind, Meaning, RecordField};
use mktlint_hir::names::{file_scope, kind_of_word};
use mktlint_hir::signature::{Signature, signature};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::declaration;
use crate::asset::prose;
use crate::model::Hover;
use crate::policy::completion::{clause_docs, kind_docs, special_docs, type_docs};
use crate::policy::named::Named;
use crate::policy::signature_help::Callee;
use crate::policy::walk::{Node, path};
use crate::view::View;

/// What a word means that no declaration of its own introduces.
pub fn page(view: View<'_>, named: &Named<'_>, what: &Meant) -> Option<String> {
    match what {
        Meant::Field(record, name) => Some(field(view, &[record], name)),
        Meant::Member(path, name) => Some(member(view, path, name)),
        Meant::Local(_) => local(view, named, what),
        Meant::Function(name) => Builtin::from_name(name).map(|own| function(&Callee::of_library(own))),
        Meant::Parts(part) => {
            let docs = view.find(ItemKind::Part, part).map(|own| declaration::page(view, own));
            Some(format!("every {} of the asset, in order\n\n{}", prose::code(part.name()), docs?))
        }
        Meant::Country(code) => Some(country(view, code)),
        Meant::Language(tag) => Some(format!("**language** {}", prose::code(tag))),
        Meant::Type(name) => Some(format!("**type** {}: {}", prose::code(name), type_docs(name)?)),
        Meant::Shape(name) => Some(format!("**shape** {}: what `matches` can ask", prose::code(name))),
        Meant::Special(word) => special(view, named, word),
        Meant::Declaration(..) | Meant::Module(_) => None,
    }
}

/// One section for a word that is the same field of several kinds of asset.
pub fn same_field(view: View<'_>, what: &[&Meant]) -> Option<String> {
    let records: Option<Vec<(&DeclPath, &SmolStr)>> = what
        .iter()
        .map(|what| match what {
            Meant::Field(record, name) => Some((record, name)),
            _ => None,
        })
        .collect();
    let records = records.filter(|records| records.len() > 1)?;
    let (_, name) = records.first()?;
    let records: Vec<&DeclPath> = records.iter().map(|(record, _)| *record).collect();
    Some(field(view, &records, name))
}

/// A field of one or several records, with the docs of the first.
fn field(view: View<'_>, records: &[&DeclPath], name: &str) -> String {
    let found = records.iter().find_map(|record| field_of(view, record, name));
    let ty = found.map_or_else(String::new, |field| format!(": {}", field.ty));
    let of: Vec<String> = records.iter().map(|record| prose::code(owner(view, record))).collect();
    let mut sections =
        vec![format!("**field** {} of {}", prose::code(&format!("{name}{ty}")), of.join(", "))];
    sections.extend(found.and_then(|field| declaration::docs(&field.docs)));
    sections.join("\n\n")
}

/// `Email`; `contact` has no name.
fn owner<'p>(view: View<'_>, record: &'p DeclPath) -> &'p str {
    if view.find(ItemKind::Contact, record).is_some() { "contact" } else { record.name() }
}

fn field_of<'a>(view: View<'a>, record: &DeclPath, name: &str) -> Option<&'a RecordField> {
    let kinds = [ItemKind::Contact, ItemKind::Asset, ItemKind::Part];
    let declaration = kinds.into_iter().find_map(|kind| view.find(kind, record))?;
    match &view.item(declaration).meaning {
        Meaning::Record(record) => record.fields.iter().find(|field| field.name == name),
        _ => None,
    }
}

/// A member, and of a lifecycle where it leads.
fn member(view: View<'_>, path: &DeclPath, name: &str) -> String {
    let of = if view.find(ItemKind::Pipeline, path).is_some() { "pipeline" } else { path.name() };
    let mut sections = vec![format!("**member** {} of {}", prose::code(name), prose::code(of))];
    let lifecycle = view.find(ItemKind::Lifecycle, path).map(|own| &view.item(own).meaning);
    if let Some(Meaning::Lifecycle(_, moves)) = lifecycle {
        let next: Vec<String> =
            moves.iter().filter(|(from, _)| from == name).map(|(_, to)| prose::code(to)).collect();
        let leads = if next.is_empty() {
            "leads nowhere".to_owned()
        } else {
            format!("leads to {}", next.join(", "))
        };
        sections.push(leads);
    }
    sections.join("\n\n")
}

/// A variable or parameter with its type, read off a place that uses it.
fn local(view: View<'_>, named: &Named<'_>, what: &Meant) -> Option<String> {
    let item = view.item(named.declaration);
    let name = named.span.slice(named.declaration.file(view.db).text(view.db));
    let mentions = mktlint_hir::mentions(view.db, view.project, named.declaration);
    let spans: Vec<Span> = mentions.iter().filter(|own| own.what == *what).map(|own| own.span).collect();
    let used =
        item.body.iter().find(|(_, expr)| spans.contains(&expr.span)).map(|(_, expr)| expr.ty.to_string());
    let declared = || match &item.meaning {
        Meaning::Fn(params, _) => params.iter().find(|(own, _)| own == name).map(|(_, ty)| ty.to_string()),
        _ => None,
    };
    let ty = used.or_else(declared).map(|ty| format!(": {ty}")).unwrap_or_default();
    Some(format!("**variable** {}", prose::code(&format!("{name}{ty}"))))
}

/// A function of the library.
fn function(callee: &Callee) -> String {
    let label = prose::block("mkt", &callee.label(), 1);
    format!("{label}\n\n{}", prose::inline(&callee.docs))
}

/// A country, and the regions that it is in: those of the project, and those that come along.
fn country(view: View<'_>, code: &str) -> String {
    let mut of = Vec::new();
    let library = view.project.modules(view.db).get("std.regions").copied();
    for file in view.own_files().chain(library) {
        let scope = &file_scope(view.db, file).names;
        for ((_, name), entry) in scope.iter().filter(|(_, entry)| entry.kind == ItemKind::Region) {
            let members = signature(view.db, view.project, entry.path.0.clone());
            if let Some(Signature::Members(members)) = members.as_deref()
                && members.iter().any(|member| member == code)
            {
                of.push(prose::code(name));
            }
        }
    }
    let of = if of.is_empty() { String::new() } else { format!("\n\nin {}", of.join(", ")) };
    format!("**country** {}{of}", prose::code(code))
}

/// `it`, `now`: what it stands for, and its type or day.
fn special(view: View<'_>, named: &Named<'_>, word: &str) -> Option<String> {
    let item = view.item(named.declaration);
    let span = Span::new(
        named.span.start().checked_sub(named.declaration.offset(view.db))?,
        named.span.end().checked_sub(named.declaration.offset(view.db))?,
    );
    let ty = item.body.iter().find(|(_, expr)| expr.span == span).map(|(_, expr)| expr.ty.to_string());
    let ty = ty.map(|ty| format!(": {ty}")).unwrap_or_default();
    let mut text = format!("{} {}", prose::code(&format!("{word}{ty}")), special_docs(word));
    if matches!(word, "now" | "today") {
        text.push_str(&format!("\n\n{} while this is written", view.project.today(view.db)));
    }
    Some(text.trim_end().to_owned())
}

/// What a word of the language is for: the kind of a declaration, the head of a clause.
pub fn hover(view: View<'_>, file: SourceFile, offset: u32) -> Option<Hover> {
    let (declaration, inside) = view.declaration_at(file, offset)?;
    let tree = view.tree(declaration)?;
    let base = declaration.offset(view.db);
    let kind = kind_of_word(&tree.kind.text)?;
    let shown = |span: Span, word: &str, docs: &str| Hover {
        span: span.shift(base),
        markdown: format!("**{word}**: {}", prose::inline(docs)),
    };
    if tree.kind.span.touches(inside) {
        return Some(shown(tree.kind.span, &tree.kind.text, kind_docs(kind)));
    }
    let nodes = path(tree, Span::at(inside));
    let clause = nodes.iter().rev().find_map(|node| match node {
        Node::Clause(clause) if clause.head.span.touches(inside) => Some(clause),
        _ => None,
    })?;
    let docs = clause_docs(kind, &clause.head.text)?;
    Some(shown(clause.head.span, &clause.head.text, docs))
}
