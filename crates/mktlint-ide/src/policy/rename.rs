//! Another name for what a word names, wherever it is spoken of.
//!
//! A rename must change what nothing means. Names can be captured in more ways than rules could list (a word is a field
//! here and an audience there, by what stands around it), so the renamed policies are compiled beside the real ones, and
//! every word must name the same thing as before.

mod proof;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use mktlint_diag::{Edit, FilePath, Place};
use mktlint_hir::db::Declaration;
use mktlint_hir::mention::{Meant, home, mentions};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::types::Type;
use mktlint_hir::names::{self, Namespace, file_scope, word_of_kind};
use mktlint_hir::{SourceFile, program};
use mktlint_syntax::is_kind;
use mktlint_syntax::lex::{Kind, WORDS, lex};
use mktlint_text::{LineIndex, Span};
use smol_str::SmolStr;

use super::named::{Named, Usage, named_at, other_names, usages, usages_in};
use super::references::name;
use crate::asset::names::{AssetName, declared, is_waivable, names_of, occurrences};
use crate::{FileEdits, View};

/// The configuration of a workspace.
const CONFIG: &str = "mktlint.toml";

/// Why something cannot be renamed, for people.
pub type Refusal = String;

/// What is renamed.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// A declaration that speaks of it.
    from: Declaration<'a>,
    /// What it is.
    what: Meant,
    /// Its name.
    pub name: SmolStr,
    /// The file whose other name for it is meant, the word behind `as`.
    alias_in: Option<SourceFile>,
}

/// The word at `offset`, when what it names can be renamed.
///
/// # Errors
/// With the reason when it cannot.
pub fn prepare(view: View<'_>, file: SourceFile, offset: u32) -> Result<(Span, SmolStr), Refusal> {
    let named = named_at(view, file, offset).ok_or("no name stands here")?;
    let subject = Subject::of(view, &named)?;
    Ok((named.span, subject.name))
}

/// Renames what the word at `offset` names to `new`, in policies and in manifests and directives of assets.
///
/// # Errors
/// With the reason when that cannot be done, or would change what something means.
pub fn rename(view: View<'_>, file: SourceFile, offset: u32, new: &str) -> Result<Vec<FileEdits>, Refusal> {
    let named = named_at(view, file, offset).ok_or("no name stands here")?;
    Subject::of(view, &named)?.rename(view, new)
}

impl<'a> Subject<'a> {
    /// What a word of a policy names.
    ///
    /// # Errors
    /// When that cannot be renamed.
    pub fn of(view: View<'a>, named: &Named<'a>) -> Result<Self, Refusal> {
        let text = named.declaration.file(view.db).text(view.db);
        let word = named.span.slice(text);
        let [what] = named.what.as_slice() else {
            return Err(format!("`{word}` is a field of several kinds here; rename it where it is declared"));
        };
        let file = named.declaration.file(view.db);
        if other_names(view, file, what).iter().any(|own| own == word) {
            let (from, what) = (named.declaration, (*what).clone());
            return Ok(Self { from, what, name: word.into(), alias_in: Some(file) });
        }
        Self::new(view, named.declaration, what)
    }

    /// What a word of an asset names.
    ///
    /// # Errors
    /// When that cannot be renamed.
    pub fn of_asset(view: View<'a>, what: &Meant) -> Result<Self, Refusal> {
        let home = home(view.db, view.project, what).ok_or("no policy declares this")?;
        Self::new(view, home, what)
    }

    fn new(view: View<'a>, from: Declaration<'a>, what: &Meant) -> Result<Self, Refusal> {
        let own = |name: SmolStr| Ok(Self { from, what: what.clone(), name, alias_in: None });
        match what {
            Meant::Local(span) => own(span.slice(from.text(view.db)).into()),
            Meant::Declaration(..) | Meant::Field(..) | Meant::Member(..) => {
                let home = home(view.db, view.project, what).ok_or("nothing declares this")?;
                let name = SmolStr::new(name(what).unwrap_or_default());
                can_be_renamed(view, home, what, &name)?;
                own(name)
            }
            Meant::Module(_) => Err("a module has the name of its file; rename that".into()),
            Meant::Parts(path) => Err(format!("this is the list of every `{}`", path.name())),
            Meant::Function(word) | Meant::Type(word) | Meant::Shape(word) | Meant::Special(word) => {
                Err(format!("`{word}` is a word of the language"))
            }
            Meant::Country(code) | Meant::Language(code) => Err(format!("`{code}` is a code of a standard")),
        }
    }

