//! Messages of which the manifest does not say who gets them.

use std::collections::BTreeSet;

use mktlint_decide::Verdict;
use mktlint_plan::Suppression;

use super::super::calendar::{is_public, words::list};
use super::Pass;
use crate::people::short;
use crate::{CampaignFact, SendFact, codes};

/// Names the suppressions that cannot be judged for such messages: a manifest that says nothing must not pass for one
/// whose audience keeps everybody out.
pub fn judge(pass: &mut Pass<'_>, fact: &CampaignFact) {
    let unnamed = fact.sends.iter().filter(|send| {
        let channel = send.channel.as_deref();
        !channel.is_some_and(is_public) && fact.audience_on(channel).next().is_none()
    });
    let mut open: BTreeSet<&str> = BTreeSet::new();
    let plan = pass.plan;
    for send in unnamed {
        for suppression in &plan.people.suppressions {
            let name = plan.str(suppression.head.name);
            if !open.contains(name) && could_apply(pass, fact, send, suppression) {
                open.insert(name);
            }
        }
    }
    if !open.is_empty() {
        let names: Vec<String> = open.iter().map(|name| format!("`{}`", short(name))).collect();
        pass.found.push(codes::audience_not_given(fact.place.clone(), &list(&names)));
    }
}

/// Whether the suppression may keep somebody out of the message.
fn could_apply(pass: &mut Pass<'_>, fact: &CampaignFact, send: &SendFact, suppression: &Suppression) -> bool {
    let plan = pass.plan;
    let now = send.at.unwrap_or_else(|| fact.now(pass.inputs.today));
    let meets = suppression.channels.is_empty()
        || send
            .channel
            .as_deref()
            .is_none_or(|own| plan.strs(suppression.channels).any(|other| other == own));
    if !meets || !suppression.head.in_force_on(now.date()) {
        return false;
    }
    let forbidden = pass.settler.settle(&plan.suppressed(suppression), &fact.values, now);
    match pass.people(&forbidden, now) {
        Ok(people) => pass.solver.is_nobody(&people) != Verdict::Holds,
        Err(_) => true,
    }
}
