//! Values, for where an operand is wanted: what fits the type first.

use std::collections::BTreeMap;

use mktlint_hir::infer::{Group, Infer, PARTS, fits};
use mktlint_hir::model::expr::ExprKind;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::types::Type;
use mktlint_hir::places::{COUNTRIES, LANGUAGES};
use mktlint_hir::signature::{Signature, signature};
use smol_str::SmolStr;

use super::items::{Distance, Draft, Fit, Items};
use super::names::{self, Named, Reach, is_people};
use super::record;
use crate::model::CompletionKind;
use crate::policy::context::Context;
use crate::policy::signature_help::{Callee, library};

/// Currencies that are offered, as ISO 4217 calls them.
pub const CURRENCIES: [&str; 12] =
    ["EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK"];

/// Offers values, those of type `wanted` first.
pub fn offer(items: &mut Items<'_, '_>, wanted: Option<&Type>) {
    let Some(infer) = items.at.infer() else { return };
    literals(items, wanted);
    locals(items, &infer, wanted);
    fields(items, &infer, wanted);
    specials(items, &infer, wanted);
    declared(items, wanted);
    functions(items, &infer, wanted);
    keywords(items, wanted);
}

/// How well a value of type `found` goes where `wanted` is.
fn fit(found: &Type, wanted: Option<&Type>) -> Fit {
    let Some(wanted) = wanted else { return Fit::Exact };
    match (found.present(), wanted.present()) {
        (Type::Error, _) | (_, Type::Error) => Fit::Perhaps,
        // A condition begins with anything that can be compared.
        (_, Type::Bool) => Fit::Exact,
        (Type::Record(_), _) => Fit::Perhaps,
        (Type::Date | Type::DateTime, Type::Date | Type::DateTime) => Fit::Exact,
        (found, wanted) if fits(found, wanted) => Fit::Exact,
        (Type::List(_) | Type::Set(_), _) if wanted.item().is_none() => Fit::Poor,
        _ => Fit::Poor,
    }
}

/// Whether nothing but a member of a closed set can stand where `wanted` is.
fn is_closed(wanted: Option<&Type>) -> bool {
    matches!(wanted.map(Type::present), Some(Type::Enum(_) | Type::Country | Type::Language))
}

fn literals(items: &mut Items<'_, '_>, wanted: Option<&Type>) {
    match wanted.map(Type::present) {
        Some(Type::Enum(path)) => names::members(items, path),
        Some(Type::Country) => codes(items, COUNTRIES, "country"),
        Some(Type::Language) => codes(items, LANGUAGES, "language"),
        Some(Type::Duration) => durations(items),
        Some(Type::Money(currency)) => amounts(items, currency.as_deref()),
        Some(Type::Date | Type::DateTime) => days(items),
        Some(Type::List(_) | Type::Set(_)) => {
            let draft = Draft::new("[…]", CompletionKind::Snippet).snippet("[$0]").docs("a list");
            items.push(draft.ranked(Fit::Exact, Distance::Local));
        }
        _ => {}
    }
}

fn codes(items: &mut Items<'_, '_>, codes: &'static str, detail: &str) {
    for code in codes.split(' ') {
        let draft = Draft::new(code, CompletionKind::Constant).detail(detail);
        items.push(draft.ranked(Fit::Exact, Distance::Field));
    }
}

/// Sums: of the currency that is wanted, else of those that most trade is in.
fn amounts(items: &mut Items<'_, '_>, currency: Option<&str>) {
    for (n, own) in CURRENCIES.into_iter().filter(|own| currency.is_none_or(|it| it == *own)).enumerate() {
        let draft = Draft::new(own, CompletionKind::Constant).snippet(format!("{own} ${{1:100}}"));
        items.push(draft.detail("Money").ranked(Fit::Exact, Distance::Local).nth(n));
    }
}

fn durations(items: &mut Items<'_, '_>) {
    for (n, (label, snippet)) in [
        ("7 days", "${1:7} days"),
        ("30 days", "${1:30} days"),
        ("24 hours", "${1:24} hours"),
        ("1 year", "1 year"),
    ]
    .into_iter()
    .enumerate()
    {
        let draft = Draft::new(label, CompletionKind::Constant).snippet(snippet).detail("Duration");
        items.push(draft.ranked(Fit::Exact, Distance::Local).nth(n));
    }
}

