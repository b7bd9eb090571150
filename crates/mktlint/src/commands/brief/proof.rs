//! Evidence that claims rest on.

use mktlint_check::EvidenceFact;
use mktlint_host::policy;
use mktlint_plan::Evidence;

use super::desk::Desk;
use super::model::{Line, Section, Source, State};
use super::who::short;

/// The section.
pub fn section(desk: &Desk<'_>) -> Section {
    let plan = desk.plan();
    let documents = policy::evidence(&desk.crowd.home.workspace, plan);
    let in_force = plan.claims.iter().filter(|claim| claim.in_force && claim.head.in_force_on(desk.day()));
    let needs = in_force.flat_map(|claim| plan.list(claim.evidence));
    let mut used: Vec<usize> = needs.map(|need| need.evidence.index()).collect();
    used.sort_unstable();
    used.dedup();
    let evidences = used.into_iter().filter_map(|at| plan.evidences.get(at));
    let lines = evidences.map(|evidence| line(desk, evidence, &documents)).collect();
    Section::new("evidence", "Evidence that claims rest on", lines)
}

fn line(
    desk: &Desk<'_>,
    evidence: &Evidence,
    documents: &std::collections::BTreeMap<smol_str::SmolStr, EvidenceFact>,
) -> Line {
    let plan = desk.plan();
    let name = short(plan.str(evidence.name));
    let until = match evidence.expires {
        Some(day) => format!("may be relied on until {day}"),
        None => "has no last day".to_owned(),
    };
    let path = evidence.document.map(|document| plan.str(document.text));
    let at = path.map(|path| format!(" in `{path}`")).unwrap_or_default();
    let mut line = Line::new(State::Done, format!("`{name}`{at} {until}"));
    let mut wrong = Vec::new();
    if let Some(day) = evidence.expires.filter(|day| *day < last_day(desk)) {
        wrong.push(format!("it ends on {day}, before the campaign does on {}", last_day(desk)));
    }
    wrong.extend(path.and_then(|path| match documents.get(path) {
        Some(EvidenceFact::Missing) => Some("there is no such file".to_owned()),
        Some(EvidenceFact::Unreadable(why)) => Some(format!("the file cannot be read: {why}")),
        Some(EvidenceFact::Digest(digest)) => {
            let wanted = evidence.sha256.map(|wanted| plan.str(wanted.text));
            let is_other = wanted.is_some_and(|wanted| !wanted.eq_ignore_ascii_case(digest));
            is_other.then(|| "the file is not the one that the policy names: its digest differs".to_owned())
        }
        None => None,
    }));
    if !wrong.is_empty() {
        line.state = State::Wrong;
    }
    line.notes = wrong;
    line.by(Source {
        name: plan.str(evidence.name).to_owned(),
        level: None,
        looks_at: None,
        because: None,
        dates: String::new(),
        at: desk.crowd.place(evidence.place),
    })
}

/// The last day on which people get or see the campaign, as far as it is known.
fn last_day(desk: &Desk<'_>) -> jiff::civil::Date {
    let sends = desk.fact.iter().flat_map(|fact| &fact.sends).filter_map(|send| send.at);
    let end = desk.text("offer_end").and_then(|day| day.parse().ok());
    sends.map(|at| at.date()).chain(end).max().unwrap_or_else(|| desk.day())
}
