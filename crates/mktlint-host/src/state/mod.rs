//! A workspace at two times: what a change starts from, and what it makes of it.
//!
//! A state is a commit, the index, the working tree or another folder: a list of files, and the policy among them. Only
//! files that somebody asks for are read.

mod base;
mod error;
mod names;
mod pair;

pub use base::{default_base, is_folder};
pub use error::StateError;
pub use pair::{Head, Pair, pair};

use std::sync::Arc;

use crate::git::Files;
use crate::policy::Elsewhere;
use crate::system;

/// A workspace at one time.
#[derive(Debug)]
pub struct State {
    /// What it is called in sentences: `` `origin/main` ``, `the working tree`.
    pub name: String,
    /// The commit, when it is one.
    pub commit: Option<String>,
    /// Its files, with paths from the root of the workspace; those of workspaces within it are left out.
    pub files: Files,
    /// Its configuration and its policies.
    pub policy: Elsewhere,
}

impl State {
    /// The text of the file at `path`, as places in it count; `None` when it cannot be had.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        let bytes = self.files.bytes(path)?.ok()?;
        Some(system::text_of(&bytes, mktlint_asset::format_of(path)).text)
    }
}

#[cfg(test)]
mod tests;
