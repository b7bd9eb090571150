//! Whose tiers, roles and keys count.

use std::sync::Arc;

use mktlint_diag::Diagnostic;
use mktlint_gate::keys::Roles;
use mktlint_plan::Plan;

use super::policies::Policies;
use crate::policy::Elsewhere;
use crate::state::{Pair, State};

/// Whose tiers, roles and keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those from before the change: nobody lowers the bar for what they are doing.
    Base,
    /// Those of the change, since there were none before.
    Head,
    /// There are no tiers.
    Nobody,
}

/// What changes are held against.
#[derive(Debug)]
pub struct Standard<'p> {
    /// Where it comes from.
    pub whose: Whose,
    /// Its tiers.
    pub plan: Arc<Plan>,
    /// Its texts.
    pub policy: &'p Elsewhere,
    /// Its roles, with their keys.
    pub roles: Roles,
    /// What is wrong with key files.
    pub problems: Vec<Diagnostic>,
}

impl<'p> Standard<'p> {
    /// The standard of the base when it has any, else that of the head.
    pub fn of(pair: &'p Pair, policies: &Policies) -> Self {
        let (whose, state, plan) = match () {
            () if policies.has_base && has_any(&policies.base) => (Whose::Base, &pair.base, &policies.base),
            () if has_any(&policies.head) => (Whose::Head, &pair.head, &policies.head),
            () => (Whose::Nobody, &pair.head, &policies.head),
        };
        let (roles, problems) = Roles::of(plan, |path| key_file(state, path));
        Self { whose, plan: plan.clone(), policy: &state.policy, roles, problems }
    }
}

fn has_any(plan: &Plan) -> bool {
    !plan.tiers.is_empty()
}

/// The text of a key file of `state`.
fn key_file(state: &State, path: &str) -> Result<String, String> {
    let bytes = state.files.bytes(path).ok_or_else(|| format!("there is no such file in {}", state.name))?;
    crate::system::utf8(bytes?)
}
