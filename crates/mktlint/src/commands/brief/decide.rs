//! Who decides: the tier, approvals, exceptions, and what is watched afterwards.

use mktlint_check::Scope;
use mktlint_hir::model::item::Quorum;
use mktlint_host::Waiver;
use mktlint_measure::personal::mask;
use mktlint_plan::{Approval, Datum, Threshold, Tier, Value};
use smol_str::SmolStr;

use super::desk::Desk;
use super::model::{Line, Section, Source, State};
use super::who::short;

/// The sections.
pub fn sections(desk: &Desk<'_>) -> Vec<Section> {
    vec![approvals(desk), waivers(desk), thresholds(desk)]
}

/// The tier that it gets as planned, who must approve, and what would raise it.
fn approvals(desk: &Desk<'_>) -> Section {
    let plan = desk.plan();
    let (title, fact) = ("Who must approve", desk.fact.as_ref().map(|fact| &fact.tier));
    let Some(fact) = fact else { return Section::new("approvals", title, Vec::new()) };
    let mut lines = Vec::new();
    let tier = fact.tier.as_ref().and_then(|name| plan.tier(name));
    if let Some(tier) = tier {
        lines.push(of_tier(desk, tier, &fact.reasons));
    }
    let own = tier.and_then(|tier| plan.tiers.iter().position(|other| other.name == tier.name));
    for why in &fact.undecided {
        lines.push(Line::new(State::Open, format!("a graver tier is open: {why}")));
    }
    let graver = plan.tiers.iter().skip(own.map_or(0, |at| at + 1));
    let raised = graver.filter_map(|tier| raised(desk, tier));
    Section::new("approvals", title, Vec::new()).led_by(lines.into_iter().chain(raised).collect())
}

fn of_tier(desk: &Desk<'_>, tier: &Tier, reasons: &[String]) -> Line {
    let name = short(desk.plan().str(tier.name));
    let line = Line::new(State::Note, format!("as planned, and before anything is claimed, it is `{name}`"));
    let line = reasons.iter().fold(line, |line, reason| line.note(reason.clone()));
    let line = line.note(asked(desk, tier));
    let line = match tier.expires_after {
        Some(time) => line.note(format!("an approval holds for {}", Value::Known(Datum::Duration(time)))),
        None => line,
    };
    line.by(source(desk, tier))
}

/// What saying certain things would make of it.
fn raised(desk: &Desk<'_>, tier: &Tier) -> Option<Line> {
    let plan = desk.plan();
    let name = short(plan.str(tier.name));
    let named = |claim: &&mktlint_plan::Claim| claim.tier.is_some_and(|id| short(plan.str(id)) == name);
    let claims: Vec<String> = plan
        .claims
        .iter()
        .filter(|claim| claim.in_force)
        .filter(named)
        .map(|claim| format!("`{}`", short(plan.str(claim.head.name))))
        .collect();
    if tier.when.is_none() && claims.is_empty() {
        return None;
    }
    let mut line = Line::new(State::Note, format!("it would be `{name}`"));
    if tier.when.is_some() {
        line = line.note(format!("when `{}`", desk.written(tier.when_place)));
    }
    if !claims.is_empty() {
        line = line.note(format!("when it makes one of the claims {}", claims.join(", ")));
    }
    Some(line.note(asked(desk, tier)).by(source(desk, tier)))
}

/// `needs legal, and 2 of marketing`
fn asked(desk: &Desk<'_>, tier: &Tier) -> String {
    let plan = desk.plan();
    let all: Vec<String> = plan.list(tier.approvals).iter().map(|it| approval(desk, it)).collect();
    match all.is_empty() {
        true => "it needs no approval".to_owned(),
        false => format!("it needs {}", all.join(", and ")),
    }
}

