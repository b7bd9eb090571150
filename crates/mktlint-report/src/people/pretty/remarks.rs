//! What is said below the excerpts: facts, reasons, what to type, what a fix changes.

use mktlint_diag::{Diagnostic, Fix};

use super::page::Page;
use super::paint::Tone;
use crate::excerpt::changes;
use crate::model::Options;
use crate::people::words;
use crate::text::{Texts, clean};

/// The remarks on `page`, as lines that are safe to print.
pub(super) fn lines(page: &Page<'_>, texts: &Texts<'_>, options: &Options, width: usize) -> Vec<String> {
    let finding = page.finding;
    let mut remarks = Remarks { lines: Vec::new(), color: options.color };
    if page.n_left_out > 0 {
        let more = words::plural(page.n_left_out, "more place");
        remarks.say("note:", &format!("{more} not shown"));
    }
    finding.notes.iter().for_each(|note| remarks.say("note:", note));
    finding.why.iter().for_each(|why| remarks.say("why: ", why));
    remarks.helps(finding, options.show_fix_hint);
    finding.fix.iter().for_each(|fix| remarks.changes(fix, finding, texts, width));
    if let Some(waived) = &finding.waived {
        let at = texts.located(&waived.place);
        remarks.say("waived:", &format!("{} ({at})", words::waiver(waived)));
    }
    remarks.lines
}

struct Remarks {
    lines: Vec<String>,
    color: bool,
}

impl Remarks {
    /// A remark whose later lines stand under its first.
    fn say(&mut self, word: &str, text: &str) {
        let indent = " ".repeat(word.len());
        for (index, line) in text.lines().enumerate() {
            let lead = if index == 0 { Tone::Help.on(word, self.color) } else { indent.clone() };
            self.lines.push(format!("{lead} {}", clean::line(line)));
        }
    }

    /// What to type; the title of the fix stands for it when nothing else does.
    fn helps(&mut self, finding: &Diagnostic, show_hint: bool) {
        let fix = finding.fix.as_ref();
        let hint = fix.filter(|_| show_hint).map(|fix| format!("  (fix available: {})", words::flag(fix)));
        let title = fix.filter(|_| finding.help.is_empty()).map(|fix| &fix.title);
        let helps: Vec<&String> = finding.help.iter().chain(title).collect();
        if let Some((last, others)) = helps.split_last() {
            others.iter().for_each(|help| self.say("help:", help));
            self.say("help:", &format!("{last}{}", hint.unwrap_or_default()));
        }
    }

    /// The lines that a fix takes away and puts there.
    fn changes(&mut self, fix: &Fix, finding: &Diagnostic, texts: &Texts<'_>, width: usize) {
        if fix.file != finding.primary.place.file {
            self.lines.push(format!("      in {}", clean::line(&fix.file)));
        }
        for change in changes(fix, texts, width) {
            self.change('-', Tone::Removed, &change.removed);
            self.change('+', Tone::Added, &change.added);
        }
    }

    fn change(&mut self, sign: char, tone: Tone, lines: &[String]) {
        for line in lines {
            let line = tone.on(&format!("{sign} {line}"), self.color);
            self.lines.push(format!("      {line}"));
        }
    }
}
