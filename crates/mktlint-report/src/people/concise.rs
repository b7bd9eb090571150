//! `path:line:col: level[rule] message`.

use std::io::{self, Write};

use super::pretty::paint;
use super::words;
use crate::Report;
use crate::text::{Texts, clean};

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let color = report.options.color;
    for finding in report.findings {
        let at = texts.located(&finding.primary.place);
        let level = format!("{}[{}]", finding.level, clean::line(&finding.code));
        let level = paint::level(finding.level).on(&level, color);
        writeln!(out, "{at}: {level} {}", clean::line(&words::marked_message(finding)))?;
    }
    if !report.options.show_summary {
        return Ok(());
    }
    for note in &report.summary.notes {
        writeln!(out, "note: {}", clean::line(note))?;
    }
    writeln!(out, "{}", words::summary(report.summary, &report.counts()))
}
