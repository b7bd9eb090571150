//! The texts of a compiled policy.

use mktlint_diag::{FilePath, Place};
use mktlint_hir::db::{Declaration, SourceFile, declarations};
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_hir::{Database, Project, analysis};
use mktlint_host::policy::Compiled;
use mktlint_text::LineIndex;

use crate::home::Home;

/// The policy files of a workspace and the standard library.
#[derive(Debug)]
pub struct Policies<'c> {
    home: &'c Home,
    compiled: &'c Compiled,
}

impl<'c> Policies<'c> {
    /// The files that `compiled` came from.
    pub fn new(home: &'c Home, compiled: &'c Compiled) -> Self {
        Self { home, compiled }
    }

    /// The compiled policy, for whoever asks more.
    pub fn database(&self) -> (&'c Database, Project) {
        (&self.compiled.db, self.compiled.project)
    }

    /// The path to show.
    pub fn shown(&self, file: &FilePath) -> FilePath {
        self.home.shown(file)
    }

    /// The text of a file; empty for one that is not there.
    pub fn text(&self, file: &FilePath) -> &'c str {
        let db = &self.compiled.db;
        let files = self.compiled.project.files(db);
        files.iter().find(|own| own.path(db) == file).map_or("", |own| own.text(db))
    }

    /// Everything in force, and all packs that are not.
    pub fn everything(&self) -> Program {
        let mut program = self.compiled.program();
        let (db, project) = (&self.compiled.db, self.compiled.project);
        for declaration in self.declarations(|file| file.is_pack(db)) {
            let item = &analysis(db, project, declaration).item;
            let is_for_compiler_alone =
                matches!(item.kind, ItemKind::Use | ItemKind::Prove | ItemKind::Test | ItemKind::Enforce);
            if !is_for_compiler_alone && item.meaning != Meaning::Error {
                let file = declaration.file(db).path(db).clone();
                program.items.push(Placed {
                    item: item.clone(),
                    file,
                    offset: declaration.offset(db),
                    force: None,
                });
            }
        }
        // A declaration in force stands before its twin that is not, since sorting keeps the order of equals.
        let key = |placed: &Placed| (placed.item.path.clone(), placed.item.kind);
        program.items.sort_by_key(key);
        program.items.dedup_by(|b, a| key(a) == key(b));
        program
    }

    /// All files, the standard library's among them.
    pub fn files(&self) -> impl Iterator<Item = &'c FilePath> {
        let db = &self.compiled.db;
        self.compiled.project.files(db).iter().map(move |file| file.path(db))
    }

    /// The line of a place, from 1.
    pub fn line(&self, place: &Place) -> u32 {
        LineIndex::new(self.text(&place.file)).line(place.span.start())
    }

    /// All declarations of the files that are wanted.
    pub fn declarations(&self, is_wanted: impl Fn(SourceFile) -> bool) -> Vec<Declaration<'c>> {
        let db = &self.compiled.db;
        let files = self.compiled.project.files(db).iter().filter(|file| is_wanted(**file));
        files.flat_map(|file| declarations(db, *file).iter().copied()).collect()
    }

    /// Whether a file belongs to the project, which can be the standard library itself.
    pub fn is_own(&self, file: SourceFile) -> bool {
        let db = &self.compiled.db;
        !file.is_pack(db) || self.is_library()
    }

    /// The packs that the configuration names.
    pub fn packs(&self) -> impl Iterator<Item = &str> {
        self.home.workspace.config.packs.iter().map(|pack| pack.name.as_str())
    }

    /// Whether the project is the standard library: a workspace called `std`.
    pub fn is_library(&self) -> bool {
        self.home.workspace.config.name == "std"
    }
}
