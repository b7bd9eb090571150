//! Findings by campaign: how many, and which.

use super::super::chart::bars::{Row, bars};
use super::super::data::{Campaign, Counts, Dashboard, Finding, Standing};
use super::part;
use crate::page::{Escaped, Prose, push};

/// The most campaigns in the drawing.
const MOST_BARS: usize = 15;
/// The most findings that are listed of one campaign.
const MOST_OF_ONE: usize = 25;
/// The most findings that are listed of all.
const MOST_OF_ALL: usize = 2_000;

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    let with: Vec<(usize, &Campaign)> =
        (1..).zip(&dashboard.campaigns).filter(|(_, campaign)| !campaign.findings.is_empty()).collect();
    if with.is_empty() && dashboard.elsewhere.is_empty() {
        return part::nothing("Nothing was found.", out);
    }
    chart(&with, out);
    form(out);
    let mut left = MOST_OF_ALL;
    push!(out, "<div id=\"finding-list\">\n");
    for (number, campaign) in &with {
        let how = format!("mktlint check {}", folder(&campaign.file));
        list(&format!("c{number}"), &campaign.id, &campaign.findings, &how, &mut left, out);
    }
    if !dashboard.elsewhere.is_empty() {
        list("elsewhere", "files of no campaign", &dashboard.elsewhere, "mktlint check", &mut left, out);
    }
    push!(out, "</div>\n");
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

/// The campaigns with the most that counts.
fn chart(with: &[(usize, &Campaign)], out: &mut String) {
    let mut worst: Vec<&Campaign> = with.iter().map(|(_, campaign)| *campaign).collect();
    worst.sort_by_key(|it| {
        std::cmp::Reverse((it.counts.errors, it.counts.undecided, it.counts.warnings, it.counts.total()))
    });
    let n_all = worst.len();
    worst.truncate(MOST_BARS);
    let rows: Vec<Row> = worst.iter().map(|campaign| bar(campaign)).collect();
    part::legend(&SORTS.map(|(class, word)| (class, "", word)), out);
    let heads = ["Campaign", "Errors", "Need a person", "Warnings", "Infos", "Waived", "Baseline"];
    let cells = worst.iter().map(|campaign| {
        let numbers = numbers(campaign.counts).map(|n| n.to_string());
        std::iter::once(campaign.id.to_string()).chain(numbers).collect()
    });
    let table = part::table("Findings by campaign", &heads, cells);
    part::figure(&bars(&rows), "Findings by campaign", &table, out);
    part::more(n_all, MOST_BARS, "campaign", "", out);
}

/// The sorts of findings, in the order of bars.
const SORTS: [(&str, &str); 6] = [
    ("error", "error"),
    ("undecided", "needs a person"),
    ("warning", "warning"),
    ("info", "info"),
    ("waived", "waived"),
    ("baselined", "in the baseline"),
];

fn numbers(counts: Counts) -> [usize; 6] {
    [counts.errors, counts.undecided, counts.warnings, counts.infos, counts.waived, counts.baselined]
}

fn bar(campaign: &Campaign) -> Row {
    let part = |((class, word), n): ((&'static str, &str), usize)| {
        (class, format!("{}: {n} × {word}", campaign.id), n as u64)
    };
    Row {
        label: campaign.id.to_string(),
        sum: campaign.counts.total().to_string(),
        parts: SORTS.into_iter().zip(numbers(campaign.counts)).map(part).collect(),
    }
}

fn form(out: &mut String) {
    part::open_form("finding-list", out);
    push!(out, "<label>Sort <select name=\"sort\"><option value=\"\">all</option>");
    for (class, word) in SORTS {
        push!(out, "<option value=\"{class}\">{word}</option>");
    }
    push!(out, "</select></label>\n");
    part::close_form(out);
}

fn list(id: &str, name: &str, findings: &[Finding], how: &str, left: &mut usize, out: &mut String) {
    let counts = Counts::of(findings);
    let n_shown = findings.len().min(MOST_OF_ONE).min(*left);
    *left -= n_shown;
    let class =
        SORTS.into_iter().zip(numbers(counts)).find(|(_, n)| *n > 0).map_or("calm", |((class, _), _)| class);
    push!(out, "<details class=\"card {class}\" id=\"{id}\"><summary><h3>{}</h3> ", Escaped(name));
    let words = SORTS.into_iter().zip(numbers(counts)).filter(|(_, n)| *n > 0);
    let words: Vec<String> =
        words.map(|((class, word), n)| format!("<span class=\"{class}\">{n} × {word}</span>")).collect();
    push!(out, "{}</summary>\n", words.join(" "));
    if n_shown > 0 {
        push!(out, "<ul class=\"found\">\n");
        findings.iter().take(n_shown).for_each(|it| finding(it, out));
        push!(out, "</ul>\n");
    }
    part::more(findings.len(), n_shown, "finding", how, out);
    push!(out, "</details>\n");
}

fn finding(it: &Finding, out: &mut String) {
    let (class, why) = match &it.standing {
        Standing::Counts => (it.level.as_str(), None),
        Standing::Undecided => ("undecided", None),
        Standing::Baselined => ("baselined", None),
        Standing::Waived(because) => ("waived", Some(because)),
    };
    let word = SORTS.into_iter().find(|(own, _)| *own == class).map_or(class, |(_, word)| word);
    push!(out, "<li data-sort=\"{class}\"><b class=\"{class}\">{word}</b> {}", Prose(&it.message));
    if let Some(because) = why.filter(|because| !because.is_empty()) {
        push!(out, " <em>waived: {}</em>", Escaped(because));
    }
    push!(out, "<br><small><code>{}</code> {}</small></li>\n", Escaped(&it.rule), Escaped(&it.at));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_and_say_so() {
        let finding = Finding {
            level: mktlint_diag::Level::Error,
            rule: "a.b".into(),
            message: "`x` <y>".into(),
            at: "a.md:1".into(),
            standing: Standing::Counts,
        };
        let findings = vec![finding; 30];
        let (mut out, mut left) = (String::new(), 40);
        list("c1", "a", &findings, "mktlint check a", &mut left, &mut out);
        assert_eq!(out.matches("<li data-sort=\"error\">").count(), 25);
        assert!(out.contains("and 5 more of 30 findings; <code>mktlint check a</code> shows all"), "{out}");
        list("c2", "b", &findings, "mktlint check b", &mut left, &mut out);
        assert_eq!((out.matches("<li data-sort=\"error\">").count(), left), (40, 0));
        assert!(out.contains("<code>x</code> &lt;y&gt;"));
        assert_eq!(folder("a/b/c.yaml"), "a/b");
    }
}
