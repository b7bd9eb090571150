//! The report of `check`.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use mktlint_host::{Checked, Settings, shown_path, system};
use mktlint_report::{Format, Options, Report, RuleInfo, Summary};
use smol_str::SmolStr;

use super::Args;
use super::verdict::is_nothing_checked;
use crate::catalog;
use crate::console::{Console, gone_is_fine};
use crate::files;
use crate::status::Stop;
use crate::texts::Texts;
use crate::words::counted;

/// What to report.
#[derive(Debug)]
pub struct Found<'a> {
    /// What came of the run.
    pub checked: &'a Checked,
    /// The texts that findings point into.
    pub texts: &'a Texts<'a>,
    /// What the run was asked to do.
    pub settings: &'a Settings,
    /// Findings that the baseline holds, shown or not; `None` without one.
    pub n_baselined: Option<usize>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Found<'_> {
    /// The rules in force and the codes that have findings, in order of name.
    fn rules(&self) -> Vec<RuleInfo> {
        let folder = &self.settings.folder;
        let plans = self.checked.roots.iter().zip(&self.checked.plans);
        let rules =
            plans.flat_map(|(root, plan)| catalog::of_plan(plan, |file| shown_path(folder, root, file)));
        let used: BTreeSet<&str> = self.checked.findings.iter().map(|found| found.code.as_str()).collect();
        let codes = catalog::codes().into_iter().filter(|code| used.contains(code.id));
        let mut rules: Vec<RuleInfo> = rules.chain(codes.map(catalog::info_of_code)).collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules.dedup_by(|b, a| a.id == b.id);
        rules
    }

    fn summary(&self, n_rules: usize) -> Summary {
        let mut notes = self.checked.notes.clone();
        let has_reason = self.checked.bad_config || self.checked.bad_policy || self.checked.undecided;
        if is_nothing_checked(self.checked, self.settings) && !has_reason {
            notes.push(nothing_checked());
        }
        if self.checked.n_policies == 0 && self.checked.n_assets > 0 && self.settings.plan.is_none() {
            notes.push(
                "the recommended rules are in force; `mktlint init` writes a policy of your own".to_owned(),
            );
        }
        notes.dedup();
        Summary {
            n_assets: self.checked.n_assets,
            // Files that are nothing to mktlint have nothing checked, policies included.
            n_policies: if self.checked.only_other_files { 0 } else { self.checked.n_policies },
            n_rules,
            notes,
            n_baselined: self.n_baselined,
            elapsed: Some(self.elapsed),
            tool_version: SmolStr::new(env!("CARGO_PKG_VERSION")),
        }
    }

    /// Writes it in `format`; gives what stands at the end.
    ///
    /// # Errors
    ///
    /// Fails when `out` does.
    pub fn write(&self, format: Format, options: Options, out: &mut dyn io::Write) -> io::Result<Summary> {
        // Only these list rules, and making thousands of them takes longer than judging a small file.
        let lists_rules = !matches!(format, Format::Pretty | Format::Concise | Format::Github);
        let rules = if lists_rules { self.rules() } else { Vec::new() };
        let summary = self.summary(self.checked.plans.iter().map(|plan| catalog::n_rules(plan)).sum());
        let findings = &self.checked.findings;
        let report = Report { findings, rules: &rules, summary: &summary, sources: self.texts, options };
        gone_is_fine(mktlint_report::write(format, &report, out))?;
        Ok(summary)
    }
}

fn nothing_checked() -> String {
    "nothing was checked: no file here is an asset; `[[assets]]` in `mktlint.toml` says what files hold"
        .to_owned()
}

/// The format that nobody asked for.
fn default_format(console: &Console, to_file: bool) -> Format {
    let is_action = system::variable("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    match () {
        () if to_file => Format::Concise,
        () if is_action => Format::Github,
        () if console.is_terminal => Format::Pretty,
        () => Format::Concise,
    }
}

/// Prints the report, or writes it to the file that was named.
pub fn print(found: &Found<'_>, args: &Args, console: &Console) -> Result<(), Stop> {
    let to_file = args.output.is_some();
    let format = args.output_format.unwrap_or_else(|| default_format(console, to_file));
    let options = Options {
        color: console.color && !to_file,
        width: console.width,
        show_fix_hint: !args.fix && !args.unsafe_fixes,
        show_summary: !console.quiet,
    };
    let shows_notes = matches!(format, Format::Pretty | Format::Concise);
    // Standard output carries the fixed text.
    let is_taken = args.stdin_filename.is_some() && args.fixes().is_some();
    let summary = match &args.output {
        None if is_taken => found.write(format, options, &mut io::stderr().lock())?,
        None => found.write(format, options, &mut io::stdout().lock())?,
        Some(path) => {
            let mut bytes = Vec::new();
            let summary = found.write(format, options, &mut bytes)?;
            let full = found.settings.folder.join(path);
            files::write(&full, path, &bytes)?;
            console.note(&format!(
                "wrote {} to `{}`",
                counted(found.checked.findings.len(), "finding"),
                path.display()
            ));
            summary
        }
    };
    if !shows_notes {
        summary.notes.iter().for_each(|note| console.note(note));
    }
    Ok(())
}

/// Prints the changes that fixes would make.
pub fn patch(patch: &str, found: &Found<'_>, console: &Console) -> Result<(), Stop> {
    console.print(patch)?;
    if patch.is_empty() {
        console.note("no finding has a fix that can be applied");
    }
    found.summary(0).notes.iter().for_each(|note| console.note(note));
    Ok(())
}
