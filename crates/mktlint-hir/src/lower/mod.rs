//! From the tree of a declaration to its meaning.

mod audience;
mod claim;
mod clauses;
mod cursor;
mod fact;
mod flow;
mod gate;
pub mod needle;
mod record;
mod rule;
mod scene;
mod terms;
mod test;
mod tier;
mod utm;
mod value;

use std::collections::BTreeMap;

use mktlint_diag::{Level, closest};
use mktlint_syntax::ast::{
    Block, Clause, Declaration as Tree, Entry, Expr, ExprKind as TreeKind, Lead, Name, Segment,
};
use mktlint_text::Span;
use smol_str::SmolStr;

pub use clauses::clauses;
pub use cursor::{Cursor, Piece};
pub use record::{SIMPLE_TYPES, docs_text};
pub use scene::infer_at;
pub use terms::Shared;

use crate::codes;
use crate::db::{Db, Project, SourceFile};
use crate::draft::Draft;
use crate::infer::Infer;
use crate::infer::phrase::{literal, word};
use crate::mention::{Meant, Role};
use crate::model::DeclPath;
use crate::model::item::{ItemKind, Meaning};
use crate::names::{self, Entry as Resolved, Namespace};

/// Reads one declaration.
pub struct Lower<'db, 't> {
    /// Types its expressions.
    pub infer: Infer<'db>,
    /// The declaration.
    pub tree: &'t Tree,
    /// Its text.
    pub text: &'t str,
    /// Its kind.
    pub kind: ItemKind,
    /// Its full name.
    pub path: DeclPath,
    /// Clauses seen so far, for those that may stand once.
    seen: BTreeMap<SmolStr, Span>,
}

impl<'db, 't> Lower<'db, 't> {
    /// Nothing read yet.
    pub fn new(
        db: &'db dyn Db,
        project: Project,
        file: SourceFile,
        (tree, text): (&'t Tree, &'t str),
        kind: ItemKind,
        path: DeclPath,
    ) -> Self {
        Self { infer: Infer::new(db, project, file), tree, text, kind, path, seen: BTreeMap::new() }
    }

    /// What the declaration says.
    pub fn meaning(&mut self) -> Meaning {
        match self.kind {
            ItemKind::Use => self.imports(),
            ItemKind::Contact | ItemKind::Asset | ItemKind::Part => self.record(),
            ItemKind::Enum => self.members(),
            ItemKind::Lifecycle => self.lifecycle(),
            ItemKind::Region => self.region(),
            ItemKind::Let => self.binding(),
            ItemKind::Fact => self.fact(),
            ItemKind::Given => self.given(),
            ItemKind::Fn => self.function(),
            ItemKind::Audience => self.audience(),
            ItemKind::Suppress => self.suppress(),
            ItemKind::Cap => self.cap(),
            ItemKind::QuietHours => self.quiet_hours(),
            ItemKind::Prove => self.prove(),
            ItemKind::Evidence => self.evidence(),
            ItemKind::Disclosure => self.disclosure(),
            ItemKind::Claim => self.claim(),
            ItemKind::Term => self.term(),
            ItemKind::Utm => self.utm(),
            ItemKind::Merge => self.merge(),
            ItemKind::Rule => self.rule(),
            ItemKind::Role => self.role(),
            ItemKind::Tier => self.tier(),
            ItemKind::Pipeline => self.pipeline(),
            ItemKind::Threshold => self.threshold(),
            ItemKind::Enforce => self.enforce(),
            ItemKind::Waive => self.waive(),
            ItemKind::Test => self.test(),
        }
    }

    /// Reports a problem.
    pub fn report(&mut self, draft: Draft) {
        self.infer.report(draft);
    }

