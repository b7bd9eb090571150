//! Findings as a compiler shows them: the words, what they contradict, why, and what to type.

mod labels;
pub(crate) mod paint;

use std::io::{self, Write};

use mktlint_diag::Diagnostic;

use super::words;
use crate::excerpt::{Excerpt, Frame, changes, excerpt};
use crate::model::{Counts, Options, Report, Summary};
use crate::text::{Texts, clean};
use paint::Tone;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::new(report.sources);
    let mut text = String::new();
    for finding in report.findings {
        text.clear();
        Page::new(finding, &texts, &report.options, &mut text).finding();
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    if !report.options.show_summary {
        return Ok(());
    }
    for note in &report.summary.notes {
        let word = Tone::Help.on("note:", report.options.color);
        writeln!(out, "{word} {}", clean::line(note))?;
    }
    writeln!(out, "{}", summary(report.summary, &Counts::of(report.findings)))
}

/// The summary with the time, in seconds to two places.
fn summary(summary: &Summary, counts: &Counts) -> String {
    let line = words::summary(summary, counts);
    match summary.elapsed {
        Some(elapsed) => format!("{line}; {:.2} s", elapsed.as_secs_f64()),
        None => line,
    }
}

/// One finding being laid out.
struct Page<'p> {
    finding: &'p Diagnostic,
    texts: &'p Texts<'p>,
    options: &'p Options,
    excerpt: Excerpt<'p>,
    /// Digits of the greatest line number shown.
    margin: usize,
    /// Columns for source text.
    width: usize,
    out: &'p mut String,
}

impl<'p> Page<'p> {
    fn new(finding: &'p Diagnostic, texts: &'p Texts<'p>, options: &'p Options, out: &'p mut String) -> Self {
        let total = usize::from(options.width).max(40);
        // Ten columns hold any line number with its frame.
        let width = total - 10;
        let excerpt = excerpt(finding, texts, width);
        let last = excerpt.frames.iter().flat_map(|frame| &frame.rows).map(|row| row.line).max();
        let margin = last.unwrap_or(1).to_string().len();
        Self { finding, texts, options, excerpt, margin, width, out }
    }

    fn finding(&mut self) {
        self.headline();
        let frames = std::mem::take(&mut self.excerpt.frames);
        for (index, frame) in frames.iter().enumerate() {
            if index > 0 {
                self.line("");
            }
            self.frame(frame, index == 0);
        }
        self.footers();
        let end = format!("{}╯", "─".repeat(self.margin + 1));
        let end = self.tone(Tone::Margin, &end);
        self.raw(&end);
    }

    fn headline(&mut self) {
        let finding = self.finding;
        let level = format!("{}[{}]", finding.level, clean::line(&finding.code));
        let level = self.tone(paint::level(finding.level), &level);
        let mark = words::mark(finding).map(|mark| format!(" ({mark})")).unwrap_or_default();
        let message = clean::line(&finding.message);
        let message = self.tone(Tone::Message, &format!("{mark}: {message}"));
        self.raw(&format!("{level}{message}"));
    }

    fn frame(&mut self, frame: &Frame<'_>, first: bool) {
        let corner = if first { "╭─" } else { "├─" };
        let path = clean::line(frame.file);
        let at = frame.at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let corner = self.tone(Tone::Margin, corner);
        self.raw(&format!("{}{corner}[{path}{at}]", " ".repeat(self.margin + 1)));
        if first {
            self.line("");
        }
        for row in &frame.rows {
            if row.gap {
                self.gap();
            }
            let number = format!("{:>w$} │", row.line, w = self.margin);
            let number = self.tone(Tone::Margin, &number);
            self.raw(&format!("{number} {}", row.text));
            for line in labels::lines(&row.marks, self.finding.level, self.options.color) {
                self.line(&line);
            }
        }
        for text in &frame.loose {
            self.line(&format!("╰── {}", clean::line(text)));
        }
        if frame.at.is_none() {
            self.line("(there is no text to show)");
        }
    }

    fn footers(&mut self) {
        let finding = self.finding;
        if self.excerpt.n_left_out > 0 {
            let more = words::plural(self.excerpt.n_left_out, "more place");
            self.footer("note:", &format!("{more} not shown"));
        }
        for note in &finding.notes {
            self.footer("note:", note);
        }
        if let Some(why) = &finding.why {
            self.footer("why: ", why);
        }
        self.helps();
        if let Some(waived) = &finding.waived {
            let at = self.texts.located(&waived.place);
            self.footer("waived:", &format!("{} ({at})", words::waiver(waived)));
        }
    }

    fn helps(&mut self) {
        let finding = self.finding;
        let hint = finding.fix.as_ref().filter(|_| self.options.show_fix_hint);
        let hint = hint.map(|fix| format!("  (fix available: {})", words::flag(fix))).unwrap_or_default();
        let title = finding.fix.as_ref().filter(|_| finding.help.is_empty()).map(|fix| &fix.title);
        let helps: Vec<&String> = finding.help.iter().chain(title).collect();
        for (index, help) in helps.iter().enumerate() {
            let hint = if index + 1 == helps.len() { hint.as_str() } else { "" };
            self.footer("help:", &format!("{help}{hint}"));
        }
        self.changes();
    }

    /// The lines that a fix takes away and puts there.
    fn changes(&mut self) {
        let Some(fix) = &self.finding.fix else { return };
        if fix.file != self.finding.primary.place.file {
            self.line(&format!("      in {}", clean::line(&fix.file)));
        }
        for change in changes(fix, self.texts, self.width) {
            let lines = |sign, tone, lines: Vec<String>| {
                lines.into_iter().map(move |line| (tone, format!("{sign} {line}")))
            };
            let removed = lines('-', Tone::Removed, change.removed);
            for (tone, line) in removed.chain(lines('+', Tone::Added, change.added)) {
                let line = self.tone(tone, &line);
                self.line(&format!("      {line}"));
            }
        }
    }

    /// A remark after the excerpts; its later lines stand under its first.
    fn footer(&mut self, word: &str, text: &str) {
        let indent = " ".repeat(word.len());
        for (index, line) in text.lines().enumerate() {
            let lead = if index == 0 { self.tone(Tone::Help, word) } else { indent.clone() };
            self.line(&format!("{lead} {}", clean::line(line)));
        }
    }

    fn gap(&mut self) {
        let line = self.tone(Tone::Margin, &format!("{} ┆", " ".repeat(self.margin)));
        self.raw(&line);
    }

    /// A line behind the margin.
    fn line(&mut self, text: &str) {
        let margin = self.tone(Tone::Margin, &format!("{} │", " ".repeat(self.margin)));
        self.raw(&format!("{margin} {text}"));
    }

    fn raw(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn tone(&self, tone: Tone, text: &str) -> String {
        tone.on(text, self.options.color)
    }
}
