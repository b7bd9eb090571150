//! Keys of manifests, of front matter and of records, and headers of CSV files.

use mktlint_asset::{Format, Kind, keys, rows};
use mktlint_hir::model::types::Type;
use mktlint_text::Span;

use super::Section;
use crate::asset::at::At;
use crate::asset::{prose, schema};

/// What a key means, and what it holds.
pub fn section(at: &At<'_>) -> Option<Section> {
    let (path, span) = key_at(at)?;
    Some((span, meaning(at, &path)?))
}

/// What the value that the place is in is for: that of its key, where it stands on one line.
pub fn value(at: &At<'_>) -> Option<Section> {
    let text = &at.file.text;
    let is_short =
        |span: Span| span.touches(at.offset) && !span.slice(text).contains('\n') && !span.is_empty();
    if at.asset.format == Format::Csv {
        let mut all = rows(text, at.file.spec.delimiter);
        let header = all.next()?;
        let row = all.find(|row| row.iter().any(|cell| cell.touches(at.offset)))?;
        let (name, cell) = header.iter().zip(row).find(|(_, cell)| is_short(*cell))?;
        return Some((cell, meaning(at, name.slice(text).trim_matches('"'))?));
    }
    let all = keys(text, at.asset.format);
    let key = all.into_iter().filter(|key| is_short(key.value)).min_by_key(|key| key.value.len())?;
    Some((key.value, meaning(at, &key.path)?))
}

/// The key that the place is in, with those around it.
fn key_at(at: &At<'_>) -> Option<(String, Span)> {
    let text = &at.file.text;
    if at.asset.format == Format::Csv {
        let header = rows(text, at.file.spec.delimiter).next()?;
        let span = header.into_iter().find(|cell| cell.touches(at.offset))?;
        return Some((span.slice(text).trim_matches('"').to_owned(), span));
    }
    let key = keys(text, at.asset.format).into_iter().find(|key| key.name.touches(at.offset))?;
    Some((key.path.to_string(), key.name))
}

/// What the key at `path` means: a field of the asset, or a fact of the policy.
pub fn meaning(at: &At<'_>, path: &str) -> Option<String> {
    let kind = at.asset.kind;
    let joined = path.replace('.', "_");
    let last = path.rsplit('.').next().unwrap_or(path);
    let in_items = if kind == Kind::Campaign { None } else { schema::field(at.view, kind, last) };
    if let Some(field) = schema::field(at.view, kind, &joined).or(in_items) {
        let name = if kind == Kind::Campaign && path.contains('.') { path } else { &*field.name };
        return Some(of_field(at, name, &field.ty, &field.docs));
    }
    if let Some((_, holds, docs)) = schema::extra(path).filter(|_| kind == Kind::Campaign) {
        return Some(format!("**{path}**: {holds}\n\n{docs}"));
    }
    let fact = schema::fact(at.view, last)?;
    let docs = prose::first_paragraph(&fact.item.docs).unwrap_or_default();
    Some(
        format!("**fact** {}: `{}`\n\n{docs}", prose::code(&fact.item.path.0), fact.ty).trim_end().to_owned(),
    )
}

fn of_field(at: &At<'_>, name: &str, ty: &Type, docs: &str) -> String {
    let mut words = vec![format!("**{name}**: `{ty}`")];
    words.extend(prose::first_paragraph(docs));
    if let Some((item, members)) = schema::members(at.view, ty) {
        let members: Vec<String> = members.iter().map(|member| prose::code(member)).collect();
        words.push(format!("one of {}", members.join(", ")));
        words.extend(prose::first_paragraph(&item.docs));
    }
    words.join("\n\n")
}
