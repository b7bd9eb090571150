//! `cap`: messages that together are too many for somebody.

mod burden;
mod count;
mod show;

use std::ops::Range;

use jiff::civil::DateTime;
use mktlint_decide::{Contact, UndecidedKind};
use mktlint_diag::Diagnostic;
use mktlint_plan::Cap;

use super::{Calendar, window};
use burden::{Burdened, Load};
use count::{Counted, count};
use show::Show;

/// How many windows of one cap may be too complex before the others are left alone, so that a run ends. A guess.
const MOST_COMPLEX: usize = 4;

/// Judges the calendar by a cap: of each window in which somebody can get too much, the message that is the last of too
/// many.
pub fn judge(calendar: &mut Calendar<'_, '_>, cap: &Cap, found: &mut Vec<Diagnostic>) {
    let (counted, unplaced) = count(calendar, cap);
    if counted.len() + unplaced.len() <= cap.at_most as usize {
        return;
    }
    let show = Show { plan: calendar.plan, cap, counted: &counted };
    found.extend(unplaced.iter().map(|it| show.unplaced(it)));
    let sure: Vec<Counted<'_>> = counted.iter().filter(|it| it.doubt.is_none()).cloned().collect();
    let broken = Sweep::new(calendar, cap, &sure, None).run(found);
    if sure.len() < counted.len() {
        Sweep::new(calendar, cap, &counted, Some(broken)).run(found);
    }
}

/// The first and the last position of messages of which somebody surely gets too many.
type Broken = Vec<(DateTime, DateTime)>;

/// A window that slides over the calendar.
struct Sweep<'v, 'c, 's> {
    calendar: &'v mut Calendar<'c, 's>,
    cap: &'v Cap,
    counted: &'v [Counted<'c>],
    /// Whether only messages matter that may not count after all.
    doubtful: bool,
    broken: Broken,
    /// Messages before this one were part of a window that was reported; they matter together with later ones alone.
    settled: usize,
    /// Who got too much in the last such window, and often does in the next one as well.
    known: Option<Contact>,
    n_complex: usize,
}

impl<'v, 'c, 's> Sweep<'v, 'c, 's> {
    /// Over messages that surely count, or over all when it is known which windows are `broken` in any case.
    fn new(
        calendar: &'v mut Calendar<'c, 's>,
        cap: &'v Cap,
        counted: &'v [Counted<'c>],
        broken: Option<Broken>,
    ) -> Self {
        let doubtful = broken.is_some();
        let broken = broken.unwrap_or_default();
        Self { calendar, cap, counted, doubtful, broken, settled: 0, known: None, n_complex: 0 }
    }

    fn run(mut self, found: &mut Vec<Diagnostic>) -> Broken {
        let positions: Vec<DateTime> = self.counted.iter().map(|it| it.position).collect();
        for window in window::windows(&positions, self.cap.per) {
            if self.n_complex >= MOST_COMPLEX {
                break;
            }
            if self.doubtful && self.is_broken(&window) {
                continue;
            }
            if let Some(finding) = self.judge(window.clone()) {
                found.push(finding);
                self.settled = window.end;
            }
        }
        self.broken
    }

    fn judge(&mut self, window: Range<usize>) -> Option<Diagnostic> {
        let (counted, settled, doubtful) = (self.counted, self.settled, self.doubtful);
        let is_fresh = |number: usize| number >= settled && (!doubtful || counted[number].doubt.is_some());
        let load = Load { counted, window: window.clone(), at_most: self.cap.at_most as usize };
        let Calendar { plan, .. } = *self.calendar;
        let known: Vec<bool> = match &self.known {
            Some(known) => {
                let surely = |it: &Counted<'_>| self.calendar.surely_gets(known, &it.send, it.local);
                counted[window.clone()].iter().map(surely).collect()
            }
            None => vec![false; window.len()],
        };
        let show = Show { plan, cap: self.cap, counted };
        match load.burdened(self.calendar.solver, is_fresh, |number| known[number - window.start]) {
            Ok(None) => None,
            Ok(Some(burdened)) if doubtful => show.doubt(&burdened),
            Ok(Some(burdened)) => {
                self.remember(&burdened);
                show.excess(&burdened)
            }
            Err(problem) => {
                self.n_complex += usize::from(problem.kind == UndecidedKind::TooComplex);
                let found = show.undecided(window, &problem)?;
                let is_end = self.n_complex >= MOST_COMPLEX;
                Some(if is_end { found.note("later windows are left alone after this one") } else { found })
            }
        }
    }

    fn remember(&mut self, burdened: &Burdened) {
        let position = |number: Option<&usize>| Some(self.counted[*number?].position);
        let (first, last) = (burdened.messages.first(), burdened.messages.last());
        self.broken.extend(position(first).zip(position(last)));
        self.known = Some(burdened.witness.contact(&self.calendar.plan.people.schema));
    }

    /// Whether somebody surely gets too much in `window`.
    fn is_broken(&self, window: &Range<usize>) -> bool {
        let inside = &self.counted[window.clone()];
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return false };
        self.broken.iter().any(|(from, to)| first.position <= *from && *to <= last.position)
    }
}