    /// The word that starts the declaration.
    pub fn kind_word(&self) -> &'static str {
        names::word_of_kind(self.kind)
    }

    /// The place of the declared name, else of the kind word.
    pub fn name_span(&self) -> Span {
        names::declared_name(self.tree).map_or(self.tree.kind.span, |(_, span)| span)
    }

    /// The text behind the name: `audience x "title"`.
    pub fn title(&self) -> Option<SmolStr> {
        match &self.tree.segments.first()?.value.as_ref()?.kind {
            TreeKind::Phrase(items) => items.iter().skip(1).find_map(literal),
            _ => None,
        }
    }

    /// The value of the first header segment that `lead` introduces.
    pub fn header(&self, lead: Lead) -> Option<&'t Expr> {
        let mut segments = self.tree.segments.iter();
        segments.find(|segment| segment.lead.is_some_and(|(own, _)| own == lead))?.value.as_ref()
    }

    /// The values that `lead` introduces, with those behind the commas that follow it.
    pub fn header_list(&self, lead: Lead) -> Vec<&'t Expr> {
        list_behind(&self.tree.segments, lead)
    }

    /// The clauses of the body. Anything else in it is reported.
    pub fn clauses(&mut self) -> Vec<&'t Clause> {
        let tree: &'t Tree = self.tree;
        let Some(body) = &tree.body else { return Vec::new() };
        let mut clauses = Vec::with_capacity(body.entries.len());
        for entry in &body.entries {
            match entry {
                Entry::Clause(clause) => clauses.push(clause),
                Entry::Expr(expr) if matches!(expr.kind, TreeKind::Error) => {}
                Entry::Expr(expr) => {
                    self.report(codes::malformed_clause::needs_word(expr.span, self.kind_word()))
                }
            }
        }
        clauses
    }

    /// Reports the second of two clauses that may stand once; true when `clause` is the first.
    pub fn once(&mut self, clause: &Clause) -> bool {
        let name = clause.head.text.clone();
        if let Some(first) = self.seen.get(&name).copied() {
            self.report(codes::duplicate_clause::of(&clause.head, first));
            return false;
        }
        self.seen.insert(name, clause.head.span);
        true
    }

    /// Reports a clause that this kind does not know.
    pub fn unknown_clause(&mut self, head: &Name) {
        let near = closest(&head.text, clauses(self.kind));
        let known = clauses::own_clauses(self.kind);
        self.report(codes::unknown_clause::of(head, self.kind_word(), near, &known));
    }

    /// Reports that a clause does not have its shape. Nothing is said about a clause with a syntax error in it.
    pub fn malformed(&mut self, clause: &Clause, shape: &str) {
        let broken = clause
            .segments
            .iter()
            .any(|segment| segment.value.as_ref().is_some_and(|value| matches!(value.kind, TreeKind::Error)));
        if !broken {
            self.report(codes::malformed_clause::of(clause, shape));
        }
    }

    /// Reports that a header does not have its shape.
    pub fn malformed_header(&mut self, shape: &str) {
        let span = self.tree.segments.last().map_or(self.tree.kind.span, |segment| segment.span);
        let broken =
            self.tree.segments.iter().any(|segment| {
                segment.value.as_ref().is_some_and(|value| matches!(value.kind, TreeKind::Error))
            });
        if !broken {
            self.report(codes::malformed_clause::header(span, self.kind_word(), shape));
        }
    }

    /// Reports that a clause is not there; not when a clause is misspelt or misplaced, which may be the one.
    pub fn missing_clause(&mut self, clause: &str, example: &str) {
        let may_be_it = [&codes::unknown_clause::CODE, &codes::malformed_clause::CODE];
        if self.infer.problems.iter().any(|draft| may_be_it.contains(&draft.code)) {
            return;
        }
        let span = self.name_span();
        self.report(codes::missing_clause::of(span, self.kind_word(), clause, example));
    }

    /// The declaration of `kind` that `name` refers to in this file.
    pub fn reference(&mut self, name: &Name, kind: ItemKind) -> Option<DeclPath> {
        let infer = &self.infer;
        let space = Namespace::of(kind);
        let entry = names::resolve(infer.db, infer.project, infer.file, name.text.clone(), space);
        self.accept(name, kind, entry)
    }

    /// The declaration of `kind` that `name` refers to anywhere in the project.
    pub fn global_reference(&mut self, name: &Name, kind: ItemKind) -> Option<DeclPath> {
        let entry = names::global(self.infer.db, self.infer.project, name.text.clone(), kind);
        self.accept(name, kind, entry)
    }

    fn accept(&mut self, name: &Name, kind: ItemKind, entry: Option<Resolved>) -> Option<DeclPath> {
        match entry {
            Some(entry) if entry.kind == kind => {
                self.infer.need(name, &entry);
                Some(entry.path)
            }
            Some(entry) => {
                self.report(codes::wrong_kind::of(name, kind, entry.kind));
                None
            }
            None => {
                let draft = self.unknown(name, kind);
                self.report(draft);
                None
            }
        }
    }

    fn unknown(&self, name: &Name, kind: ItemKind) -> Draft {
        let infer = &self.infer;
        let space = Namespace::of(kind);
        let known: Vec<SmolStr> = match space {
            // A fact can be given from wherever it is declared.
            Namespace::Values if kind == ItemKind::Fact => self.all_names(space),
            Namespace::Values => names::visible_names(infer.db, infer.project, infer.file, space),
            Namespace::Own(_) => self.all_names(space),
        };
        let near = closest(&name.text, known.iter().map(SmolStr::as_str)).map(SmolStr::new);
        codes::unknown_name::of_kind(
            name,
            names::word_of_kind(kind),
            near.as_deref(),
            self.public_elsewhere(name, space),
        )
    }

    /// Every name of one namespace in the project.
    pub fn all_names(&self, space: Namespace) -> Vec<SmolStr> {
        let infer = &self.infer;
        let scopes = infer.project.files(infer.db).iter().map(|file| names::file_scope(infer.db, *file));
        scopes
            .flat_map(|scope| scope.names.keys())
            .filter(|(own, _)| *own == space)
            .map(|(_, name)| name.clone())
            .collect()
    }

    pub fn public_elsewhere(&self, name: &Name, space: Namespace) -> Option<DeclPath> {
        let infer = &self.infer;
        let key = (space, name.text.clone());
        let scopes = infer.project.files(infer.db).iter().map(|file| names::file_scope(infer.db, *file));
        let mut found = scopes.filter_map(|scope| scope.names.get(&key));
        found.find(|entry| entry.public).map(|entry| entry.path.clone())
    }

    /// Channels by name; each must be a member of the prelude's `Channel`.
    pub fn channels(&mut self, values: &[&Expr]) -> Vec<SmolStr> {
        let mut channels = Vec::new();
        for value in values {
            match &value.kind {
                TreeKind::Word(name) => channels.extend(self.channel(name)),
                TreeKind::List(items) => {
                    for name in items.iter().filter_map(word) {
                        channels.extend(self.channel(name));
                    }
                }
                TreeKind::Error => {}
                _ => self.report(codes::malformed_clause::needs_channel(value.span)),
            }
        }
        channels
    }

    fn channel(&mut self, name: &Name) -> Option<SmolStr> {
        let infer = &self.infer;
        let space = Namespace::Values;
        let entry = names::resolve(infer.db, infer.project, infer.file, "Channel".into(), space)?;
        let members = infer.members(&entry.path)?;
        if members.contains(&name.text) {
            let what = Meant::Member(entry.path, name.text.clone());
            self.infer.mention(name.span, what, Role::Need);
            return Some(name.text.clone());
        }
        self.report(codes::unknown_member::of_enum(name, &entry.path, &members));
        None
    }

    /// `error "…"`, `warning "…"`, `info "…"`: the level of a clause's head word.
    pub fn level_of(word: &str) -> Option<Level> {
        match word {
            "error" => Some(Level::Error),
            "warning" => Some(Level::Warning),
            "info" => Some(Level::Info),
            _ => None,
        }
    }
}

