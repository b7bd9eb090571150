//! Audiences that manifests name, rules that directives name, claims that texts make.

use mktlint_check::spoken_at;
use mktlint_hir::db::Declaration;
use mktlint_hir::mention::Meant;
use mktlint_hir::model::item::{Item, ItemKind};
use mktlint_hir::names::word_of_kind;
use mktlint_text::Span;

use super::Section;
use crate::View;
use crate::asset::at::{At, judge, source};
use crate::asset::names::names;
use crate::asset::prose;
use crate::policy::lens::witness;

/// What the declaration says that the place names, and for people somebody who is among them.
pub fn section(at: &At<'_>) -> Option<Section> {
    let (span, declaration, item) = named(at)?;
    Some((span, told(at.view, declaration, item)))
}

/// The claim, disclosure or term whose words these are.
pub fn spoken(at: &At<'_>) -> Option<Section> {
    let (judge, _) = judge(at.view)?;
    let found = spoken_at(judge, &source(at.file), at.offset).into_iter().next()?;
    let declaration = at.view.find_rule(&found.name)?;
    Some((found.span, told(at.view, declaration, at.view.item(declaration))))
}

fn told(view: View<'_>, declaration: Declaration<'_>, item: &Item) -> String {
    let mut words = vec![format!("**{}** {}", word_of_kind(item.kind), prose::code(&item.path.0))];
    words.extend(super::finding::description(item));
    if matches!(item.kind, ItemKind::Audience | ItemKind::Suppress) {
        words.extend(witness(view, &item.path.0).map(|example| example.trim_end().to_owned()));
    }
    words.push(prose::block("mkt", super::finding::without_docs(declaration.text(view.db)), 12));
    words.join("\n\n")
}

/// The declaration that the place names: an audience or suppression in the value of `audience`, a rule in a directive.
pub fn named<'a>(at: &At<'a>) -> Option<(Span, Declaration<'a>, &'a Item)> {
    let mut all = names(at.view, at.file).into_iter().filter(|name| name.word.is_some());
    let name = all.find(|name| name.place.span.touches(at.offset))?;
    let Meant::Declaration(kind, path) = &name.what else { return None };
    let declaration = at.view.find(*kind, path)?;
    Some((name.place.span, declaration, at.view.item(declaration)))
}