    /// The edits that give it the name `new`.
    ///
    /// # Errors
    /// When `new` is no name, is taken, or would change what something means.
    pub fn rename(&self, view: View<'_>, new: &str) -> Result<Vec<FileEdits>, Refusal> {
        is_name(new)?;
        if new == self.name {
            return Ok(Vec::new());
        }
        self.is_plain(view, new)?;
        let mut edits: BTreeMap<FilePath, Vec<Edit>> = BTreeMap::new();
        let mut write = |place: Place| {
            edits.entry(place.file).or_default().push(Edit { span: place.span, text: new.into() });
        };
        match self.alias_in {
            Some(file) => {
                let own = usages_in(view, file, self.from, &self.what);
                self.words(view, &own).for_each(&mut write);
            }
            None => {
                self.is_free(view, new)?;
                self.in_policies(view)?.into_iter().for_each(&mut write);
                self.in_assets(view, new)?.into_iter().for_each(&mut write);
            }
        }
        let mut all = Vec::with_capacity(edits.len());
        for (file, mut edits) in edits {
            edits.sort_by_key(|edit| edit.span);
            edits.dedup();
            all.push(FileEdits { file, edits });
        }
        proof::check(view, self, new, &all)?;
        Ok(all)
    }

    /// Some names mean something by themselves: they can neither be given nor taken away.
    fn is_plain(&self, view: View<'_>, new: &str) -> Result<(), Refusal> {
        let either = |word: &str| self.alias_in.is_none() && (self.name == word || new == word);
        match &self.what {
            Meant::Declaration(ItemKind::Tier, _) if either("high") => {
                Err("`uses regulated claims` speaks of claims of the tier `high`".into())
            }
            Meant::Field(path, _) if view.find(ItemKind::Contact, path).is_some() => match () {
                () if either("time_zone") => Err("quiet hours look for the attribute `time_zone`".into()),
                () if either("country") && n_countries(view, path) > 1 => {
                    Err("of several countries, regions are held against the attribute `country`".into())
                }
                () => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Those words that are its name. Other names for it stay, and so does `links` when `Link` is renamed.
    fn words<'v>(&'v self, view: View<'v>, usages: &'v [Usage<'v>]) -> impl Iterator<Item = Place> + 'v {
        let own = usages.iter().filter(move |usage| usage.word(view) == self.name);
        own.map(move |usage| usage.place(view))
    }

    fn in_policies(&self, view: View<'_>) -> Result<Vec<Place>, Refusal> {
        let all = usages(view, self.from, &self.what);
        let (packs, own): (Vec<Usage<'_>>, _) =
            all.into_iter().partition(|usage| usage.declaration.file(view.db).is_pack(view.db));
        self.is_wanted_by(view, &packs)?;
        Ok(self.words(view, &own).collect())
    }

    /// Rules of packs ask for attributes of the project's contact by name. One that is in force would be undecided.
    fn is_wanted_by(&self, view: View<'_>, packs: &[Usage<'_>]) -> Result<(), Refusal> {
        if packs.is_empty() {
            return Ok(());
        }
        let program = program(view.db, view.project);
        let is_in_force = |usage: &Usage<'_>| {
            let item = view.item(usage.declaration);
            program.find(item.kind, &item.path).is_some_and(|placed| placed.force.is_some())
        };
        match packs.iter().find(|usage| is_in_force(usage)) {
            Some(usage) => {
                let rule = &view.item(usage.declaration).path;
                Err(format!("`{}` is what `{rule}` asks for; it would be undecided", self.name))
            }
            None => Ok(()),
        }
    }

    fn in_assets(&self, view: View<'_>, new: &str) -> Result<Vec<Place>, Refusal> {
        let own = names_of(view, &[&self.what], &[&self.name]);
        self.is_written_in_files(view)?;
        self.stays_clear(view, new, &own)?;
        let mut places = Vec::with_capacity(own.len());
        for name in own {
            match name.word {
                Some(word) if word == self.name => places.push(name.place),
                Some(_) => {}
                None => {
                    let at = shown(view, &name.place);
                    return Err(format!(
                        "`{}` is named in {at} in a way that is changed by hand only",
                        self.name
                    ));
                }
            }
        }
        Ok(places)
    }

    /// Manifests and directives call things by their last word as long as only one is called so.
    fn stays_clear(&self, view: View<'_>, new: &str, own: &[AssetName]) -> Result<(), Refusal> {
        let Meant::Declaration(kind, path) = &self.what else { return Ok(()) };
        let others = declared(view, new, |kind| Namespace::of(kind) == Namespace::Values);
        let others: Vec<Meant> = others
            .into_iter()
            .filter(|(other, at)| (other, at) != (kind, path))
            .map(|(kind, path)| Meant::Declaration(kind, path))
            .collect();
        let theirs = names_of(view, &others.iter().collect::<Vec<_>>(), &[new]);
        match (others.first(), own.first().or(theirs.first())) {
            (Some(Meant::Declaration(_, other)), Some(name)) => {
                let at = shown(view, &name.place);
                Err(format!("`{new}` could then mean `{other}` too in {at}"))
            }
            _ => Ok(()),
        }
    }

    /// Facts, merge tags and fields of assets are keys and tags of files, and `mktlint.toml` names rules and attributes:
    /// only people can change these.
    fn is_written_in_files(&self, view: View<'_>) -> Result<(), Refusal> {
        let config = FilePath::new(CONFIG);
        let in_config = is_of_config(view, &self.what).then_some(&config);
        let in_assets = is_of_files(view, &self.what).then(|| view.assets.files.keys());
        for path in in_config.into_iter().chain(in_assets.into_iter().flatten()) {
            let Some(text) = view.texts.text(path) else { continue };
            if let Some(at) = occurrences(&text, &self.name).first() {
                let place = Place::new(path.clone(), Span::at(*at));
                let at = shown(view, &place);
                return Err(format!(
                    "`{}` is also written in {at}, where a rename does not reach",
                    self.name
                ));
            }
        }
        Ok(())
    }

    /// Whether nothing else has the name `new` where this one stands.
    fn is_free(&self, view: View<'_>, new: &str) -> Result<(), Refusal> {
        match &self.what {
            Meant::Declaration(kind, path) => is_free_in_module(view, *kind, path, new),
            Meant::Field(path, _) | Meant::Member(path, _) => {
                let Some(home) = home(view.db, view.project, &self.what) else { return Ok(()) };
                let mut all = mentions(view.db, view.project, home).iter();
                let is_taken = |what: &Meant| match what {
                    Meant::Field(of, name) | Meant::Member(of, name) => of == path && name == new,
                    _ => false,
                };
                match all.any(|mention| is_taken(&mention.what)) {
                    true => Err(format!("`{new}` is taken: `{}` has one already", path.name())),
                    false => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

fn is_free_in_module(view: View<'_>, kind: ItemKind, path: &DeclPath, new: &str) -> Result<(), Refusal> {
    let space = Namespace::of(kind);
    let is_global = kind == ItemKind::Fact || matches!(space, Namespace::Own(_));
    let of_project = || names::global(view.db, view.project, new.into(), kind).filter(|_| is_global);
    let file = view.project.modules(view.db).get(path.module());
    let of_module = file.and_then(|file| file_scope(view.db, *file).names.get(&(space, new.into())).cloned());
    let Some(other) = of_module.or_else(of_project) else { return Ok(()) };
    let at = view.find(other.kind, &other.path).map_or(String::new(), |found| {
        format!(" in {}", shown(view, &view.place(found, view.item(found).name_span)))
    });
    Err(format!("`{new}` is taken by the `{}`{at}", word_of_kind(other.kind)))
}

/// Whether what `home` introduces has a name that can be changed here.
fn can_be_renamed(view: View<'_>, home: Declaration<'_>, what: &Meant, name: &str) -> Result<(), Refusal> {
    let file = home.file(view.db);
    if file.is_pack(view.db) {
        let pack = file.module(view.db);
        return Err(format!("`{name}` belongs to the pack `{pack}`"));
    }
    let Meant::Declaration(kind, _) = what else { return Ok(()) };
    let item = view.item(home);
    match kind {
        ItemKind::Contact => Err("`contact` is a word of the language".into()),
        ItemKind::Term => Err("a term goes by its wording; change that".into()),
        _ if item.name_span.slice(home.text(view.db)) != name => {
            Err(format!("`{name}` goes by its channel; give it a name of its own"))
        }
        _ if matches!(&item.meaning, Meaning::Utm(utm) if utm.channels == [name]) => {
            Err(format!("`{name}` also says which channel the convention is for; add `on {name}` first"))
        }
        _ => Ok(()),
    }
}

/// Whether files of assets can say `what` by name.
fn is_of_files(view: View<'_>, what: &Meant) -> bool {
    match what {
        Meant::Declaration(kind, _) => matches!(kind, ItemKind::Fact | ItemKind::Merge),
        Meant::Field(path, _) => view.find(ItemKind::Contact, path).is_none(),
        Meant::Member(path, _) => is_said_by_files(view, path),
        _ => false,
    }
}

/// Whether the configuration can say `what` by name.
fn is_of_config(view: View<'_>, what: &Meant) -> bool {
    match what {
        Meant::Declaration(kind, _) => is_waivable(*kind),
        Meant::Field(path, _) => view.find(ItemKind::Contact, path).is_some(),
        _ => false,
    }
}

/// Whether values of the enum at `path` can stand in files: in a fact, or a field of an asset.
fn is_said_by_files(view: View<'_>, path: &DeclPath) -> bool {
    let declarations = view.own_files().flat_map(|file| mktlint_hir::db::declarations(view.db, file));
    let is_typed = |declaration: &Declaration<'_>| {
        let is_input = matches!(declaration.kind(view.db).as_str(), "fact" | "asset" | "part");
        is_input
            && mktlint_hir::analysis(view.db, view.project, *declaration).used().any(|(_, used)| used == path)
    };
    declarations.copied().any(|declaration| is_typed(&declaration))
}

/// How many attributes of a contact are countries.
fn n_countries(view: View<'_>, contact: &DeclPath) -> usize {
    let item = view.find(ItemKind::Contact, contact).map(|found| view.item(found));
    match item.map(|item| &item.meaning) {
        Some(Meaning::Record(record)) => {
            record.fields.iter().filter(|field| *field.ty.present() == Type::Country).count()
        }
        _ => 0,
    }
}

/// Whether `new` can be a name.
fn is_name(new: &str) -> Result<(), Refusal> {
    let tokens = lex(new);
    match tokens.as_slice() {
        [one] if one.kind == Kind::Word && is_kind(new) => Err(format!("`{new}` starts a declaration")),
        [one] if one.kind == Kind::Word => Ok(()),
        [one] if WORDS.has(one.kind) => Err(format!("`{new}` is a word of the language")),
        _ => Err(format!("`{new}` is no name: write letters, digits and `_`, and no digit first")),
    }
}

/// `policy/main.mkt:3`
fn shown(view: View<'_>, place: &Place) -> String {
    let text = match view.policy(&place.file) {
        Some(file) => Some(file.text(view.db).clone()),
        None => view.texts.text(&place.file),
    };
    let line = text.map_or(1, |text| LineIndex::new(&text).line_column(&text, place.span.start()).line);
    format!("{}:{line}", place.file)
}
