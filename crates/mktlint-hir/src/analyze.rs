//! One declaration, understood.

use std::collections::BTreeSet;
use std::sync::Arc;

use mktlint_syntax::Parse;
use mktlint_text::{LineIndex, Span};

use crate::db::{Db, Declaration, Project, parsed};
use crate::draft::Draft;
use crate::lower::Lower;
use crate::mention::{Meant, Mention, Role};
use crate::model::DeclPath;
use crate::model::item::{Item, ItemKind};
use crate::names::{self, kind_of_word};
use crate::{check, codes, lower};

/// What is known about one declaration, with spans that count from its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// What it says.
    pub item: Arc<Item>,
    /// What is wrong with it. Syntax errors are not among them.
    pub problems: Vec<Draft>,
    /// What its words name, in order of place.
    pub mentions: Vec<Mention>,
}

impl Analysis {
    /// The declarations that it needs, in order of mention.
    pub fn used(&self) -> impl Iterator<Item = (ItemKind, &DeclPath)> {
        self.mentions.iter().filter_map(|mention| match &mention.what {
            Meant::Declaration(kind, path) if mention.role == Role::Need => Some((*kind, path)),
            _ => None,
        })
    }
}

/// Understands one declaration.
///
/// Reads its text and the signatures of what it names, nothing else: an edit in another declaration's body does not
/// run it again.
#[salsa::tracked(returns(ref))]
pub fn analysis<'db>(db: &'db dyn Db, project: Project, declaration: Declaration<'db>) -> Analysis {
    let parse = parsed(db, declaration);
    let kind = kind_of_word(declaration.kind(db));
    let (Some(tree), Some(kind)) = (&parse.declaration, kind) else { return unreadable(db, declaration) };
    let (path, name_span) = names::path_of(db, declaration, kind, tree);
    let mut lower =
        Lower::new(db, project, declaration.file(db), (tree, declaration.text(db)), kind, path.clone());
    let syntax_errors = !parse.problems.is_empty();
    if name_span.is_none() && !names::is_nameless(kind) && !syntax_errors {
        lower.report(codes::missing_name::of(tree.kind.span, lower.kind_word()));
    }
    let meaning = lower.meaning();
    let title = lower.title();
    let mut infer = lower.infer;
    if introduces_its_name(kind, name_span) {
        let what = Meant::Declaration(kind, path.clone());
        infer.mention(name_span.unwrap_or(tree.kind.span), what, Role::Definition);
    }
    infer.mentions.sort_unstable();
    infer.mentions.dedup();
    infer.mentions.shrink_to_fit();
    let item = Item {
        path,
        kind,
        public: tree.public.is_some(),
        title,
        docs: lower::docs_text(&tree.docs),
        name_span: name_span.unwrap_or(tree.kind.span),
        body: infer.body,
        meaning,
    };
    let mut problems = infer.problems;
    check::truth::constant_conditions(db, project, &item, &mut problems);
    if syntax_errors {
        let is_consequence = consequences(declaration.text(db), parse);
        problems.retain(|draft| !is_consequence(draft));
    }
    problems.dedup();
    Analysis { item: Arc::new(item), problems, mentions: infer.mentions }
}

/// Whether the words at the name introduce it. `given` says the name of a fact there.
fn introduces_its_name(kind: ItemKind, name_span: Option<Span>) -> bool {
    kind == ItemKind::Contact || name_span.is_some() && kind != ItemKind::Given
}

/// Tells what may only be wrong because of a syntax error: a clause that is missing, and one that is not as expected on
/// the line of the error.
fn consequences(text: &str, parse: &Parse) -> impl Fn(&Draft) -> bool {
    let lines = LineIndex::new(text);
    let line = move |span: Span| lines.line(span.start());
    let wrong: BTreeSet<u32> = parse.problems.iter().map(|problem| line(problem.span())).collect();
    move |draft| {
        draft.code == &codes::missing_clause::CODE
            || draft.code == &codes::malformed_clause::CODE && wrong.contains(&line(draft.span))
    }
}

fn unreadable(db: &dyn Db, declaration: Declaration<'_>) -> Analysis {
    let path = format!("{}.unreadable_{}", declaration.file(db).module(db), declaration.ordinal(db));
    let item = Item {
        path: DeclPath(path.into()),
        kind: ItemKind::Use,
        public: false,
        title: None,
        docs: Default::default(),
        name_span: Default::default(),
        body: Default::default(),
        meaning: crate::model::item::Meaning::Error,
    };
    Analysis { item: Arc::new(item), problems: Vec::new(), mentions: Vec::new() }
}
