//! What the words of a declaration name, and what it introduces itself.

use mktlint_syntax::ast::{Expr, ExprKind, Name};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::analyze::analysis;
use crate::db::{Db, Declaration, Project};
use crate::infer::Infer;
use crate::model::DeclPath;
use crate::model::item::ItemKind;
use crate::names::{self, Entry};

/// A word that names something, or introduces it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The word, from the start of the declaration: of `std.regions.EU` each word by itself.
    pub span: Span,
    /// What it names.
    pub what: Meant,
    /// What it does there.
    pub role: Role,
}

/// What a word names.
///
/// A declaration goes by its path; what has no path of its own by that of the declaration that introduces it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meant {
    /// A declaration: `lapsed_eu`, `Email`, `legal` behind `approve`.
    Declaration(ItemKind, DeclPath),
    /// A field of a `contact`, `asset` or `part`.
    Field(DeclPath, SmolStr),
    /// A member of an `enum`, or a stage of a `lifecycle` or `pipeline`.
    Member(DeclPath, SmolStr),
    /// A parameter or the variable of a quantifier, by the place that introduces it.
    Local(Span),
    /// A function of the library.
    Function(&'static str),
    /// A file or folder of policies, by its full name.
    Module(SmolStr),
    /// A list of the parts of an asset: `links` stands for every `Link`.
    Parts(DeclPath),
    /// A country, by the code that counts: `GB` for `UK`.
    Country(SmolStr),
    /// A language.
    Language(SmolStr),
    /// A type that no policy declares: `Int`, `Set`.
    Type(&'static str),
    /// What `matches` can ask without a pattern: `kebab`.
    Shape(&'static str),
    /// A word that stands for something wherever it is used: `it`, `now`, `campaign`.
    Special(&'static str),
}

/// What a mention does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Introduces it.
    Definition,
    /// Gives another name to it: the word behind `as`.
    Alias,
    /// Needs it: without it the declaration would not mean what it does.
    Need,
    /// Speaks of it without needing it: in a `use`, behind `enforce` and `except`.
    Pointer,
}

/// The mentions of one declaration, in order of place. Several can stand at one word, where it means a field of each of
/// several kinds of asset.
pub fn mentions<'db>(db: &'db dyn Db, project: Project, declaration: Declaration<'db>) -> &'db [Mention] {
    &analysis(db, project, declaration).mentions
}

/// The declaration that introduces `what`; `None` for what is local to one, for modules, and for what no policy
/// introduces.
pub fn home<'db>(db: &'db dyn Db, project: Project, what: &Meant) -> Option<Declaration<'db>> {
    use ItemKind::{Asset, Contact, Enum, Lifecycle, Part, Pipeline};
    let declared = |path: &DeclPath, kinds: &[ItemKind]| {
        kinds.iter().find_map(|kind| names::declaration_at(db, project, *kind, path.0.clone()))
    };
    match what {
        Meant::Declaration(kind, path) => declared(path, &[*kind]),
        Meant::Parts(path) => declared(path, &[Part]),
        Meant::Field(path, _) => declared(path, &[Contact, Asset, Part]),
        Meant::Member(path, _) => declared(path, &[Enum, Lifecycle, Pipeline]),
        _ => None,
    }
}

/// Where `what` is introduced, as a declaration and the words in it; `from` is the declaration that speaks of it.
pub fn definition<'db>(
    db: &'db dyn Db,
    project: Project,
    from: Declaration<'db>,
    what: &Meant,
) -> Option<(Declaration<'db>, Span)> {
    if let Meant::Local(span) = what {
        return Some((from, *span));
    }
    let home = home(db, project, what)?;
    if let Meant::Declaration(..) | Meant::Parts(_) = what {
        return Some((home, analysis(db, project, home).item.name_span));
    }
    let mut own = mentions(db, project, home).iter();
    let found = own.find(|mention| mention.role == Role::Definition && mention.what == *what)?;
    Some((home, found.span))
}

impl Infer<'_> {
    /// Notes what a word names.
    pub fn mention(&mut self, span: Span, what: Meant, role: Role) {
        self.mentions.push(Mention { span, what, role });
    }

    /// Notes that `name` names a declaration that is needed.
    pub fn need(&mut self, name: &Name, entry: &Entry) {
        self.mention(name.span, Meant::Declaration(entry.kind, entry.path.clone()), Role::Need);
    }

    /// Notes what the words of a full or shortened name mean: the last one `what`, whose full name is `path`, those
    /// before it modules.
    pub fn mention_words(&mut self, words: &[&Name], path: &str, what: Meant, role: Role) {
        let Some((last, before)) = words.split_last() else { return };
        self.mention(last.span, what, role);
        let mut path = path;
        for word in before.iter().rev() {
            let Some((module, _)) = path.rsplit_once('.') else { return };
            self.mention(word.span, Meant::Module(module.into()), Role::Pointer);
            path = module;
        }
    }

    /// The same for a declaration that `tree` names: dotted words, or for a `term` its wording.
    pub fn mention_declaration(&mut self, tree: &Expr, kind: ItemKind, path: &DeclPath, role: Role) {
        let what = Meant::Declaration(kind, path.clone());
        match dotted_words(tree) {
            Some(words) => self.mention_words(&words, &path.0, what, role),
            None => self.mention(tree.span, what, role),
        }
    }
}

/// The words of `std.regions.EU`.
pub fn dotted_words(tree: &Expr) -> Option<Vec<&Name>> {
    let mut words = Vec::new();
    let mut tree = tree;
    while let ExprKind::Field { base, name } = &tree.kind {
        words.push(name);
        tree = base;
    }
    let ExprKind::Word(first) = &tree.kind else { return None };
    words.push(first);
    words.reverse();
    Some(words)
}
