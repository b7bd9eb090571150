//! What can be typed at a place in an asset.

mod cell;
mod cursor;
mod directive;
mod items;
mod key;
mod link;
mod tag;
mod value;

use mktlint_asset::{Format, front_matter};
use mktlint_text::Span;

use crate::{AssetFile, Completion, View};
use cursor::{Cursor, Spot, cursor};
use items::Items;

/// What can be typed at `offset`, the most likely first: rules in a waiver, tracking parameters in a link, merge tags,
/// keys and values of manifests, records and front matter, headers of CSV.
pub fn completion(view: View<'_>, file: &AssetFile, offset: u32) -> Vec<Completion> {
    if !file.text.is_char_boundary(offset as usize) {
        return Vec::new();
    }
    let mut items = Items::new(view, file, offset);
    let is_done = directive::offer(&mut items) || link::offer(&mut items) || tag::offer(&mut items);
    if !is_done {
        match file.spec.format {
            Format::Csv => cell::offer(&mut items),
            _ => structure(&mut items),
        }
    }
    items.finish()
}

/// Keys and values.
fn structure(items: &mut Items<'_>) {
    let text = &items.file.text;
    let format = items.file.spec.format;
    let region = match format {
        Format::Json | Format::Yaml | Format::Toml => Some((Span::of(0..text.len()), format)),
        _ => front_matter(text).filter(|(inner, _)| inner.touches(items.offset)),
    };
    let Some((region, format)) = region else { return };
    let Some(cursor) = cursor(text, region, format, items.offset) else { return };
    items.replace_last(cursor.word.len() as usize);
    match cursor.spot {
        Spot::Key if cursor.in_list && value::is_known(items, &cursor) => {
            value::offer(items, &cursor, format)
        }
        Spot::Key => key::offer(items, &cursor, format),
        Spot::Value => value::offer(items, &cursor, format),
    }
}

#[cfg(test)]
mod tests;
