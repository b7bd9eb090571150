//! What is about to be signed, for who signs it.

use std::fmt::Write as _;

use mktlint_gate::change::Detail;
use mktlint_gate::record::{ApprovedPart, Record, Verdict};
use mktlint_host::gate::UnitGate;

use super::choose::name;
use crate::console::Console;
use crate::decision::{minute, part_name};
use crate::voice::Voice;
use crate::words::counted;

/// Details of one part that are shown; the rest is counted.
const MOST: usize = 8;

/// What `record` says of `unit`: the tier and why, what is needed, each part with what changed in it.
pub fn before(unit: &UnitGate, record: &Record, voice: &Voice, console: &Console) -> String {
    let tier = record.tier.as_deref().map_or_else(|| "no tier".to_owned(), |tier| format!("tier `{tier}`"));
    let mut text = format!("{}: {tier}\n", console.bold(&name(unit.unit())));
    for reason in &unit.tier.reasons {
        let _ = writeln!(text, "  because {reason}");
    }
    for missing in &unit.tier.undecided {
        let _ = writeln!(text, "  not known: {missing}");
    }
    for need in &unit.standing.needs {
        let given = need.given.iter().map(|given| given.person.as_str()).collect::<Vec<_>>().join(", ");
        let given = if given.is_empty() { String::new() } else { format!(", given by {given}") };
        let _ = writeln!(text, "  needs {} of `{}`{given}", need.count, need.role);
    }
    let _ = writeln!(
        text,
        "\n{} by {} in `{}`, {}:",
        record.verdict,
        voice.person,
        voice.role,
        counted(record.parts.len(), "part")
    );
    record.parts.iter().for_each(|part| text.push_str(&of_part(unit, part)));
    let ends = [record.expires, unit.needs.end(record.time)];
    if let Some(end) = ends.into_iter().flatten().min().filter(|_| record.verdict == Verdict::Approved) {
        let _ = writeln!(text, "holds until {}", minute(end));
    }
    text
}

fn of_part(unit: &UnitGate, part: &ApprovedPart) -> String {
    let mut text = format!("  {}{}\n", part_name(part), if part.digest.is_none() { "  gone" } else { "" });
    let is_its = |detail: &&Detail| detail.part.kind == part.kind && detail.part.file == part.file;
    let details: Vec<&Detail> = unit.change.details.iter().filter(is_its).collect();
    for detail in details.iter().take(MOST) {
        let _ = writeln!(text, "    {}", detail.sentence);
        if let Some(example) = &detail.example {
            let _ = writeln!(text, "      for example {example}");
        }
    }
    if details.len() > MOST {
        let _ = writeln!(text, "    and {} more", details.len() - MOST);
    }
    text
}

/// Says why the record may not help.
pub fn warnings(unit: &UnitGate, record: &Record, console: &Console) {
    let is_author = unit.authors.iter().any(|author| author.eq_ignore_ascii_case(&record.person));
    if is_author && !unit.needs.authors_may_approve {
        console.note(&format!(
            "`{}` wrote some of this change, so this approval does not count for it",
            record.person
        ));
    }
    let role = record.role.as_deref().unwrap_or_default();
    if !unit.standing.needs.iter().any(|need| need.role == role) {
        console.note(&format!("nothing asks `{role}` for this change; the decision is kept all the same"));
    }
    // Whoever takes one of two back leaves the other in force.
    let own_needs = unit.standing.needs.iter().filter(|need| need.role == role);
    let earlier = own_needs.flat_map(|need| &need.given).find(|given| given.person == record.person);
    if let Some(earlier) = earlier.filter(|_| record.verdict == Verdict::Approved) {
        console.note(&format!(
            "`{}` has approved of this already, in `{}`; to take it back, both must be withdrawn",
            record.person, earlier.record
        ));
    }
    let left_out = unit.change.parts.iter().filter(|change| {
        let is_in = |part: &ApprovedPart| part.kind == change.part.kind && part.file == change.part.file;
        change.part.kind.is_approved() && !record.parts.iter().any(is_in)
    });
    let left_out: Vec<String> = left_out.take(MOST).map(|change| format!("`{}`", change.part)).collect();
    if !left_out.is_empty() {
        console.note(&format!("not among them, though changed: {}", left_out.join(", ")));
    }
}
