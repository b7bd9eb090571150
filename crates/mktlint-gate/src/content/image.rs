//! Pictures.

use mktlint_asset::{Asset, Part, PartKind as Found, TextRange, Value, names};
use mktlint_diag::Place;

use super::assemble::Entries;
use super::{Reader, link, normal};
use crate::{Digest, Item, PartKind};

/// Addresses longer than this are pictures themselves; a digest stands for them.
const LONGEST_ADDRESS: usize = 2000;

/// Adds the pictures of `asset`: the address and the alternative text of each, one item each.
pub fn add(reader: &Reader<'_>, asset: &Asset, entries: &mut Entries) {
    let mut images: Vec<&Part> = asset.parts.iter().filter(|part| part.kind == Found::Image).collect();
    // Of a message in a data file each picture stands under a key of its own, and keys may stand in any order.
    let is_markup = |image: &&&Part| range(image, names::SOURCE).is_some_and(|at| is_plain(asset, at));
    if !images.iter().all(|image| is_markup(&image)) {
        images.sort_by_key(|image| range(image, names::SOURCE).map(|at| asset.slice(at)));
    }
    for image in images {
        if let Some(source) = range(image, names::SOURCE) {
            add_item(asset, "source", address(asset.slice(source)), source, entries);
        }
        if let Some(alt) = range(image, names::ALT) {
            let words = reader.spelled(asset, None, &normal::text(asset.slice(alt)));
            add_item(asset, "alt", words, alt, entries);
        }
    }
}

/// Whether a text is named after the attribute of a tag, and not after a key.
fn is_plain(asset: &Asset, range: TextRange) -> bool {
    matches!(&asset.text(range.text).map(|text| &text.role), Some(mktlint_asset::Role::Machine(name)) if name == names::SOURCE)
}

fn range(part: &Part, name: &str) -> Option<TextRange> {
    match part.field(name)? {
        Value::Text(range) => Some(*range),
        _ => None,
    }
}

fn address(written: &str) -> String {
    if written.len() > LONGEST_ADDRESS {
        return format!("a picture in the file itself, {}", Digest::of(written.as_bytes()));
    }
    link::split(written).0
}

fn add_item(asset: &Asset, name: &str, text: String, at: TextRange, entries: &mut Entries) {
    let place = Place::new(asset.file.clone(), asset.source(at));
    entries.add(PartKind::Images, Item { name: name.to_owned(), text, place });
}
