//! The standard library, and how sources become a project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil;
use mktlint_diag::FilePath;
use mktlint_syntax::ast::{Entry, ExprKind};
use salsa::{Durability, Setter as _};
use smol_str::SmolStr;

use super::declaration::{declarations, parsed};
use super::input::{Database, Db, Document, Project, SourceFile};

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

/// How long each part of a project stays as it is.
///
/// Salsa looks at a result again when anything changed that may change as often as what the result was made of. The
/// texts of the project's own files change with every key; which files there are, and the library, hardly ever. Were
/// they counted alike, each key would look at all six hundred declarations of the library again.
#[derive(Clone, Copy)]
struct Durabilities {
    own_text: Durability,
    documents: Durability,
    rest: Durability,
}

/// For whoever edits.
const EDITED: Durabilities =
    Durabilities { own_text: Durability::LOW, documents: Durability::MEDIUM, rest: Durability::HIGH };

/// For one run: nothing can be changed, which saves remembering what depends on what.
const FROZEN: Durabilities = Durabilities {
    own_text: Durability::NEVER_CHANGE,
    documents: Durability::NEVER_CHANGE,
    rest: Durability::NEVER_CHANGE,
};

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
        self.project_with_packs(sources, &BTreeSet::new(), today, documents)
    }

    /// Like [`Database::project`], where sources whose module starts with one of `packs` belong to that pack.
    pub fn project_with_packs(
        &self,
        sources: impl IntoIterator<Item = Source>,
        packs: &BTreeSet<SmolStr>,
        today: civil::Date,
        documents: BTreeMap<SmolStr, Document>,
    ) -> Project {
        self.project_of(sources, packs, today, documents, EDITED)
    }

    /// Like [`Database::project_with_packs`], for one run: nothing in it can be changed, which saves remembering what
    /// depends on what.
    pub fn frozen_project(
        &self,
        sources: impl IntoIterator<Item = Source>,
        packs: &BTreeSet<SmolStr>,
        today: civil::Date,
        documents: BTreeMap<SmolStr, Document>,
    ) -> Project {
        self.project_of(sources, packs, today, documents, FROZEN)
    }

    fn project_of(
        &self,
        sources: impl IntoIterator<Item = Source>,
        packs: &BTreeSet<SmolStr>,
        today: civil::Date,
        documents: BTreeMap<SmolStr, Document>,
        durabilities: Durabilities,
    ) -> Project {
        let sources: Vec<Source> = sources.into_iter().collect();
        let mut files = Vec::new();
        if !is_the_library(&sources) {
            files.extend(library().map(|source| self.file(source, true, durabilities)));
        }
        files.extend(sources.into_iter().map(|source| {
            let is_pack = belongs_to_pack(&source.module, packs);
            self.file(source, is_pack, durabilities)
        }));
        let modules = self.modules(&files);
        self.sort(&mut files);
        Project::builder(files, modules, today, documents)
            .durability(durabilities.rest)
            .documents_durability(durabilities.documents)
            .new(self)
    }

    fn file(&self, source: Source, is_pack: bool, durabilities: Durabilities) -> SourceFile {
        let text = if is_pack { durabilities.rest } else { durabilities.own_text };
        SourceFile::builder(source.path, source.module, source.text, is_pack)
            .durability(durabilities.rest)
            .text_durability(text)
            .new(self)
    }

    /// The first file of each module.
    fn modules(&self, files: &[SourceFile]) -> BTreeMap<SmolStr, SourceFile> {
        let mut modules = BTreeMap::new();
        for file in files {
            modules.entry(file.module(self).clone()).or_insert(*file);
        }
        modules
    }

    /// Puts the project's own files first, so that a search by name seldom reaches the packs.
    fn sort(&self, files: &mut [SourceFile]) {
        files.sort_by_cached_key(|file| (file.is_pack(self), file.module(self).clone()));
    }

    /// Makes `project`, which must not be frozen, one of `sources` and the standard library. Files that stay keep what
    /// is known about them.
    ///
    /// Waits until nobody else reads the database, and makes them stop.
    pub fn replace_sources(
        &mut self,
        project: Project,
        sources: impl IntoIterator<Item = Source>,
        packs: &BTreeSet<SmolStr>,
    ) {
        let sources: Vec<Source> = sources.into_iter().collect();
        let key = |path: &FilePath, module: &SmolStr| (path.clone(), module.clone());
        let known: BTreeMap<_, SourceFile> =
            project.files(self).iter().map(|file| (key(file.path(self), file.module(self)), *file)).collect();
        let library: Vec<Source> = if is_the_library(&sources) { Vec::new() } else { library().collect() };
        let mut files = Vec::new();
        for (source, is_library) in
            library.into_iter().map(|it| (it, true)).chain(sources.into_iter().map(|it| (it, false)))
        {
            let is_pack = is_library || belongs_to_pack(&source.module, packs);
            let same = known.get(&key(&source.path, &source.module)).copied();
            match same.filter(|file| file.is_pack(self) == is_pack) {
                Some(file) => {
                    self.set_text(file, source.text);
                    files.push(file);
                }
                None => files.push(self.file(source, is_pack, EDITED)),
            }
        }
        let modules = self.modules(&files);
        self.sort(&mut files);
        if *project.files(self) != files {
            project.set_files(self).to(files);
        }
        if *project.modules(self) != modules {
            project.set_modules(self).to(modules);
        }
    }

    /// Gives `file`, which must not be of a frozen project, another text. Waits until nobody else reads the database,
    /// and makes them stop; not when the text is the same.
    pub fn set_text(&mut self, file: SourceFile, text: Arc<str>) {
        if *file.text(self) != text {
            file.set_text(self).to(text);
        }
    }

    /// Says what was found at the paths of documents; see [`Database::set_text`].
    pub fn set_documents(&mut self, project: Project, documents: BTreeMap<SmolStr, Document>) {
        if *project.documents(self) != documents {
            project.set_documents(self).to(documents);
        }
    }

    /// Sets the day that stands for today; see [`Database::set_text`].
    pub fn set_today(&mut self, project: Project, today: civil::Date) {
        if project.today(self) != today {
            project.set_today(self).to(today);
        }
    }
}

