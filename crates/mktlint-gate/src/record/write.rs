//! Writes a record: always the same bytes for the same decision, one line for each thing that lists hold.

use std::fmt::{Display, Write as _};

use jiff::Timestamp;

use super::read::FORMAT;
use super::{ApprovedPart, Record, WaiverTerms};

/// The text of `record`, up to where its signature goes.
pub fn write(record: &Record) -> String {
    let mut out = Writer::default();
    out.line("format", FORMAT);
    out.text("id", &record.id);
    out.text("verdict", record.verdict.word());
    out.text("unit", &record.unit.to_string());
    out.optional("tier", record.tier.as_deref());
    out.list("tier-reasons", record.tier_reasons.iter().map(|reason| quoted(reason)));
    out.optional("role", record.role.as_deref());
    out.text("person", &record.person);
    out.line("time", moment(record.time));
    if let Some(expires) = record.expires {
        out.line("expires", moment(expires));
    }
    out.optional("withdraws", record.withdraws.as_deref());
    out.optional("reason", Some(record.reason.as_str()).filter(|reason| !reason.is_empty()));
    out.list("conditions", record.conditions.iter().map(|condition| quoted(condition)));
    out.list("evidence", record.evidence.iter().map(|evidence| quoted(evidence)));
    out.text("policy", &record.policy.to_string());
    out.text("tool", &record.tool);
    out.line("normal-form", record.normal_form);
    out.list("after", record.after.iter().map(|digest| quoted(&digest.to_string())));
    out.list("parts", record.parts.iter().map(part));
    if let Some(waiver) = &record.waiver {
        out.waiver(waiver);
    }
    out.0
}

/// `text`, what was signed, with its signature below.
pub(super) fn with_signature(text: &str, fingerprint: &str, armor: &str) -> String {
    format!(
        "{text}[signature]\nkey = {}\nvalue = \"\"\"\n{}\n\"\"\"\n",
        quoted(fingerprint),
        armor.trim_end()
    )
}

/// Whole seconds: nobody decides faster.
fn moment(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

fn part(part: &ApprovedPart) -> String {
    let file = part.file.as_ref().map_or_else(String::new, |file| format!("file = {}, ", quoted(file)));
    let digest = part.digest.map_or_else(|| ApprovedPart::GONE.to_owned(), |digest| digest.to_string());
    let names = part.names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let names = if names.is_empty() { names } else { format!(", names = [{names}]") };
    format!("{{ {file}kind = {}, digest = {}{names} }}", quoted(part.kind.word()), quoted(&digest))
}

/// A text of TOML. What could hide or turn round what people see of it is written as its number.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[derive(Default)]
struct Writer(String);

impl Writer {
    fn line(&mut self, name: &str, value: impl Display) {
        let _ = writeln!(self.0, "{name} = {value}");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(name, quoted(value));
    }

    fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    fn list(&mut self, name: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        if items.peek().is_none() {
            return;
        }
        let _ = writeln!(self.0, "{name} = [");
        for item in items {
            let _ = writeln!(self.0, "  {item},");
        }
        self.0.push_str("]\n");
    }

    fn waiver(&mut self, waiver: &WaiverTerms) {
        self.0.push_str("\n[waiver]\n");
        self.list("rules", waiver.rules.iter().map(|rule| quoted(rule)));
        self.list("files", waiver.files.iter().map(|file| quoted(file)));
        self.line("until", waiver.until);
        self.text("owner", &waiver.owner);
    }
}
