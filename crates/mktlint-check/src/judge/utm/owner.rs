//! Which convention speaks of a link.

use mktlint_measure::link::host_matches;
use mktlint_plan::Utm;

use super::tagged::Tagged;
use crate::index::Decl;
use crate::judge::Run;
use crate::reach;

/// A convention in force.
pub struct Convention<'p> {
    pub decl: Decl,
    pub utm: &'p Utm,
    /// Whether it speaks of assets on the channels of the one that is judged.
    pub is_for_channel: bool,
}

impl Convention<'_> {
    /// Whether it owns the host of `link`.
    pub fn owns(&self, run: &Run<'_>, link: &Tagged<'_>) -> bool {
        link.host().is_some_and(|host| self.owns_host(run, host))
    }

    /// Whether it owns `host`.
    pub fn owns_host(&self, run: &Run<'_>, host: &str) -> bool {
        let hosts = run.plan.list(self.utm.hosts);
        hosts.is_empty() || hosts.iter().any(|pattern| host_matches(run.plan.str(pattern.text), host))
    }
}

/// The conventions in force, those that name hosts first.
pub fn conventions<'p>(run: &Run<'p>) -> Vec<Convention<'p>> {
    let plan = run.plan;
    let channels = reach::channels(run.asset, run.campaign);
    let is_for_channel = |utm: &Utm| {
        utm.channels.is_empty()
            || plan.strs(utm.channels).any(|own| channels.iter().any(|known| known == own))
    };
    let in_force = plan.utms.iter().zip(0..).filter(|(utm, _)| run.in_force(&utm.head));
    let mut found: Vec<Convention<'p>> = in_force
        .map(|(utm, at)| Convention { decl: Decl::Utm(at), utm, is_for_channel: is_for_channel(utm) })
        .collect();
    found.sort_by_key(|convention| convention.utm.hosts.is_empty());
    found
}
