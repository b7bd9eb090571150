//! A finding through ariadne.

use std::cmp::Reverse;
use std::fmt;
use std::io;

use ariadne::{Cache, Color, Config, IndexType, Label, Report, ReportKind, Source};
use mktlint_diag::Level;

use super::page::{Frame, Page, Pointer, Spot};
use super::paint::{self, Tone};
use crate::people::words;
use crate::text::clean;

/// Ends a heading that we wrote. ariadne adds the line and column that it counted in the sheet, where long lines are
/// cut and tabs are spaces; what follows this is dropped. No text to print holds it, since all of it is cleaned.
const HEADING_END: char = '\u{1}';

/// Starts a remark. ariadne knows `Help` and `Note`; ours say themselves what they are.
const REMARK: char = '\u{2}';

/// A place in one of a page's frames.
type Span = (usize, std::ops::Range<usize>);

/// `page` as it is printed, with an empty line behind it.
pub(super) fn finding(
    page: &Page<'_>,
    sources: &[Source],
    remarks: &[String],
    color: bool,
) -> io::Result<String> {
    let mut out = headline(page, color);
    page.unseen.iter().for_each(|line| put(&mut out, &format!("  {line}")));
    if page.pointers.is_empty() {
        remarks.iter().for_each(|line| put(&mut out, &format!("  {line}")));
    } else {
        let drawn = drawn(page, sources, remarks, color)?;
        // The first line is ariadne's own headline.
        drawn.lines().skip(1).for_each(|line| put(&mut out, &tidy(line)));
    }
    out.push('\n');
    Ok(out)
}

fn put(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

fn headline(page: &Page<'_>, color: bool) -> String {
    let finding = page.finding;
    let level = format!("{}[{}]", finding.level, clean::line(&finding.code));
    let level = paint::level(finding.level).on(&level, color);
    let mark = words::mark(finding).map(|mark| format!(" ({mark})")).unwrap_or_default();
    let message = format!("{mark}: {}", clean::line(&finding.message));
    let mut out = String::new();
    put(&mut out, &format!("{level}{}", Tone::Message.on(message.trim_end(), color)));
    out
}

fn drawn(page: &Page<'_>, sources: &[Source], remarks: &[String], color: bool) -> io::Result<String> {
    let labels = labels(page, sources);
    let first = labels.first().map_or((0, 0..0), |(span, _)| span.clone());
    // Characters, not bytes: with bytes ariadne 0.6.0 takes the character offset of a second frame for one in bytes,
    // and panics when that is inside a character.
    let config = Config::new().with_color(color).with_index_type(IndexType::Char);
    let mut report = Report::build(kind(page.finding.level), first).with_config(config);
    report.add_labels(labels.into_iter().map(|(_, label)| label));
    if !remarks.is_empty() {
        let remarks: Vec<String> = remarks.iter().map(|line| format!("{REMARK}{line}")).collect();
        report.set_help(remarks.join("\n"));
    }
    let mut out = Vec::new();
    report.finish().write(Shown { frames: &page.frames, sources }, &mut out)?;
    String::from_utf8(out).map_err(io::Error::other)
}

fn kind(level: Level) -> ReportKind<'static> {
    match level {
        Level::Error => ReportKind::Error,
        Level::Warning => ReportKind::Warning,
        Level::Info => ReportKind::Advice,
    }
}

/// The colour of a label: the primary one has its level's, the others are all alike.
fn color(level: Level, label: usize) -> Color {
    match level {
        _ if label > 0 => Color::Blue,
        Level::Error => Color::Red,
        Level::Warning => Color::Yellow,
        Level::Info => Color::Cyan,
    }
}

/// The labels in the order to draw them: the primary one's frame first; within a frame down the lines, since ariadne
/// opens another frame for a label above its predecessor; within a line from the right, so that no label's line
/// crosses the words of another.
fn labels(page: &Page<'_>, sources: &[Source]) -> Vec<(Span, Label<Span>)> {
    let home = page.pointers.iter().find(|pointer| pointer.label == 0).map(|pointer| pointer.frame);
    let mut pointers: Vec<&Pointer> = page.pointers.iter().collect();
    pointers.sort_by_key(|it| (Some(it.frame) != home, it.frame, it.end.line, Reverse(it.end.column)));
    let label = |(order, pointer): (i32, &Pointer)| {
        let source = page.frames.get(pointer.frame).and_then(|frame| sources.get(frame.sheet));
        let at = |spot: Spot| source.map_or(0, |source| offset(source, spot));
        let span = (pointer.frame, at(pointer.start)..at(pointer.end));
        let label = Label::new(span.clone())
            .with_message(page.words(pointer.label))
            .with_color(color(page.finding.level, pointer.label))
            .with_order(order);
        (span, label)
    };
    (0..).zip(pointers).map(label).collect()
}

/// Characters of `source` before `spot`.
fn offset(source: &Source, spot: Spot) -> usize {
    source.line(spot.line as usize - 1).map_or(0, |line| line.offset()) + spot.column
}

/// The frames of a page as ariadne asks for them, by their index.
struct Shown<'s> {
    frames: &'s [Frame],
    sources: &'s [Source],
}

impl Cache<usize> for Shown<'_> {
    type Storage = String;

    fn fetch(&mut self, id: &usize) -> Result<&Source, impl fmt::Debug> {
        self.frames.get(*id).and_then(|frame| self.sources.get(frame.sheet)).ok_or("no such frame")
    }

    fn display<'a>(&self, id: &'a usize) -> Option<impl fmt::Display + 'a> {
        self.frames.get(*id).map(|frame| format!("{}{HEADING_END}", frame.heading))
    }
}

/// A line of ariadne's with our heading, or with our word before a remark.
fn tidy(line: &str) -> String {
    if let Some((heading, counted)) = line.split_once(HEADING_END) {
        let rest = counted.find(' ').and_then(|at| counted.get(at..));
        return format!("{heading}{}", rest.unwrap_or_default());
    }
    let Some((before, remark)) = line.split_once(REMARK) else { return line.to_owned() };
    let (margin, prefix) = before.split_once('│').unwrap_or((before, ""));
    let reset = if prefix.starts_with("\u{1b}[0m") { "\u{1b}[0m" } else { "" };
    format!("{margin}│{reset} {remark}")
}
