//! Exceptions: `waive` declarations and directives in assets.

mod directive;
mod waiver;

pub use directive::directives;
pub use waiver::{Waivers, unused_waivers};

use mktlint_plan::{Head, Plan, Waivable};

/// Whether `head` may be waived by `by`; else what it says about that: `never waivable`.
fn refusal(plan: &Plan, head: &Head, by: Option<&str>) -> Option<String> {
    match head.waivable {
        Waivable::Anyone => None,
        Waivable::Never => Some("never waivable".into()),
        Waivable::Absolute => Some("absolute".into()),
        Waivable::By(roles) => {
            let roles: Vec<&str> = plan.strs(roles).collect();
            let is_role = by.is_some_and(|by| roles.contains(&by));
            (!is_role).then(|| format!("waivable by {} only", roles.join(" or ")))
        }
    }
}
