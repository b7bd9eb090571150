//! What stays the same about a finding while its file is edited around it.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, Place, fingerprint, words_at};

use crate::Sources;
use crate::text::Texts;

/// The fingerprint of each of `findings`, in their order; no two are equal.
///
/// Pass all findings of a run: equal ones are numbered in the order given.
pub fn fingerprints(findings: &[Diagnostic], sources: &dyn Sources) -> Vec<String> {
    of_all(findings, &Texts::new(sources))
}

/// As [`fingerprints`], with texts that are already at hand.
pub(crate) fn of_all(findings: &[Diagnostic], texts: &Texts<'_>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    findings.iter().map(|finding| numbered(finding, texts, &mut seen)).collect()
}

fn numbered(finding: &Diagnostic, texts: &Texts<'_>, seen: &mut BTreeMap<String, usize>) -> String {
    let Place { file, span } = &finding.primary.place;
    let words = texts.get(file).map_or_else(String::new, |file| words_at(file.text(), *span));
    let first = fingerprint(&finding.code, file, &words, 0);
    let n = seen.entry(first.clone()).or_default();
    *n += 1;
    match *n {
        1 => first,
        n => fingerprint(&finding.code, file, &words, n - 1),
    }
}
