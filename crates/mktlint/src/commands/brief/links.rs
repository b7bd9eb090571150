//! How links are tagged, with the exact values.

use mktlint_check::wanted_text;
use mktlint_hir::model::item::Presence;
use mktlint_plan::{Allowed, Context, Utm, UtmParam};

use super::desk::Desk;
use super::model::{Line, Section, State};

/// The section.
pub fn section(desk: &Desk<'_>) -> Section {
    let plan = desk.plan();
    let utms = plan.utms.iter().filter(|utm| utm.head.in_force_on(desk.day()));
    let own = utms.filter(|utm| desk.is_on(plan.strs(utm.channels)));
    Section::new("links", "How links are tagged", own.map(|utm| line(desk, utm)).collect())
}

fn line(desk: &Desk<'_>, utm: &Utm) -> Line {
    let plan = desk.plan();
    let mut pairs = Vec::new();
    let mut notes = Vec::new();
    for param in plan.list(utm.params) {
        let name = plan.str(param.name);
        let (value, words) = value(desk, param);
        match param.presence {
            Presence::Required => {
                pairs.push(format!("utm_{name}={value}"));
                notes.extend(words.map(|words| format!("`utm_{name}` {words}")));
            }
            Presence::Optional => {
                let words = words.map(|words| format!("; it {words}")).unwrap_or_default();
                notes.push(format!("`utm_{name}` may be there{words}"));
            }
            Presence::Forbidden => notes.push(format!("`utm_{name}` must not be there")),
        }
    }
    let host = plan.list(utm.hosts).first().map_or("…", |host| plan.str(host.text)).replace("*.", "www.");
    let channels: Vec<&str> = plan.strs(utm.channels).collect();
    let on = if channels.is_empty() {
        "every link".to_owned()
    } else {
        format!("links on {}", channels.join(", "))
    };
    let mut line = Line::new(State::Todo, format!("{on}: `https://{host}/…?{}`", pairs.join("&")));
    line.notes = notes;
    if let Some(group) = utm.group {
        line = line.note(format!("reports count them under `{}`", plan.str(group.text)));
    }
    line.by(desk.source(&utm.head))
}

/// The value that a link shows, and what else can be said of it.
fn value(desk: &Desk<'_>, param: &UtmParam) -> (String, Option<String>) {
    let plan = desk.plan();
    match param.allowed {
        Allowed::Any => ("…".to_owned(), None),
        Allowed::OneOf(values) => {
            let all: Vec<&str> = plan.strs(values).collect();
            let first = all.first().map_or("…", |first| *first).to_owned();
            let words = format!(
                "is one of {}",
                all.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
            );
            (first, (all.len() > 1).then_some(words))
        }
        Allowed::Equal(code) => {
            let mut context = Context::new(plan, &desk.draft.campaign, desk.now);
            context.campaign = Some(&desk.draft.campaign);
            (wanted_text(plan, code, &context).unwrap_or_else(|| "…".to_owned()), None)
        }
        Allowed::Pattern(_) | Allowed::Shape(_) => {
            ("…".to_owned(), Some(format!("must fit `{}`", desk.written(param.place))))
        }
    }
}
