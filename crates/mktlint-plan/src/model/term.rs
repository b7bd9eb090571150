//! Preferred wording.

use serde::{Deserialize, Serialize};

use super::ids::{Seq, StrId};
use super::pattern::Sought;
use super::rule::Head;

/// A preferred wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Name, level, dates.
    pub head: Head,
    /// The wording to use.
    pub preferred: StrId,
    /// The wordings to avoid.
    pub avoid: Seq<Sought>,
    /// Whether `Sign Up` and `sign up` are two.
    pub case_sensitive: bool,
}
