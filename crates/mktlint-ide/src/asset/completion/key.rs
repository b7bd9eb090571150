//! Keys of manifests, records and front matter.

use mktlint_asset::{Format, Kind, usual_field};
use mktlint_hir::model::item::RecordField;
use mktlint_hir::model::types::Type;

use super::Cursor;
use super::items::Items;
use crate::CompletionKind;
use crate::asset::{prose, schema};

/// How the value of a key is written.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Bare,
    List,
    /// A record with these keys.
    Record(&'static [&'static str]),
    /// A list of such records.
    Records(&'static [&'static str]),
}

/// Fields that no file gives.
const DERIVED: [&str; 6] = ["file", "all_text", "is_html", "html_size", "has_plain_text", "in_reply_to"];

/// Fields that stand in a record: `sender.name`.
const IN_RECORDS: [&str; 4] = ["sender_name", "sender_address", "offer_start", "offer_end"];

/// The keys that can stand at the place and do not yet.
pub fn offer(items: &mut Items<'_>, cursor: &Cursor, format: Format) {
    let path: Vec<&str> = cursor.path.iter().map(String::as_str).collect();
    match (items.file.spec.kind, path.as_slice()) {
        (Kind::Campaign, []) => campaign(items, cursor, format),
        (Kind::Campaign, ["sender"]) => members(items, cursor, format, "sender", &["name", "address"]),
        (Kind::Campaign, ["offer"]) => members(items, cursor, format, "offer", &["start", "end", "discount"]),
        (Kind::Campaign, ["sends"]) => members(items, cursor, format, "sends", &["channel", "at", "id"]),
        (Kind::Campaign, ["audience"]) => channels(items, cursor, format),
        (Kind::Campaign, _) => {}
        (kind, [] | [_]) => fields(items, cursor, format, kind),
        _ => {}
    }
}

fn campaign(items: &mut Items<'_>, cursor: &Cursor, format: Format) {
    let view = items.view;
    for field in schema::fields(view, Kind::Campaign) {
        if !DERIVED.contains(&&*field.name) && !IN_RECORDS.contains(&&*field.name) {
            of_field(items, cursor, format, Kind::Campaign, field);
        }
    }
    let records: [(&str, Holds); 3] = [
        ("sends", Holds::Records(&["channel", "at"])),
        ("sender", Holds::Record(&["name", "address"])),
        ("offer", Holds::Record(&["start", "end"])),
    ];
    for (name, holds) in records {
        let Some((_, what, docs)) = schema::extra(name) else { continue };
        add(items, cursor, format, name, holds, what, docs);
    }
    facts(items, cursor, format);
}

fn facts(items: &mut Items<'_>, cursor: &Cursor, format: Format) {
    for fact in schema::facts(items.view) {
        let detail = format!("{}, a fact of {}", fact.ty, fact.item.path.module());
        add(items, cursor, format, fact.item.path.name(), holds(fact.ty), &detail, &fact.item.docs);
    }
}

fn fields(items: &mut Items<'_>, cursor: &Cursor, format: Format, kind: Kind) {
    let in_front = !matches!(items.file.spec.format, Format::Json | Format::Yaml | Format::Toml);
    for field in schema::fields(items.view, kind) {
        let is_body = in_front && matches!(&*field.name, "body" | "plain_text");
        if !DERIVED.contains(&&*field.name) && !is_body {
            of_field(items, cursor, format, kind, field);
        }
    }
    facts(items, cursor, format);
}

fn of_field(items: &mut Items<'_>, cursor: &Cursor, format: Format, kind: Kind, field: &RecordField) {
    let is_there = |key: &String| usual_field(kind, key) == Some(&*field.name);
    if !cursor.siblings.iter().any(is_there) {
        add(items, cursor, format, &field.name, holds(&field.ty), &field.ty.to_string(), &field.docs);
    }
}

fn holds(ty: &Type) -> Holds {
    match ty.present() {
        Type::List(_) | Type::Set(_) => Holds::List,
        Type::Bool | Type::Int | Type::Decimal | Type::Date | Type::DateTime => Holds::Bare,
        _ => Holds::Text,
    }
}

