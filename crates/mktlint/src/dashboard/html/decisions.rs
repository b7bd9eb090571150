//! What was decided, and by whom.

use std::collections::BTreeMap;

use super::super::chart::bars::{Row, bars};
use super::super::data::{Dashboard, Decision, Decisions};
use super::part;
use crate::page::push;
use crate::words::counted;

/// The most rows.
const MOST: usize = 300;

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    match &dashboard.decisions {
        Err(why) => part::nothing(&format!("The records cannot be read: {why}."), out),
        Ok(decisions) if decisions.all.is_empty() && decisions.n_broken == 0 => {
            part::nothing("Nothing has been decided yet: there is no record under decisions/.", out);
        }
        Ok(decisions) => ledger(decisions, dashboard, out),
    }
}

fn ledger(decisions: &Decisions, dashboard: &Dashboard, out: &mut String) {
    if decisions.n_broken > 0 {
        let n = counted(decisions.n_broken, "file");
        push!(
            out,
            "<p>{n} under <code>decisions/</code> cannot be understood; <code>mktlint decisions verify</code> says why.</p>\n"
        );
    }
    verdicts(decisions, out);
    let heads = ["When", "Verdict", "Of what", "Tier", "Role", "Who", "Holds until", "Why"];
    let now = mktlint_host::flow::end_of(dashboard.today);
    let rows = decisions.all.iter().take(MOST).map(|it| {
        let until = match it.expires {
            Some(at) if at < now => format!("{} (over)", day(at)),
            Some(at) => day(at),
            None => "–".to_owned(),
        };
        let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let verdict = match &it.problem {
            Some(problem) => format!("{} (does not count: {problem})", it.verdict),
            None => it.verdict.to_owned(),
        };
        vec![
            day(it.time),
            verdict,
            it.unit.clone(),
            dash(&it.tier),
            dash(&it.role),
            it.person.clone(),
            until,
            it.reason.clone(),
        ]
    });
    out.push_str(&part::table("Decisions, the newest first", &heads, rows));
    part::more(decisions.all.len(), MOST, "decision", "mktlint decisions", out);
}

fn day(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// How many decisions of each sort there are.
fn verdicts(decisions: &Decisions, out: &mut String) {
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for Decision { verdict, problem, .. } in &decisions.all {
        let (sound, unsound) = counts.entry(verdict).or_default();
        *(if problem.is_some() { unsound } else { sound }) += 1;
    }
    let row = |(verdict, (sound, unsound)): (&&str, &(u64, u64))| Row {
        label: (*verdict).to_owned(),
        sum: (sound + unsound).to_string(),
        parts: vec![
            ("bar", format!("{verdict}: {sound} count"), *sound),
            ("error", format!("{verdict}: {unsound} do not count"), *unsound),
        ],
    };
    let rows: Vec<Row> = counts.iter().map(row).collect();
    let cells = counts.iter().map(|(verdict, (sound, unsound))| {
        vec![(*verdict).to_owned(), sound.to_string(), unsound.to_string()]
    });
    part::legend(&[("bar", "", "count"), ("error", "", "do not count")], out);
    let table = part::table("Decisions by verdict", &["Verdict", "Count", "Do not count"], cells);
    part::figure(&bars(&rows), "Decisions by verdict", &table, out);
}