fn days(items: &mut Items<'_, '_>) {
    let docs = [
        ("7 days ago", "${1:7} days ago", "a day in the past"),
        ("7 days from now", "${1:7} days from now", "a day to come"),
    ];
    for (label, snippet, docs) in docs {
        let draft = Draft::new(label, CompletionKind::Constant).snippet(snippet).detail("Date").docs(docs);
        items.push(draft.ranked(Fit::Exact, Distance::Field));
    }
    date(items);
}

/// Offers the days that a clause with a date is likely to mean: today, in a quarter, in a year.
pub fn date(items: &mut Items<'_, '_>) {
    days_after(items, [TODAY, QUARTER, YEAR]);
}

/// Offers the days that are likely to be the last one of an exception or a rule.
pub fn last_day(items: &mut Items<'_, '_>) {
    days_after(items, [QUARTER, YEAR, TODAY]);
}

/// Offers the days that are likely to be the last one of a document.
pub fn expiry(items: &mut Items<'_, '_>) {
    days_after(items, [YEAR, QUARTER, TODAY]);
}

/// Days from now, and how a list calls that.
type Later = (i64, &'static str);

const TODAY: Later = (0, "today");
const QUARTER: Later = (90, "in 90 days");
const YEAR: Later = (365, "in 365 days");

fn days_after(items: &mut Items<'_, '_>, spans: [Later; 3]) {
    let today = items.at.view.project.today(items.at.view.db);
    for (n, (days, detail)) in spans.into_iter().enumerate() {
        let Ok(day) = today.checked_add(jiff::Span::new().days(days)) else { continue };
        let draft = Draft::new(day.to_string(), CompletionKind::Constant).detail(detail);
        items.push(draft.ranked(Fit::Exact, Distance::Local).nth(n));
    }
}

fn locals(items: &mut Items<'_, '_>, infer: &Infer<'_>, wanted: Option<&Type>) {
    for local in infer.locals.iter().rev() {
        let draft = Draft::new(local.name.as_str(), CompletionKind::Value).detail(&local.ty);
        items.push(draft.ranked(fit(&local.ty, wanted), Distance::Local));
    }
}

/// Fields by bare name: those that every record of a group has.
fn fields(items: &mut Items<'_, '_>, infer: &Infer<'_>, wanted: Option<&Type>) {
    for (n, group) in infer.scene.groups.iter().enumerate() {
        let distance = nearness(items.at, infer, n, group);
        for (ty, field) in fields_of(items, group) {
            let fit = fit(&ty, wanted);
            if fit == Fit::Poor && is_closed(wanted) {
                continue;
            }
            let draft =
                Draft::new(field.name.as_str(), CompletionKind::Field).detail(&ty).docs(field.docs.as_str());
            items.push(draft.ranked(fit, distance));
            if ty.is_optional() {
                let label = format!("{}?", field.name);
                let docs = "its value, where there is one: a test of a missing one is false";
                let draft = Draft::new(label, CompletionKind::Field).detail(ty.present()).docs(docs);
                items.push(draft.ranked(fit, distance).nth(1));
            }
        }
    }
}

/// How near the fields of the `n`th group are.
///
/// A condition on people is about people: fields of the campaign are offered behind all that is known of them. What a
/// suppression does not hold for is most often said of the campaign.
fn nearness(at: &Context<'_>, infer: &Infer<'_>, n: usize, group: &Group) -> Distance {
    let is_exception = at.head() == Some("unless");
    match (is_on_people(infer), group.root == ExprKind::Campaign) {
        (true, is_campaign) if is_exception == is_campaign => Distance::Field,
        (true, true) => Distance::Project,
        (true, false) if is_exception => Distance::Import,
        _ if n == 0 => Distance::Field,
        _ => Distance::File,
    }
}

/// Whether contacts are what names mean first.
fn is_on_people(infer: &Infer<'_>) -> bool {
    let has = |root: &ExprKind| infer.scene.groups.iter().any(|group| group.root == *root);
    !has(&ExprKind::Asset) && has(&ExprKind::It)
}

fn fields_of<'a>(
    items: &Items<'_, 'a>,
    group: &Group,
) -> Vec<(Type, &'a mktlint_hir::model::item::RecordField)> {
    let view = items.at.view;
    let mut common: BTreeMap<SmolStr, (usize, Type, &mktlint_hir::model::item::RecordField)> =
        BTreeMap::new();
    for record in &group.records {
        for field in record::fields(view, record) {
            let own = common.entry(field.name.clone()).or_insert((0, field.ty.clone(), field));
            own.0 += 1;
            if field.ty.is_optional() {
                own.1 = field.ty.clone();
            }
        }
    }
    let all = common.into_values().filter(|(n, _, _)| *n == group.records.len());
    all.map(|(_, ty, field)| (ty, field)).collect()
}