fn approval(desk: &Desk<'_>, approval: &Approval) -> String {
    let plan = desk.plan();
    let role = short(plan.str(approval.role));
    let count = match approval.count {
        Quorum::AtLeast(1) => format!("one of `{role}`"),
        Quorum::AtLeast(n) => format!("{n} of `{role}`"),
        Quorum::All => format!("all of `{role}`"),
    };
    let members: Vec<&str> =
        plan.role(plan.str(approval.role)).map_or_else(Vec::new, |role| plan.strs(role.members).collect());
    let members = if members.is_empty() { String::new() } else { format!(" ({})", members.join(", ")) };
    let parts: Vec<&str> = plan.strs(approval.parts).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(" for {}", parts.join(", ")) };
    format!("{count}{members}{parts}")
}

fn source(desk: &Desk<'_>, tier: &Tier) -> Source {
    Source {
        name: desk.plan().str(tier.name).to_owned(),
        level: None,
        looks_at: None,
        because: tier.because.map(|because| desk.plan().str(because).to_owned()),
        dates: String::new(),
        at: desk.crowd.place(tier.place),
    }
}

/// The exceptions that can hold for its files.
fn waivers(desk: &Desk<'_>) -> Section {
    let own = desk.waivers.iter().filter(|waiver| is_for(desk, &waiver.exception.scope));
    Section::new("waivers", "Exceptions that hold", own.map(|waiver| exception(desk, waiver)).collect())
}

fn exception(desk: &Desk<'_>, waiver: &Waiver) -> Line {
    let it = &waiver.exception;
    let rules: Vec<String> = it.rules.iter().map(|rule| format!("`{}`", short(rule))).collect();
    let until = it.until.map_or_else(|| "without an end".to_owned(), |day| format!("until {day}"));
    let owner = it.owner.as_deref().or(it.role.as_deref().map(short));
    let owner = owner.map(|owner| format!(", `{}` answers for it", mask(owner))).unwrap_or_default();
    let is_over = it.until.is_some_and(|day| day < desk.day());
    let state = if is_over { State::Wrong } else { State::Note };
    let mut line = Line::new(state, format!("{} is waived {until}{owner}", rules.join(", ")));
    if is_over {
        line = line.note("it ends before the campaign starts");
    }
    line.notes.extend(it.problem.as_ref().map(|problem| format!("it does not hold: {problem}")));
    line.notes.push(mask(&it.because).into_owned());
    line.note(format!("written in `{}`", waiver.place.file))
}

/// Whether an exception can speak of a file of the campaign.
fn is_for(desk: &Desk<'_>, scope: &Scope) -> bool {
    let folder = desk.draft.folder();
    let is_inside = |glob: &SmolStr| !folder.is_empty() && glob.starts_with(&format!("{folder}/"));
    match scope {
        Scope::Everything => true,
        Scope::Files(globs, set) => set.is_match(format!("{folder}/asset.md")) || globs.iter().any(is_inside),
        Scope::Block(_) => false,
    }
}

/// What is measured once it is out.
fn thresholds(desk: &Desk<'_>) -> Section {
    let plan = desk.plan();
    let own = plan.thresholds.iter().filter(|it| desk.is_on(plan.strs(it.channels)));
    Section::new("watched", "What is watched afterwards", own.map(|it| threshold(desk, it)).collect())
}

fn threshold(desk: &Desk<'_>, it: &Threshold) -> Line {
    let plan = desk.plan();
    let bounds: Vec<String> =
        plan.list(it.bounds).iter().map(|bound| format!("`{}`", desk.written(bound.place))).collect();
    let channels: Vec<&str> = plan.strs(it.channels).collect();
    let on = if channels.is_empty() { String::new() } else { format!(" on {}", channels.join(", ")) };
    let mut line = Line::new(State::Note, format!("`{}`{on}: {}", plan.str(it.metric), bounds.join(", ")));
    line.notes.extend(it.action.map(|action| format!("then {}", plan.str(action))));
    line.by(Source {
        name: plan.str(it.name).to_owned(),
        level: None,
        looks_at: None,
        because: it.because.map(|because| plan.str(because).to_owned()),
        dates: String::new(),
        at: desk.crowd.place(it.place),
    })
}
