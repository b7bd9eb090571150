//! Numbers that name rows of the plan's tables.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A text of the plan; see [`crate::Plan::str`]. Two equal texts of one plan have one id.
    StrId;
    /// A row of [`crate::Plan::consts`].
    ConstId;
    /// A row of [`crate::Plan::codes`].
    CodeId;
    /// A row of [`crate::Plan::ops`].
    OpId;
    /// A row of [`crate::Plan::patterns`]; equal to the number of the needle in the matcher.
    PatternId;
    /// A row of [`crate::Plan::rules`].
    RuleId;
    /// A row of [`crate::Plan::claims`].
    ClaimId;
    /// A row of [`crate::Plan::disclosures`].
    DisclosureId;
    /// A row of [`crate::Plan::evidences`].
    EvidenceId;
    /// A row of [`crate::People::inclusions`].
    InclusionId;
}

/// A run of rows in the table of `T`; [`crate::Plan::list`] gives them.
///
/// Rows that belong to a rule stand in one table with those of all other rules, so that loading a plan allocates once
/// for each table rather than once for each rule.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Seq<T> {
    pub(crate) start: u32,
    pub(crate) len: u32,
    #[serde(skip)]
    rows: PhantomData<fn() -> T>,
}

impl<T> Seq<T> {
    pub(crate) const fn new(start: u32, len: u32) -> Self {
        Self { start, len, rows: PhantomData }
    }

    /// Whether there are no rows.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The number of rows.
    pub fn len(self) -> usize {
        self.len as usize
    }
}

impl<T> Clone for Seq<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Seq<T> {}

impl<T> Default for Seq<T> {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl<T> PartialEq for Seq<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.len) == (other.start, other.len)
    }
}

impl<T> Eq for Seq<T> {}

impl<T> std::hash::Hash for Seq<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.start, self.len).hash(state);
    }
}

impl<T> fmt::Debug for Seq<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.start, self.len)
    }
}