fn specials(items: &mut Items<'_, '_>, infer: &Infer<'_>, wanted: Option<&Type>) {
    let at = items.at;
    let whole = |group: &Group| nearness(at, infer, 1, group);
    let mut special = |word: &str, ty: &Type, distance| {
        let fit = fit(ty, wanted);
        if fit != Fit::Poor || !is_closed(wanted) {
            let draft = Draft::new(word, CompletionKind::Value).detail(ty);
            items.push(draft.docs(special_docs(word)).ranked(fit, distance).nth(1));
        }
    };
    let has = |root: &ExprKind| infer.scene.groups.iter().find(|group| group.root == *root);
    if let Some(it) = infer.scene.it.as_ref().filter(|_| !is_on_people(infer)) {
        special("it", it, Distance::Local);
    }
    if infer.scene.matched {
        special("match", &Type::Text, Distance::Local);
    }
    for (root, word) in [(ExprKind::Asset, "asset"), (ExprKind::Campaign, "campaign")] {
        let Some(group) = has(&root) else { continue };
        if let Some(record) = group.records.first() {
            special(word, &Type::Record(record.clone()), whole(group));
        }
    }
    special("now", &Type::DateTime, Distance::Prelude);
    special("today", &Type::Date, Distance::Prelude);
    if has(&ExprKind::Asset).is_some() {
        for (list, part) in PARTS {
            let record = infer.prelude_record(part).map_or(Type::Error, Type::Record);
            special(list, &Type::List(Box::new(record)), Distance::Import);
        }
    }
}

/// One sentence on a word that stands for something wherever it is used.
pub fn special_docs(word: &str) -> &'static str {
    match word {
        "it" => "what is judged: the field, the part, the asset",
        "match" => "what was found",
        "asset" => "the asset that is judged, or that the part is of",
        "campaign" => "the manifest of the campaign",
        "now" => "when the campaign is sent, else the day of the run",
        "today" => "the day of `now`",
        _ if PARTS.iter().any(|(list, _)| *list == word) => "these parts of the asset, in order",
        _ => "",
    }
}

/// Declarations that are values. Nobody asks packs for types: their signatures may need analysis.
fn declared(items: &mut Items<'_, '_>, wanted: Option<&Type>) {
    let takes_region = wanted
        .is_none_or(|ty| matches!(ty.present(), Type::Error | Type::Bool) || fits(&regions(), ty.present()));
    let is_value = move |kind: ItemKind| match kind {
        ItemKind::Region => takes_region,
        ItemKind::Audience | ItemKind::Suppress => wanted.is_none_or(|ty| *ty.present() == Type::Bool),
        ItemKind::Let | ItemKind::Fact | ItemKind::Fn => true,
        _ => false,
    };
    for named in names::all(items.at, Reach::Everywhere, is_value) {
        let found = type_of(items, &named);
        let is_own = items.at.kind == Some(named.entry.kind)
            && items.at.words(0).first() == Some(&named.label.as_str());
        let fit = found.as_ref().map_or(Fit::Perhaps, |ty| fit(ty, wanted));
        if is_own || (fit != Fit::Exact && is_closed(wanted)) {
            continue;
        }
        let draft = match named.entry.kind {
            ItemKind::Fn => named.draft().snippet(format!("{}($0)", named.label)),
            _ => named.draft(),
        };
        let draft = match &found {
            Some(ty) if !named.is_far() && !is_people(named.entry.kind) => draft.detail(ty),
            _ => draft,
        };
        items.push(draft.ranked(fit, named.distance));
    }
}

fn regions() -> Type {
    Type::Set(Box::new(Type::Country))
}

fn type_of(items: &Items<'_, '_>, named: &Named) -> Option<Type> {
    match named.entry.kind {
        ItemKind::Region => return Some(regions()),
        ItemKind::Audience | ItemKind::Suppress => return Some(Type::Bool),
        _ if named.distance == Distance::Pack => return None,
        _ => {}
    }
    let view = items.at.view;
    match &*signature(view.db, view.project, named.entry.path.0.clone())? {
        Signature::Value(ty) | Signature::Function(_, ty) => Some(ty.clone()),
        _ => None,
    }
}

