//! Headers and cells of CSV.

use mktlint_asset::{Kind, rows, usual_field, usual_names};
use mktlint_hir::model::types::Type;
use mktlint_text::Span;

use super::items::Items;
use super::{directive, value};
use crate::CompletionKind;
use crate::asset::{prose, schema};

/// The column that waives rules for its row.
const WAIVER: &str = "mktlint_waive";

/// Names of columns in the first row, values below.
pub fn offer(items: &mut Items<'_>) {
    let text = &items.file.text;
    let mut all = rows(text, items.file.spec.delimiter);
    let header = all.next().unwrap_or_default();
    let is_first = header.last().is_none_or(|last| items.offset <= last.end());
    if is_first {
        return headers(items, &header);
    }
    let row =
        all.find(|row| row.first().zip(row.last()).is_some_and(|(a, b)| a.cover(*b).touches(items.offset)));
    let Some((row, column)) = row.and_then(|row| Some((row.clone(), column_at(&row, items.offset)?))) else {
        return;
    };
    let Some(cell) = row.get(column) else { return };
    let Some(name) = header.get(column).map(|cell| plain(text, *cell)) else { return };
    let typed = typed(items, *cell);
    items.replace_last(typed.len());
    if name == WAIVER {
        directive::words(items, &typed);
    } else if let Some(field) = usual_field(items.file.spec.kind, &name) {
        value::of_field(items, items.file.spec.kind, field);
    }
}

fn column_at(row: &[Span], offset: u32) -> Option<usize> {
    row.iter().position(|cell| cell.touches(offset))
}

fn plain(text: &str, cell: Span) -> String {
    cell.slice(text).trim_matches('"').trim().to_owned()
}

/// The letters of the cell before the place.
fn typed(items: &Items<'_>, cell: Span) -> String {
    let before = Span::new(cell.start(), items.offset.max(cell.start())).slice(&items.file.text);
    before.trim_start_matches('"').to_owned()
}

/// The columns that the kind of asset has and the file does not; of lists the next one: `Headline 3`.
fn headers(items: &mut Items<'_>, header: &[Span]) {
    let text = items.file.text.clone();
    let kind = items.file.spec.kind;
    let cell = column_at(header, items.offset).and_then(|at| header.get(at)).copied();
    let others: Vec<String> =
        header.iter().filter(|own| Some(**own) != cell).map(|own| plain(&text, *own)).collect();
    let typed = cell.map(|cell| typed(items, cell)).unwrap_or_default();
    items.replace_last(typed.len());
    let is_spaced = others.iter().any(|name| name.contains(char::is_uppercase)) || others.is_empty();
    for names in usual_names(kind) {
        let Some(field) = names.first() else { continue };
        let known = schema::field(items.view, kind, field);
        let is_list = known.is_some_and(|field| matches!(field.ty.present(), Type::List(_)));
        let n = others.iter().filter(|name| usual_field(kind, name) == Some(field)).count();
        if n > 0 && !is_list {
            continue;
        }
        let word = if is_list { names.get(1).unwrap_or(field) } else { field };
        let label = shown(word, is_list.then_some(n + 1), is_spaced);
        let own = items.add(label, CompletionKind::Field);
        own.detail = known.map(|field| field.ty.to_string());
        own.docs = known.and_then(|field| prose::first_paragraph(&field.docs));
    }
    if kind != Kind::Campaign && !others.iter().any(|name| name == WAIVER) {
        let own = items.add(WAIVER, CompletionKind::Field);
        own.docs =
            Some("Waives rules for its row: `subject_length until 2027-01-31 because a poem`.".to_owned());
    }
}

/// `final_url` as the other headers are written: `Final URL`, `final_url`.
fn shown(word: &str, number: Option<usize>, is_spaced: bool) -> String {
    let number = number.map(|n| n.to_string());
    if !is_spaced {
        return std::iter::once(word.to_owned()).chain(number).collect::<Vec<_>>().join("_");
    }
    let spaced = word.replace('_', " ").replace("url", "URL");
    let mut letters = spaced.chars();
    let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
    capital.into_iter().chain(number).collect::<Vec<_>>().join(" ")
}
