//! Tiers that yield where that says nothing.

use super::{Declared, Problems};
use crate::check::graph::circles;
use crate::codes;

/// Looks for tiers that yield to themselves, to each other, to one that takes what is left, or that are one.
pub(super) fn judge(tiers: &[Declared<'_>], problems: &mut Problems<'_>) {
    for tier in tiers {
        let Some(first) = tier.tier.yields.first() else { continue };
        if tier.tier.when.is_none() {
            problems.add(tier, codes::impossible_yield::of_default(first.span, tier.name()));
            continue;
        }
        for to in &tier.tier.yields {
            let other = tiers.iter().find(|tier| tier.item.path == to.tier);
            if other.is_some_and(|other| other.tier.when.is_none()) {
                problems.add(tier, codes::impossible_yield::to_default(to.span, to.tier.name()));
            }
        }
    }
    let number = |path| tiers.iter().position(|tier| tier.item.path == path);
    let needs: Vec<Vec<usize>> = tiers
        .iter()
        .map(|tier| tier.tier.yields.iter().filter_map(|to| number(to.tier.clone())).collect())
        .collect();
    for way in circles(&needs).ways {
        let names: Vec<&str> = way.iter().filter_map(|at| tiers.get(*at)).map(Declared::name).collect();
        let first = way.first().and_then(|at| tiers.get(*at));
        if let Some((tier, to)) = first.and_then(|tier| Some((tier, tier.tier.yields.first()?))) {
            problems.add(tier, codes::impossible_yield::in_a_circle(to.span, &names));
        }
    }
}