fn functions(items: &mut Items<'_, '_>, infer: &Infer<'_>, wanted: Option<&Type>) {
    if is_closed(wanted) {
        return;
    }
    for callee in library(infer) {
        let result = mktlint_hir::model::builtin::Builtin::from_name(&callee.name).map(|own| own.result.ty());
        let fit = result.map_or(Fit::Perhaps, |ty| fit(&ty, wanted));
        items.push(call(&callee).ranked(fit, Distance::Prelude).nth(1));
    }
}

fn call(callee: &Callee) -> Draft {
    let draft = Draft::new(callee.name.as_str(), CompletionKind::Function).docs(callee.docs.as_str());
    draft.detail(callee.label()).snippet(format!("{}($0)", callee.name))
}

fn keywords(items: &mut Items<'_, '_>, wanted: Option<&Type>) {
    if wanted.is_some_and(|ty| *ty.present() != Type::Bool) {
        return;
    }
    items.push(Draft::keyword("not", "the opposite").ranked(Fit::Exact, Distance::Import));
    for (word, docs) in [("true", "holds"), ("false", "does not hold")] {
        items.push(Draft::keyword(word, docs).ranked(Fit::Exact, Distance::Project));
    }
    for (word, docs) in [
        ("any", "at least one item of a list is so"),
        ("all", "every item of a list is so"),
        ("none", "no item of a list is so"),
    ] {
        let snippet = format!("{word} ${{1:link}} in ${{2:links}} where $0");
        items.push(Draft::keyword(word, docs).snippet(snippet).ranked(Fit::Exact, Distance::Import).nth(1));
    }
    let count = Draft::keyword("count", "how many items of a list are so");
    items.push(
        count.snippet("(count ${1:link} in ${2:links} where $3)").ranked(Fit::Exact, Distance::Import).nth(2),
    );
    let choice = Draft::keyword("if", "one of two values");
    items.push(choice.snippet("if $1 then $2 else $0").ranked(Fit::Exact, Distance::Prelude));
}

/// Offers lists to look through, behind `any` and its like: with a name for each item where there is none yet.
pub fn lists(items: &mut Items<'_, '_>) {
    let Some(infer) = items.at.infer() else { return };
    let any_list = Type::List(Box::new(Type::Error));
    let has_name = items.at.last().is_some_and(|last| last.kind == mktlint_syntax::lex::Kind::In);
    let push = |items: &mut Items<'_, '_>, name: &str, ty: &Type, distance| {
        if ty.present().item().is_none() {
            return;
        }
        let draft = Draft::new(name, CompletionKind::Value).detail(ty);
        let item = name.strip_suffix('s').unwrap_or("item");
        let draft = if has_name { draft } else { draft.snippet(format!("${{1:{item}}} in {name} where $0")) };
        items.push(draft.ranked(fit(ty, Some(&any_list)), distance));
    };
    for local in &infer.locals {
        push(items, &local.name, &local.ty, Distance::Local);
    }
    if infer.scene.groups.iter().any(|group| group.root == ExprKind::Asset) {
        for (list, part) in PARTS {
            let record = infer.prelude_record(part).map_or(Type::Error, Type::Record);
            push(items, list, &Type::List(Box::new(record)), Distance::Field);
        }
    }
    let is_value = |kind| matches!(kind, ItemKind::Let | ItemKind::Fact);
    for named in names::all(items.at, Reach::File, is_value) {
        if let Some(ty) = type_of(items, &named).filter(|ty| ty.present().item().is_some()) {
            push(items, &named.label, &ty, named.distance);
        }
    }
    for group in &infer.scene.groups {
        for record in group.records.iter().take(1) {
            for name in infer.field_names(record) {
                let ty = infer.field_type(record, &name).unwrap_or(Type::Error);
                push(items, &name, ty.present(), Distance::File);
            }
        }
    }
    for callee in library(&infer) {
        let result = mktlint_hir::model::builtin::Builtin::from_name(&callee.name).map(|own| own.result.ty());
        if result.is_some_and(|ty| ty.item().is_some()) {
            items.push(call(&callee).ranked(Fit::Exact, Distance::Prelude));
        }
    }
}
