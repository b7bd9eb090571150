//! That a rename changes what nothing means.

use std::collections::BTreeSet;
use std::sync::Arc;

use mktlint_diag::{Edit, FilePath, Fix, Safety, apply_edits};
use mktlint_hir::check::cycle::settle;
use mktlint_hir::db::{Database, Declaration, STANDARD_LIBRARY, Source, declarations};
use mktlint_hir::mention::{Meant, Role};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::{Project, SourceFile, analysis};
use mktlint_text::Span;
use smol_str::{SmolStr, format_smolstr};

use super::{Refusal, Subject, shown};
use crate::{FileEdits, View};

/// Compiles the policies with `edits`, and compares what every word of the project's own means.
pub fn check(view: View<'_>, subject: &Subject<'_>, new: &str, edits: &[FileEdits]) -> Result<(), Refusal> {
    let db = Database::default();
    let after = edited(view, &db, edits);
    settle(&db, after);
    for file in view.own_files() {
        let path = file.path(view.db);
        let Some(renamed) = after.files(&db).iter().find(|own| own.path(&db) == path) else { continue };
        let moves = Moves::of(path, edits);
        let before = declarations(view.db, file);
        let renamed = declarations(&db, *renamed);
        if before.len() != renamed.len() {
            return Err(format!("`{new}` would cut the declarations of {path} in another way"));
        }
        for (own, renamed) in before.iter().zip(renamed) {
            let pair = Pair { view, subject, new, moves: &moves, own: *own };
            pair.check(&db, after, *renamed)?;
        }
    }
    Ok(())
}

/// The project as it is with `edits`, in a database of its own.
fn edited(view: View<'_>, db: &Database, edits: &[FileEdits]) -> Project {
    let is_embedded = |file: &SourceFile| {
        let (path, module) = (file.path(view.db), file.module(view.db));
        STANDARD_LIBRARY.iter().any(|(own, of, _)| *own == &**path && *of == module.as_str())
    };
    let files = view.project.files(view.db);
    let source = |file: &SourceFile| {
        let (path, text) = (file.path(view.db), file.text(view.db));
        let own = edits.iter().find(|own| own.file == *path);
        let text = own.and_then(|own| applied(own, text)).unwrap_or_else(|| text.clone());
        Source { path: path.clone(), module: file.module(view.db).clone(), text }
    };
    let sources: Vec<Source> = files.iter().filter(|file| !is_embedded(file)).map(source).collect();
    let is_pack = |file: &&SourceFile| file.is_pack(view.db) && !is_embedded(file);
    let packs: BTreeSet<SmolStr> =
        files.iter().filter(is_pack).map(|file| file.module(view.db).clone()).collect();
    let documents = view.project.documents(view.db).clone();
    db.frozen_project(sources, &packs, view.project.today(view.db), documents)
}

/// `text` after the edits of its file.
fn applied(own: &FileEdits, text: &str) -> Option<Arc<str>> {
    let (file, edits) = (own.file.clone(), own.edits.clone());
    let fix = Fix { title: String::new(), safety: Safety::Safe, file, edits };
    apply_edits(text, &[&fix]).map(Arc::from)
}

/// Where bytes of a file are after its edits.
struct Moves<'e> {
    edits: &'e [Edit],
}

impl<'e> Moves<'e> {
    fn of(file: &FilePath, edits: &'e [FileEdits]) -> Self {
        let own = edits.iter().find(|own| own.file == *file);
        Self { edits: own.map_or(&[], |own| &own.edits) }
    }

    fn offset(&self, offset: u32) -> u32 {
        let before = self.edits.iter().take_while(|edit| edit.span.start() < offset);
        let by: i64 = before.map(|edit| edit.text.len() as i64 - i64::from(edit.span.len())).sum();
        u32::try_from(i64::from(offset) + by).unwrap_or(0)
    }
}

/// A declaration before the rename.
struct Pair<'p> {
    view: View<'p>,
    subject: &'p Subject<'p>,
    new: &'p str,
    moves: &'p Moves<'p>,
    own: Declaration<'p>,
}

impl Pair<'_> {
    fn check(&self, db: &Database, project: Project, renamed: Declaration<'_>) -> Result<(), Refusal> {
        let before = analysis(self.view.db, self.view.project, self.own);
        let after = analysis(db, project, renamed);
        let wanted = before
            .mentions
            .iter()
            .map(|mention| (self.span(mention.span), self.what(&mention.what), mention.role));
        let mut wanted: Vec<(Span, Meant, Role)> = wanted.collect();
        wanted.sort();
        let found = after.mentions.iter().map(|mention| (mention.span, mention.what.clone(), mention.role));
        let found: Vec<(Span, Meant, Role)> = found.collect();
        if wanted != found {
            let strange = found.iter().find(|own| !wanted.contains(own));
            let missing = || wanted.iter().find(|own| !found.contains(own));
            let span = strange.or_else(missing).map_or(Span::default(), |(span, ..)| *span);
            return Err(self.captured(span.slice(renamed.text(db))));
        }
        match after.problems.get(before.problems.len()) {
            Some(_) => Err(self.captured(self.new)),
            None => Ok(()),
        }
    }

    fn captured(&self, word: &str) -> Refusal {
        let place = self.view.place(self.own, self.view.item(self.own).name_span);
        format!("then `{word}` would mean something else in {}", shown(self.view, &place))
    }

    /// `span` of the declaration after the rename.
    fn span(&self, span: Span) -> Span {
        let offset = self.own.offset(self.view.db);
        let start = self.moves.offset(offset);
        let at = |at: u32| self.moves.offset(offset.saturating_add(at)).saturating_sub(start);
        Span::new(at(span.start()), at(span.end()))
    }

    /// What a word must mean after the rename.
    fn what(&self, what: &Meant) -> Meant {
        if self.subject.alias_in.is_some() {
            return self.moved(what);
        }
        match (&self.subject.what, what) {
            (Meant::Declaration(kind, path), _) => self.of_renamed(*kind, path, what),
            (Meant::Field(..), Meant::Field(path, _)) if self.subject.what == *what => {
                Meant::Field(path.clone(), self.new.into())
            }
            (Meant::Member(..), Meant::Member(path, _)) if self.subject.what == *what => {
                Meant::Member(path.clone(), self.new.into())
            }
            _ => self.moved(what),
        }
    }

    /// Where the declaration at `old` is renamed, what it introduces goes by its new path.
    fn of_renamed(&self, kind: ItemKind, old: &DeclPath, what: &Meant) -> Meant {
        let new = || DeclPath(format_smolstr!("{}.{}", old.module(), self.new));
        let has_members =
            matches!(kind, ItemKind::Enum | ItemKind::Lifecycle | ItemKind::Asset | ItemKind::Part);
        match what {
            Meant::Declaration(own, path) if (*own, path) == (kind, old) => Meant::Declaration(kind, new()),
            Meant::Field(path, name) if has_members && path == old => Meant::Field(new(), name.clone()),
            Meant::Member(path, name) if has_members && path == old => Meant::Member(new(), name.clone()),
            Meant::Parts(path) if has_members && path == old => Meant::Parts(new()),
            _ => self.moved(what),
        }
    }

    fn moved(&self, what: &Meant) -> Meant {
        match what {
            Meant::Local(span) => Meant::Local(self.span(*span)),
            other => other.clone(),
        }
    }
}