fn members(items: &mut Items<'_>, cursor: &Cursor, format: Format, of: &str, names: &[&str]) {
    for name in names {
        let path = format!("{of}.{name}");
        let field = schema::field(items.view, Kind::Campaign, &path.replace('.', "_"));
        let (holds, what, docs) = match (field, schema::extra(&path)) {
            (Some(field), _) => (holds(&field.ty), field.ty.to_string(), field.docs.to_string()),
            (None, Some((_, what, docs))) => {
                let holds = if *what == "DateTime" { Holds::Bare } else { Holds::Text };
                (holds, (*what).to_owned(), (*docs).to_owned())
            }
            (None, None) => continue,
        };
        add(items, cursor, format, name, holds, &what, &docs);
    }
}

/// `audience: {email: vip, sms: texters}`
fn channels(items: &mut Items<'_>, cursor: &Cursor, format: Format) {
    let field = schema::field(items.view, Kind::Campaign, "channel");
    let Some((_, members)) = field.and_then(|field| schema::members(items.view, &field.ty)) else { return };
    for member in members {
        add(
            items,
            cursor,
            format,
            member,
            Holds::Text,
            "an audience",
            "Who gets the messages on this channel.",
        );
    }
}

fn add(
    items: &mut Items<'_>,
    cursor: &Cursor,
    format: Format,
    name: &str,
    holds: Holds,
    detail: &str,
    docs: &str,
) {
    if cursor.siblings.iter().any(|key| key == name) {
        return;
    }
    let after = items.line_after();
    let insert = written(name, holds, format, cursor, after);
    let item = items.add(name, CompletionKind::Field);
    item.detail = Some(detail.to_owned());
    item.docs = prose::first_paragraph(docs);
    item.is_snippet = insert.contains('$');
    item.insert = insert;
}

/// The key with what follows it, and a place for its value; the key alone where that is there already.
fn written(name: &str, holds: Holds, format: Format, cursor: &Cursor, after: &str) -> String {
    let after = after.trim_start();
    match format {
        Format::Json if cursor.quote.is_some() && !after.starts_with('"') => {
            format!("{name}\": {}", value(holds, format))
        }
        _ if cursor.quote.is_some() || after.starts_with([':', '=']) => name.to_owned(),
        Format::Json => format!("\"{name}\": {}", value(holds, format)),
        Format::Toml => format!("{name} = {}", value(holds, format)),
        // In brackets a record of its own lines cannot stand.
        _ if matches!(holds, Holds::Record(_) | Holds::Records(_)) && !cursor.path.is_empty() => {
            format!("{name}: ")
        }
        _ => format!("{name}:{}", value(holds, format)),
    }
}

fn value(holds: Holds, format: Format) -> String {
    let is_yaml = !matches!(format, Format::Json | Format::Toml);
    match holds {
        Holds::Text if is_yaml => " ".to_owned(),
        Holds::Bare if is_yaml => " ".to_owned(),
        Holds::Text => "\"$1\"".to_owned(),
        Holds::Bare if format == Format::Json => "$1".to_owned(),
        Holds::Bare => String::new(),
        Holds::List if is_yaml => " [$1]".to_owned(),
        Holds::List => "[$1]".to_owned(),
        Holds::Record(keys) if is_yaml => places(keys, |key, n| format!("\n  {key}: ${n}"), ""),
        Holds::Records(keys) if is_yaml => {
            format!("\n  - {{{}\\}}", places(keys, |key, n| format!("{key}: ${n}"), ", "))
        }
        Holds::Record(keys) => record(keys, format),
        Holds::Records(keys) => format!("[{}]", record(keys, format)),
    }
}

fn record(keys: &[&str], format: Format) -> String {
    let pair = |key: &str, n: usize| match format {
        Format::Json => format!("\"{key}\": \"${n}\""),
        _ => format!("{key} = \"${n}\""),
    };
    format!("{{ {} \\}}", places(keys, pair, ", "))
}

fn places(keys: &[&str], pair: impl Fn(&str, usize) -> String, between: &str) -> String {
    let pairs: Vec<String> = keys.iter().zip(1..).map(|(key, n)| pair(key, n)).collect();
    pairs.join(between)
}
