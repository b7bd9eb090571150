//! Where records lie.

use mktlint_diag::FilePath;

use super::{Record, Verdict};
use crate::{Digest, Unit};

/// The folder of all records, at the root of the workspace.
pub const FOLDER: &str = "decisions";

/// The folder of recorded waivers, which may speak of many campaigns.
pub const WAIVERS: &str = "waivers";

/// The longest name of a folder; every file system takes twice as much.
const LONGEST: usize = 64;

/// The name of the folder with the records of `unit`: the id of a campaign, the path of an asset, where they can name a
/// folder on every system. Those that cannot get the start of a digest, so that no two units share a folder.
pub fn slug(unit: &Unit) -> String {
    let (wanted, is_taken) = match unit {
        Unit::Policy => return "policy".to_owned(),
        Unit::Campaign(id) => (id.as_str(), matches!(id.as_str(), "policy" | WAIVERS)),
        Unit::Asset(path) => (path.as_str(), true),
    };
    let plain: String = wanted.chars().map(|c| if is_plain(c) { c } else { '-' }).take(LONGEST).collect();
    if plain == wanted
        && !is_taken
        && !plain.starts_with(['.', '-'])
        && !plain.ends_with('.')
        && !is_device(&plain)
    {
        return plain;
    }
    let plain = plain.trim_matches(['.', '-']);
    format!("{plain}-{}", Digest::of(unit.to_string().as_bytes()).short())
}

/// Upper case is not: some file systems do not tell `Serum` from `serum`.
const fn is_plain(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-')
}

/// What Windows takes for a device, with or without an extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem, "con" | "prn" | "aux" | "nul") || numbered.is_some_and(|rest| rest.len() == 1)
}

/// The folder that a record belongs into.
pub fn folder_of(record: &Record) -> String {
    if record.verdict == Verdict::Waived { WAIVERS.to_owned() } else { slug(&record.unit) }
}

/// Where a record belongs: `decisions/2026-11-serum/2026-11-22-legal-3fa9c2d1.toml`.
pub fn path_of(record: &Record) -> FilePath {
    FilePath::from(format!("{FOLDER}/{}/{}.toml", folder_of(record), record.id).as_str())
}

/// Whether the file at `path` is a record.
pub fn is_record(path: &str) -> bool {
    path.strip_prefix(FOLDER).is_some_and(|rest| rest.starts_with('/')) && path.ends_with(".toml")
}

/// Whether `id` can name a file: what [`new_id`] makes, and what people may have typed.
pub fn is_id(id: &str) -> bool {
    let is_plain = id.chars().all(|c| is_plain(c) || c.is_ascii_uppercase());
    !id.is_empty() && id.len() <= 100 && is_plain && !id.starts_with(['.', '-']) && !id.ends_with('.')
}

/// A new id: the day, the role or `waiver`, and the start of a digest of `record`, which holds all but the id.
pub fn new_id(record: &Record) -> String {
    let mut nameless = record.clone();
    nameless.id = "".into();
    let digest = Digest::of(super::write(&nameless).as_bytes()).short();
    let day = record.time.to_string();
    let day = day.split('T').next().unwrap_or_default();
    let word = record.role.as_deref().unwrap_or(record.verdict.word());
    let word: String =
        word.chars().map(|c| if is_plain(c.to_ascii_lowercase()) { c } else { '-' }).take(32).collect();
    format!("{day}-{word}-{digest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_units_share_a_folder_and_each_name_fits_every_system() {
        let campaign = |id: &str| slug(&Unit::Campaign(id.into()));
        assert_eq!(campaign("2026-11-serum"), "2026-11-serum");
        assert_eq!(slug(&Unit::Policy), "policy");
        assert!(campaign("policy").starts_with("policy-"));
        assert!(campaign("waivers").starts_with("waivers-"));
        assert!(campaign("Serum").starts_with("erum-"));
        assert_ne!(campaign("a/b"), campaign("a-b"));
        assert!(campaign("a/b").starts_with("a-b-"));
        assert!(!campaign("../../etc").contains(".."));
        assert_ne!(campaign("con.x"), "con.x");
        assert!(campaign(&"x".repeat(500)).len() < 80);
        assert!(slug(&Unit::Asset("blog/spf.md".into())).starts_with("blog-spf.md-"));
        assert_ne!(slug(&Unit::Asset("a.md".into())), campaign("a.md"));
    }
}
