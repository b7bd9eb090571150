//! Fixes, made but not written.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use mktlint_asset::{Encoding, RecodeError};
use mktlint_check::{Fixable, Judge, Scratch, fix_file_where};
use mktlint_diag::{Diagnostic, FilePath, Safety};

use super::judge::{head, read};
use super::paths::shown_path;
use super::{Session, Settings, StartError, batch};
use crate::system::{self, Stamp};
use crate::workspace::{Listed, Workspace, relative};

/// Which fixes to make.
pub struct Fixing<'a> {
    /// The files to fix, as they are shown.
    pub files: &'a BTreeSet<FilePath>,
    /// Whether only those that keep the meaning.
    pub allow: Safety,
    /// Whether a finding may be fixed.
    pub is_wanted: &'a dyn Fn(&Diagnostic) -> bool,
}

impl std::fmt::Debug for Fixing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fixing")
            .field("files", self.files)
            .field("allow", &self.allow)
            .finish_non_exhaustive()
    }
}

/// An asset file before and after its fixes.
#[derive(Debug)]
pub struct FixedFile {
    /// Its path as it is shown.
    pub shown: FilePath,
    /// Where it is.
    pub path: PathBuf,
    /// Its text on disk.
    pub before: Arc<str>,
    /// Its text with the fixes.
    pub after: String,
    /// Its state when it was read.
    pub stamp: Option<Stamp>,
    /// The findings that were mended.
    pub applied: Vec<Diagnostic>,
    encoding: Encoding,
}

impl FixedFile {
    /// The file `file`, whose text `before` becomes `after` without a fix; `None` when it has changed or is gone since it was
    /// read.
    pub(super) fn new(shown: FilePath, file: &Listed, before: Arc<str>, after: String) -> Option<Self> {
        let stamp = system::stamp(&file.path);
        let now = system::read_file(&file.path, mktlint_asset::format_of(&shown)).ok()?;
        let path = file.path.clone();
        (now.text == before).then_some(Self {
            shown,
            path,
            before,
            after,
            stamp,
            applied: Vec::new(),
            encoding: now.encoding,
        })
    }

    /// The fixed text as the file stores it.
    ///
    /// # Errors
    ///
    /// Fails when the fix needs a character that the encoding does not have.
    pub fn bytes(&self) -> Result<Vec<u8>, RecodeError> {
        mktlint_asset::recode(&self.after, self.encoding)
    }
}

/// Fixes the asset files that `fixing` names, in order of path; those that stay as they are come back, too.
///
/// # Errors
///
/// Fails when the run cannot begin.
pub fn fix(settings: &Settings, fixing: &Fixing<'_>) -> Result<Vec<FixedFile>, StartError> {
    let mut fixed = Vec::new();
    for batch in batch::batches(settings)? {
        let files: Vec<Listed> = batch
            .files
            .into_iter()
            .filter(|file| is_named(&batch.workspace, file, settings, fixing))
            .collect();
        if !files.is_empty() {
            fix_files(batch.workspace, &files, settings, fixing, &mut fixed)?;
        }
    }
    fixed.sort_by(|a, b| a.shown.cmp(&b.shown));
    Ok(fixed)
}

fn is_named(workspace: &Workspace, file: &Listed, settings: &Settings, fixing: &Fixing<'_>) -> bool {
    let path = relative(&workspace.root, &file.path);
    fixing.files.contains(&shown_path(&settings.folder, &workspace.root, &path))
}

fn fix_files(
    workspace: Workspace,
    files: &[Listed],
    settings: &Settings,
    fixing: &Fixing<'_>,
    fixed: &mut Vec<FixedFile>,
) -> Result<(), StartError> {
    let mut session = Session::open(workspace, settings)?;
    let Some(plan) = session.ready.plan.clone() else { return Ok(()) };
    let judge = Judge::new(plan);
    let campaigns = session.campaigns(files, settings);
    let mut scratch = Scratch::default();
    for file in files {
        let campaign = campaigns.of(&file.path).and_then(|manifest| manifest.campaign.as_deref());
        fixed.extend(fix_one(&session, &judge, file, campaign, settings, fixing, &mut scratch));
    }
    Ok(())
}

fn fix_one(
    session: &Session,
    judge: &Judge,
    file: &Listed,
    campaign: Option<&mktlint_asset::Asset>,
    settings: &Settings,
    fixing: &Fixing<'_>,
    scratch: &mut Scratch,
) -> Option<FixedFile> {
    let root = &session.workspace.root;
    let path = relative(root, &file.path);
    let stamp = system::stamp(&file.path);
    let text = read(settings, file, &path).ok()?;
    let spec = session.workspace.spec(&path, head(&text.text))?;
    let fixable = Fixable { file: &path, text: &text.text, spec: &spec, campaign, allow: fixing.allow };
    let result = fix_file_where(judge, &fixable, fixing.is_wanted, &session.inputs, scratch);
    Some(FixedFile {
        shown: shown_path(&settings.folder, root, &path),
        path: file.path.clone(),
        before: text.text.clone(),
        after: result.text,
        stamp,
        applied: result.applied,
        encoding: text.encoding,
    })
}
