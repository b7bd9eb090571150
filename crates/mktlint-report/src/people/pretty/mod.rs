//! Findings as a compiler shows them: the words, what they contradict, why, and what to type.

mod draw;
mod page;
pub(crate) mod paint;
mod remarks;
mod sheets;

use std::io::{self, Write};

use super::words;
use crate::model::{Counts, Report, Summary};
use crate::text::{Texts, clean};
use page::Page;
use paint::Tone;
use sheets::Sheets;

/// Findings that share their sheets. More would hold more rows in memory, fewer would count lines more often.
const BATCH: usize = 4096;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    // Ten columns hold any line number with its frame.
    let width = usize::from(report.options.width).max(40) - 10;
    for batch in report.findings.chunks(BATCH) {
        let mut sheets = Sheets::default();
        let lay = |finding| Page::lay(finding, &texts, width, &mut sheets);
        let pages: Vec<Page<'_>> = batch.iter().map(lay).collect();
        let sources = sheets.finish();
        for page in &pages {
            let remarks = remarks::lines(page, &texts, &report.options, width);
            out.write_all(draw::finding(page, &sources, &remarks, report.options.color)?.as_bytes())?;
        }
    }
    if !report.options.show_summary {
        return Ok(());
    }
    for note in &report.summary.notes {
        let word = Tone::Help.on("note:", report.options.color);
        writeln!(out, "{word} {}", clean::line(note))?;
    }
    writeln!(out, "{}", summary(report.summary, &report.counts()))
}

/// The summary with the time, in seconds to two places.
fn summary(summary: &Summary, counts: &Counts) -> String {
    let line = words::summary(summary, counts);
    match summary.elapsed {
        Some(elapsed) => format!("{line}; {:.2} s", elapsed.as_secs_f64()),
        None => line,
    }
}
