//! What only all assets together show.

mod calendar;
mod campaigns;
mod drift;
mod people;

use std::collections::BTreeSet;

use mktlint_diag::Diagnostic;
use mktlint_plan::Plan;

use crate::waive::{Exceptions, Standing};
use crate::{DirectiveFact, FileFacts, Inputs};

/// What only all assets together show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkspaceResult {
    /// Sorted. Waived and undecided ones are among them.
    pub findings: Vec<Diagnostic>,
    /// The exceptions for files that covered one of the findings, by number, in order; for [`crate::judge_waivers`].
    pub waivers_used: Vec<u32>,
}

/// What only all assets together show: values that are spelled in two ways, links that report to another campaign,
/// campaigns with one id, campaigns whose audience can include people whom a suppression keeps out. `files` are in order
/// of path, so that the first of two is always the same.
///
/// Directives in assets that speak of these are heeded; one that covers nothing is reported too.
pub fn judge_workspace(plan: &Plan, files: &[FileFacts], inputs: &Inputs) -> WorkspaceResult {
    let mut found = campaigns::campaigns(files);
    found.extend(drift::drift(files));
    let mut of_people = people::judge(plan, files, inputs);
    of_people.extend(calendar::judge(plan, files, inputs));
    found.extend(of_people);
    found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    found.dedup();
    heed(files, &mut found);
    let waivers_used = waive(plan, inputs, &mut found);
    WorkspaceResult { findings: found, waivers_used }
}

/// Heeds the directives of all files; those that cover nothing are reported.
fn heed(files: &[FileFacts], found: &mut Vec<Diagnostic>) {
    let mut unused = Vec::new();
    for facts in files.iter().filter(|facts| !facts.directives.is_empty()) {
        let Some(file) = &facts.file else { continue };
        let start = found.partition_point(|finding| finding.primary.place.file < *file);
        let len = found[start..].partition_point(|finding| finding.primary.place.file == *file);
        let own = &mut found[start..start + len];
        unused.extend(facts.directives.iter().filter_map(|directive| cover(directive, own)));
    }
    if !unused.is_empty() {
        found.extend(unused);
        found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    }
}

/// Marks what `directive` waives among the findings of its file; when that is nothing, a finding about itself.
fn cover(directive: &DirectiveFact, found: &mut [Diagnostic]) -> Option<Diagnostic> {
    let is_covered = |finding: &Diagnostic| {
        finding.code == directive.rule && directive.scope.touches(finding.primary.place.span.start())
    };
    let mut is_used = false;
    for finding in found.iter_mut().filter(|finding| is_covered(finding)) {
        finding.waived.get_or_insert_with(|| directive.waived.clone());
        is_used = true;
    }
    let place = directive.waived.place.clone();
    (!is_used).then(|| crate::codes::unused_directive(place, &directive.rule, None))
}

/// Marks what the exceptions for files cover, and returns the numbers of those that did.
fn waive(plan: &Plan, inputs: &Inputs, found: &mut [Diagnostic]) -> Vec<u32> {
    if found.is_empty() {
        return Vec::new();
    }
    let declared = Exceptions::declared(plan);
    let mut used = BTreeSet::new();
    Standing::new(plan, &declared, inputs).mark(found, &mut used);
    used.into_iter().collect()
}

/// A campaign of which nothing is known but its id.
#[cfg(test)]
pub(crate) fn sample(id: &str, place: mktlint_diag::Place) -> crate::CampaignFact {
    crate::CampaignFact {
        id: id.into(),
        place,
        tier: crate::TierFact::default(),
        audience: Vec::new(),
        channels: None,
        regions: None,
        sends: Vec::new(),
        send_at: None,
        time_zone: None,
        recipient_time: false,
        values: Vec::new(),
        unless: Vec::new(),
    }
}
