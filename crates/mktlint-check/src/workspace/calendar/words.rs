//! Words that caps and quiet hours share.

use std::fmt::Write as _;

use jiff::civil::{DateTime, Time};
use mktlint_decide::{Undecided, UndecidedKind, Witness};
use mktlint_diag::{Diagnostic, Label, Place};
use mktlint_hir::model::expr::Length;
use mktlint_plan::{Cap, Datum, Head, Plan, Segment, Value};

use crate::judge::Reason;

/// How many things a list names before it says how many more there are.
const MOST_NAMED: usize = 8;

/// The last word of the declaration's name.
pub fn short<'p>(plan: &'p Plan, head: &Head) -> &'p str {
    crate::people::short(plan.str(head.name))
}

/// `7 days`, `day`: what follows "per".
pub fn length(per: Length) -> String {
    let words = Value::Known(Datum::Duration(per)).to_string();
    words.strip_prefix("1 ").filter(|rest| !rest.contains(' ')).map_or(words.clone(), str::to_owned)
}

/// `3 email`, `3 messages of email or push`, `1 message`.
pub fn amount(plan: &Plan, cap: &Cap, n: usize) -> String {
    let channels: Vec<&str> = plan.strs(cap.channels).collect();
    let messages = if n == 1 { "message" } else { "messages" };
    match channels.as_slice() {
        [] => format!("{n} {messages}"),
        [one] => format!("{n} {one}"),
        many => format!("{n} {messages} of {}", many.join(" or ")),
    }
}

/// A finding of the declaration with `head`, with its reason and help.
pub fn finding(plan: &Plan, head: &Head, place: Place, words: String) -> Diagnostic {
    let mut found = Diagnostic::finding(plan.str(head.name), head.level, place, words);
    found.why = head.because.map(|because| plan.str(because).to_owned());
    found.help.extend(help(plan, head));
    found
}

/// The help that the policy gives, when it is the same for every campaign.
pub fn help(plan: &Plan, head: &Head) -> Option<String> {
    let segments = plan.list(head.help?.0).iter();
    segments
        .map(|segment| match segment {
            Segment::Text(text) => Some(plan.str(*text)),
            Segment::Code(_) => None,
        })
        .collect()
}

/// `20:00`
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `2026-11-22`, or with the time `2026-11-22 09:00`.
pub fn moment(at: DateTime, with_time: bool) -> String {
    if with_time { format!("{} {}", at.date(), clock(at.time())) } else { at.date().to_string() }
}

/// `a, b and c`; of many the first, and how many more there are.
pub fn list(items: &[String]) -> String {
    let (named, more) = items.split_at(items.len().min(MOST_NAMED));
    let mut words = String::new();
    for (at, item) in named.iter().enumerate() {
        let joint = match at {
            0 => "",
            _ if at + 1 == items.len() => " and ",
            _ => ", ",
        };
        let _ = write!(words, "{joint}{item}");
    }
    if !more.is_empty() {
        let _ = write!(words, " and {} more", more.len());
    }
    words
}

/// `for example { country: US }`
pub fn example(plan: &Plan, witness: &Witness, now: DateTime) -> String {
    if witness.values.is_empty() {
        return "for example anybody at all".to_owned();
    }
    format!("for example {}", witness.show(&plan.people.schema, now))
}

/// Why a question about `whom` has no answer.
pub fn reason(undecided: &Undecided, whom: &str) -> Reason {
    match &undecided.kind {
        UndecidedKind::NotUnderstood(why) => {
            let why: Vec<String> = why.iter().map(ToString::to_string).collect();
            format!("it hangs on {whom}, and that cannot be decided: {}", why.join("; ")).into()
        }
        UndecidedKind::TooComplex => format!("{whom} is too complex to decide").into(),
    }
}

/// Shows the conditions that the answer hangs on.
pub fn show_origins(plan: &Plan, undecided: &Undecided, found: &mut Diagnostic) {
    for origin in undecided.origins.iter().take(MOST_NAMED) {
        if let Some(place) = plan.origin(origin) {
            found.secondary.push(Label { place, text: "it hangs on this".into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_behind_per() {
        let check = |per, expected: &str| assert_eq!(length(per), expected);
        check(Length { days: 1, ..Length::default() }, "day");
        check(Length { days: 7, ..Length::default() }, "7 days");
        check(Length { months: 1, days: 1, ..Length::default() }, "1 month 1 day");
        check(Length { seconds: 129_600, ..Length::default() }, "36 hours");
    }

    #[test]
    fn lists_end() {
        let items = |n: usize| (1..=n).map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(list(&items(1)), "1");
        assert_eq!(list(&items(3)), "1, 2 and 3");
        assert_eq!(list(&items(8)), "1, 2, 3, 4, 5, 6, 7 and 8");
        assert_eq!(list(&items(10)), "1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
    }
}
