//! The report as one HTML page that needs nothing else.
//!
//! Whole without its script, which filters and sorts. Each drawing has a table beside it. Lists are cut where a page
//! would grow too large for a browser to be quick with, and say so.

mod audiences;
mod calendar;
mod campaigns;
mod decisions;
mod expiry;
mod findings;
mod flow;
mod part;
mod summary;

use super::data::Dashboard;
use crate::page::{Escaped, head, push};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// SHA-256 of [`SCRIPT`], as a content security policy names it.
const SCRIPT_HASH: &str = "sha256-g1j9ZPVJDJ9nsAiRSTsD/K5ATLZJM237ZDFeE2eU3sY=";

/// A section: its anchor, its heading, and what writes what is below.
type Section = (&'static str, &'static str, fn(&Dashboard, &mut String));

const SECTIONS: [Section; 7] = [
    ("campaigns", "Campaigns", campaigns::section),
    ("findings", "Findings", findings::section),
    ("calendar", "Calendar", calendar::section),
    ("audiences", "Audiences", audiences::section),
    ("ends", "What ends", expiry::section),
    ("flow", "How work flows", flow::section),
    ("decisions", "Decisions", decisions::section),
];

/// The page.
pub fn document(dashboard: &Dashboard) -> String {
    let name = Escaped(&dashboard.name);
    let mut out = head(&format!("Report of {}", dashboard.name), STYLE, SCRIPT_HASH);
    push!(out, "<a class=\"skip\" href=\"#report\">To the report</a>\n<header>\n<h1>Report of {name}</h1>\n");
    push!(out, "<p class=\"soft\">Judged as of <time>{}</time>.</p>\n", dashboard.today);
    summary::tiles(dashboard, &mut out);
    push!(out, "</header>\n<div class=\"page\">\n<nav aria-labelledby=\"contents\">\n");
    push!(out, "<h2 id=\"contents\">Sections</h2>\n<ul>\n");
    for (id, title, _) in SECTIONS {
        push!(out, "<li><a href=\"#{id}\">{title}</a></li>\n");
    }
    push!(out, "</ul>\n</nav>\n<main id=\"report\">\n");
    for (id, title, section) in SECTIONS {
        push!(
            out,
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>\n"
        );
        section(dashboard, &mut out);
        push!(out, "</section>\n");
    }
    push!(out, "</main>\n</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dashboard::data::{Calendar, Campaign, Counts, Finding, Overlap, Standing};

    #[test]
    fn many_campaigns_make_a_page_that_browsers_are_quick_with() {
        let finding = |n: usize| Finding {
            level: mktlint_diag::Level::Warning,
            rule: "std.us.can_spam.unsubscribe_present".into(),
            message: format!("commercial mail must let the reader leave: a link that takes the request {n}"),
            at: format!("campaigns/2026-11-campaign-{n}/email.html:12"),
            standing: Standing::Counts,
        };
        let campaign = |n: usize| {
            let findings: Vec<Finding> = (0..20).map(finding).collect();
            Campaign {
                id: format!("2026-11-a-campaign-with-a-long-name-{n}").into(),
                file: format!("campaigns/2026-11-a-campaign-with-a-long-name-{n}/campaign.yaml")
                    .as_str()
                    .into(),
                tier: Some("medium".into()),
                tier_is_open: false,
                channels: vec!["email".into(), "sms".into(), "push".into()],
                first: Some(date(2026, 11, 27)),
                counts: Counts::of(&findings),
                findings,
            }
        };
        let dashboard = Dashboard {
            name: "acme".into(),
            today: date(2026, 11, 22),
            campaigns: (0..2_000).map(campaign).collect(),
            elsewhere: Vec::new(),
            tiers: vec!["low".into(), "medium".into()],
            overlap: Overlap::default(),
            calendar: Calendar::default(),
            expiries: Vec::new(),
            flow: Err("there is no history".into()),
            decisions: Err("there is no repository".into()),
            gaps: Vec::new(),
        };
        let page = document(&dashboard);
        assert!(page.len() < 2_000_000, "{} bytes", page.len());
        assert!(page.contains("and 20 more of 20 findings"));
    }

    #[test]
    fn the_policy_of_the_page_names_its_script() {
        assert_eq!(SCRIPT_HASH, crate::page::hash_of(SCRIPT));
    }
}
