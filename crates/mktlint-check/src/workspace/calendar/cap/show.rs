//! What is said of messages that are too many together.

use std::ops::Range;

use mktlint_decide::{Undecided, UndecidedKind};
use mktlint_diag::Diagnostic;
use mktlint_plan::{Cap, Plan};

use super::super::{window, words};
use super::burden::Burdened;
use super::count::{Counted, Unplaced};
use crate::judge::{Reason, undecided};

/// How many other messages are shown where their manifests speak of them.
const MOST_SHOWN: usize = 8;

/// A cap and the messages that it counts.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    pub plan: &'a Plan,
    pub cap: &'a Cap,
    pub counted: &'a [Counted<'a>],
}

impl<'a> Show<'a> {
    /// Somebody gets too much.
    pub fn excess(self, burdened: &Burdened) -> Option<Diagnostic> {
        let latest = self.messages(burdened).next_back()?;
        let name = words::short(self.plan, &self.cap.head);
        let n = burdened.messages.len();
        let message = format!("`{name}` allows {}; somebody can get {n}", self.limit());
        let mut found = words::finding(self.plan, &self.cap.head, latest.send.place().clone(), message);
        found.primary.text = format!("the last of {n}");
        self.add_person(&mut found, burdened, latest);
        found.help.extend(self.later(burdened, latest));
        Some(self.with_places(found, burdened, latest))
    }

    /// Somebody may get too much, and what that hangs on.
    pub fn doubt(self, burdened: &Burdened) -> Option<Diagnostic> {
        let mut latest_first = self.messages(burdened).rev();
        let (doubtful, reason) = latest_first.find_map(|it| Some((it, it.doubt.clone()?)))?;
        let n = burdened.messages.len();
        let id = &doubtful.send.fact.id;
        let words = format!("somebody gets {} if `{id}` counts, and {}", self.amount(n), reason.words);
        let reason = Reason { words, ..reason };
        let mut found = undecided(self.plan, &self.cap.head, doubtful.send.place().clone(), reason);
        self.add_person(&mut found, burdened, doubtful);
        Some(found)
    }

    /// Whether somebody gets too much of the messages in `window` has no answer.
    pub fn undecided(self, window: Range<usize>, problem: &Undecided) -> Option<Diagnostic> {
        let inside = self.counted.get(window)?;
        let (first, last) = (inside.first()?, inside.last()?);
        let words = match &problem.kind {
            UndecidedKind::NotUnderstood(_) => {
                words::reason(problem, &format!("whether somebody gets more than {}", self.limit())).words
            }
            UndecidedKind::TooComplex => format!(
                "the audiences of {} messages from {} to {} are too complex together",
                inside.len(),
                self.moment(first),
                self.moment(last)
            ),
        };
        let mut found = undecided(self.plan, &self.cap.head, last.send.place().clone(), words.into());
        words::show_origins(self.plan, problem, &mut found);
        Some(found)
    }

    /// A message counts, but nobody knows when.
    pub fn unplaced(self, unplaced: &Unplaced<'_>) -> Diagnostic {
        let Unplaced { send, reason } = unplaced;
        let words = format!("it allows {}, and {}", self.limit(), reason.words);
        let reason = Reason { words, ..reason.clone() };
        undecided(self.plan, &self.cap.head, send.place().clone(), reason)
    }

    fn messages(self, burdened: &Burdened) -> impl DoubleEndedIterator<Item = &'a Counted<'a>> {
        burdened.messages.iter().filter_map(move |number| self.counted.get(*number))
    }

    /// `3 email per 7 days`
    fn limit(self) -> String {
        self.amount(self.cap.at_most as usize)
    }

    fn amount(self, n: usize) -> String {
        format!("{} per {}", words::amount(self.plan, self.cap, n), words::length(self.cap.per))
    }

    fn moment(self, counted: &Counted<'_>) -> String {
        words::moment(counted.local, !window::is_by_days(self.cap.per))
    }

    fn add_person(self, found: &mut Diagnostic, burdened: &Burdened, at: &Counted<'_>) {
        found.notes.push(words::example(self.plan, &burdened.witness, at.local));
        found.notes.push(format!("who gets {}", self.dated(burdened)));
    }

    /// `` `a` on 2026-11-23 and `b` on 2026-11-25 (2 messages) ``
    fn dated(self, burdened: &Burdened) -> String {
        let mut dated: Vec<(String, usize)> = Vec::new();
        for it in self.messages(burdened) {
            let words = format!("`{}` on {}", it.send.fact.id, self.moment(it));
            match dated.last_mut() {
                Some((last, n)) if *last == words => *n += 1,
                _ => dated.push((words, 1)),
            }
        }
        let several = |(words, n)| if n > 1 { format!("{words} ({n} messages)") } else { words };
        words::list(&dated.into_iter().map(several).collect::<Vec<_>>())
    }

    fn with_places(self, mut found: Diagnostic, burdened: &Burdened, latest: &Counted<'_>) -> Diagnostic {
        for audience in latest.send.fact.audience_on(latest.send.message.channel.as_deref()) {
            found = found.also_at(audience.place.clone(), "can include this person");
        }
        let others: Vec<_> = self.messages(burdened).rev().skip(1).collect();
        let mut shown = vec![latest.send.place()];
        for other in others.into_iter().take(MOST_SHOWN) {
            let place = other.send.place();
            if !shown.contains(&place) {
                shown.push(place);
                found =
                    found.also_at(place.clone(), format!("`{}` goes to the same person", other.send.fact.id));
            }
        }
        found.also_at(self.plan.place(self.cap.at_most_place), "capped here")
    }

    /// When the last of the messages would not be too much for this person.
    fn later(self, burdened: &Burdened, latest: &Counted<'_>) -> Option<String> {
        let id = &latest.send.fact.id;
        // Without the first of them up to this one there is room for the last.
        let over = self
            .messages(burdened)
            .nth(burdened.messages.len().checked_sub(self.cap.at_most as usize + 1)?)?;
        if over.send.campaign == latest.send.campaign && over.position == latest.position {
            return Some(format!("send fewer messages with `{id}`"));
        }
        let keep_out = format!("keep these people out of `{id}`");
        let day = window::end(over.position, self.cap.per).filter(|_| window::is_by_days(self.cap.per));
        Some(match day {
            Some(day) => format!("{keep_out}, or send it on {} or later", day.date()),
            None => format!("{keep_out}, or send it later"),
        })
    }
}
