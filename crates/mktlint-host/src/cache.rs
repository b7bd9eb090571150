//! What earlier runs found out, on disk. Losing it costs time and nothing else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mktlint_plan::Plan;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::policy::hex;
use crate::system::{self, Stamp};

/// Changes whenever the binary does, so that results of another build are never used.
pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("MKTLINT_BUILD"));

fn folder() -> Option<PathBuf> {
    system::cache_folder()
}

fn plan_path(key: &[u8; 32]) -> Option<PathBuf> {
    Some(folder()?.join("plans").join(hex(key).as_str()))
}

/// The plan that was kept under `key`.
pub fn load_plan(key: &[u8; 32]) -> Option<Plan> {
    let bytes = system::read_bytes(&plan_path(key)?).ok()?;
    mktlint_plan::file::from_bytes(&bytes).ok()
}

/// Keeps `plan` under `key`.
pub fn store_plan(key: &[u8; 32], plan: &Plan) {
    if let Some(path) = plan_path(key) {
        system::write_cache(&path, &mktlint_plan::file::to_bytes(plan));
    }
}

/// What was found in one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    modified: u128,
    length: u64,
    /// Everything the result depends on besides the file.
    context: [u8; 16],
    /// How many assets the file holds.
    pub n_assets: u32,
    /// The result, as `mktlint-check` writes it; empty when the file is no asset.
    pub result: Vec<u8>,
}

/// What was found in the files of one workspace.
#[derive(Debug, Default)]
pub struct Results {
    path: Option<PathBuf>,
    entries: BTreeMap<String, Entry>,
    started: u128,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    build: String,
    entries: BTreeMap<String, Entry>,
}

/// A digest of what a result depends on besides its file.
pub fn context(parts: &[&[u8]]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let full: [u8; 32] = hash.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&full[..16]);
    half
}

impl Results {
    /// What was kept for the workspace at `root`.
    pub fn load(root: &Path) -> Self {
        let key = hex(&Sha256::digest(root.as_os_str().as_encoded_bytes()));
        let path = folder().map(|folder| folder.join("results").join(key.as_str()));
        let bytes = path.as_ref().and_then(|path| system::read_bytes(path).ok());
        let stored = bytes.and_then(|bytes| postcard::from_bytes::<Stored>(sound(&bytes)?).ok());
        let entries = stored.filter(|stored| stored.build == BUILD).map(|stored| stored.entries);
        Self { path, entries: entries.unwrap_or_default(), started: system::now_nanos() }
    }

    /// Nothing kept, and nothing will be.
    pub fn none() -> Self {
        Self::default()
    }

    /// The result for a file in the state `stamp`, when it depends on the same `context`.
    pub fn get(&self, path: &str, stamp: Stamp, context: &[u8; 16]) -> Option<&Entry> {
        let entry = self.entries.get(path)?;
        let same =
            entry.modified == stamp.modified && entry.length == stamp.length && entry.context == *context;
        same.then_some(entry)
    }

    /// An entry to keep; `None` for a file that changed so lately that a later change could carry the same stamp.
    pub fn entry(&self, stamp: Stamp, context: [u8; 16], n_assets: u32, result: Vec<u8>) -> Option<Entry> {
        const SETTLED: u128 = 10_000_000; // coarse clocks of file systems tick every 4 to 10 ms
        let settled = stamp.modified.saturating_add(SETTLED) < self.started;
        (self.path.is_some() && settled).then_some(Entry {
            modified: stamp.modified,
            length: stamp.length,
            context,
            n_assets,
            result,
        })
    }

    /// Keeps `fresh`, and what was kept for other files.
    pub fn store(mut self, fresh: Vec<(String, Entry)>) {
        let Some(path) = self.path else { return };
        if fresh.is_empty() {
            return;
        }
        self.entries.extend(fresh);
        let stored = Stored { build: BUILD.to_owned(), entries: self.entries };
        if let Ok(bytes) = postcard::to_stdvec(&stored) {
            system::write_cache(&path, &sealed(bytes));
        }
    }
}

/// Bytes of a digest.
const DIGEST: usize = 32;

/// `content` behind its digest: a damaged file must not pass for a verdict.
fn sealed(content: Vec<u8>) -> Vec<u8> {
    let mut bytes = digest_of(&content).to_vec();
    bytes.extend(content);
    bytes
}

/// The content of `bytes` when it is what was sealed.
fn sound(bytes: &[u8]) -> Option<&[u8]> {
    let (digest, content) = bytes.split_at_checked(DIGEST)?;
    (digest_of(content) == digest).then_some(content)
}

/// The digest of the bytes of a plan file.
pub fn digest_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_byte_is_noticed() {
        let bytes = sealed(b"found nothing".to_vec());
        assert_eq!(sound(&bytes), Some(&b"found nothing"[..]));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!((sound(&damaged), sound(&bytes[..at])), (None, None), "byte {at}");
        }
    }
}
