//! Where a clause is written.

use serde::{Deserialize, Serialize};

use super::ids::StrId;

/// A place in a policy file; [`crate::Plan::place`] gives it with the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceRef {
    /// The path of the file.
    pub file: StrId,
    /// First byte in the file.
    pub start: u32,
    /// Just past the last byte.
    pub end: u32,
}

/// A text and where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Written {
    /// The text.
    pub text: StrId,
    /// Its place.
    pub place: PlaceRef,
}
