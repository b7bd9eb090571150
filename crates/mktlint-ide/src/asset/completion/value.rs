//! Values of keys: members of closed sets, audiences, countries, languages, days, time zones.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use mktlint_asset::{Asset, Format, Kind, Value};
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::types::Type;
use mktlint_hir::places::{COUNTRIES, LANGUAGES};
use mktlint_measure::zones;

use super::Cursor;
use super::items::Items;
use crate::asset::{prose, schema};
use crate::{CompletionKind, View};

/// What is wanted at a place.
enum Wanted<'a> {
    Of(&'a Type),
    People,
    Zone,
    Moment,
}

/// Whether anything is known of the values of the key that a list belongs to.
pub fn is_known(items: &Items<'_>, cursor: &Cursor) -> bool {
    wanted(items.view, items.file.spec.kind, &cursor.path).is_some()
}

/// The values that can stand at the place.
pub fn offer(items: &mut Items<'_>, cursor: &Cursor, format: Format) {
    let how = Written { quote: cursor.quote, format };
    let first = &cursor.path;
    let Some(wanted) = wanted(items.view, items.file.spec.kind, first) else { return };
    match wanted {
        Wanted::People => people(items, &how),
        Wanted::Zone => time_zones(items, &how),
        Wanted::Moment => moments(items, &how),
        Wanted::Of(ty) => of_type(items, ty, &how),
    }
}

/// The values of one field of a kind of asset, written without quotes.
pub fn of_field(items: &mut Items<'_>, kind: Kind, name: &str) {
    let how = Written { quote: None, format: Format::Csv };
    if let Some(Wanted::Of(ty)) = wanted(items.view, kind, &[name.to_owned()]) {
        of_type(items, ty, &how);
    }
}

fn wanted<'a>(view: View<'a>, kind: Kind, path: &[String]) -> Option<Wanted<'a>> {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    let field = |name: &str| schema::field(view, kind, name).map(|field| Wanted::Of(&field.ty));
    let fact = |name: &str| schema::fact(view, name).map(|fact| Wanted::Of(fact.ty));
    match (kind, words.as_slice()) {
        (Kind::Campaign, ["audience" | "audiences", ..]) => Some(Wanted::People),
        (Kind::Campaign, ["time_zone" | "timezone"]) => Some(Wanted::Zone),
        (Kind::Campaign, ["sends", "channel"]) => field("channel"),
        (Kind::Campaign, ["sends", "at"]) => Some(Wanted::Moment),
        (_, [name]) | (_, [_, name]) if kind != Kind::Campaign => field(name).or_else(|| fact(name)),
        (_, [name]) => field(name).or_else(|| fact(name)),
        (_, [record, name]) => field(&format!("{record}_{name}")).or_else(|| fact(name)),
        _ => None,
    }
}

/// How a value has to be written.
struct Written {
    quote: Option<char>,
    format: Format,
}

impl Written {
    /// `text` with the quotes that it needs.
    fn text(&self, text: &str) -> String {
        match (self.quote, self.format) {
            (None, Format::Json | Format::Toml) => format!("\"{text}\""),
            (None, Format::Yaml) if !is_plain(text) => format!("\"{text}\""),
            _ => text.to_owned(),
        }
    }

    /// A day or moment: a value of its own but in JSON.
    fn moment(&self, text: &str) -> String {
        if self.format == Format::Json { self.text(text) } else { text.to_owned() }
    }
}

/// Whether YAML reads a word as a text when it stands without quotes: `NO` is a country, yet looks like a truth.
fn is_plain(text: &str) -> bool {
    const TRUTHS: [&str; 10] = ["yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"];
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '/' | '.');
    text.starts_with(char::is_alphabetic)
        && text.chars().all(is_word)
        && !TRUTHS.contains(&text.to_lowercase().as_str())
}

fn of_type(items: &mut Items<'_>, ty: &Type, how: &Written) {
    match schema::one(ty) {
        Type::Enum(_) => members(items, ty, how),
        Type::Country => countries(items, how),
        Type::Language => languages(items, how),
        Type::Date => days(items, how),
        Type::DateTime => moments(items, how),
        Type::Bool => {
            ["true", "false"].iter().for_each(|word| _ = items.add(*word, CompletionKind::Constant))
        }
        _ => {}
    }
}

fn members(items: &mut Items<'_>, ty: &Type, how: &Written) {
    let Some((item, members)) = schema::members(items.view, ty) else { return };
    let docs = prose::first_paragraph(&item.docs);
    for member in members {
        let own = items.add(member.as_str(), CompletionKind::Member);
        own.insert = how.text(member);
        own.detail = Some(item.path.name().to_owned());
        own.docs.clone_from(&docs);
    }
}

