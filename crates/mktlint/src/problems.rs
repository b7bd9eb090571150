//! Findings of commands that are not `check`.

use mktlint_diag::Diagnostic;
use mktlint_report::{Format, Options, Report, Sources, Summary};

use crate::console::{Console, gone_is_fine};
use crate::status::Stop;

/// Shows `findings` on standard output, as `check` would, without a summary.
pub fn show(findings: &[Diagnostic], sources: &dyn Sources, console: &Console) -> Result<(), Stop> {
    write(findings, sources, console.color, console, &mut std::io::stdout().lock())
}

/// Shows `findings` on standard error, since standard output holds something else.
pub fn show_aside(findings: &[Diagnostic], sources: &dyn Sources, console: &Console) -> Result<(), Stop> {
    write(findings, sources, false, console, &mut std::io::stderr().lock())
}

fn write(
    findings: &[Diagnostic],
    sources: &dyn Sources,
    color: bool,
    console: &Console,
    out: &mut dyn std::io::Write,
) -> Result<(), Stop> {
    let options = Options { color, width: console.width, show_fix_hint: false, show_summary: false };
    let report = Report { findings, rules: &[], summary: &Summary::default(), sources, options };
    let format = if console.is_terminal { Format::Pretty } else { Format::Concise };
    gone_is_fine(mktlint_report::write(format, &report, out))?;
    Ok(())
}
