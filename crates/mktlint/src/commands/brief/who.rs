//! Who can get it, and how that meets suppressions, caps and quiet hours.

use mktlint_check::{AudienceFact, Whom};
use mktlint_host::config::is_name_of;
use mktlint_measure::personal::mask;
use mktlint_plan::{Head, Seq, StrId};

use super::desk::{Desk, of_finding, with_finding};
use super::model::{Line, Section, State};
use crate::people::Group;

/// Codes of what can be wrong with the audience itself.
pub const OF_AUDIENCE: [&str; 5] = ["MKT0505", "MKT0506", "MKT0507", "MKT0508", "MKT0509"];

/// The section.
pub fn section(desk: &Desk<'_>) -> Section {
    let mut lines: Vec<Line> = Vec::new();
    let problems = desk.findings.iter().filter(|found| OF_AUDIENCE.contains(&found.code.as_str()));
    lines.extend(problems.map(of_finding));
    let people = &desk.plan().people;
    let on = |head: &Head, channels: Seq<StrId>| {
        head.in_force_on(desk.day()) && desk.is_on(desk.plan().strs(channels))
    };
    for it in people.suppressions.iter().filter(|it| on(&it.head, it.channels)) {
        let group = Group::suppression(it, desk.plan());
        let written = desk.crowd.written(&group);
        let unless = written.unless.map(|unless| format!(", unless `{unless}`")).unwrap_or_default();
        let text = format!("nobody with `{}`{}{unless}", written.condition, group.on_channels());
        lines.push(line(desk, &it.head, text, "the audience keeps them out by itself"));
    }
    for it in people.caps.iter().filter(|it| on(&it.head, it.channels)) {
        let text = format!("`{}`, counted over all campaigns", desk.written(it.at_most_place));
        lines.push(line(desk, &it.head, text, "it fits into the calendar as planned"));
    }
    for it in people.quiet_hours.iter().filter(|it| on(&it.head, it.channels)) {
        let channels: Vec<&str> = desk.plan().strs(it.channels).collect();
        let on = if channels.is_empty() { String::new() } else { format!(" on {}", channels.join(", ")) };
        let text = format!("nothing is sent{on} `{}`", desk.written(it.hours_place));
        lines.push(line(desk, &it.head, text, "the planned times are outside of it"));
    }
    Section::new("who", "Who can get it", lines).led_by(audiences(desk))
}

/// The line of a declaration on people; `fits` says what it means that nothing was found.
fn line(desk: &Desk<'_>, head: &Head, text: String, fits: &str) -> Line {
    let source = desk.source(head);
    let line = match desk.found(&source.name) {
        Some(found) => with_finding(Line::new(State::Wrong, text), found),
        None if is_known(desk) => Line::new(State::Done, text).note(fits),
        None => Line::new(State::Open, text).note("say who gets it, then this can be judged"),
    };
    line.by(source)
}

/// Whether it is understood who gets it.
fn is_known(desk: &Desk<'_>) -> bool {
    let is_unclear = |code: &str| matches!(code, "MKT0505" | "MKT0506" | "MKT0509");
    let is_said = desk.fact.as_ref().is_some_and(|fact| !fact.audience.is_empty());
    is_said && !desk.findings.iter().any(|found| is_unclear(&found.code))
}

/// Whom the manifest names.
fn audiences(desk: &Desk<'_>) -> Vec<Line> {
    let named = desk.fact.as_ref().map_or(&[][..], |fact| fact.audience.as_slice());
    if named.is_empty() {
        let line = Line::new(State::Open, "the manifest does not say who gets it");
        let names =
            desk.crowd.audiences().iter().map(|group| short(group.name).to_owned()).collect::<Vec<_>>();
        let names = names.iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>();
        return vec![line.note(format!("audiences of the policy: {}", names.join(", ")))];
    }
    named.iter().map(|it| audience(desk, it)).collect()
}

fn audience(desk: &Desk<'_>, it: &AudienceFact) -> Line {
    let on = it.channel.as_ref().map(|channel| format!(" (on {channel})")).unwrap_or_default();
    let (text, place) = match &it.whom {
        Whom::Name(name) => match desk.crowd.audiences().iter().find(|group| is_name_of(name, group.name)) {
            Some(group) => {
                let title = group.title.map(|title| format!(": {title}")).unwrap_or_default();
                let condition = desk.crowd.written(group).condition;
                (format!("`{name}`{on}{title}; `{condition}`"), Some(desk.crowd.place(group.place)))
            }
            None => (format!("`{name}`{on}"), None),
        },
        Whom::Condition(words) => (format!("everybody with `{}`{on}", mask(words)), None),
        Whom::Wrong(_, words, help) => (format!("{words}; {help}{on}"), None),
    };
    let line = Line::new(State::Note, text);
    match place {
        Some(place) => line.note(format!("declared at {place}")),
        None => line,
    }
}

/// The last word of a full name.
pub fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
