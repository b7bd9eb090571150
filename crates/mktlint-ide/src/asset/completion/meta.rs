//! Fields of a page in its head: `<meta name="mktlint:subject" content="…">`.

use mktlint_asset::Format;
use mktlint_hir::model::item::RecordField;

use super::items::Items;
use super::key::is_given;
use crate::CompletionKind;
use crate::asset::{prose, schema};

/// The fields that the page can give behind `mktlint:` and does not yet; false anywhere else.
pub fn offer(items: &mut Items<'_>) -> bool {
    if !matches!(items.file.spec.format, Format::Html | Format::Mjml) {
        return false;
    }
    let Some((before, typed)) = items.line().rsplit_once("mktlint:") else { return false };
    let is_name = before.ends_with(['"', '\''])
        && before.to_lowercase().trim_end_matches(['"', '\'']).ends_with("name=");
    if !is_name || !typed.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return false;
    }
    items.replace_last(typed.len());
    let kind = items.file.spec.kind;
    let known = items.file.extraction.assets.first().map(|asset| &asset.fields);
    let is_there = |field: &&RecordField| known.is_some_and(|known| known.contains_key(&field.name));
    let fields = schema::fields(items.view, kind).iter();
    let fields: Vec<_> =
        fields.filter(|field| is_given(&field.name) && field.name != "body" && !is_there(field)).collect();
    for field in fields {
        add(items, &field.name, &field.ty.to_string(), &field.docs);
    }
    for fact in schema::facts(items.view) {
        add(items, fact.item.path.name(), &fact.ty.to_string(), &fact.item.docs);
    }
    true
}

fn add(items: &mut Items<'_>, name: &str, ty: &str, docs: &str) {
    let is_closed = items.line_after().starts_with(['"', '\'']);
    let own = items.add(name, CompletionKind::Field);
    own.detail = Some(ty.to_owned());
    own.docs = prose::first_paragraph(docs);
    if !is_closed {
        own.insert = format!("{name}\" content=\"$1\">");
        own.is_snippet = true;
    }
}
