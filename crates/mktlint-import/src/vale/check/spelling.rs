//! `spelling`: words that no dictionary has.

use crate::vale::definition::{Built, Definition, Refusal, Surroundings};

/// `dicpath`, `ignore`, `filters`
pub(super) fn build(_: &Definition<'_>, around: &Surroundings<'_>) -> Result<Built, Refusal> {
    let Some(_dictionary) = around.dictionary else {
        return Err("it needs a dictionary: give one with `--dictionary`".into());
    };
    Err("later".into())
}
