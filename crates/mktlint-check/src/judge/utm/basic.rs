//! What is wrong with a link whatever the convention says.

use mktlint_diag::Safety;
use mktlint_measure::utm::{Leak, Problem, problems, tidy_value};
use mktlint_plan::Allowed;

use super::owner::Convention;
use super::tagged::Tagged;
use super::{Mistake, edit, report};
use crate::judge::Run;

/// Reports what `mktlint-measure` finds wrong with the link. Values that the convention lists are left to it; which
/// parameters must be there is its business alone.
pub fn check(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    for problem in problems(&link.link) {
        let hides = matches!(problem, Problem::SecondQuestionMark { .. });
        if problem.key().is_some_and(|key| link.reported.contains(key.short_name())) {
            continue;
        }
        if let Some(mistake) = mistake(run, owner, link, &problem) {
            report(run, owner, link, mistake);
        }
        link.is_unreadable |= hides;
    }
}

fn mistake(run: &Run<'_>, owner: &Convention<'_>, link: &Tagged<'_>, problem: &Problem) -> Option<Mistake> {
    let name = problem.key().map_or("", |key| key.short_name());
    let written = link.text.get(problem.range().clone()).unwrap_or_default();
    let at = |words: String| Mistake::new(name, problem.range().clone(), words);
    Some(match problem {
        Problem::Missing { .. } | Problem::Charset { .. } => return None,
        Problem::EmptyValue { key, .. } => {
            at(format!("`{key}` has no value")).help(format!("write `{key}=…`, or remove it"))
        }
        Problem::UnknownKey { range } => return unknown_key(run, owner, written, range.clone()),
        Problem::Misspelt { meant, range } | Problem::WrongCase { meant, range } => {
            at(format!("`{written}` is no tracking parameter; reports ignore it"))
                .help(format!("did you mean `{meant}`?"))
                .fix(format!("write `{meant}`"), Safety::Safe, range.clone(), meant.name())
        }
        Problem::EncodedAmpersand { key, range } => at(format!(
            "`&amp;` before `{key}` is read as part of its name"
        ))
        .help("write `&`")
        .fix("write `&`".into(), Safety::Safe, range.clone(), ""),
        Problem::Duplicate { key, range, is_same, .. } => {
            duplicate(link, at, key.name(), range.clone(), *is_same)
        }
        Problem::AfterFragment { key, .. } => after_fragment(link, at, key.name()),
        Problem::SecondQuestionMark { range } => Mistake::new(
            "",
            range.clone(),
            "the second `?` is read as part of a value, and so is all behind it".into(),
        )
        .help("write `&`")
        .fix("write `&`".into(), Safety::Safe, range.clone(), "&"),
        Problem::DoubleEncoded { key, .. } => {
            tidied(link, at(format!("the value of `{key}` is escaped twice")), name)
        }
        Problem::UpperCase { key, .. } => {
            if is_listed(run, owner, name) {
                return None;
            }
            let words = format!("`{key}={written}` is another value than in lower case");
            tidied(link, at(words), name)
        }
        Problem::WhiteSpace { key, .. } => {
            if is_listed(run, owner, name) {
                return None;
            }
            tidied(link, at(format!("the value of `{key}` has white space")), name)
        }
        Problem::PersonalData { leak, range } => {
            let what = match leak {
                Leak::Email => "an email address",
                Leak::Phone => "a phone number",
                Leak::Key | Leak::Placeholder => "personal data",
            };
            let key = format!("leak@{}", range.start);
            Mistake::new(key, range.clone(), format!("the link hands {what} to everyone who logs it"))
                .help("use an id that means nothing outside, or remove it")
        }
    })
}

/// `utm_audience`, which a convention may name all the same.
fn unknown_key(
    run: &Run<'_>,
    owner: &Convention<'_>,
    key: &str,
    range: std::ops::Range<usize>,
) -> Option<Mistake> {
    let name = key.get(4..).unwrap_or(key);
    let is_named = run.plan.list(owner.utm.params).iter().any(|param| run.plan.str(param.name) == name);
    let words = format!("`{key}` is no tracking parameter; reports ignore it");
    (!is_named && !owner.utm.others_allowed).then(|| Mistake::new(name, range, words).help("remove it"))
}

fn duplicate(
    link: &Tagged<'_>,
    at: impl Fn(String) -> Mistake,
    key: &str,
    range: std::ops::Range<usize>,
    is_same: bool,
) -> Mistake {
    if !is_same {
        return at(format!("`{key}` stands twice with different values")).help("keep the one that is meant");
    }
    let text = edit::without(link.text, &[range]);
    at(format!("`{key}` stands twice")).help("remove the second").fix(
        format!("remove the second `{key}`"),
        Safety::Safe,
        link.whole(),
        &text,
    )
}

fn after_fragment(link: &Tagged<'_>, at: impl Fn(String) -> Mistake, key: &str) -> Mistake {
    let mistake = at(format!("`{key}` stands behind the `#`, where no report reads it"))
        .help("put the parameters before the `#`");
    let Some(fragment) = link.link.fragment.as_ref().map(|fragment| fragment.range()) else { return mistake };
    let words = link.text.get(fragment.clone()).unwrap_or_default();
    let address = link.text.get(..fragment.start.saturating_sub(1)).unwrap_or_default();
    let (anchor, tags) = match words.split_once('?') {
        Some((anchor, tags)) => (format!("#{anchor}"), tags),
        None => (String::new(), words),
    };
    let pairs: Vec<String> = tags.split('&').map(str::to_owned).collect();
    let text = edit::with(address, &pairs) + &anchor;
    mistake.fix("put the parameters before the `#`".into(), Safety::Safe, link.whole(), &text)
}

/// With the tidy value as help and fix, where there is one.
fn tidied(link: &Tagged<'_>, mistake: Mistake, name: &str) -> Mistake {
    let value = link.pair(name).and_then(|pair| pair.value.as_ref());
    match value.and_then(|value| Some((value.range(), tidy_value(&link.link, value)?))) {
        Some((range, tidy)) => {
            mistake.help(format!("write `{tidy}`")).fix(format!("write `{tidy}`"), Safety::Safe, range, &tidy)
        }
        None => mistake,
    }
}

/// Whether the convention itself says what the values of `name` are.
fn is_listed(run: &Run<'_>, owner: &Convention<'_>, name: &str) -> bool {
    let params = run.plan.list(owner.utm.params);
    params.iter().any(|param| run.plan.str(param.name) == name && param.allowed != Allowed::Any)
}
