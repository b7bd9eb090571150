//! Reads the files of measured results.

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_flow::results::Line;

use crate::codes::unreadable;
use crate::run::judge::not_read;
use crate::system;
use crate::workspace::{Workspace, list, relative};

/// How large a file of results may be, in bytes. A guess: a million results of 100 bytes fit.
const LARGEST: u64 = 100_000_000;

/// Every result of `workspace` as it is written, files in order of path, and what is wrong with the files.
pub fn read(workspace: &Workspace) -> (Vec<Line>, Vec<Diagnostic>) {
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    for path in files(workspace) {
        match read_one(workspace, &path) {
            Ok((own, wrong)) => {
                lines.extend(own);
                problems.extend(wrong);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    (lines, problems)
}

fn files(workspace: &Workspace) -> Vec<FilePath> {
    let bases = workspace.result_bases().into_iter().map(|base| workspace.root.join(base));
    let bases: Vec<_> = bases.filter(|base| system::exists(base)).collect();
    let found = list(&bases).files.into_iter().map(|file| relative(&workspace.root, &file.path));
    found.filter(|path| workspace.is_result(path)).collect()
}

fn read_one(workspace: &Workspace, file: &FilePath) -> Result<(Vec<Line>, Vec<Diagnostic>), Box<Diagnostic>> {
    let path = workspace.root.join(file.as_str());
    if system::stamp(&path).is_some_and(|stamp| stamp.length > LARGEST) {
        let reason = format!("it has more than {} megabytes", LARGEST / 1_000_000);
        return Err(Box::new(unreadable::of(file, &reason)));
    }
    let text = system::read_file(&path, mktlint_asset::format_of(file));
    let text = text.map_err(|error| Box::new(not_read(file, error)))?;
    Ok(mktlint_flow::results::read(file, &text.text))
}
