//! Email messages as they travel.

use crate::Extraction;
use crate::extract::Input;

/// The asset in an email message.
pub(crate) fn eml(input: &Input<'_>) -> Extraction {
    Input::one(input.asset(), Vec::new())
}
