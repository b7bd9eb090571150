//! `mktlint.toml`.

mod read;
mod selection;

use std::collections::BTreeMap;

use mktlint_asset::Spec;
use mktlint_diag::Level;
use mktlint_text::Span;
use smol_str::SmolStr;

pub use read::read;
pub use selection::{Selection, is_name_of, names};

/// The file that marks the root of a workspace.
pub const FILE: &str = "mktlint.toml";

/// Where measured results are when nothing else is said.
const RESULTS: [&str; 4] =
    ["results/**/*.csv", "results/**/*.json", "results/**/*.jsonl", "results/**/*.ndjson"];

/// What `mktlint.toml` says; the default is what no file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The first word of the names of the project's own rules: `acme` in `acme.claims.clinically_proven`.
    pub name: SmolStr,
    /// Globs of policy files, from the root.
    pub policy: Vec<SmolStr>,
    /// Globs of files that are never judged, named on the command line or not.
    pub exclude: Vec<SmolStr>,
    /// The lowest level that fails a run.
    pub fail_on: Level,
    /// Rules to run; all when empty. A name stands for everything that starts with it.
    pub select: Vec<(SmolStr, Span)>,
    /// Rules to leave out.
    pub ignore: Vec<(SmolStr, Span)>,
    /// What files hold, in order; the first that fits a path counts.
    pub assets: Vec<AssetFiles>,
    /// The file of findings that were there before, from the root; `None` when it has its usual name.
    pub baseline: Option<SmolStr>,
    /// Where contacts are kept.
    pub contacts: Contacts,
    /// Packs from elsewhere, in order of name.
    pub packs: Vec<PackPlace>,
    /// Globs of files with measured results, from the root. They are no assets.
    pub results: Vec<SmolStr>,
    /// Of a pack, its version: `1.2.0`.
    pub version: Option<SmolStr>,
}

/// An entry of `[packs]`: where a pack is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackPlace {
    /// The first word of its modules.
    pub name: SmolStr,
    /// Where that is written.
    pub span: Span,
    /// The folder, from the root of the workspace.
    pub path: SmolStr,
    /// The git revision of that folder to take, which need not be checked out; its files as they are when absent.
    pub rev: Option<SmolStr>,
}

/// The `[contacts]` table: how the contacts of the policy are kept elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// The table that queries read: `crm.people`.
    pub table: Option<SmolStr>,
    /// The column of each attribute that is not called like it, with the place of the attribute's name.
    pub columns: BTreeMap<SmolStr, (SmolStr, Span)>,
}

/// One `[[assets]]` table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFiles {
    /// Globs of the files, from the root.
    pub files: Vec<SmolStr>,
    /// What they hold. The format is that of the extension when `format` is not given.
    pub spec: Spec,
    /// Whether `format` was given.
    pub has_format: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: "policy".into(),
            policy: vec!["policy/**/*.mkt".into(), "*.mkt".into()],
            exclude: Vec::new(),
            fail_on: Level::Error,
            select: Vec::new(),
            ignore: Vec::new(),
            assets: Vec::new(),
            baseline: None,
            contacts: Contacts::default(),
            packs: Vec::new(),
            results: RESULTS.map(SmolStr::from).to_vec(),
            version: None,
        }
    }
}

impl Config {
    /// Which rules are wanted.
    pub fn selection(&self) -> Selection {
        let names = |list: &[(SmolStr, Span)]| list.iter().map(|(name, _)| name.clone()).collect();
        Selection { select: names(&self.select), ignore: names(&self.ignore) }
    }
}
