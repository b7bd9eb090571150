//! Which files there are, and which workspace each belongs to.

mod files;
mod globs;
mod root;

use std::path::{Path, PathBuf};

use mktlint_asset::{Format, Kind, Spec, detect, format_of};
use mktlint_diag::{Diagnostic, FilePath};

pub use files::{Listed, Listing, list, list_all, plain as reason};
pub use globs::Globs;
pub use root::{Around, Roots, find_config, find_workspaces};

use crate::config::{self, Config};
use crate::system;

/// A folder with its configuration.
#[derive(Debug)]
pub struct Workspace {
    /// Its root; paths in findings count from here until they are shown.
    pub root: PathBuf,
    /// What its configuration says.
    pub config: Config,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
    policy: Globs,
    exclude: Globs,
    assets: Vec<Globs>,
    results: Globs,
}

impl Workspace {
    /// The workspace at `root`, with the configuration in `config` when there is one.
    ///
    /// # Errors
    ///
    /// Fails when the configuration cannot be read.
    pub fn open(root: &Path, config: Option<&Path>) -> Result<Self, String> {
        Ok(match config {
            Some(path) => Self::with_config(root, Some((&relative(root, path), &system::read_text(path)?))),
            None => Self::with(root, None),
        })
    }

    /// The workspace at `root` with a configuration: its path and its text.
    pub fn with_config(root: &Path, config: Option<(&FilePath, &str)>) -> Self {
        let none = || (Config::default(), Vec::new());
        Self::new(root, config.map_or_else(none, |(file, text)| config::read(file, text)))
    }

    /// The workspace at `root` whose configuration holds `config`, whatever is on disk.
    pub fn with(root: &Path, config: Option<&str>) -> Self {
        let file = config::FILE.into();
        Self::with_config(root, config.map(|text| (&file, text)))
    }

    /// The workspace at `root` with the configuration of this one.
    #[must_use]
    pub fn at(&self, root: &Path) -> Self {
        Self::new(root, (self.config.clone(), self.problems.clone()))
    }

    fn new(root: &Path, (config, problems): (Config, Vec<Diagnostic>)) -> Self {
        Self {
            root: root.to_owned(),
            policy: Globs::new(&config.policy),
            exclude: Globs::new(&config.exclude),
            results: Globs::new(&config.results),
            assets: config.assets.iter().map(|assets| Globs::new(&assets.files)).collect(),
            config,
            problems,
        }
    }

    /// Whether the file is a policy of this workspace.
    pub fn is_policy(&self, path: &str) -> bool {
        path.ends_with(".mkt") && self.policy.matches(path) && !self.is_excluded(path)
    }

    /// Whether the configuration leaves the file out.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.exclude.matches(path)
    }

    /// Whether the file holds measured results.
    pub fn is_result(&self, path: &str) -> bool {
        self.results.matches(path) && !self.is_excluded(path)
    }

    /// The folders that can hold measured results, and the single files that can be some.
    pub fn result_bases(&self) -> Vec<String> {
        self.results.bases()
    }

    /// What a file holds, as far as its path says: `Some(None)` when its first bytes must be looked at.
    pub fn spec_of_path(&self, path: &str) -> Option<Option<Spec>> {
        if self.is_excluded(path) {
            return None;
        }
        if let Some(spec) = self.configured(path) {
            return Some(Some(spec));
        }
        if self.is_result(path) {
            return None;
        }
        match (detect(path, ""), format_of(path)?) {
            (Some(spec), _) if Self::is_manifest(&spec) => Some(Some(spec)),
            (None, Format::Csv | Format::Html)
            | (Some(_), Format::Html | Format::Json | Format::Yaml | Format::Toml) => Some(None),
            (spec, _) => spec.map(Some),
        }
    }

    /// What a file holds whose text starts with `head`.
    pub fn spec(&self, path: &str, head: &str) -> Option<Spec> {
        self.configured(path).or_else(|| detect(path, head).filter(|_| !self.is_result(path)))
    }

    fn configured(&self, path: &str) -> Option<Spec> {
        let at = self.assets.iter().position(|globs| globs.matches(path))?;
        let assets = self.config.assets.get(at)?;
        let mut spec = assets.spec.clone();
        if !assets.has_format {
            spec.format = format_of(path).unwrap_or(Format::Text);
        }
        Some(spec)
    }

    /// The `[[assets]]` tables whose globs fit none of `files`, paths from the root.
    pub fn idle_tables<'w>(&'w self, files: &'w [FilePath]) -> impl Iterator<Item = &'w config::AssetFiles> {
        let is_idle = |globs: &Globs| !files.iter().any(|file| globs.matches(file));
        let tables = self.config.assets.iter().zip(&self.assets);
        tables.filter(move |(_, globs)| is_idle(globs)).map(|(table, _)| table)
    }

    /// The module of a policy file: `policy/claims.mkt` of `acme` is `acme.claims`.
    pub fn module(&self, path: &str) -> String {
        format!("{}{}", self.config.name, self.module_path(path))
    }

    /// The same without the name of the workspace: `.claims`.
    pub fn module_path(&self, path: &str) -> String {
        let path = path.strip_suffix(".mkt").unwrap_or(path);
        let path = path.strip_prefix("policy/").unwrap_or(path);
        let word = |word: &str| -> String {
            word.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect()
        };
        path.split('/').map(|part| format!(".{}", word(part))).collect()
    }

    /// The folders that can hold policies, and the single files that can be one.
    pub fn policy_bases(&self) -> Vec<String> {
        self.policy.bases()
    }

    /// Whether any folder can hold policies.
    pub fn has_policies_everywhere(&self) -> bool {
        self.policy.is_everywhere()
    }

    /// Whether a manifest is what `spec` says.
    pub fn is_manifest(spec: &Spec) -> bool {
        spec.kind == Kind::Campaign
    }
}

/// `path` from `root`, with `/` between its parts; the path as it is when it is not inside.
pub fn relative(root: &Path, path: &Path) -> FilePath {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let text = inside.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        FilePath::new(&text)
    } else {
        FilePath::new(&text.replace('\\', "/"))
    }
}
