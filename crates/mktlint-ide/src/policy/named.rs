//! What the words at a place name, and where else that is spoken of.

use mktlint_diag::Place;
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::mention::{Meant, Mention, Role, home, mentions};
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names;
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::View;

/// A word of a policy that names something.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// The declaration that it is in.
    pub declaration: Declaration<'a>,
    /// The word, in its file.
    pub span: Span,
    /// What it names: one thing, or a field of each of several kinds of asset.
    pub what: Vec<&'a Meant>,
    /// What it does there.
    pub role: Role,
}

/// The word at `offset` or that ends there. A word that introduces something and names something else too, as the channel
/// of a `utm email` does, counts as the first.
pub fn named_at(view: View<'_>, file: SourceFile, offset: u32) -> Option<Named<'_>> {
    let (declaration, inside) = view.declaration_at(file, offset)?;
    let all = mentions(view.db, view.project, declaration);
    let touching = || all.iter().filter(|mention| mention.span.touches(inside));
    let first =
        touching().min_by_key(|mention| (mention.span.end() == inside, mention.span.len(), mention.role))?;
    let same = touching().filter(|mention| mention.span == first.span && mention.role == first.role);
    Some(Named {
        declaration,
        span: first.span.shift(declaration.offset(view.db)),
        what: same.map(|mention| &mention.what).collect(),
        role: first.role,
    })
}

/// A word that speaks of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage<'a> {
    /// The declaration that it is in.
    pub declaration: Declaration<'a>,
    /// The word, from the start of the declaration.
    pub span: Span,
    /// What it does there.
    pub role: Role,
}

impl Usage<'_> {
    /// Where the word stands.
    pub fn place(&self, view: View<'_>) -> Place {
        view.place(self.declaration, self.span)
    }

    /// The word.
    pub fn word<'v>(&self, view: View<'v>) -> &'v str
    where
        Self: 'v,
    {
        self.span.slice(self.declaration.text(view.db))
    }
}

/// Where `what` is spoken of, its definition too: in the project's own files, then in packs. `from` is a declaration that
/// speaks of it; what is local to that one is looked for there alone.
pub fn usages<'a>(view: View<'a>, from: Declaration<'a>, what: &Meant) -> Vec<Usage<'a>> {
    let files = view.project.files(view.db).iter();
    files.flat_map(|file| usages_in(view, *file, from, what)).collect()
}

/// The same in one file.
pub fn usages_in<'a>(
    view: View<'a>,
    file: SourceFile,
    from: Declaration<'a>,
    what: &Meant,
) -> Vec<Usage<'a>> {
    let db = view.db;
    if let Meant::Local(_) = what {
        let is_here = from.file(db) == file;
        return is_here.then(|| of_declaration(view, from, what)).into_iter().flatten().collect();
    }
    let home = home(db, view.project, what);
    let is_home_file = home.is_some_and(|home| home.file(db) == file);
    let word = spelling(what);
    if !is_home_file && !file.text(db).contains(word.as_str()) {
        return Vec::new();
    }
    let other_names = other_names(view, file, what);
    // A declaration whose text holds none of the words needs no analysis; most of those of packs have had none.
    let may_name = |own: &Declaration<'a>| {
        let text = own.text(db);
        Some(*own) == home
            || text.contains(word.as_str())
            || other_names.iter().any(|name| text.contains(&**name))
    };
    let found = declarations(db, file).iter().copied().filter(may_name);
    found.flat_map(|own| of_declaration(view, own, what)).collect()
}

fn of_declaration<'a>(
    view: View<'a>,
    declaration: Declaration<'a>,
    what: &Meant,
) -> impl Iterator<Item = Usage<'a>> {
    let all = mentions(view.db, view.project, declaration).iter();
    let same = all.filter(move |mention| is_same(&mention.what, what));
    same.map(move |mention: &Mention| Usage { declaration, span: mention.span, role: mention.role })
}

/// Whether two words mean the same: `links` speaks of `Link`.
fn is_same(a: &Meant, b: &Meant) -> bool {
    match (a, b) {
        (Meant::Parts(list), Meant::Declaration(ItemKind::Part, part))
        | (Meant::Declaration(ItemKind::Part, part), Meant::Parts(list)) => list == part,
        _ => a == b,
    }
}

/// What a text must hold to name `what` by its own name; empty where there are several ways to write it.
fn spelling(what: &Meant) -> SmolStr {
    match what {
        Meant::Declaration(ItemKind::Part, path) | Meant::Parts(path) => {
            // `MergeTag`, `merge_tags`
            path.name().trim_start_matches(char::is_uppercase).into()
        }
        Meant::Declaration(ItemKind::Term | ItemKind::QuietHours | ItemKind::Contact, _) => {
            SmolStr::default()
        }
        Meant::Declaration(_, path) => path.name().into(),
        Meant::Field(_, name) | Meant::Member(_, name) => name.clone(),
        Meant::Function(name) | Meant::Type(name) | Meant::Shape(name) | Meant::Special(name) => {
            (*name).into()
        }
        Meant::Module(path) => path.rsplit('.').next().unwrap_or_default().into(),
        Meant::Language(tag) => tag.split('-').next().unwrap_or_default().into(),
        Meant::Local(_) | Meant::Country(_) => SmolStr::default(),
    }
}

/// The names that a `use … as` of `file` gives to `what`.
pub fn other_names(view: View<'_>, file: SourceFile, what: &Meant) -> Vec<SmolStr> {
    let (Meant::Declaration(_, mktlint_hir::model::DeclPath(path)) | Meant::Module(path)) = what else {
        return Vec::new();
    };
    let own = names::imports(view.db, file).iter().filter(|import| import.target == *path);
    let last = path.rsplit('.').next().unwrap_or_default();
    own.map(|import| import.local.clone()).filter(|local| local != last).collect()
}
