//! What ends, on a line of time.

use jiff::civil::Date;

use super::super::chart::timeline::{Row, timeline};
use super::super::data::{Dashboard, Expiry};
use super::part;
use super::summary::SOON;
use crate::page::push;

/// The most rows of the drawing.
const MOST_DRAWN: usize = 30;
/// The most rows of the table.
const MOST: usize = 500;
/// Days ahead that the drawing shows at least and at most.
const HORIZON: (u64, u64) = (120, 730);

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    let all = &dashboard.expiries;
    if all.is_empty() {
        return part::nothing("No waiver and no evidence has a last day.", out);
    }
    push!(
        out,
        "<p>The last days of waivers and of the evidence that claims rest on. What lies further ahead stands at the edge.</p>\n"
    );
    part::legend(
        &[("past", "", "has ended"), ("soon", "", "ends within 30 days"), ("later", "", "later")],
        out,
    );
    let today = dashboard.today;
    let rows: Vec<Row> = all.iter().take(MOST_DRAWN).map(|it| row(it, today)).collect();
    let heads = ["Last day", "What", "Speaks of", "Owner", "Declared", "Why"];
    let cells = all.iter().take(MOST).map(cells);
    let table = part::table("What ends", &heads, cells);
    part::figure(
        &timeline(&rows, today, horizon(&rows, today)),
        "Last days of waivers and evidence",
        &table,
        out,
    );
    part::more(all.len(), MOST_DRAWN, "last day", "", out);
}

fn cells(it: &Expiry) -> Vec<String> {
    let owner = it.owner.clone().unwrap_or_else(|| "–".to_owned());
    vec![
        it.day.to_string(),
        it.kind.word().to_owned(),
        it.what.clone(),
        owner,
        it.at.clone(),
        it.because.clone(),
    ]
}

fn row(it: &Expiry, today: Date) -> Row {
    let days = (it.day - today).get_days();
    let class = match days {
        ..0 => "past",
        _ if days <= SOON => "soon",
        _ => "later",
    };
    Row { label: format!("{} ({})", it.what, it.kind.word()), class, day: it.day }
}

/// As far ahead as most rows need.
fn horizon(rows: &[Row], today: Date) -> u64 {
    let ahead = rows.iter().filter_map(|row| u64::try_from((row.day - today).get_days()).ok());
    let near = ahead.filter(|days| *days <= HORIZON.1).max().unwrap_or(0);
    near.clamp(HORIZON.0, HORIZON.1)
}
