//! Packs from elsewhere: read from disk, and held against `mktlint.lock`. Nothing is fetched.

mod lock;
mod read;

use std::collections::BTreeSet;

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_hir::Source;
use smol_str::SmolStr;

use crate::policy::Given;
use crate::workspace::Workspace;
use crate::{codes, config, system};
pub use lock::{FILE, Lock, Locked, write};
pub use read::Pack;

/// The packs of a workspace, as far as they can be used.
#[derive(Debug, Default)]
pub struct Packs {
    /// Their files.
    pub sources: Vec<Source>,
    /// What is wrong with the others.
    pub problems: Vec<Diagnostic>,
}

/// The first words of the modules of all packs that the configuration names.
pub fn names(workspace: &Workspace) -> BTreeSet<SmolStr> {
    workspace.config.packs.iter().map(|pack| pack.name.clone()).collect()
}

/// Reads each pack of the configuration, whatever the lock file says; of one that cannot be read, why.
pub fn read_all(workspace: &Workspace) -> Vec<Result<Pack, Box<Diagnostic>>> {
    read_each(workspace, None)
}

/// As [`read_all`], with the packs that are kept in the repository of the workspace as they were in `revision`.
fn read_each(workspace: &Workspace, revision: Option<&str>) -> Vec<Result<Pack, Box<Diagnostic>>> {
    let config: FilePath = config::FILE.into();
    let read = |place: &config::PackPlace| {
        read::pack(workspace, place, revision)
            .map_err(|reason| Box::new(codes::pack::unreadable(&config, place.span, &place.name, &reason)))
    };
    workspace.config.packs.iter().map(read).collect()
}

/// The packs that `workspace` can use: those that are as its lock file says.
pub fn load(workspace: &Workspace) -> Packs {
    load_with(workspace, &())
}

/// As [`load`], where `given` may stand for the lock file.
pub fn load_with(workspace: &Workspace, given: &dyn Given) -> Packs {
    if workspace.config.packs.is_empty() {
        return Packs::default();
    }
    let path = workspace.root.join(FILE);
    let is_there = given.is_file(&path) || system::exists(&path);
    let text = if is_there { given.read(&path).and_then(system::utf8) } else { Ok(String::new()) };
    verified(workspace, text, None)
}

/// As [`load`], with the content of the lock file given, or why it cannot be read, both as of `revision` if there is one.
pub fn verified(workspace: &Workspace, lock: Result<String, String>, revision: Option<&str>) -> Packs {
    let mut packs = Packs::default();
    let config: FilePath = config::FILE.into();
    let lock = match lock.map_err(|reason| (Default::default(), reason)).and_then(|text| Lock::parse(&text)) {
        Ok(lock) => lock,
        Err((span, reason)) => {
            packs.problems.push(codes::pack::bad_lock(&FILE.into(), span, &reason));
            return packs;
        }
    };
    for (place, pack) in workspace.config.packs.iter().zip(read_each(workspace, revision)) {
        let pack = match pack {
            Ok(pack) => pack,
            Err(problem) => {
                packs.problems.push(*problem);
                continue;
            }
        };
        match lock.of(&pack.name) {
            None => packs.problems.push(codes::pack::not_locked(&config, place.span, &pack.name)),
            Some(locked) if locked.digest != pack.digest => {
                let (locked, found) = (locked.describe(), pack.locked().describe());
                packs.problems.push(codes::pack::changed(&config, place.span, &pack.name, &locked, &found));
            }
            Some(_) => packs.sources.extend(pack.sources),
        }
    }
    packs
}
