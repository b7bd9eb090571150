//! A policy as it was, is elsewhere, or is here.

use std::sync::Arc;

use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_hir::db::STANDARD_LIBRARY;
use mktlint_host::policy::{Elsewhere, read_base};
use mktlint_host::workspace::Workspace;
use mktlint_plan::Plan;
use mktlint_text::LineIndex;

use crate::console::Console;
use crate::home::Home;
use crate::status::{Reason, Status, Stop};

/// One of the policies that a comparison is about.
#[derive(Debug)]
pub struct Version {
    /// What it is called in sentences: `` `HEAD~1` ``, `the working tree`.
    pub name: String,
    /// Its texts and its configuration.
    pub policy: Elsewhere,
    /// What they compile to.
    pub plan: Arc<Plan>,
}

impl Version {
    /// The policy in `base`, a revision or a folder, on the day `today`; `Err` with the status when it does not compile,
    /// which is then shown.
    pub fn of(base: &str, home: &Home, today: Date, console: &Console) -> Result<Result<Self, Status>, Stop> {
        let policy = read_base(&home.workspace, &home.folder, base).map_err(Stop::Usage)?;
        if !policy.sources.is_own && !base.is_empty() && home.folder.join(base).is_dir() {
            return Err(Stop::Usage(format!("the folder `{base}` holds no policy")));
        }
        Ok(Self::compiled(format!("`{base}`"), policy, today, console))
    }

    /// The policy of `workspace` as it is on disk; see [`Version::of`].
    pub fn here(workspace: Workspace, today: Date, console: &Console) -> Result<Self, Status> {
        Self::compiled("the working tree".to_owned(), Elsewhere::here(workspace), today, console)
    }

    fn compiled(name: String, policy: Elsewhere, today: Date, console: &Console) -> Result<Self, Status> {
        let compiled = policy.compile(today);
        if let Some(first) = policy.first_problem(&compiled) {
            let at = spot(first, &policy);
            console.error(&format!("the policy in {name} does not compile: {at}: {}", first.message));
            return Err(Reason::Policy.into());
        }
        if !policy.sources.is_own {
            console.note(&format!("{name} holds no policy, so the recommended rules are in force there"));
        }
        let plan = Arc::new(mktlint_plan::lower(&compiled.program()));
        Ok(Self { name, policy, plan })
    }

    /// The line of a place in it, from 1.
    pub fn line(&self, place: &Place) -> u32 {
        line(place, &self.policy)
    }
}

fn spot(problem: &Diagnostic, policy: &Elsewhere) -> String {
    let place = &problem.primary.place;
    match text(&place.file, policy) {
        Some(_) => format!("{}:{}", place.file, line(place, policy)),
        None => place.file.to_string(),
    }
}

fn line(place: &Place, policy: &Elsewhere) -> u32 {
    LineIndex::new(text(&place.file, policy).unwrap_or_default()).line(place.span.start())
}

fn text<'p>(file: &FilePath, policy: &'p Elsewhere) -> Option<&'p str> {
    let own = policy.sources.sources.iter().find(|source| source.path == *file);
    let library = || STANDARD_LIBRARY.iter().find(|(path, ..)| *path == file.as_str());
    own.map(|source| &*source.text).or_else(|| library().map(|(_, _, text)| *text))
}
