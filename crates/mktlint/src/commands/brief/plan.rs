//! Where and when: what the manifest says, and the rules on campaigns.

use mktlint_check::{CampaignFact, Prospect};

use super::desk::{Coming, Desk, of_finding};
use super::model::{Line, Section, State};
use super::who::OF_AUDIENCE;

/// What is planned, in short.
pub fn planned(desk: &Desk<'_>) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    let fields = [
        ("channels", "channel"),
        ("countries", "regions"),
        ("languages", "languages"),
        ("purpose", "purpose"),
    ];
    for (word, field) in fields {
        rows.push((word, desk.text(field).unwrap_or_else(|| "not said".to_owned())));
    }
    rows.push(("sent", desk.fact.as_ref().and_then(sends).unwrap_or_else(|| "not said".to_owned())));
    let offer = [desk.text("offer_start"), desk.text("offer_end")];
    if offer.iter().any(Option::is_some) {
        let [start, end] = offer.map(|day| day.unwrap_or_else(|| "?".to_owned()));
        rows.push(("offer", format!("{start} to {end}")));
    }
    rows
}

/// `2026-11-26 09:00 (email), …`
fn sends(fact: &CampaignFact) -> Option<String> {
    let zone = match (&fact.time_zone, fact.recipient_time) {
        (_, true) => ", by the clock of whoever gets it".to_owned(),
        (Some((zone, _)), false) => format!(", {zone}"),
        (None, false) => String::new(),
    };
    let mut all: Vec<String> = Vec::new();
    for send in &fact.sends {
        let Some(at) = send.at else { continue };
        let at = if send.is_day { at.date().to_string() } else { at.strftime("%Y-%m-%d %H:%M").to_string() };
        let on = send.channel.as_ref().map(|channel| format!(" ({channel})")).unwrap_or_default();
        all.push(format!("{at}{on}"));
    }
    (!all.is_empty()).then(|| format!("{}{zone}", all.join("; ")))
}

/// The section.
pub fn section(desk: &Desk<'_>) -> Section {
    let is_own = |code: &str| code.starts_with("MKT") && !OF_AUDIENCE.contains(&code);
    let own = desk.findings.iter().filter(|found| is_own(&found.code));
    let mut lines: Vec<Line> = own.map(of_finding).collect();
    lines.extend(desk.of_campaign.iter().filter_map(|it| line(desk, it)));
    Section::new("plan", "Where and when", lines)
}

/// The line of a rule on campaigns. Facts that it lacks are asked for by themselves.
fn line(desk: &Desk<'_>, coming: &Coming<'_>) -> Option<Line> {
    let line = Line::new(State::Done, coming.page.title.clone());
    let found = desk.found(coming.page.name());
    if found.is_none() && coming.prospect == Prospect::Perhaps {
        return None;
    }
    Some(desk.judged(coming.page.name(), line).by(coming.source()))
}
