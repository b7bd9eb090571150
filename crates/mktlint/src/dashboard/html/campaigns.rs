//! Campaigns, a row each, and how many there are of each tier.

use super::super::chart::bars::{Row, bars};
use super::super::data::{Campaign, Dashboard};
use super::part;
use crate::page::{Escaped, push};

/// The most rows.
const MOST: usize = 2_500;

/// What stands for a campaign without a tier.
const NO_TIER: &str = "no tier";

/// The columns; those of the class `n` hold numbers.
const HEADS: [(&str, &str); 8] = [
    ("Campaign", ""),
    ("Tier", ""),
    ("First sent", ""),
    ("Channels", ""),
    ("Errors", "n"),
    ("Warnings", "n"),
    ("Open", "n"),
    ("Waived", "n"),
];

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    if dashboard.campaigns.is_empty() {
        return part::nothing("No manifest declares a campaign.", out);
    }
    tiers(dashboard, out);
    part::open_form("campaign-list", out);
    push!(out, "<label class=\"check\"><input type=\"checkbox\" name=\"open\"> with findings</label>\n");
    part::close_form(out);
    push!(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Campaigns\">\n");
    push!(out, "<table id=\"campaign-list\" class=\"sortable\">\n<caption>Campaigns</caption>\n<thead><tr>");
    for (head, class) in HEADS {
        push!(out, "<th scope=\"col\" class=\"{class}\">{head}</th>");
    }
    push!(out, "</tr></thead>\n<tbody>\n");
    for (campaign, number) in dashboard.campaigns.iter().take(MOST).zip(1_usize..) {
        row(campaign, number, out);
    }
    push!(out, "</tbody>\n</table>\n</div>\n");
    part::more(dashboard.campaigns.len(), MOST, "campaign", "", out);
}

fn row(campaign: &Campaign, number: usize, out: &mut String) {
    let (id, counts) = (Escaped(&campaign.id), campaign.counts);
    push!(out, "<tr data-n=\"{}\"><th scope=\"row\">", counts.errors + counts.warnings + counts.undecided);
    match campaign.findings.is_empty() {
        true => push!(out, "{id}"),
        false => push!(out, "<a href=\"#c{number}\">{id}</a>"),
    }
    let tier = campaign.tier.as_deref().unwrap_or("–");
    let open =
        if campaign.tier_is_open { " <abbr title=\"a graver tier cannot be excluded\">?</abbr>" } else { "" };
    push!(out, "</th><td>{}{open}</td>", Escaped(tier));
    push!(
        out,
        "<td class=\"short\">{}</td>",
        campaign.first.map_or_else(|| "–".to_owned(), |day| day.to_string())
    );
    let channels: Vec<&str> = campaign.channels.iter().map(smol_str::SmolStr::as_str).collect();
    push!(out, "<td>{}</td>", Escaped(&channels.join(", ")));
    let cells = [
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.undecided, "undecided"),
        (counts.waived, "waived"),
    ];
    for (n, class) in cells {
        let class = if n > 0 { format!("n {class}") } else { "n zero".to_owned() };
        push!(out, "<td class=\"{class}\">{n}</td>");
    }
    push!(out, "</tr>\n");
}

/// How many campaigns each tier has, the gravest last.
fn tiers(dashboard: &Dashboard, out: &mut String) {
    let mut names: Vec<&str> = dashboard.tiers.iter().map(String::as_str).collect();
    if names.is_empty() {
        return;
    }
    let count = |name: &str| {
        dashboard.campaigns.iter().filter(|it| it.tier.as_deref().unwrap_or(NO_TIER) == name).count()
    };
    if count(NO_TIER) > 0 {
        names.push(NO_TIER);
    }
    let rows: Vec<Row> = names
        .iter()
        .map(|name| {
            let n = count(name);
            let title = format!("{name}: {n}");
            Row { label: (*name).to_owned(), sum: n.to_string(), parts: vec![("bar", title, n as u64)] }
        })
        .collect();
    push!(
        out,
        "<h3>Tiers</h3>\n<p>How many campaigns are in each tier, from harmless to grave, with everything in them as new.</p>\n"
    );
    let table = part::table(
        "Tiers",
        &["Tier", "Campaigns"],
        rows.iter().map(|row| vec![row.label.clone(), row.sum.clone()]),
    );
    part::figure(&bars(&rows), "Campaigns by tier", &table, out);
}
