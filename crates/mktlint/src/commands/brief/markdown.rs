//! A brief for people: a checklist in Markdown.

use super::model::{Brief, Line, Section, Source, State};
use crate::book::markdown::{code, inline};

/// The document.
pub fn document(brief: &Brief) -> String {
    let name = brief.name.as_deref().map(|name| format!(": {}", inline(name))).unwrap_or_default();
    let mut out = format!("# Brief of {}{name}\n\n", code(&brief.id));
    out.push_str(&match &brief.manifest {
        Some(file) => format!("Manifest {}, judged as of {}.\n\n", code(file), brief.day),
        None => format!("There is no manifest yet; judged as of {}.\n\n", brief.day),
    });
    for (word, value) in &brief.planned {
        out.push_str(&format!("- {word}: {}\n", inline(value)));
    }
    brief.sections.iter().for_each(|it| section(it, &mut out));
    out
}

fn section(section: &Section, out: &mut String) {
    out.push_str(&format!("\n## {}\n\n", section.title));
    section.lines.iter().for_each(|it| line(it, out));
}

fn line(line: &Line, out: &mut String) {
    let mark = match line.state {
        State::Todo => "[ ] ",
        State::Done => "[x] ",
        State::Wrong => "[ ] **wrong:** ",
        State::Open => "[ ] **needs a person:** ",
        State::Note => "",
    };
    out.push_str(&format!("- {mark}{}\n", inline(&line.text)));
    for note in &line.notes {
        out.push_str(&format!("  - {}\n", inline(note)));
    }
    if let Some(rule) = &line.rule {
        out.push_str(&format!("  - {}\n", source(rule)));
    }
}

/// `` `acme.brand.subject_length`, warning, on `Email.subject`, policy/brand.mkt:4; the source ``
fn source(source: &Source) -> String {
    let mut parts = vec![code(&source.name)];
    parts.extend(source.level.map(|level| level.as_str().to_owned()));
    parts.extend(source.looks_at.as_ref().map(|scope| format!("on {}", code(scope))));
    parts.extend((!source.dates.is_empty()).then(|| source.dates.clone()));
    parts.push(code(&source.at));
    let because = source.because.as_ref().map(|why| format!("; {}", inline(why))).unwrap_or_default();
    format!("{}{because}", parts.join(", "))
}
