//! Different people for different roles.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

/// Gives each need some of its `people`, at most as many as it wants and nobody twice, so that as many places as possible
/// are filled. One who could speak in two roles speaks where nobody else can.
pub(super) fn assign(counts: &[u32], people: &[BTreeSet<SmolStr>]) -> Vec<BTreeSet<SmolStr>> {
    let mut search = Search { people, holds: BTreeMap::new() };
    for (need, people) in people.iter().enumerate() {
        // No more places than people: a role that wants a million does not take a million steps.
        let places =
            counts.get(need).copied().unwrap_or(0).min(u32::try_from(people.len()).unwrap_or(u32::MAX));
        for _ in 0..places {
            if !search.fill(need, &mut BTreeSet::new()) {
                break;
            }
        }
    }
    let mut chosen = vec![BTreeSet::new(); people.len()];
    for (person, need) in search.holds {
        if let Some(chosen) = chosen.get_mut(need) {
            chosen.insert(person);
        }
    }
    chosen
}

struct Search<'p> {
    people: &'p [BTreeSet<SmolStr>],
    /// The need that each person fills.
    holds: BTreeMap<SmolStr, usize>,
}

impl Search<'_> {
    /// Finds one more person for `need`, if need be by giving someone who holds a place to another one in their stead.
    fn fill(&mut self, need: usize, seen: &mut BTreeSet<SmolStr>) -> bool {
        let Some(people) = self.people.get(need) else { return false };
        for person in people {
            if self.holds.get(person) == Some(&need) || !seen.insert(person.clone()) {
                continue;
            }
            let is_free = match self.holds.get(person).copied() {
                None => true,
                Some(other) => self.fill(other, seen),
            };
            if is_free {
                self.holds.insert(person.clone(), need);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: &[u32], people: &[&[&str]], expected: &[&[&str]]) {
        let set = |names: &&[&str]| names.iter().map(SmolStr::new).collect::<BTreeSet<SmolStr>>();
        let people: Vec<_> = people.iter().map(set).collect();
        assert_eq!(assign(counts, &people), expected.iter().map(set).collect::<Vec<_>>());
    }

    #[test]
    fn whoever_has_two_roles_speaks_where_nobody_else_can() {
        check(&[1, 1], &[&["ana", "jo"], &["ana"]], &[&["jo"], &["ana"]]);
        check(&[1, 1], &[&["ana"], &["ana"]], &[&["ana"], &[]]);
        check(&[1, 1, 1], &[&["a", "b", "c"], &["a", "b"], &["a"]], &[&["c"], &["b"], &["a"]]);
        check(&[u32::MAX], &[&["a"]], &[&["a"]]);
    }
}
