//! The standard library, and how sources become a project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil;
use mktlint_diag::FilePath;
use mktlint_syntax::ast::{Entry, ExprKind};
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
        self.project_of(sources, &BTreeSet::new(), today, documents, Durability::LOW, Durability::HIGH)
    }

    /// Like [`Database::project`], for one run: nothing in it can be changed, which saves remembering what depends on
    /// what. Sources whose module starts with one of `packs` belong to that pack.
    pub fn frozen_project(
        &self,
        sources: impl IntoIterator<Item = Source>,
        packs: &BTreeSet<SmolStr>,
        today: civil::Date,
        documents: BTreeMap<SmolStr, Document>,
    ) -> Project {
        self.project_of(sources, packs, today, documents, Durability::NEVER_CHANGE, Durability::NEVER_CHANGE)
    }

    fn project_of(
        &self,
        sources: impl IntoIterator<Item = Source>,
        packs: &BTreeSet<SmolStr>,
        today: civil::Date,
        documents: BTreeMap<SmolStr, Document>,
        own: Durability,
        library: Durability,
    ) -> Project {
        let sources: Vec<Source> = sources.into_iter().collect();
        let mut files = Vec::new();
        // In a workspace called `std`, whose files are the library's, those count and not the ones that came along.
        let is_library = sources.iter().any(|source| is_of_library(&source.module));
        for (path, module, text) in STANDARD_LIBRARY.iter().filter(|_| !is_library) {
            let file = SourceFile::builder(FilePath::new(path), (*module).into(), (*text).into(), true);
            files.push(file.durability(library).new(self));
        }
        files.extend(sources.into_iter().map(|source| {
            let is_pack =
                is_of_library(&source.module) || packs.iter().any(|pack| is_in(&source.module, pack));
            SourceFile::builder(source.path, source.module, source.text, is_pack).durability(own).new(self)
        }));
        let mut modules = BTreeMap::new();
        for file in &files {
            modules.entry(file.module(self).clone()).or_insert(*file);
        }
        // The project's own files come first, so that a search by name seldom reaches the packs.
        let order = |file: &SourceFile| (file.is_pack(self), file.module(self).clone());
        files.sort_by_cached_key(order);
        Project::builder(files, modules, today, documents).durability(own).new(self)
    }
}

/// Whether a module is one of the pack `pack`.
fn is_in(module: &str, pack: &str) -> bool {
    module.strip_prefix(pack).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a module is one of the standard library.
pub fn is_of_library(module: &str) -> bool {
    module.starts_with("std.")
}

/// The paths of the documents that the evidence of a policy names, for whoever looks whether they exist.
pub fn evidence_documents(text: &str) -> Vec<SmolStr> {
    let mut paths = Vec::new();
    // Most files declare none, and finding the declarations of a file costs a tenth of compiling it.
    if !text.contains("evidence") {
        return paths;
    }
    for chunk in mktlint_syntax::chunks(text) {
        if chunk.kind.as_ref().is_none_or(|kind| kind.text != "evidence") {
            continue;
        }
        let body = mktlint_syntax::parse_chunk(chunk.text(text)).declaration.and_then(|tree| tree.body);
        for entry in body.iter().flat_map(|body| &body.entries) {
            if let Entry::Clause(clause) = entry
                && clause.head.text == "document"
                && let Some(ExprKind::String(parts)) = clause
                    .segments
                    .first()
                    .and_then(|segment| segment.value.as_ref())
                    .map(|value| &value.kind)
            {
                paths.extend(crate::infer::plain_text(parts));
            }
        }
    }
    paths
}
