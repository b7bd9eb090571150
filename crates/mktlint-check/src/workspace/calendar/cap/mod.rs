//! `cap`: messages that together are too many for somebody.

mod burden;
mod count;
mod show;

use std::ops::Range;

use jiff::civil::DateTime;
use mktlint_diag::Diagnostic;
use mktlint_plan::Cap;

use super::{Calendar, window};
use burden::burdened;
use count::{Counted, count};
use show::Show;

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
    let mut sweep = Sweep { calendar, cap, counted: &sure, doubtful: false, settled: 0, broken: Vec::new() };
    sweep.run(found);
    if sure.len() < counted.len() {
        let broken = sweep.broken;
        Sweep { calendar, cap, counted: &counted, doubtful: true, settled: 0, broken }.run(found);
    }
}

/// A window that slides over the calendar.
struct Sweep<'v, 'c, 's> {
    calendar: &'v mut Calendar<'c, 's>,
    cap: &'v Cap,
    counted: &'v [Counted<'c>],
    /// Whether only messages matter that may not count after all.
    doubtful: bool,
    /// Messages before this one were part of a window that was reported; they matter together with later ones alone.
    settled: usize,
    /// The first and the last position of what somebody surely gets too much of.
    broken: Vec<(DateTime, DateTime)>,
}

impl Sweep<'_, '_, '_> {
    fn run(&mut self, found: &mut Vec<Diagnostic>) {
        let positions: Vec<DateTime> = self.counted.iter().map(|it| it.position).collect();
        for window in window::windows(&positions, self.cap.per) {
            if self.doubtful && self.is_broken(&window) {
                continue;
            }
            if let Some(finding) = self.judge(window.clone()) {
                found.push(finding);
                self.settled = window.end;
            }
        }
    }

    fn judge(&mut self, window: Range<usize>) -> Option<Diagnostic> {
        let (counted, settled, doubtful) = (self.counted, self.settled, self.doubtful);
        let is_fresh = |number: usize| number >= settled && (!doubtful || counted[number].doubt.is_some());
        let show = Show { plan: self.calendar.plan, cap: self.cap, counted };
        match burdened(self.calendar.solver, counted, window.clone(), self.cap.at_most, is_fresh) {
            Ok(None) => None,
            Ok(Some(burdened)) if doubtful => show.doubt(&burdened),
            Ok(Some(burdened)) => {
                let position = |number: Option<&usize>| Some(counted[*number?].position);
                let (first, last) = (burdened.messages.first(), burdened.messages.last());
                self.broken.extend(position(first).zip(position(last)));
                show.excess(&burdened)
            }
            Err(problem) => show.undecided(window, &problem),
        }
    }

    /// Whether somebody surely gets too much in `window`.
    fn is_broken(&self, window: &Range<usize>) -> bool {
        let inside = &self.counted[window.clone()];
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return false };
        self.broken.iter().any(|(from, to)| first.position <= *from && *to <= last.position)
    }
}
