//! Values whose differences lie in given ranges.

use std::collections::BTreeMap;

use super::{Demand, Possible, Theory, Values, present};
use crate::Domain;
use crate::solver::axis::{Axis, Ordinal};
use crate::solver::believable::{self, Anchor};
use crate::solver::level::digits;

/// Attributes in differences with each other that are decided together.
const MOST: usize = 64;

/// No bound; sums of two stay in range.
const FREE: Ordinal = Ordinal::MAX / 4;

/// `bounds[i][j]` is the most that the value `i` can be above the value `j`; value 0 is zero itself. All are in the
/// finest steps of the attributes concerned.
struct Bounds {
    bounds: Vec<Vec<Ordinal>>,
}

impl Bounds {
    fn new(n: usize) -> Self {
        let row = |i: usize| (0..n).map(|j| if i == j { 0 } else { FREE }).collect();
        Self { bounds: (0..n).map(row).collect() }
    }

    fn at_most(&mut self, i: usize, j: usize, most: Ordinal) {
        let bound = &mut self.bounds[i][j];
        *bound = (*bound).min(most.clamp(-FREE, FREE));
    }

    /// Draws all conclusions; `false` when they contradict each other (Floyd and Warshall).
    fn close(&mut self) -> bool {
        for k in 0..self.bounds.len() {
            self.through(k);
        }
        (0..self.bounds.len()).all(|i| self.bounds[i][i] >= 0)
    }

    /// Draws the conclusions of going by value `k`.
    fn through(&mut self, k: usize) {
        let row = self.bounds[k].clone();
        for own in &mut self.bounds {
            let to = own[k];
            for (bound, from) in own.iter_mut().zip(&row) {
                *bound = (*bound).min((to + from).clamp(-FREE, FREE));
            }
        }
    }
}

/// Whether no values can have these differences.
pub fn is_refuted(theory: &Theory<'_>, demands: &BTreeMap<u32, Demand<'_>>, compared: &[u32]) -> bool {
    let steps = (compared.len() + 1).pow(3);
    compared.len() <= MOST && theory.work.take(steps) && !bounds(theory, demands, compared).0.close()
}

/// Values of the attributes `compared` that have the differences asked for.
pub fn solve(theory: &Theory<'_>, demands: &BTreeMap<u32, Demand<'_>>, compared: &[u32]) -> Possible<Values> {
    if compared.len() > MOST || !theory.work.take((compared.len() + 1).pow(3)) {
        return Possible::Unclear;
    }
    let (mut bounds, axes) = bounds(theory, demands, compared);
    if !bounds.close() {
        return Possible::No;
    }
    let finest = axes.iter().map(digits).max().unwrap_or(0);
    let mut values = Values::new();
    for (i, axis) in axes.iter().enumerate() {
        let step = 10_i128.pow(finest - digits(axis));
        let (least, most) = (-bounds.bounds[0][i + 1], bounds.bounds[i + 1][0]);
        // Steps of different size: the bounds hold, but values on the coarser steps need not exist.
        let span =
            (least.div_euclid(step) + Ordinal::from(least.rem_euclid(step) != 0), most.div_euclid(step));
        let domain = &theory.schema.attributes[compared[i] as usize].domain;
        let Some(place) = place(axis, domain, span) else { return Possible::Unclear };
        let Some(value) = axis.value(place) else { return Possible::Unclear };
        bounds.at_most(i + 1, 0, place * step);
        bounds.at_most(0, i + 1, -place * step);
        bounds.through(0);
        bounds.through(i + 1);
        values.insert(compared[i], Some(value));
    }
    Possible::Yes(values)
}

/// A place in a span, among people where it can be: a difference moves the ends of an axis without bounds to places that
/// look like bounds.
fn place(axis: &Axis, domain: &Domain, span: (Ordinal, Ordinal)) -> Option<Ordinal> {
    let near = believable::near(axis);
    let narrowed = near.clip(vec![span]);
    if narrowed.is_empty() || (near.first, near.last) == (axis.first, axis.last) {
        return believable::choose(axis, domain, &axis.clip(vec![span]), anchor(axis, span));
    }
    believable::choose(&near, domain, &narrowed, Anchor::Free)
}

/// A span that reaches over the whole axis has no end to keep close to.
fn anchor(axis: &Axis, span: (Ordinal, Ordinal)) -> Anchor {
    if span.0 <= axis.first && span.1 >= axis.last { Anchor::Free } else { Anchor::Close }
}

fn bounds(theory: &Theory<'_>, demands: &BTreeMap<u32, Demand<'_>>, compared: &[u32]) -> (Bounds, Vec<Axis>) {
    let axes: Vec<Axis> = compared
        .iter()
        .map(|at| {
            let attribute = &theory.schema.attributes[*at as usize];
            Axis::of(&attribute.domain, attribute.optional)
        })
        .collect();
    let finest = axes.iter().map(digits).max().unwrap_or(0);
    let mut bounds = Bounds::new(compared.len() + 1);
    for (i, (at, axis)) in compared.iter().zip(&axes).enumerate() {
        let step = 10_i128.pow(finest - digits(axis));
        let demand = demands.get(at);
        let spans = present(demand.and_then(|demand| demand.value), axis.first, axis.last);
        // The attribute is there, since its difference is asked for: a path asks for one span of it.
        let (least, most) = spans.first().zip(spans.last()).map_or((1, 0), |(first, last)| (first.0, last.1));
        bounds.at_most(i + 1, 0, most.saturating_mul(step));
        bounds.at_most(0, i + 1, least.saturating_mul(step).saturating_neg());
        for (left, spans) in demand.into_iter().flat_map(|demand| &demand.minus) {
            let Some(j) = compared.iter().position(|other| other == left) else { continue };
            let step = 10_i128.pow(finest - digits(&axes[j]).max(digits(axis)));
            let (least, most) =
                spans.first().zip(spans.last()).map_or((1, 0), |(first, last)| (first.0, last.1));
            bounds.at_most(j + 1, i + 1, most.saturating_mul(step));
            bounds.at_most(i + 1, j + 1, least.saturating_mul(step).saturating_neg());
        }
    }
    (bounds, axes)
}
