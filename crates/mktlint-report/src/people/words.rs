//! Wording that several formats share.

use mktlint_diag::{Diagnostic, Fix, Safety, Waived};

use crate::model::{Counts, Summary};

/// The word that marks a finding that does not count or was not judged: `waived`, `baselined`, `undecided`.
pub(crate) fn mark(finding: &Diagnostic) -> Option<&'static str> {
    match finding {
        _ if finding.waived.is_some() => Some("waived"),
        _ if finding.baselined => Some("baselined"),
        _ if finding.undecided => Some("undecided"),
        _ => None,
    }
}

/// The message, with its mark in front: `(waived) …`.
pub(crate) fn marked_message(finding: &Diagnostic) -> String {
    match mark(finding) {
        Some(mark) => format!("({mark}) {}", finding.message),
        None => finding.message.clone(),
    }
}

/// The flag that applies `fix`.
pub(crate) fn flag(fix: &Fix) -> &'static str {
    match fix.safety {
        Safety::Safe => "--fix",
        Safety::Unsafe => "--unsafe-fixes",
    }
}

/// `text` with what stands between backticks as code. `escape` makes each part safe; it gets no backticks,
/// of which one without its partner is written as `tick`.
pub(crate) fn with_code(text: &str, escape: impl Fn(&str) -> String, tick: &str) -> String {
    let parts: Vec<String> = text.split('`').map(escape).collect();
    if parts.len().is_multiple_of(2) {
        return parts.join(tick);
    }
    let code = |(index, part): (usize, String)| match index % 2 {
        0 => part,
        _ => format!("<code>{part}</code>"),
    };
    parts.into_iter().enumerate().map(code).collect()
}

/// `"the reason", until 2027-01-31, by brand`.
pub(crate) fn waiver(waived: &Waived) -> String {
    let until = waived.until.as_ref().map(|until| format!(", until {until}"));
    let owner = waived.owner.as_ref().map(|owner| format!(", by {owner}"));
    format!("\"{}\"{}{}", waived.because, until.unwrap_or_default(), owner.unwrap_or_default())
}

/// `3 errors, 2 warnings, 1 undecided`, or `no findings`.
pub(crate) fn tally(counts: &Counts) -> String {
    let parts = [
        counted(counts.errors, "error"),
        counted(counts.warnings, "warning"),
        counted(counts.infos, "info"),
        named(counts.undecided, "undecided"),
        named(counts.waived, "waived"),
        named(counts.baselined, "baselined"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no findings".into() } else { parts.join(", ") }
}

/// `2 waived, 1 baselined`.
pub(crate) fn uncounted(n_waived: usize, n_baselined: usize) -> String {
    let parts = [named(n_waived, "waived"), named(n_baselined, "baselined")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn named(n: usize, word: &str) -> Option<String> {
    (n > 0).then(|| format!("{n} {word}"))
}

fn counted(n: usize, word: &str) -> Option<String> {
    (n > 0).then(|| plural(n, word))
}

/// `1 error`, `2 errors`.
pub(crate) fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// `40 assets judged: 3 errors, 2 warnings; 2 fixable with --fix; 120 rules in force`, without the time.
pub(crate) fn summary(summary: &Summary, counts: &Counts) -> String {
    let mut parts = vec![format!("{}: {}", scope(summary), tally(counts))];
    parts.extend(fixable(counts));
    parts.push(format!("{} in force", plural(summary.n_rules, "rule")));
    parts.join("; ")
}

fn scope(summary: &Summary) -> String {
    match (summary.n_assets, summary.n_policies) {
        (0, 1) => "1 policy checked".into(),
        (0, n) if n > 0 => format!("{n} policies checked"),
        (n, _) => format!("{} judged", plural(n, "asset")),
    }
}

fn fixable(counts: &Counts) -> Option<String> {
    match (counts.fixable, counts.unsafely_fixable) {
        (0, 0) => None,
        (n, 0) => Some(format!("{n} fixable with --fix")),
        (0, n) => Some(format!("{n} fixable with --unsafe-fixes")),
        (n, more) => Some(format!("{n} fixable with --fix, {more} more with --unsafe-fixes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_there_is() {
        let run = Summary { n_assets: 40, n_rules: 120, ..Summary::default() };
        let counts = Counts { errors: 3, warnings: 2, undecided: 1, fixable: 2, ..Counts::default() };
        let expected =
            "40 assets judged: 3 errors, 2 warnings, 1 undecided; 2 fixable with --fix; 120 rules in force";
        assert_eq!(summary(&run, &counts), expected);
    }

    #[test]
    fn policies_alone_are_checked_not_judged() {
        let run = Summary { n_policies: 1, n_rules: 1, ..Summary::default() };
        assert_eq!(summary(&run, &Counts::default()), "1 policy checked: no findings; 1 rule in force");
    }
}