/// The values behind `lead`, and behind the commas that follow it.
pub fn list_behind(segments: &[Segment], lead: Lead) -> Vec<&Expr> {
    let start = segments.iter().position(|segment| segment.lead.is_some_and(|(own, _)| own == lead));
    let Some(start) = start else { return Vec::new() };
    let rest = &segments[start..];
    let commas = rest.iter().skip(1).take_while(|segment| matches!(segment.lead, Some((Lead::Comma, _))));
    rest.iter().take(1).chain(commas).filter_map(|segment| segment.value.as_ref()).collect()
}

/// The only value of a clause: one segment, nothing that leads it.
pub fn only_value(clause: &Clause) -> Option<&Expr> {
    match clause.segments.as_slice() {
        [Segment { lead: None, value: Some(value), .. }] => Some(value),
        _ => None,
    }
}

/// The values of a clause that are separated by commas, and those of a list in brackets.
pub fn values(clause: &Clause) -> Option<Vec<&Expr>> {
    let mut values = Vec::new();
    for (at, segment) in clause.segments.iter().enumerate() {
        let led = match segment.lead {
            None => at == 0,
            Some((Lead::Comma, _)) => true,
            Some(_) => false,
        };
        match &segment.value {
            _ if !led => return None,
            Some(Expr { kind: TreeKind::List(items), .. }) => values.extend(items),
            Some(value) => values.push(value),
            None => {}
        }
    }
    Some(values)
}

/// The block at the end of a phrase, or the value itself when it is one.
pub fn block_of(value: &Expr) -> Option<&Block> {
    match &value.kind {
        TreeKind::Block(block) => Some(block),
        _ => None,
    }
}
