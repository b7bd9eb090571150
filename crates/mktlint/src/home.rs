//! The workspace that the command works in when nothing names another.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_host::policy::{self, Compiled};
use mktlint_host::workspace::{Workspace, find_config};
use mktlint_host::{Settings, Shown, shown_path, system};
use mktlint_report::Sources;

use crate::args::Global;
use crate::console::Console;
use crate::problems;
use crate::status::{Reason, Status, Stop};
use crate::texts::Texts;

/// The workspace of the working directory.
#[derive(Debug)]
pub struct Home {
    /// The working directory.
    pub folder: PathBuf,
    /// The workspace.
    pub workspace: Workspace,
}

impl Home {
    /// The workspace that `global` names, else that of the nearest configuration, else the working directory.
    pub fn find(global: &Global) -> Result<Self, Stop> {
        let folder = working_directory()?;
        let config =
            global.config.as_ref().map(|config| folder.join(config)).or_else(|| find_config(&folder));
        let root = config.as_deref().and_then(Path::parent).filter(|root| folder.starts_with(root));
        let root = root.unwrap_or(&folder).to_owned();
        let workspace = Workspace::open(&root, config.as_deref())
            .map_err(|reason| Stop::Usage(format!("`{}`: {reason}", config.unwrap_or_default().display())))?;
        Ok(Self { folder, workspace })
    }

    /// The settings of a run over the whole workspace, judged today.
    pub fn settings(&self, global: &Global) -> Settings {
        Settings {
            folder: self.folder.clone(),
            paths: Vec::new(),
            config: global.config.clone(),
            today: system::today(),
            use_cache: false,
            plan: None,
            stdin: None,
        }
    }

    /// `file`, from the root of the workspace, as it is shown.
    pub fn shown(&self, file: &FilePath) -> FilePath {
        shown_path(&self.folder, &self.workspace.root, file)
    }

    /// The policies, compiled today; `Err` with the status when the configuration or they are wrong, which is then
    /// shown. A proof that is refuted is no reason not to look at the rest.
    pub fn compile(&self, global: &Global, console: &Console) -> Result<Result<Compiled, Status>, Stop> {
        self.compile_at(system::today(), global, console)
    }

    /// As [`Home::compile`], with another day that stands for today.
    pub fn compile_at(
        &self,
        today: Date,
        global: &Global,
        console: &Console,
    ) -> Result<Result<Compiled, Status>, Stop> {
        if !self.workspace.problems.is_empty() {
            self.show(self.workspace.problems.clone(), global, console)?;
            return Ok(Err(Reason::Usage.into()));
        }
        let sources = policy::read(&self.workspace);
        let compiled = policy::compile(&self.workspace, &sources.sources, today);
        let mut found = sources.problems;
        found.extend(compiled.diagnostics.iter().cloned());
        found.retain(policy::is_broken);
        if !found.is_empty() {
            self.show(found, global, console)?;
            return Ok(Err(Reason::Policy.into()));
        }
        Ok(Ok(compiled))
    }

    /// Shows `found` on standard output, in order.
    pub fn show(&self, found: Vec<Diagnostic>, global: &Global, console: &Console) -> Result<(), Stop> {
        self.show_with(problems::show, found, global, console)
    }

    /// Shows `found` on standard error, since standard output holds something else.
    pub fn show_aside(&self, found: Vec<Diagnostic>, global: &Global, console: &Console) -> Result<(), Stop> {
        self.show_with(problems::show_aside, found, global, console)
    }

    fn show_with(
        &self,
        show: fn(&[Diagnostic], &dyn Sources, &Console) -> Result<(), Stop>,
        found: Vec<Diagnostic>,
        global: &Global,
        console: &Console,
    ) -> Result<(), Stop> {
        let mut shown = Shown::default();
        let mut found = shown.relocate(&self.workspace.root, &self.settings(global), found);
        found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        show(&found, &Texts { shown: &shown, show_personal_data: false }, console)
    }
}

/// The working directory.
pub fn working_directory() -> Result<PathBuf, Stop> {
    let reason =
        |error| format!("the working directory cannot be used: {}", mktlint_host::workspace::reason(&error));
    system::working_directory().map_err(|error| Stop::Usage(reason(error)))
}
