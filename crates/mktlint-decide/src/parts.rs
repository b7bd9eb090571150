//! What a formula is made of.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::{Definitions, Formula, Tag};

impl Formula {
    /// The formula and every part of it, in the order in which they are written. Definitions are not entered.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let part = open.pop()?;
            match part {
                Self::Not(inner) => open.push(inner),
                Self::And(inner) | Self::Or(inner) => open.extend(inner.iter().rev()),
                Self::Const(_)
                | Self::Test { .. }
                | Self::Difference { .. }
                | Self::Opaque { .. }
                | Self::Named { .. } => {}
            }
            Some(part)
        })
    }

    /// The definitions that it names itself, in the order in which they are written.
    pub fn names(&self) -> impl Iterator<Item = &SmolStr> {
        self.parts().filter_map(|part| match part {
            Self::Named { name, .. } => Some(name),
            _ => None,
        })
    }

    /// Where this one condition is written; `None` of what joins others.
    pub fn tag(&self) -> Option<Tag> {
        match self {
            Self::Test { tag, .. }
            | Self::Difference { tag, .. }
            | Self::Opaque { tag, .. }
            | Self::Named { tag, .. } => Some(*tag),
            Self::Const(_) | Self::Not(_) | Self::And(_) | Self::Or(_) => None,
        }
    }

    /// The attributes that this one condition tests: two of a difference, none of what joins others or names a
    /// definition.
    pub fn tested(&self) -> impl Iterator<Item = &SmolStr> {
        let (one, other) = match self {
            Self::Test { attribute, .. } => (Some(attribute), None),
            Self::Difference { left, right, .. } => (Some(left), Some(right)),
            _ => (None, None),
        };
        one.into_iter().chain(other)
    }
}

/// The definitions that `formula` needs, directly or not, each behind those that it needs itself; of a circle in some
/// order. Ones that are not there are left out. Takes no deep stack, so a chain of thousands is fine.
pub fn needed<'d>(formula: &'d Formula, definitions: &'d Definitions) -> Vec<(&'d str, &'d Formula)> {
    enum Visit<'d> {
        Enter(&'d str, &'d Formula),
        Leave(&'d str, &'d Formula),
    }
    let named = |formula: &'d Formula| {
        let known = formula.names().filter_map(|name| definitions.get_key_value(name));
        known.map(|(name, meaning)| Visit::Enter(name, meaning))
    };
    let (mut found, mut entered) = (Vec::new(), FxHashSet::default());
    let mut open: Vec<Visit<'d>> = named(formula).collect();
    while let Some(visit) = open.pop() {
        match visit {
            Visit::Leave(name, meaning) => found.push((name, meaning)),
            Visit::Enter(name, meaning) if entered.insert(name) => {
                open.push(Visit::Leave(name, meaning));
                open.extend(named(meaning));
            }
            Visit::Enter(..) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn named(names: &[&str]) -> Formula {
        let one = |name: &&str| Formula::Named { name: (*name).into(), tag: Tag(0) };
        Formula::Not(Box::new(Formula::And(names.iter().map(one).collect())))
    }

    #[test]
    fn parts_come_as_they_are_written() {
        let formula = Formula::Or(vec![named(&["a", "b"]), Formula::Const(true), named(&["c"])]);
        assert_eq!(formula.names().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(formula.parts().count(), 9);
    }

    #[test]
    fn what_is_needed_stands_in_front() {
        let of = |name: &str, names: &[&str]| (name.into(), Arc::new(named(names)));
        let all = Definitions::from([
            of("top", &["left", "right"]),
            of("left", &["base"]),
            of("right", &["base", "gone"]),
            of("base", &[]),
            of("other", &["base"]),
            of("round", &["round"]),
        ]);
        let order = |name: &str| -> Vec<String> {
            needed(&named(&[name]), &all).into_iter().map(|(name, _)| name.to_owned()).collect()
        };
        assert_eq!(order("top"), ["base", "right", "left", "top"]);
        assert_eq!(order("round"), ["round"]);
        assert_eq!(order("gone"), [""; 0]);
    }
}
