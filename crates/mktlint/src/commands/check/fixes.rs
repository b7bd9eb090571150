//! `--fix`, `--unsafe-fixes` and `--diff`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use mktlint_diag::{Diagnostic, FilePath, Safety, apply_edits, choose_fixes};
use mktlint_host::system::{self, Stamp};
use mktlint_host::{Checked, FixedFile, Fixing, Settings, codes};

use super::Args;
use super::selection::Selection;
use crate::console::Console;
use crate::difference::unified;
use crate::interrupt::uninterrupted;
use crate::mask;
use crate::status::Stop;
use crate::words::counted;

/// A file to be written.
#[derive(Debug)]
pub struct Change {
    shown: FilePath,
    path: PathBuf,
    before: Arc<str>,
    after: String,
    /// What the file will store, or why it cannot.
    bytes: Result<Vec<u8>, String>,
    n_fixes: usize,
    /// The state of the file when it was read.
    stamp: Option<Stamp>,
}

/// Makes the fixes that `selection` wants and writes nothing.
pub fn make(
    args: &Args,
    allow: Safety,
    selection: &Selection,
    settings: &Settings,
    checked: &Checked,
) -> Result<Vec<Change>, Stop> {
    let wanted = |found: &Diagnostic| selection.wants(found);
    let fixes = checked.findings.iter().filter_map(|found| Some((found, found.fix.as_ref()?)));
    // What the baseline holds is mended too: that is how it gets shorter.
    let files = fixes
        .filter(|(found, fix)| fix.safety <= allow && found.waived.is_none())
        .map(|(_, fix)| fix.file.clone());
    let (policies, assets): (BTreeSet<FilePath>, BTreeSet<FilePath>) =
        files.partition(|file| file.ends_with(".mkt"));
    let mut changes = Vec::new();
    if !assets.is_empty() {
        let fixing = Fixing { files: &assets, allow, is_wanted: &wanted };
        changes.extend(mktlint_host::fix(settings, &fixing)?.into_iter().map(asset));
    }
    changes.extend(policies.iter().filter_map(|file| policy(file, allow, checked)));
    changes.retain(|change| *change.before != *change.after);
    if let Some(name) = &args.stdin_filename {
        // Findings in other policies can have fixes, too.
        changes.retain(|change| change.path == settings.folder.join(name));
    }
    Ok(changes)
}

fn asset(fixed: FixedFile) -> Change {
    let bytes = fixed.bytes().map_err(|error| error.to_string());
    Change {
        shown: fixed.shown,
        path: fixed.path,
        before: fixed.before,
        after: fixed.after,
        bytes,
        n_fixes: fixed.applied.len(),
        stamp: fixed.stamp,
    }
}

fn policy(file: &FilePath, allow: Safety, checked: &Checked) -> Option<Change> {
    let path = checked.shown.file(file)?.to_owned();
    let stamp = system::stamp(&path);
    let before = checked.shown.text(file)?;
    let fixes = choose_fixes(&checked.findings, file, allow);
    let after = apply_edits(&before, &fixes)?;
    let bytes = Ok(after.clone().into_bytes());
    Some(Change { shown: file.clone(), path, before, after, bytes, n_fixes: fixes.len(), stamp })
}

/// The changes as one patch, personal data covered unless it is wanted.
pub fn patch(changes: &[Change], args: &Args, console: &Console) -> String {
    let mut patch = String::new();
    let mut is_covered = false;
    for change in changes {
        let cover = |text: &Arc<str>| if args.show_personal_data { text.clone() } else { mask::source(text) };
        let (before, after) = (cover(&change.before), cover(&change.after.as_str().into()));
        is_covered |= before != change.before || *after != *change.after;
        patch.push_str(&unified(&change.shown, &before, &after, console));
    }
    if is_covered {
        console.note("personal data is covered; `--show-personal-data` gives a patch that can be applied");
    }
    patch
}

/// Writes the changes and judges again. A file that cannot be written stays as it was and becomes a finding.
pub fn write(
    changes: Vec<Change>,
    args: &Args,
    selection: &Selection,
    settings: &Settings,
    checked: Checked,
    console: &Console,
) -> Result<Checked, Stop> {
    if args.stdin_filename.is_some() {
        return to_standard_output(changes, settings, selection, checked, console);
    }
    let (mut n_fixes, mut n_files) = (0, 0);
    let mut failed = Vec::new();
    for change in changes {
        let bytes = change.bytes.as_deref().map_err(Clone::clone);
        match bytes
            .and_then(|bytes| uninterrupted(|| system::replace_file(&change.path, change.stamp, bytes)))
        {
            Ok(()) => {
                (n_fixes, n_files) = (n_fixes + change.n_fixes, n_files + 1);
                console.detail(&format!(
                    "fixed {} in `{}`",
                    counted(change.n_fixes, "finding"),
                    change.shown
                ));
            }
            Err(reason) => failed.push(codes::unwritten::of(&change.shown, &reason)),
        }
    }
    let mut after = if n_files > 0 { again(settings, selection)? } else { checked };
    if n_files > 0 {
        let said = format!("fixed {} in {}", counted(n_fixes, "finding"), counted(n_files, "file"));
        after.notes.push(said);
    }
    after.undecided |= !failed.is_empty();
    after.findings.extend(failed);
    after.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Ok(after)
}

fn again(settings: &Settings, selection: &Selection) -> Result<Checked, Stop> {
    let mut checked = mktlint_host::check(settings)?;
    selection.apply(&mut checked);
    Ok(checked)
}

/// What came in goes out with its fixes; what is left to say goes nowhere but into the status.
fn to_standard_output(
    changes: Vec<Change>,
    settings: &Settings,
    selection: &Selection,
    checked: Checked,
    console: &Console,
) -> Result<Checked, Stop> {
    let Some((name, original)) = &settings.stdin else { return Ok(checked) };
    let fixed = changes.into_iter().next().and_then(|change| change.bytes.ok());
    let Some(bytes) = fixed else {
        console.write(original)?;
        return Ok(checked);
    };
    console.write(&bytes)?;
    let settings = Settings { stdin: Some((name.clone(), bytes)), ..settings.clone() };
    again(&settings, selection)
}
