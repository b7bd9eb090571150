//! The numbers at the top.

use super::super::data::Dashboard;
use crate::page::{Prose, push};

/// Days ahead that count as soon.
pub const SOON: i32 = 30;

/// A number with what it counts and where to read on.
struct Tile {
    number: usize,
    words: &'static str,
    class: &'static str,
    target: &'static str,
}

/// The tiles, and what could not be judged.
pub fn tiles(dashboard: &Dashboard, out: &mut String) {
    let counts = dashboard.counts();
    let tile = |number, words, class, target| Tile { number, words, class, target };
    let class = |number: usize, class| if number > 0 { class } else { "calm" };
    let ends = n_ending(dashboard);
    let over = dashboard.calendar.over.len();
    let tiles = [
        tile(dashboard.campaigns.len(), "campaigns", "calm", "campaigns"),
        tile(counts.errors, "errors", class(counts.errors, "error"), "findings"),
        tile(counts.warnings, "warnings", class(counts.warnings, "warning"), "findings"),
        tile(counts.undecided, "need a person", class(counts.undecided, "undecided"), "findings"),
        tile(counts.waived, "waived", "calm", "findings"),
        tile(over, "over a cap", class(over, "error"), "calendar"),
        tile(ends, "end within 30 days", class(ends, "warning"), "ends"),
    ];
    push!(out, "<ul class=\"tiles\">\n");
    for Tile { number, words, class, target } in tiles {
        push!(out, "<li class=\"{class}\"><a href=\"#{target}\"><b>{number}</b> {words}</a></li>\n");
    }
    push!(out, "</ul>\n");
    for gap in &dashboard.gaps {
        push!(out, "<p class=\"soft\">{}</p>\n", Prose(gap));
    }
}

/// How many things end within [`SOON`] days, or have ended.
fn n_ending(dashboard: &Dashboard) -> usize {
    let is_soon = |day: jiff::civil::Date| (day - dashboard.today).get_days() <= SOON;
    dashboard.expiries.iter().filter(|it| is_soon(it.day)).count()
}
