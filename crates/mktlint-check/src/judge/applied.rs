//! Which declarations speak of the assets of a file.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::Kind;

use super::{Ends, Judge};
use crate::Outcome;
use crate::index::Decl;

/// Which declarations speak of the assets of a file, by number.
///
/// Most of those that look for wordings alone hold without a look, and they are the same for all assets of a kind: a
/// table of ads has thousands, so they are added once.
#[derive(Debug, Default)]
pub struct Applied {
    recorded: BTreeSet<u32>,
    /// Of each kind of asset, the quiet declarations that were left out of all of them.
    left_out: BTreeMap<Kind, BTreeSet<u32>>,
}

impl Applied {
    /// Adds an asset of `kind`, given what was recorded of it.
    pub fn add(&mut self, judge: &Judge, kind: Kind, ends: &Ends) {
        let mut left_out = BTreeSet::new();
        for (decl, outcome) in ends.iter().filter(|(decl, _)| !decl.is_of_people()) {
            let number = decl.number(&judge.plan);
            if matches!(outcome, Outcome::NotApplicable(_)) {
                left_out.insert(number);
            } else {
                self.recorded.insert(number);
            }
        }
        match self.left_out.get_mut(&kind) {
            Some(known) => known.retain(|number| left_out.contains(number)),
            None => drop(self.left_out.insert(kind, left_out)),
        }
    }

    /// All of them, in order.
    pub fn finish(self, judge: &Judge) -> Vec<u32> {
        let mut all = self.recorded;
        for (kind, left_out) in self.left_out {
            let quiet = judge.quiet(kind).iter().copied();
            all.extend(quiet.filter(|number| !left_out.contains(number)));
        }
        all.into_iter().collect()
    }
}

impl Judge {
    /// The numbers of the declarations that look at assets of `kind` by wordings alone, in order.
    fn quiet(&self, kind: Kind) -> &[u32] {
        self.index.of_kind(kind).quiet.get_or_init(|| {
            let quiet = Decl::all(&self.plan).filter(|decl| self.is_quiet(kind, *decl));
            quiet.map(|decl| decl.number(&self.plan)).collect()
        })
    }
}
