//! Campaigns against suppressions.

use mktlint_diag::Diagnostic;
use mktlint_plan::Plan;

use crate::{FileFacts, Inputs};

/// Judges the audience of every campaign. In no order.
pub(super) fn judge(plan: &Plan, files: &[FileFacts], inputs: &Inputs) -> Vec<Diagnostic> {
    let _ = (plan, files, inputs);
    Vec::new()
}
