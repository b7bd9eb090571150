//! What only all assets together show.

mod campaigns;
mod drift;

use mktlint_diag::Diagnostic;

use crate::{DirectiveFact, FileFacts};

/// What only all assets together show: values that are spelled in two ways, links that report to another campaign,
/// campaigns with one id. `files` are in order of path, so that the first of two is always the same. Sorted.
///
/// Directives in assets that speak of these are heeded; one that covers nothing is reported too.
pub fn judge_workspace(files: &[FileFacts]) -> Vec<Diagnostic> {
    let mut found = campaigns::campaigns(files);
    found.extend(drift::drift(files));
    found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    let mut unused = Vec::new();
    for facts in files.iter().filter(|facts| !facts.directives.is_empty()) {
        let Some(file) = &facts.file else { continue };
        let start = found.partition_point(|finding| finding.primary.place.file < *file);
        let len = found[start..].partition_point(|finding| finding.primary.place.file == *file);
        let own = &mut found[start..start + len];
        unused.extend(facts.directives.iter().filter_map(|directive| waive(directive, own)));
    }
    if !unused.is_empty() {
        found.extend(unused);
        found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    }
    found
}

/// Marks what `directive` waives among the findings of its file; when that is nothing, a finding about itself.
fn waive(directive: &DirectiveFact, found: &mut [Diagnostic]) -> Option<Diagnostic> {
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
