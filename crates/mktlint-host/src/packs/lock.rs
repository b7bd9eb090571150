//! `mktlint.lock`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use mktlint_text::Span;
use serde::Deserialize;
use smol_str::SmolStr;

use super::Pack;
use crate::system;

/// The file that says which packs were looked at.
pub const FILE: &str = "mktlint.lock";

/// What the lock file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Lock {
    #[serde(default, rename = "pack")]
    packs: Vec<Locked>,
}

/// A pack as it was when it was locked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Locked {
    /// The first word of its modules.
    pub name: SmolStr,
    /// What it calls its version.
    pub version: Option<SmolStr>,
    /// Where it was.
    pub place: SmolStr,
    /// SHA-256 of its files, in lower-case hex.
    pub digest: SmolStr,
}

impl Locked {
    /// `1.2.0, sha256 9f86d081…`
    pub fn describe(&self) -> String {
        let version = self.version.as_deref().unwrap_or("no version");
        let digest: String = self.digest.chars().take(12).collect();
        format!("{version}, sha256 {digest}…")
    }
}

impl Lock {
    /// What `text` says.
    ///
    /// # Errors
    ///
    /// Fails with the place and the reason when it is no lock file.
    pub fn parse(text: &str) -> Result<Self, (Span, String)> {
        let lock: Self = toml::from_str(text).map_err(|error| {
            let reason = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
            (error.span().map_or(Span::at(0), Span::of), reason)
        })?;
        let mut names = BTreeSet::new();
        match lock.packs.iter().find(|pack| !names.insert(&pack.name)) {
            Some(twice) => Err((Span::at(0), format!("it names `{}` twice", twice.name))),
            None => Ok(lock),
        }
    }

    /// What it says of the pack `name`.
    pub fn of(&self, name: &str) -> Option<&Locked> {
        self.packs.iter().find(|pack| pack.name == name)
    }
}

/// `text` as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Writes the lock file of the workspace at `root`.
///
/// # Errors
///
/// Says in plain words why it cannot be written; the old one is then still there.
pub fn write(root: &Path, packs: &[Pack]) -> Result<(), String> {
    let mut text = String::from("# Written by `mktlint packs lock`: the packs that were looked at.\n");
    for pack in packs {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n[[pack]]\nname = {}\n", quoted(&pack.name));
        if let Some(version) = &pack.version {
            let _ = writeln!(text, "version = {}", quoted(version));
        }
        let _ = write!(text, "place = {}\ndigest = {}\n", quoted(&pack.place), quoted(&pack.digest));
    }
    system::write_file(&root.join(FILE), text.as_bytes())
}
