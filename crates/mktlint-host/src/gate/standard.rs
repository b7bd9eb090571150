//! Whose tiers, roles and keys count.

use std::sync::Arc;

use mktlint_diag::Diagnostic;
use mktlint_gate::keys::Roles;
use mktlint_plan::Plan;

use super::policies::Policies;
use crate::policy::Elsewhere;
use crate::records;
use crate::state::Pair;

/// Whose tiers, roles and keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of what the change is compared with, as it is now: nobody lowers the bar for what they are doing.
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
    /// What is wrong with key files that the change brings or names.
    pub problems: Vec<Diagnostic>,
    /// What was wrong with key files before, in words: no change can be blamed for it.
    pub notes: Vec<String>,
}

impl<'p> Standard<'p> {
    /// The standard of the base, as it is now, when it has any, else that of the head.
    pub fn of(pair: &'p Pair, policies: &Policies) -> Self {
        // Files with keys are those of today, also where the policy that names them is not.
        let keys = &pair.standard().files;
        let before = Some(&policies.base).filter(|_| policies.has_base);
        let tip = policies.tip.as_ref().zip(pair.tip.as_ref()).map(|(plan, tip)| (plan, &tip.policy));
        let base = tip.or_else(|| before.map(|plan| (plan, &pair.base.policy)));
        let (whose, (plan, policy), files) = match base {
            Some(base) if has_any(base.0) => (Whose::Base, base, keys),
            _ if has_any(&policies.head) => {
                (Whose::Head, (&policies.head, &pair.head.policy), &pair.head.files)
            }
            _ => (Whose::Nobody, (&policies.head, &pair.head.policy), &pair.head.files),
        };
        let (roles, problems) = records::roles(plan, files);
        let is_old = whose == Whose::Base;
        let notes = if is_old { problems.iter().map(note).collect() } else { Vec::new() };
        let problems = if is_old { new_problems(pair, policies, &problems) } else { problems };
        Self { whose, plan: plan.clone(), policy, roles, problems, notes }
    }
}

fn has_any(plan: &Plan) -> bool {
    !plan.tiers.is_empty()
}

fn note(found: &Diagnostic) -> String {
    format!("{}: {}", found.primary.place.file, found.message)
}

/// What is wrong with the key files of the head, and was not before.
fn new_problems(pair: &Pair, policies: &Policies, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let (_, mut found) = records::roles(&policies.head, &pair.head.files);
    found.retain(|found| !known.iter().any(|old| old.message == found.message));
    found
}
