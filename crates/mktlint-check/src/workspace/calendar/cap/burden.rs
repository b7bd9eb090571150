//! How many messages one person can get.

use std::ops::Range;

use mktlint_decide::{Overlap, People, Solver, Undecided, UndecidedKind, Witness};

use super::count::Counted;

/// Messages of one window that are counted at most; a guess, far above what anybody sends.
const MOST_MESSAGES: usize = 4096;

/// Somebody who gets too much.
#[derive(Clone, Debug)]
pub struct Burdened {
    /// The messages that this person gets, by their number, in order.
    pub messages: Vec<usize>,
    /// The person.
    pub witness: Witness,
}

/// The messages of one window.
#[derive(Clone, Debug)]
pub struct Load<'a> {
    /// All messages, in order.
    pub counted: &'a [Counted<'a>],
    /// Those in the window.
    pub window: Range<usize>,
    /// How many of them somebody may get.
    pub at_most: usize,
}

impl Load<'_> {
    /// Somebody who gets too many, among them one of which `is_fresh` is so. Looks first at those for whom
    /// `is_known_to_get` is so, somebody who got too much before.
    ///
    /// # Errors
    /// When that cannot be said.
    pub fn burdened(
        &self,
        solver: &mut Solver<'_>,
        is_fresh: impl Fn(usize) -> bool,
        is_known_to_get: impl Fn(usize) -> bool,
    ) -> Result<Option<Burdened>, Undecided> {
        if self.window.len() <= self.at_most || !self.window.clone().any(&is_fresh) {
            return Ok(None);
        }
        if self.window.len() > MOST_MESSAGES {
            return Err(Undecided { kind: UndecidedKind::TooComplex, origins: Vec::new() });
        }
        let known: Vec<usize> = self.window.clone().filter(|number| is_known_to_get(*number)).collect();
        if known.len() > self.at_most && known.iter().any(|number| is_fresh(*number)) {
            return self.overlap(solver, known.len(), &known, None);
        }
        let all: Vec<usize> = self.window.clone().collect();
        let found = self.overlap(solver, self.at_most + 1, &all, None);
        if all.iter().all(|number| is_fresh(*number)) {
            return found;
        }
        match found {
            Ok(None) => Ok(None),
            Ok(Some(burdened)) if burdened.messages.iter().any(|number| is_fresh(*number)) => {
                Ok(Some(burdened))
            }
            // Somebody gets too much, but perhaps of what was reported before.
            _ => {
                let fresh = self.fresh(solver, is_fresh)?;
                self.overlap(solver, self.at_most + 1, &all, Some(&fresh))
            }
        }
    }

    /// The people who get something fresh.
    fn fresh(&self, solver: &mut Solver<'_>, is_fresh: impl Fn(usize) -> bool) -> Result<People, Undecided> {
        let mut fresh =
            self.window.clone().filter(|number| is_fresh(*number)).map(|it| &self.counted[it].people);
        let first = fresh.next().cloned();
        let first = first.ok_or(Undecided { kind: UndecidedKind::TooComplex, origins: Vec::new() })?;
        fresh.try_fold(first, |fresh, people| solver.or(&fresh, people))
    }

    /// Somebody of `within` who gets at least `k` of `messages`.
    fn overlap(
        &self,
        solver: &mut Solver<'_>,
        k: usize,
        messages: &[usize],
        within: Option<&People>,
    ) -> Result<Option<Burdened>, Undecided> {
        let people = messages.iter().map(|number| &self.counted[*number].people);
        let sets: Vec<People> = match within {
            Some(within) => people.map(|people| solver.and(people, within)).collect::<Result<_, _>>()?,
            None => people.cloned().collect(),
        };
        let burdened = |Overlap { sets, witness }| {
            let messages = sets.into_iter().filter_map(|set| messages.get(set).copied()).collect();
            Burdened { messages, witness }
        };
        Ok(solver.overlap(k, &sets)?.map(burdened))
    }
}
