//! `mktlint decisions show`.

use std::fmt::Write as _;

use mktlint_gate::ledger::Entry;
use mktlint_gate::record::ApprovedPart;

use super::Book;
use crate::args::Format;
use crate::console::Console;
use crate::decision::{as_json, minute, part_name};
use crate::home::Home;
use crate::status::{Status, Stop};

/// Shows the decision whose id is, or ends with, `id`.
pub fn run(book: &Book, id: &str, home: &Home, format: Format, console: &Console) -> Result<Status, Stop> {
    let entries = book.ledger.entries();
    let exact = entries.iter().filter(|entry| entry.file.record.id == id);
    let ending =
        entries.iter().filter(|entry| entry.file.record.id.ends_with(id) && entry.file.record.id != id);
    let found: Vec<&Entry> = exact.chain(ending).collect();
    let entry = match found.as_slice() {
        [] => {
            return Err(Stop::Usage(format!("there is no decision `{id}`; `mktlint decisions` lists them")));
        }
        [first, ..] if first.file.record.id == id => first,
        [only] => only,
        several => {
            let ids: Vec<String> =
                several.iter().map(|entry| format!("`{}`", entry.file.record.id)).collect();
            return Err(Stop::Usage(format!("several decisions end so: {}", ids.join(", "))));
        }
    };
    match format {
        Format::Text => console.show(&page(entry, home, console))?,
        Format::Json => console.print(&format!("{:#}\n", as_json(entry)))?,
    }
    Ok(Status::OK)
}

fn page(entry: &Entry, home: &Home, console: &Console) -> String {
    let record = &entry.file.record;
    let mut page = Page { text: format!("{} {}\n", console.bold(record.verdict.word()), record.unit) };
    page.line("id", &record.id);
    page.line(
        "who",
        &match &record.role {
            Some(role) => format!("{} in `{role}`", record.person),
            None => record.person.to_string(),
        },
    );
    page.line("when", &minute(record.time));
    page.line("until", &record.expires.map(minute).unwrap_or_default());
    page.line("takes back", record.withdraws.as_deref().unwrap_or_default());
    page.line("tier", record.tier.as_deref().unwrap_or_default());
    page.lines("because", record.tier_reasons.iter());
    page.line("why", &record.reason);
    page.lines("condition", record.conditions.iter());
    page.lines("evidence", record.evidence.iter());
    if let Some(waiver) = &record.waiver {
        page.lines("rule", waiver.rules.iter());
        page.lines("files", waiver.files.iter());
        page.line("last day", &waiver.until.to_string());
        page.line("owner", &waiver.owner);
    }
    page.lines("part", record.parts.iter().map(part));
    page.line("policy", &record.policy.short());
    page.lines("follows", record.after.iter().map(mktlint_gate::Digest::short));
    page.line("digest", &entry.file.digest.short());
    page.line("key", entry.file.signature.as_ref().map_or("not signed", |signature| signature.key.as_str()));
    page.line("file", &home.shown(&entry.file.file));
    for problem in &entry.problems {
        page.line("but", &format!("{} ({})", problem.message, problem.code));
    }
    page.text
}

fn part(part: &ApprovedPart) -> String {
    let digest = part.digest.map_or_else(|| "gone".to_owned(), |digest| digest.short());
    let names = part.names.iter().map(|name| format!("\n    `{name}`")).collect::<String>();
    format!("{}  {digest}{names}", part_name(part))
}

struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.text, "  {name:10}  {}", value.replace('\n', "\n              "));
        }
    }

    fn lines<T: ToString>(&mut self, name: &str, values: impl Iterator<Item = T>) {
        for (at, value) in values.enumerate() {
            self.line(if at == 0 { name } else { "" }, &value.to_string());
        }
    }
}
