//! Kinds of change.

use std::fmt;

use mktlint_hir::model::change::{ChangeKind, Changes};
use serde::{Deserialize, Serialize};

/// Some kinds of change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kinds(u32);

impl Kinds {
    /// A bit for each kind, in the order of [`ChangeKind::ALL`].
    fn bit(kind: ChangeKind) -> u32 {
        1 << ChangeKind::ALL.iter().take_while(|own| **own != kind).count()
    }

    fn has(self, kind: ChangeKind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    /// Whether `changes` are of no other kind.
    pub fn covers(self, changes: &Changes) -> bool {
        changes.iter().all(|kind| self.has(*kind))
    }

    /// Whether one of `changes` is of these kinds.
    pub fn touches(self, changes: &Changes) -> bool {
        changes.iter().any(|kind| self.has(*kind))
    }

    /// The kinds, in order.
    pub fn iter(self) -> impl Iterator<Item = ChangeKind> {
        ChangeKind::ALL.into_iter().filter(move |kind| self.has(*kind))
    }

    /// Whether every bit stands for a kind.
    pub(crate) fn holds(self) -> bool {
        self.0 >> ChangeKind::ALL.len() == 0
    }
}

impl FromIterator<ChangeKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = ChangeKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |bits, kind| bits | Self::bit(kind)))
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(ChangeKind::word).collect();
        out.write_str(&words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_sets_of_kinds() {
        use ChangeKind::{Copy, Formatting, Metadata, PolicyOther};
        let kinds: Kinds = [Metadata, Formatting, Metadata].into_iter().collect();
        assert_eq!(kinds.to_string(), "formatting, metadata");
        let is = |changes: &[ChangeKind]| {
            let changes: Changes = changes.iter().copied().collect();
            (kinds.covers(&changes), kinds.touches(&changes))
        };
        assert_eq!(is(&[]), (true, false));
        assert_eq!(is(&[Metadata]), (true, true));
        assert_eq!(is(&[Copy, Metadata]), (false, true));
        assert_eq!(is(&[PolicyOther]), (false, false));
        assert!(ChangeKind::ALL.into_iter().collect::<Kinds>().holds() && !Kinds(1 << 21).holds());
    }
}
