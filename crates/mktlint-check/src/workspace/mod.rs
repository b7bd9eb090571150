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
    for facts in files {
        for directive in &facts.directives {
            waive(facts, directive, &mut found);
        }
    }
    found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    found
}

fn waive(facts: &FileFacts, directive: &DirectiveFact, found: &mut Vec<Diagnostic>) {
    let mut is_used = false;
    for finding in found.iter_mut().filter(|finding| finding.code == directive.rule) {
        let place = &finding.primary.place;
        if facts.file.as_ref() == Some(&place.file) && directive.scope.touches(place.span.start()) {
            finding.waived.get_or_insert_with(|| directive.waived.clone());
            is_used = true;
        }
    }
    if !is_used {
        found.push(crate::codes::unused_directive(directive.waived.place.clone(), &directive.rule, None));
    }
}