/// The audiences of the project first, then those of packs.
fn people(items: &mut Items<'_>, how: &Written) {
    let view = items.view;
    let mut all: Vec<_> =
        schema::audiences(view).into_iter().filter(|(_, kind)| *kind == ItemKind::Audience).collect();
    let is_own = |path: &mktlint_hir::model::DeclPath| {
        view.project.modules(view.db).get(path.module()).is_some_and(|file| !file.is_pack(view.db))
    };
    all.sort_by_key(|(path, _)| !is_own(path));
    let alike = |name: &str| all.iter().filter(|(path, _)| path.name() == name).count();
    for (path, kind) in &all {
        let Some(declaration) = view.find(*kind, path) else { continue };
        let item = view.item(declaration);
        let name = if alike(path.name()) == 1 { path.name() } else { path.0.as_str() };
        let own = items.add(name, CompletionKind::Declaration);
        own.insert = how.text(name);
        own.detail = item.title.as_ref().map(ToString::to_string).or_else(|| Some(path.module().to_owned()));
        own.docs = prose::first_paragraph(&item.docs);
    }
}

/// The regions that policies name, then every country.
fn countries(items: &mut Items<'_>, how: &Written) {
    if let Some(plan) = items.view.assets.plan() {
        for region in &plan.regions {
            let name = plan.str(region.name);
            let n = plan.list(region.countries).len();
            let own = items.add(name, CompletionKind::Constant);
            own.insert = how.text(name);
            own.detail = Some(format!("{n} {}", if n == 1 { "country" } else { "countries" }));
        }
    }
    for code in COUNTRIES.split(' ') {
        let own = items.add(code, CompletionKind::Constant);
        own.insert = how.text(code);
        own.detail = zones::of_country(code).first().map(|zone| zone.name().to_owned());
    }
}

/// The languages of the campaign first.
fn languages(items: &mut Items<'_>, how: &Written) {
    let campaign = items.file.campaign.clone();
    let known = campaign.as_deref().map(|asset| texts(asset, "languages")).unwrap_or_default();
    for code in known.iter().map(String::as_str).chain(LANGUAGES.split(' ')) {
        items.add(code, CompletionKind::Constant).insert = how.text(code);
    }
}

/// The zones of the campaign's countries first.
fn time_zones(items: &mut Items<'_>, how: &Written) {
    let regions = items.at().map(|at| texts(at.asset, "regions")).unwrap_or_default();
    let near = regions.iter().flat_map(|code| {
        zones::of_country(&code.to_uppercase()).iter().map(move |zone| (code.to_uppercase(), zone))
    });
    let all =
        zones::countries().flat_map(|(code, zones)| zones.iter().map(move |zone| (code.to_owned(), zone)));
    for (code, zone) in near.chain(all) {
        let own = items.add(zone.name(), CompletionKind::Constant);
        own.insert = how.text(zone.name());
        own.detail.get_or_insert(code);
    }
}

/// The texts of a field.
fn texts(asset: &Asset, name: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Text(range) => Some(asset.slice(*range).trim().to_owned()),
        _ => None,
    };
    match asset.fields.get(name).map(|field| &field.value) {
        Some(Value::List(items)) => items.iter().filter_map(text).collect(),
        Some(value) => text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Days that campaigns start and end on, with what they are called.
fn likely_days(today: Date) -> Vec<(Date, String)> {
    let after = |n: i32| today.checked_add(n.days()).ok();
    let monday = (1..=7).filter_map(after).find(|day| day.weekday() == Weekday::Monday);
    let named = [
        (after(0), "today"),
        (after(1), "tomorrow"),
        (monday, "next Monday"),
        (after(7), "in a week"),
        (after(14), "in two weeks"),
        (after(30), "in 30 days"),
        (Some(today.last_of_month()), "the end of this month"),
    ];
    let mut days: Vec<(Date, String)> = Vec::new();
    for (day, name) in named {
        if let Some(day) = day.filter(|day| days.iter().all(|(known, _)| known != day)) {
            days.push((day, name.to_owned()));
        }
    }
    days
}

fn days(items: &mut Items<'_>, how: &Written) {
    for (day, name) in likely_days(items.view.project.today(items.view.db)) {
        let own = items.add(day.to_string(), CompletionKind::Constant);
        own.insert = how.moment(&day.to_string());
        own.detail = Some(name);
    }
}

/// Nine in the morning of the same days.
fn moments(items: &mut Items<'_>, how: &Written) {
    // TOML wants the seconds.
    let clock = if how.format == Format::Toml { "T09:00:00" } else { "T09:00" };
    for (day, name) in likely_days(items.view.project.today(items.view.db)) {
        let moment = format!("{day}{clock}");
        let own = items.add(moment.as_str(), CompletionKind::Constant);
        own.insert = how.moment(&moment);
        own.detail = Some(name);
    }
}
