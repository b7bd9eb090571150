//! Which parameters a link must have, must not have, and in which order.

use mktlint_diag::Safety;
use mktlint_hir::model::item::Presence;
use mktlint_measure::utm::tags;
use mktlint_plan::{Allowed, UtmParam};

use super::owner::Convention;
use super::tagged::Tagged;
use super::{Mistake, edit, internal, report};
use crate::judge::Run;

/// Reports what is missing, and what is there without being named.
pub fn check(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    unnamed(run, owner, link);
    if link.has_open_query() || link.is_opt_out() || internal::is_unclear(run) {
        return;
    }
    let params = run.plan.list(owner.utm.params).iter();
    let is_missing = |param: &&UtmParam| {
        let name = run.plan.str(param.name);
        param.presence == Presence::Required && link.pair(name).is_none() && !link.reported.contains(name)
    };
    let missing: Vec<&UtmParam> = params.filter(is_missing).collect();
    if tags(&link.link).next().is_none() && link.reported.is_empty() {
        untagged(run, owner, link, &missing);
    } else {
        for param in missing {
            let name = run.plan.str(param.name);
            let words = format!("the link lacks `utm_{name}`");
            let mistake = Mistake::new(name, link.whole(), words).clause(param.place, "required here");
            let mistake = added(run, link, mistake, &[param]);
            report(run, owner, link, mistake);
        }
    }
}

fn untagged(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>, missing: &[&UtmParam]) {
    let Some(first) = missing.first() else { return };
    let names: Vec<String> =
        missing.iter().map(|param| format!("`utm_{}`", run.plan.str(param.name))).collect();
    let words = match names.as_slice() {
        [one] => format!("the link lacks {one}"),
        names => format!("the link has no tracking parameters; it needs {}", all_of(names)),
    };
    let mistake = Mistake::new("", link.whole(), words).clause(first.place, "required here");
    let mistake = added(run, link, mistake, missing);
    report(run, owner, link, mistake);
}

fn all_of(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(""),
    }
}

/// With help, and a fix when the convention leaves only one value for each of `params`.
fn added(run: &Run<'_>, link: &Tagged<'_>, mistake: Mistake, params: &[&UtmParam]) -> Mistake {
    let pair = |param: &&UtmParam| {
        let value = only_value(run, param)?;
        Some(format!("utm_{}={}", run.plan.str(param.name), edit::escape(&value)))
    };
    let known: Vec<Option<String>> = params.iter().map(pair).collect();
    let shown: Vec<String> = known
        .iter()
        .zip(params)
        .map(|(pair, param)| pair.clone().unwrap_or_else(|| format!("utm_{}=…", run.plan.str(param.name))))
        .collect();
    let mistake = mistake.help(format!("add `{}`", shown.join("&")));
    match known.into_iter().collect::<Option<Vec<String>>>() {
        Some(pairs) => {
            let text = edit::with(link.text, &pairs);
            mistake.fix(format!("add `{}`", pairs.join("&")), Safety::Safe, link.whole(), &text)
        }
        None => mistake,
    }
}

/// The value that `param` must have, when there is only one.
fn only_value(run: &Run<'_>, param: &UtmParam) -> Option<String> {
    match param.allowed {
        Allowed::OneOf(values) => match run.plan.list(values) {
            [one] => Some(run.plan.str(*one).to_owned()),
            _ => None,
        },
        Allowed::Equal(code) => super::param::text_of(run, code).ok(),
        _ => None,
    }
}

/// Parameters that the convention does not name.
fn unnamed(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    if owner.utm.others_allowed {
        return;
    }
    let named: Vec<&str> =
        run.plan.list(owner.utm.params).iter().map(|param| run.plan.str(param.name)).collect();
    let others: Vec<(String, std::ops::Range<usize>)> = tags(&link.link)
        .filter_map(|(reading, pair)| Some((reading.key()?.short_name().to_owned(), pair.range.clone())))
        .filter(|(name, _)| !named.contains(&name.as_str()))
        .collect();
    for (name, range) in others {
        if link.reported.contains(name.as_str()) {
            continue;
        }
        let words = format!("`utm_{name}` is not part of the convention");
        let text = edit::without(link.text, std::slice::from_ref(&range));
        let mistake = Mistake::new(name.as_str(), range, words)
            .help(format!("remove it, or add `{name} optional` to the convention"))
            .fix(format!("remove `utm_{name}`"), Safety::Unsafe, link.whole(), &text);
        report(run, owner, link, mistake);
    }
}

/// Reports parameters that stand in another order than the convention has them.
pub fn order(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    let order: Vec<&str> = run.plan.strs(owner.utm.order).collect();
    let rank =
        |key: &str| key.strip_prefix("utm_").and_then(|name| order.iter().position(|own| *own == name));
    let found = || link.link.query.iter().filter_map(|pair| Some((rank(pair.key.text())?, pair)));
    let mut greatest = 0;
    let wrong = found().find(|(rank, _)| {
        let is_early = *rank < greatest;
        greatest = greatest.max(*rank);
        is_early
    });
    let Some((_, pair)) = wrong else { return };
    let key = pair.key.text().to_owned();
    let range = pair.range.clone();
    let wanted: Vec<String> = order.iter().map(|name| format!("utm_{name}")).collect();
    // Parameters without a place in the order stay in front.
    let text = edit::sorted(link.text, |key| rank(key).map_or(0, |rank| rank + 1));
    let mistake = Mistake::new("", range, format!("`{key}` stands too late"))
        .help(format!("the order is {}", wanted.join(", ")))
        .fix("put the parameters in order".into(), Safety::Safe, link.whole(), &text);
    report(run, owner, link, mistake);
}
