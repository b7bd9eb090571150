//! What a feature may look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_asset::{Asset, Extraction, Spec, detect};
use mktlint_check::{FileFacts, Inputs, Judge};
use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_hir::db::{Declaration, declarations, parsed};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{Item, ItemKind};
use mktlint_hir::{Db, Project, SourceFile, names};
use mktlint_plan::Plan;
use mktlint_text::Span;

/// What is known of one workspace at one moment.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The policies.
    pub db: &'a dyn Db,
    /// Which they are.
    pub project: Project,
    /// The assets, as they were judged last.
    pub assets: &'a Assets,
    /// The texts of files.
    pub texts: &'a dyn Texts,
}

/// What only those know who read files: their texts, as the editor has them where one is open, and the configuration.
pub trait Texts {
    /// The text of `file`; `None` when there is no such file, or it cannot be read.
    fn text(&self, file: &FilePath) -> Option<Arc<str>>;

    /// How the assets in `text`, which `file` holds, are read; `None` when it holds none. Path and text alone say it where
    /// no configuration does.
    fn spec(&self, file: &FilePath, text: &str) -> Option<Spec> {
        detect(file, text)
    }

    /// Whether findings like `found` are wanted; all are where no configuration leaves some out.
    fn wants(&self, found: &Diagnostic) -> bool {
        let _ = found;
        true
    }
}

/// The assets of a workspace, as they were judged last.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The plan that judged them, ready to judge more: of the last policy that compiled. `None` before there was one.
    pub judge: Option<Arc<Judge>>,
    /// What judging depends on besides; `None` as for the judge.
    pub inputs: Option<Arc<Inputs>>,
    /// Every file with assets, those that wait to be judged too.
    pub files: BTreeMap<FilePath, Arc<JudgedFile>>,
    /// What only all of them together show, by file; as of the last look at all of them, so that its places may be
    /// those of an earlier text.
    pub together: Arc<BTreeMap<FilePath, Vec<Diagnostic>>>,
}

/// What came of one file with assets. Small: nothing of its text.
#[derive(Clone, Debug, Default)]
pub struct JudgedFile {
    /// In order of position.
    pub findings: Vec<Diagnostic>,
    /// What the pass over all assets knows of it.
    pub facts: FileFacts,
    /// Full names of the declarations in force that had something to judge in it, in order.
    pub judged_by: Arc<[smol_str::SmolStr]>,
}

/// One file with assets, read for a feature at a place in it.
#[derive(Clone, Debug)]
pub struct AssetFile {
    /// Its path.
    pub path: FilePath,
    /// Its text.
    pub text: Arc<str>,
    /// How it is read.
    pub spec: Arc<Spec>,
    /// What is in it.
    pub extraction: Arc<Extraction>,
    /// The campaign of its assets: the manifest in the nearest folder above.
    pub campaign: Option<Arc<Asset>>,
    /// What came of exactly this text.
    pub judged: Arc<JudgedFile>,
}

impl<'a> View<'a> {
    /// The policy file at `path`; of packs too.
    pub fn policy(&self, path: &FilePath) -> Option<SourceFile> {
        self.project.files(self.db).iter().find(|file| file.path(self.db) == path).copied()
    }

    /// The declaration of `file` that `offset` is in or at the end of, and the offset from its start.
    pub fn declaration_at(&self, file: SourceFile, offset: u32) -> Option<(Declaration<'a>, u32)> {
        let all = declarations(self.db, file);
        let after = all.partition_point(|own| own.offset(self.db) <= offset);
        let declaration = *all.get(after.checked_sub(1)?)?;
        let inside = offset - declaration.offset(self.db);
        (inside as usize <= declaration.text(self.db).len()).then_some((declaration, inside))
    }

    /// What a declaration says.
    pub fn item(&self, declaration: Declaration<'a>) -> &'a Item {
        &mktlint_hir::analysis(self.db, self.project, declaration).item
    }

    /// Where `span` of a declaration stands in its file.
    pub fn place(&self, declaration: Declaration<'_>, span: Span) -> Place {
        Place::new(declaration.file(self.db).path(self.db).clone(), span.shift(declaration.offset(self.db)))
    }

    /// The declaration of that kind and full name.
    pub fn find(&self, kind: ItemKind, path: &DeclPath) -> Option<Declaration<'a>> {
        names::declaration_at(self.db, self.project, kind, path.0.clone())
    }

    /// The declaration with that full name, whatever its kind: what findings carry as their code.
    pub fn find_rule(&self, name: &str) -> Option<Declaration<'a>> {
        let path = DeclPath(name.into());
        let file = *self.project.modules(self.db).get(path.module())?;
        let is_named =
            |own: &&Declaration<'a>| names::full_name(self.db, **own).is_some_and(|full| full == path.0);
        declarations(self.db, file).iter().find(is_named).copied()
    }

    /// The tree of a declaration; `None` when it is none.
    pub fn tree(&self, declaration: Declaration<'a>) -> Option<&'a mktlint_syntax::ast::Declaration> {
        parsed(self.db, declaration).declaration.as_ref()
    }

    /// The files of the project itself, without packs.
    pub fn own_files(&self) -> impl Iterator<Item = SourceFile> + 'a {
        let db = self.db;
        self.project.files(db).iter().copied().filter(move |file| !file.is_pack(db))
    }
}

impl Assets {
    /// The plan that judged them.
    pub fn plan(&self) -> Option<&Plan> {
        self.judge.as_deref().map(|judge| &*judge.plan)
    }

    /// All findings: of each file alone in order of file and position, then those of all together.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        let alone = self.files.values().flat_map(|file| &file.findings);
        alone.chain(self.together.values().flatten())
    }

    /// The files that the declaration `rule` had something to judge in, in order.
    pub fn judged_by<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = (&'a FilePath, &'a JudgedFile)> {
        let by_rule =
            move |file: &JudgedFile| file.judged_by.binary_search_by(|own| own.as_str().cmp(rule)).is_ok();
        self.files.iter().map(|(path, file)| (path, &**file)).filter(move |(_, file)| by_rule(file))
    }
}
