//! What a run says it did not judge.

use std::collections::BTreeMap;

use mktlint_plan::{NoteKind, Plan};

use crate::FileFacts;

/// What a run did not judge, for its summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotJudged {
    /// One line for each reason.
    pub notes: Vec<String>,
    /// Whether a verdict depends on it, so that the run must not count as a pass: a rule cannot be judged at all.
    pub is_undecided: bool,
}

/// What a run over `files` did not judge: tiers whose condition has no answer, and what could not be
/// compiled to something to run.
pub fn not_judged(plan: &Plan, files: &[FileFacts]) -> NotJudged {
    let mut by_kind: BTreeMap<NoteKind, Vec<&str>> = BTreeMap::new();
    for note in &plan.notes {
        by_kind.entry(note.kind).or_default().push(plan.str(note.name));
    }
    let campaigns = || files.iter().flat_map(|facts| &facts.campaigns);
    let mut found = NotJudged::default();
    for (kind, names) in &by_kind {
        found.notes.push(line(*kind, names));
        found.is_undecided = true;
    }
    for campaign in campaigns().filter(|campaign| !campaign.tier.undecided.is_empty()) {
        let reasons = campaign.tier.undecided.join("; ");
        found.notes.push(format!("the tier of campaign `{}` needs a person: {reasons}", campaign.id));
    }
    found
}

/// ``2 declarations are not judged: …``.
fn line(kind: NoteKind, names: &[&str]) -> String {
    match names {
        [name] => format!("`{}` is not judged: {}", short(name), kind.reason()),
        names => format!("{} declarations are not judged: {}", names.len(), kind.reason()),
    }
}

fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
