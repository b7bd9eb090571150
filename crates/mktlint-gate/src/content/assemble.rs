//! What was read of assets to parts with digests.

use std::collections::BTreeMap;

use mktlint_asset::{Asset, Format, Kind};
use mktlint_diag::FilePath;

use super::NORMAL_FORM;
use crate::{Content, Digest, Item, Part, PartId, PartKind};

/// One thing that an asset says, and what of it counts.
#[derive(Clone, Debug)]
pub struct Entry {
    /// For people.
    pub item: Item,
    /// For the digest.
    pub counted: Vec<String>,
}

/// What one asset says, by part.
#[derive(Clone, Debug, Default)]
pub struct Entries(BTreeMap<PartKind, Vec<Entry>>);

impl Entries {
    /// Adds an item that counts with its name and text.
    pub fn add(&mut self, kind: PartKind, item: Item) {
        let counted = vec![item.name.clone(), item.text.clone()];
        self.add_counted(kind, item, counted);
    }

    /// Adds an item of which `counted` goes into the digest.
    pub fn add_counted(&mut self, kind: PartKind, item: Item, counted: Vec<String>) {
        self.0.entry(kind).or_default().push(Entry { item, counted });
    }

    /// Puts the entries of `kind` in the order of `key`; those with equal keys stay as they are.
    pub fn sort_by<K: Ord>(&mut self, kind: PartKind, key: impl Fn(&Entry) -> K) {
        if let Some(entries) = self.0.get_mut(&kind) {
            entries.sort_by_key(key);
        }
    }

    /// What the order of rows is taken from: all that counts of what an approval speaks of, so that rows that say the same
    /// stand together and a change of a row's metadata moves none.
    fn row_key(&self) -> Vec<&[String]> {
        let approved = self.0.iter().filter(|(kind, _)| kind.is_approved());
        approved.flat_map(|(_, entries)| entries).map(|entry| entry.counted.as_slice()).collect()
    }
}

/// The parts of the assets of one file that belong to one unit.
///
/// Rows of a table may stand in any order. They are brought into one by what they say, all parts together: sorted part by
/// part, two rows could swap their links unnoticed.
pub fn content(file: &FilePath, mut assets: Vec<(&Asset, Entries)>) -> Content {
    if assets.iter().all(|(asset, _)| asset.format == Format::Csv) {
        assets.sort_by(|(_, one), (_, other)| one.row_key().cmp(&other.row_key()));
    }
    let mut found: BTreeMap<PartId, Vec<(Kind, Vec<Entry>)>> = BTreeMap::new();
    for (asset, entries) in assets {
        let file = (asset.kind != Kind::Campaign).then(|| file.clone());
        for (kind, entries) in entries.0 {
            let id = PartId { file: file.clone(), kind };
            found.entry(id).or_default().push((asset.kind, entries));
        }
    }
    let parts = found.into_iter().map(|(id, assets)| {
        let part = part(id.kind, assets);
        (id, part)
    });
    Content { parts: parts.collect() }
}

fn part(kind: PartKind, assets: Vec<(Kind, Vec<Entry>)>) -> Part {
    let mut counted = vec![NORMAL_FORM.to_string(), kind.word().to_owned()];
    let mut items = Vec::new();
    for (asset, entries) in assets {
        // The numbers keep the items of one asset apart from those of the next.
        counted.extend([asset.as_str().to_owned(), entries.len().to_string()]);
        for entry in entries {
            counted.push(entry.counted.len().to_string());
            counted.extend(entry.counted);
            items.push(entry.item);
        }
    }
    Part { digest: Digest::of_all(counted.iter().map(String::as_str)), items }
}

/// Makes `own` say what `other` says, too. Which of them came first does not matter.
pub fn join(own: &mut Part, other: Part) {
    let mut digests = [own.digest.to_string(), other.digest.to_string()];
    digests.sort();
    own.digest = Digest::of_all(digests.iter().map(String::as_str));
    own.items.extend(other.items);
}
