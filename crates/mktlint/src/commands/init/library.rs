//! What the packs of the standard library ask for, and which countries their regions hold.

use std::collections::BTreeMap;

use mktlint_hir::model::DeclPath;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::Program;

use crate::book::{Giver, Need, Shelf, reach};
use crate::catalog::of_program;

/// The standard library, as far as a first policy needs it.
#[derive(Debug)]
pub struct Library<'s> {
    program: &'s Program,
    /// By module: what its rules cannot be judged without.
    asked: BTreeMap<&'s str, Vec<Need>>,
}

impl<'s> Library<'s> {
    /// Asks each rule that `enforce` of its pack puts in force.
    pub fn new(shelf: &Shelf<'s>) -> Self {
        let mut asked: BTreeMap<&str, Vec<Need>> = BTreeMap::new();
        for rule in of_program(shelf.program).iter().filter(|rule| !rule.is_off_by_default()) {
            let needs = asked.entry(rule.module()).or_default();
            let told = reach(rule.placed, shelf).needs.into_iter();
            needs.extend(told.filter(|need| !need.is_optional && need.giver != Giver::Merge));
        }
        for needs in asked.values_mut() {
            needs.sort_by(|a, b| (a.giver, &a.path).cmp(&(b.giver, &b.path)));
            needs.dedup_by(|b, a| (a.giver, &a.path) == (b.giver, &b.path));
        }
        Self { program: shelf.program, asked }
    }

    /// What the rules of a pack, a module or all below it, cannot be judged without.
    pub fn asked(&self, pack: &str) -> Vec<&Need> {
        let is_in =
            |module: &str| module.strip_prefix(pack).is_some_and(|it| it.is_empty() || it.starts_with('.'));
        self.asked.iter().filter(|(module, _)| is_in(module)).flat_map(|(_, needs)| needs).collect()
    }

    /// Whether there is such a pack.
    #[cfg(test)]
    pub fn has(&self, pack: &str) -> bool {
        self.asked.contains_key(pack)
    }

    /// Whether `country` is in the region `std.regions.NAME`.
    pub fn is_in(&self, country: &str, name: &str) -> bool {
        let path = DeclPath(format!("std.regions.{name}").into());
        let region = self.program.find(ItemKind::Region, &path);
        matches!(
            region.map(|placed| &placed.item.meaning),
            Some(Meaning::Region(countries)) if countries.iter().any(|own| own == country)
        )
    }
}
