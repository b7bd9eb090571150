//! What comes from outside. Only the host writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;
use mktlint_diag::FilePath;
use smol_str::SmolStr;

/// A policy file.
#[salsa::input(debug)]
pub struct SourceFile {
    /// Its path from the root of the workspace; `std/…` for the standard library.
    #[returns(ref)]
    pub path: FilePath,
    /// Its module: `acme.claims`, `std.us.can_spam`.
    #[returns(ref)]
    pub module: SmolStr,
    /// Its text.
    #[returns(ref)]
    pub text: Arc<str>,
    /// Whether it belongs to the standard library or to another pack, whose rules are in force only when something
    /// enforces them.
    #[returns(copy)]
    pub from_pack: bool,
}

impl SourceFile {
    /// Whether it belongs to a pack.
    pub fn is_pack(self, db: &dyn Db) -> bool {
        self.from_pack(db)
    }
}

/// What the host found at the path of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// The file is there.
    Present,
    /// There is no such file.
    Absent,
}

/// Everything a compilation depends on besides the texts.
#[salsa::input(debug)]
pub struct Project {
    /// The project's own files, then the standard library's, each in order of module.
    #[returns(ref)]
    pub files: Vec<SourceFile>,
    /// By module, the same files.
    #[returns(ref)]
    pub modules: BTreeMap<SmolStr, SourceFile>,
    /// The day that stands for today.
    #[returns(copy)]
    pub today: civil::Date,
    /// Files that evidence names, as far as the host has looked; a path that is not here was not looked for.
    #[returns(ref)]
    pub documents: BTreeMap<SmolStr, Document>,
}

/// What queries ask.
#[salsa::db]
pub trait Db: salsa::Database {}

/// The database.
#[salsa::db]
#[derive(Clone, Default)]
pub struct Database {
    storage: salsa::Storage<Self>,
}

impl Database {
    /// A database that tells `watch` about every query it runs; for tests of what an edit re-runs.
    pub fn watched(watch: impl Fn(salsa::Event) + Send + Sync + 'static) -> Self {
        Self { storage: salsa::Storage::new(Some(Box::new(watch))) }
    }
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {}
