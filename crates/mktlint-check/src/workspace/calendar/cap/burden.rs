//! How many messages one person can get.

use std::ops::Range;

use mktlint_decide::{People, Solver, Undecided, UndecidedKind, Verdict, Witness};

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

/// Somebody who gets more than `at_most` of the messages in `window`, among them one of which `is_fresh` is so.
///
/// # Errors
/// When that cannot be said.
pub fn burdened(
    solver: &mut Solver<'_>,
    counted: &[Counted<'_>],
    window: Range<usize>,
    at_most: u32,
    is_fresh: impl Fn(usize) -> bool,
) -> Result<Option<Burdened>, Undecided> {
    let k = at_most as usize + 1;
    if window.len() < k || !window.clone().any(&is_fresh) {
        return Ok(None);
    }
    if window.len() > MOST_MESSAGES {
        return Err(Undecided { kind: UndecidedKind::TooComplex, origins: Vec::new() });
    }
    let fresh = fresh(solver, counted, window.clone(), is_fresh)?;
    let (numbers, sets) = sets(solver, counted, window, fresh.as_ref())?;
    if sets.len() < k {
        return Ok(None);
    }
    let found = solver.overlap(k, &sets)?;
    Ok(found.map(|overlap| {
        let messages = overlap.sets.iter().filter_map(|set| numbers.get(*set).copied()).collect();
        Burdened { messages, witness: overlap.witness }
    }))
}

/// The people who get something fresh; `None` when everything is.
fn fresh(
    solver: &mut Solver<'_>,
    counted: &[Counted<'_>],
    window: Range<usize>,
    is_fresh: impl Fn(usize) -> bool,
) -> Result<Option<People>, Undecided> {
    if window.clone().all(&is_fresh) {
        return Ok(None);
    }
    let mut fresh: Option<People> = None;
    for number in window.filter(|number| is_fresh(*number)) {
        let people = &counted[number].people;
        fresh = Some(match fresh {
            Some(fresh) => solver.or(&fresh, people)?,
            None => people.clone(),
        });
    }
    Ok(fresh)
}

/// Who of `within` gets each message of `window`, with its number; messages that nobody gets are left out.
fn sets(
    solver: &mut Solver<'_>,
    counted: &[Counted<'_>],
    window: Range<usize>,
    within: Option<&People>,
) -> Result<(Vec<usize>, Vec<People>), Undecided> {
    let mut kept = (Vec::new(), Vec::new());
    for number in window {
        let people = match within {
            Some(within) => solver.and(&counted[number].people, within)?,
            None => counted[number].people.clone(),
        };
        if !matches!(solver.is_nobody(&people), Verdict::Holds) {
            kept.0.push(number);
            kept.1.push(people);
        }
    }
    Ok(kept)
}
