//! The policies that pages are made from, looked up once.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mktlint_diag::{FilePath, Place};
use mktlint_hir::analysis;
use mktlint_hir::db::declarations;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::expr::Segment;
use mktlint_hir::model::item::{ItemKind, Meaning, Message};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_host::packs;
use mktlint_text::{LineIndex, Span};
use smol_str::SmolStr;

use super::force::Enforcements;
use super::prose::module_docs;
use crate::home::Home;
use crate::policies::Policies;

/// The versions of packs, by the first word of their modules.
#[derive(Debug, Default)]
pub struct Versions(BTreeMap<SmolStr, SmolStr>);

impl Versions {
    /// Those of the standard library, which has mktlint's own, and of the packs that the workspace names.
    pub fn of(home: &Home) -> Self {
        let mut versions = BTreeMap::from([("std".into(), env!("CARGO_PKG_VERSION").into())]);
        let packs = packs::read_all(&home.workspace).into_iter().flatten();
        versions.extend(packs.filter_map(|pack| Some((pack.name, pack.version?))));
        Self(versions)
    }

    /// The version of the pack that holds `name`; `None` for the project's own rules and a pack that says none.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name.split('.').next()?).map(SmolStr::as_str)
    }
}

/// A policy file.
struct PolicyFile<'a> {
    is_own: bool,
    module: SmolStr,
    text: &'a str,
    lines: LineIndex,
    /// By where they start.
    declarations: BTreeMap<u32, &'a str>,
}

/// The policies of a workspace as pages are made from them.
pub struct Shelf<'a> {
    /// Everything that can be named, in force or not.
    pub program: &'a Program,
    /// The day that stands for today.
    pub today: Date,
    /// What puts rules in force.
    pub(super) enforcements: Enforcements,
    policies: &'a Policies<'a>,
    files: BTreeMap<FilePath, PolicyFile<'a>>,
    tests: BTreeMap<DeclPath, Vec<Placed>>,
}

impl std::fmt::Debug for Shelf<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf").field("today", &self.today).finish_non_exhaustive()
    }
}

impl<'a> Shelf<'a> {
    /// The shelf of `policies`; `program` is what [`Policies::everything`] gives.
    pub fn new(policies: &'a Policies<'a>, program: &'a Program, today: Date) -> Self {
        let mut shelf = Self {
            program,
            today,
            enforcements: Enforcements::default(),
            policies,
            files: BTreeMap::new(),
            tests: BTreeMap::new(),
        };
        shelf.read_files();
        shelf.read_declarations();
        shelf
    }

    fn read_files(&mut self) {
        let (db, project) = self.policies.database();
        for file in project.files(db) {
            let text = file.text(db).as_ref();
            let chunks = mktlint_syntax::chunks(text);
            let declarations = chunks.iter().map(|chunk| (chunk.offset, chunk.text(text))).collect();
            let policy = PolicyFile {
                is_own: self.policies.is_own(*file),
                module: file.module(db).clone(),
                text,
                lines: LineIndex::new(text),
                declarations,
            };
            self.files.insert(file.path(db).clone(), policy);
        }
    }

    /// The tests and the `enforce` declarations, which no program holds.
    fn read_declarations(&mut self) {
        let (db, project) = self.policies.database();
        for &file in project.files(db) {
            for &declaration in declarations(db, file) {
                let item = &analysis(db, project, declaration).item;
                let path = file.path(db).clone();
                let placed =
                    || Placed { item: item.clone(), file: path, offset: declaration.offset(db), force: None };
                match &item.meaning {
                    Meaning::Test(test) if item.kind == ItemKind::Test => {
                        self.tests.entry(test.target.clone()).or_default().push(placed());
                    }
                    Meaning::Enforce(enforce) => {
                        let at = self.at(&placed().place(item.name_span));
                        self.enforcements.add(file.module(db), self.policies.is_own(file), enforce, at);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The tests of the declaration `path`.
    pub fn tests(&self, path: &DeclPath) -> &[Placed] {
        self.tests.get(path).map_or(&[], Vec::as_slice)
    }

    /// `policy/main.mkt:3`
    pub fn at(&self, place: &Place) -> String {
        let line = self.files.get(&place.file).map_or(1, |file| file.lines.line(place.span.start()));
        format!("{}:{line}", self.policies.shown(&place.file))
    }

    /// Where a declaration has its name.
    pub fn place_of(&self, placed: &Placed) -> String {
        self.at(&placed.place(placed.item.name_span))
    }

    /// Whether a declaration stands in a policy of the project itself.
    pub fn is_own(&self, placed: &Placed) -> bool {
        self.files.get(&placed.file).is_some_and(|file| file.is_own)
    }

    /// What stands at `span` of a declaration.
    pub fn slice(&self, placed: &Placed, span: Span) -> &'a str {
        self.files.get(&placed.file).map_or("", |file| span.shift(placed.offset).slice(file.text))
    }

    /// What stands at `span` of a declaration, on one line.
    pub fn words(&self, placed: &Placed, span: Span) -> String {
        self.slice(placed, span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A declaration without its doc comment.
    pub fn code(&self, placed: &Placed) -> &'a str {
        let file = self.files.get(&placed.file);
        let mut text = file.and_then(|it| it.declarations.get(&placed.offset)).copied().unwrap_or_default();
        while text.starts_with("///") {
            text = text.split_once('\n').map_or("", |(_, rest)| rest);
        }
        text.trim_end()
    }

    /// A declaration as it is written, doc comment and all.
    pub fn declaration(&self, placed: &Placed) -> &'a str {
        let file = self.files.get(&placed.file);
        file.and_then(|it| it.declarations.get(&placed.offset)).map_or("", |text| text.trim_end())
    }

    /// A message as it is written: `the subject has {length(it)} characters`.
    pub fn message(&self, placed: &Placed, message: &Message) -> String {
        let segment = |segment: &Segment| match segment {
            Segment::Text(text) => text.to_string(),
            Segment::Expr(id) => format!("{{{}}}", self.words(placed, placed.item.body.get(*id).span)),
        };
        message.segments.iter().map(segment).collect()
    }

    /// What a module says of itself.
    pub fn module_docs(&self, module: &str) -> String {
        let file = self.files.values().find(|file| file.module == module);
        file.map(|file| module_docs(file.text)).unwrap_or_default()
    }

    /// All modules, in order.
    pub fn modules(&self) -> Vec<&str> {
        let mut modules: Vec<&str> = self.files.values().map(|file| file.module.as_str()).collect();
        modules.sort_unstable();
        modules.dedup();
        modules
    }
}
