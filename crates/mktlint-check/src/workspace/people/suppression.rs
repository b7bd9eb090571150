//! Can the audience include people whom a suppression keeps out?

use mktlint_decide::{Formula, Undecided, UndecidedKind, Verdict, Witness, show_formula};
use mktlint_diag::Diagnostic;
use mktlint_plan::Suppression;

use super::super::calendar::words::{help, list};
use super::words::{labelled, places, tested};
use super::{Pass, Sent};
use crate::CampaignValue;
use crate::judge::{Reason, undecided};
use crate::people::{answer_reason, short};

/// Judges one audience by the suppression `at`.
pub fn judge(pass: &mut Pass<'_>, sent: &Sent<'_>, at: usize) {
    let plan = pass.plan;
    let Some(suppression) = plan.people.suppressions.get(at) else { return };
    if !suppression.head.in_force_on(sent.now.date()) {
        return;
    }
    let Some(channels) = meeting(pass, sent, suppression) else { return };
    let forbidden = pass.settler.settle(&plan.suppressed(suppression), &sent.fact.values, sent.now);
    let verdict = match pass.people(&forbidden, sent.now) {
        Ok(people) => pass.solver.is_disjoint(&sent.people, &people),
        Err(undecided) => Verdict::Undecided(undecided),
    };
    let found = match verdict {
        Verdict::Holds => return,
        Verdict::Undecided(why) => open(pass, sent, suppression, &why),
        Verdict::Fails(_) if matches!(channels, Channels::Unknown) => {
            let help = "say it in the manifest: `channel: email`".to_owned();
            let reason = Reason { words: "`channel` is not given".into(), help: Some(help), said: None };
            undecided(plan, &suppression.head, sent.place.clone(), reason)
        }
        Verdict::Fails(witness) => broken(pass, sent, suppression, &forbidden, (&channels, &witness)),
    };
    pass.found.push(found);
}

/// Which messages of a campaign a suppression speaks of.
enum Channels {
    /// All of them, whatever their channel.
    All,
    /// Those on these channels.
    Some(Vec<String>),
    /// Nobody knows which channels the campaign has.
    Unknown,
}

/// `None` when the campaign has no message that the suppression speaks of.
fn meeting(pass: &Pass<'_>, sent: &Sent<'_>, suppression: &Suppression) -> Option<Channels> {
    if suppression.channels.is_empty() {
        return Some(Channels::All);
    }
    let Some(own) = &sent.channels else { return Some(Channels::Unknown) };
    let of_suppression = pass.plan.strs(suppression.channels);
    let both: Vec<String> =
        of_suppression.filter(|channel| own.contains(channel)).map(str::to_owned).collect();
    (!both.is_empty()).then_some(Channels::Some(both))
}

fn broken(
    pass: &mut Pass<'_>,
    sent: &Sent<'_>,
    suppression: &Suppression,
    forbidden: &Formula,
    (channels, witness): (&Channels, &Witness),
) -> Diagnostic {
    let plan = pass.plan;
    let head = &suppression.head;
    let (who, name) = (sent.crowd.words(), short(plan.str(head.name)));
    let on = match channels {
        Channels::Some(channels) => format!(" on {}", list(channels)),
        Channels::All | Channels::Unknown => String::new(),
    };
    let words = format!("{who} can include people that `{name}` keeps out{on}");
    let place = sent.place.clone();
    let mut found = Diagnostic::finding(plan.str(head.name), head.level, place, words)
        .label("this audience")
        .note(format!("for example {}", witness.show(&plan.people.schema, sent.now)));
    found.why = head.because.map(|because| plan.str(because).to_owned());
    found = clauses(pass, sent, forbidden, witness, found);
    found = found.also_at(plan.place(suppression.who_place), "these people are kept out");
    found.help.extend(help(plan, head));
    if let Some(repair) = pass.solver.repair(&sent.formula, forbidden, sent.now) {
        let condition = show_formula(&repair.condition, &plan.people.schema, &plan.people.definitions);
        let what =
            sent.crowd.name.as_ref().map_or("the audience".into(), |name| format!("`{}`", short(name)));
        let brackets = if repair.needs_brackets { ", with brackets around the rest" } else { "" };
        found.help.push(format!("add `and {condition}` to {what}{brackets}"));
    }
    found
}

/// Points at the clauses of the audience that let `witness` in although the suppression looks at the same attributes;
/// where there are none, at the audience, which says nothing of them.
fn clauses(
    pass: &mut Pass<'_>,
    sent: &Sent<'_>,
    forbidden: &Formula,
    witness: &Witness,
    found: Diagnostic,
) -> Diagnostic {
    let plan = pass.plan;
    let definitions = &plan.people.definitions;
    let contact = witness.contact(&plan.people.schema);
    let of_suppression = tested(definitions, &pass.solver.reasons(forbidden, &contact, sent.now));
    let mut of_audience = pass.solver.reasons(&sent.formula, &contact, sent.now);
    of_audience.retain(|origin| {
        tested(definitions, std::slice::from_ref(origin)).iter().any(|name| of_suppression.contains(name))
    });
    let places = places(plan, &of_audience, None);
    if !places.is_empty() {
        return places.into_iter().fold(found, |found, place| found.also_at(place, "lets them in"));
    }
    let audience = sent.crowd.name.as_ref().and_then(|name| plan.audience(name));
    let Some(audience) = audience.filter(|_| !of_suppression.is_empty()) else { return found };
    let named: Vec<String> = of_suppression.iter().map(|name| format!("`{name}`")).collect();
    found.also_at(plan.place(audience.place), format!("says nothing of {}", list(&named)))
}

/// The suppression could not be judged.
fn open(pass: &Pass<'_>, sent: &Sent<'_>, suppression: &Suppression, why: &Undecided) -> Diagnostic {
    let plan = pass.plan;
    let reason = from_campaign(sent, why).unwrap_or_else(|| {
        let who = sent.crowd.words();
        Reason::from(format!("whether {who} includes people that it keeps out {}", answer_reason(why)))
    });
    let found = undecided(plan, &suppression.head, sent.place.clone(), reason).label("this audience");
    labelled(plan, found, why, suppression.unless.map(|unless| plan.str(unless)))
}

/// The reason, when it is nothing but a field of the campaign that is not known.
fn from_campaign(sent: &Sent<'_>, why: &Undecided) -> Option<Reason> {
    let UndecidedKind::NotUnderstood(words) = &why.kind else { return None };
    let helps = words.iter().map(|words| {
        sent.fact.values.iter().find_map(|(_, value)| match value {
            CampaignValue::Unknown(own, help) if own == words => Some(help.clone()),
            _ => None,
        })
    });
    let helps: Vec<Option<String>> = helps.collect::<Option<_>>()?;
    Some(Reason { words: words.join("; "), help: helps.into_iter().flatten().next(), said: None })
}
