//! How a run of `check` ends.

use std::path::PathBuf;

use mktlint_diag::Level;
use mktlint_host::workspace::find_config;
use mktlint_host::{Checked, Settings, policy};

use super::Args;
use crate::status::{Reason, Status};

/// The exit status that `checked` gives.
pub fn of(checked: &Checked, args: &Args, settings: &Settings) -> Status {
    let status = of_findings(checked, args.fail_on.map(Level::from));
    status.when(is_nothing_checked(checked, settings), Reason::NothingChecked)
}

/// As [`of`], whether anything was judged or not; `fail_on` goes before what the configuration says.
pub fn of_findings(checked: &Checked, fail_on: Option<Level>) -> Status {
    let fails = fail_on.or(checked.fail_on).unwrap_or(Level::Error);
    let is_refuted = checked.findings.iter().any(policy::is_refuted);
    let has_findings =
        checked.findings.iter().any(|found| found.counts() && !found.undecided && found.level >= fails);
    Status::OK
        .when(checked.bad_config, Reason::Usage)
        .when(checked.bad_policy, Reason::Policy)
        .when(checked.undecided, Reason::Undecided)
        .when(is_refuted, Reason::Refuted)
        .when(has_findings, Reason::Findings)
}

/// Whether a workspace was to be judged and no asset was found. Files that are named need not be assets, and a folder
/// of policies need not hold any.
pub fn is_nothing_checked(checked: &Checked, settings: &Settings) -> bool {
    if checked.n_assets > 0 || checked.only_other_files || settings.stdin.is_some() {
        return false;
    }
    let is_part = |path: &PathBuf| {
        let full = settings.folder.join(path);
        let root = find_config(&full).and_then(|config| config.parent().map(PathBuf::from));
        full.is_file()
            || checked.n_policies > 0 && root.is_some_and(|root| full != root && full.starts_with(root))
    };
    settings.paths.is_empty() || !settings.paths.iter().all(is_part)
}