/// The files of the standard library.
fn library() -> impl Iterator<Item = Source> {
    STANDARD_LIBRARY.iter().map(|(path, module, text)| Source {
        path: FilePath::new(path),
        module: (*module).into(),
        text: (*text).into(),
    })
}

/// Whether `sources` are the library's own files: in a workspace called `std` those count and not the ones that came
/// along.
fn is_the_library(sources: &[Source]) -> bool {
    sources.iter().any(|source| is_of_library(&source.module))
}

fn belongs_to_pack(module: &str, packs: &BTreeSet<SmolStr>) -> bool {
    is_of_library(module) || packs.iter().any(|pack| is_in(module, pack))
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
    // Most files declare none, and finding the declarations of a file costs a tenth of compiling it.
    if !text.contains("evidence") {
        return Vec::new();
    }
    let chunks = mktlint_syntax::chunks(text);
    let evidence =
        chunks.iter().filter(|chunk| chunk.kind.as_ref().is_some_and(|kind| kind.text == "evidence"));
    let trees = evidence.filter_map(|chunk| mktlint_syntax::parse_chunk(chunk.text(text)).declaration);
    trees.flat_map(|tree| documents_in(&tree)).collect()
}

/// As [`evidence_documents`], of a file whose declarations are known: costs nothing when another one was edited.
pub fn documents_of(db: &dyn Db, file: SourceFile) -> Vec<SmolStr> {
    let evidence = declarations(db, file).iter().filter(|own| own.kind(db) == "evidence");
    let trees = evidence.filter_map(|own| parsed(db, *own).declaration.as_ref());
    trees.flat_map(documents_in).collect()
}

/// The documents that a declaration of evidence names.
fn documents_in(tree: &mktlint_syntax::ast::Declaration) -> Vec<SmolStr> {
    let mut paths = Vec::new();
    for entry in tree.body.iter().flat_map(|body| &body.entries) {
        if let Entry::Clause(clause) = entry
            && clause.head.text == "document"
            && let Some(ExprKind::String(parts)) =
                clause.segments.first().and_then(|segment| segment.value.as_ref()).map(|value| &value.kind)
        {
            paths.extend(crate::infer::plain_text(parts));
        }
    }
    paths
}
