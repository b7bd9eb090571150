//! What a handler may look at.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{Location, Position, Range, Uri, WorkspaceEdit};
use mktlint_diag::{FilePath, Place};
use mktlint_hir::SourceFile;
use mktlint_ide::{AssetFile, FileEdits, View};
use mktlint_text::Span;

use crate::client::Client;
use crate::convert::{Lines, edit, uri};
use crate::failure::{Answer, Failure};
use crate::memory::Memory;
use mktlint_host::library;
use mktlint_host::live::Snapshot;

/// What a handler may look at: one workspace at one moment.
pub struct Context {
    /// What the client can do.
    pub client: Arc<Client>,
    /// The workspace of the document that the request names; the first one when it names none.
    pub space: Snapshot,
    /// All workspaces, that one too.
    pub spaces: Vec<Snapshot>,
    /// The versions of open documents.
    pub versions: Arc<BTreeMap<PathBuf, i32>>,
    /// What earlier answers left for later ones.
    pub memory: Arc<Memory>,
    lines: RefCell<BTreeMap<FilePath, Arc<Lines>>>,
}

/// A document that a request names.
pub struct Document {
    /// Its path from the root of its workspace.
    pub path: FilePath,
    /// Its text.
    pub lines: Arc<Lines>,
    /// What it holds.
    pub content: Content,
}

/// What a document holds.
pub enum Content {
    /// Policies.
    Policy(SourceFile),
    /// Assets.
    Asset(Box<AssetFile>),
    /// Nothing that mktlint reads.
    Other,
}

impl Document {
    /// The offset of a position in it.
    pub fn offset(&self, position: Position) -> u32 {
        self.lines.offset(position)
    }

    /// The bytes of a range in it.
    pub fn span(&self, range: Range) -> Span {
        self.lines.span(range)
    }

    /// The range of some of its bytes.
    pub fn range(&self, span: Span) -> Range {
        self.lines.range(span)
    }

    /// The policy file that it is.
    pub fn policy(&self) -> Option<SourceFile> {
        match self.content {
            Content::Policy(file) => Some(file),
            _ => None,
        }
    }
}

impl Context {
    /// A look at the workspace `space`, one of `spaces`.
    pub fn new(
        client: Arc<Client>,
        space: Snapshot,
        spaces: Vec<Snapshot>,
        versions: Arc<BTreeMap<PathBuf, i32>>,
        memory: Arc<Memory>,
    ) -> Self {
        Self { client, space, spaces, versions, memory, lines: RefCell::default() }
    }

    /// The same look at each workspace, for requests that speak of all.
    pub fn each(&self) -> impl Iterator<Item = Self> + '_ {
        self.spaces.iter().map(|space| {
            let (client, spaces) = (self.client.clone(), self.spaces.clone());
            Self::new(client, space.clone(), spaces, self.versions.clone(), self.memory.clone())
        })
    }

    /// The same look with every manifest known, for what must not miss one.
    ///
    /// # Errors
    ///
    /// Fails while there was neither a configuration nor a policy that can be used: until then nothing is known of
    /// manifests.
    pub fn with_manifests(&self) -> Answer<Self> {
        let words = "campaigns are not known before `mktlint.toml` can be read and the policies compile";
        let refused = || Failure::Refused(words.to_owned());
        let space = self.space.with_manifests().ok_or_else(refused)?;
        let (client, spaces) = (self.client.clone(), self.spaces.clone());
        Ok(Self::new(client, space, spaces, self.versions.clone(), self.memory.clone()))
    }

    /// What features look at.
    pub fn view(&self) -> View<'_> {
        self.space.view()
    }

    /// The file at `uri`, by its path from the root of the workspace.
    pub fn file(&self, uri: &Uri) -> Option<FilePath> {
        let path = uri::path(uri)?;
        library::file_of(&path).or_else(|| self.space.file(&path))
    }

    /// Where `file` is on disk.
    pub fn path(&self, file: &FilePath) -> Option<PathBuf> {
        self.space.given_path(file).or_else(|| library::path_of(file))
    }

    /// The document at `uri`; `None` when it is no file of this workspace.
    pub fn document(&self, uri: &Uri) -> Option<Document> {
        let path = self.file(uri)?;
        let lines = self.lines(&path)?;
        let content = match self.view().policy(&path) {
            Some(file) => Content::Policy(file),
            None => match self.space.asset(&path) {
                Some(asset) => Content::Asset(Box::new(asset)),
                None => Content::Other,
            },
        };
        Some(Document { path, lines, content })
    }

    /// The text of `file` with its lines.
    pub fn lines(&self, file: &FilePath) -> Option<Arc<Lines>> {
        if let Some(known) = self.lines.borrow().get(file) {
            return Some(known.clone());
        }
        let text = self.view().texts.text(file)?;
        let lines = Arc::new(Lines::new(text, self.client.encoding));
        self.lines.borrow_mut().insert(file.clone(), lines.clone());
        Some(lines)
    }

    /// The address of `file`. Files of the standard library are written to the cache first, so that any editor can open
    /// them.
    pub fn uri(&self, file: &FilePath) -> Option<Uri> {
        uri::uri(&self.path(file)?)
    }

    /// `place` as editors have it.
    pub fn location(&self, place: &Place) -> Option<Location> {
        Some(Location { uri: self.uri(&place.file)?, range: self.lines(&place.file)?.range(place.span) })
    }

    /// `edits` as editors apply them. `None` when a file cannot be had, since half of a change is worse than none.
    pub fn workspace_edit(&self, edits: &[FileEdits]) -> Option<WorkspaceEdit> {
        let document = |edits: &FileEdits| {
            let lines = self.lines(&edits.file)?;
            let path = self.path(&edits.file)?;
            let version = self.versions.get(&path).copied();
            Some((uri::uri(&path)?, version, edit::text_edits(&edits.edits, &lines)))
        };
        let documents: Option<Vec<_>> = edits.iter().map(document).collect();
        Some(edit::workspace_edit(documents?, self.client.versioned_edits))
    }

    /// The module that the policy file at `path` makes.
    pub fn module(&self, path: &Path) -> Option<String> {
        Some(self.space.workspace().module(&self.space.file(path)?))
    }
}
