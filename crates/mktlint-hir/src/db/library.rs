//! The standard library, and how sources become a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;
use mktlint_diag::FilePath;
use salsa::Durability;
use smol_str::SmolStr;

use super::input::{Database, Document, Project, SourceFile};

/// Path, module and text of each file of the standard library, in order of path.
pub static STANDARD_LIBRARY: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/stdlib.rs"));

/// A policy file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path from the root of the workspace.
    pub path: FilePath,
    /// Its module: `acme.claims`.
    pub module: SmolStr,
    /// Its text.
    pub text: Arc<str>,
}

impl Database {
    /// A project of `sources` and the standard library.
    ///
    /// `documents` are the files that evidence names, as far as they were looked for. Of two sources with one module
    /// the first counts for names; both are checked.
    pub fn project(
        &self,
        sources: impl IntoIterator<Item = Source>,
        today: civil::Date,
        documents: BTreeMap<SmolStr, Document>,
    ) -> Project {
        let mut files = Vec::new();
        for (path, module, text) in STANDARD_LIBRARY {
            let file = SourceFile::builder(FilePath::new(path), (*module).into(), (*text).into());
            files.push(file.durability(Durability::HIGH).new(self));
        }
        files.extend(
            sources.into_iter().map(|source| SourceFile::new(self, source.path, source.module, source.text)),
        );
        let mut modules = BTreeMap::new();
        for file in &files {
            modules.entry(file.module(self).clone()).or_insert(*file);
        }
        // The project's own files come first, so that a search by name seldom reaches the packs.
        let order = |file: &SourceFile| (file.module(self).starts_with("std."), file.module(self).clone());
        files.sort_by_cached_key(order);
        Project::new(self, files, modules, today, documents)
    }
}
