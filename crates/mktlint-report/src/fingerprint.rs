//! What stays the same about a finding while its file is edited around it.

use std::collections::BTreeMap;

use mktlint_diag::{Diagnostic, Place};
use sha2::{Digest, Sha256};

use crate::Sources;
use crate::text::Texts;

/// Words of a place that count. A finding about a whole file should not change with its last paragraph, and 32 is
/// more than any claim.
const N_WORDS: usize = 32;

/// Bytes of a place that are looked at.
const N_BYTES: u32 = 4096;

/// The fingerprint of the `nth` finding, from 0, of the rule `code` at equal `words` in the file `path`: 64
/// hexadecimal digits.
///
/// `words` are normalised: only letters and digits count, case does not. Lines moved about, changed white space and
/// changed wording of the message keep a fingerprint; a renamed rule or file does not.
pub fn fingerprint(code: &str, path: &str, words: &str, nth: usize) -> String {
    let mut hasher = Sha256::new();
    for part in [code, path, &normalise(words), &nth.to_string()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

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
    let place = &finding.primary.place;
    let words = words_at(place, texts);
    let first = fingerprint(&finding.code, &place.file, &words, 0);
    let n = seen.entry(first.clone()).or_default();
    *n += 1;
    match *n {
        1 => first,
        n => fingerprint(&finding.code, &place.file, &words, n - 1),
    }
}

fn words_at(place: &Place, texts: &Texts<'_>) -> String {
    let Some(file) = texts.get(&place.file) else { return String::new() };
    let span = file.clamp(place.span);
    let end = file.floor(span.end().min(span.start().saturating_add(N_BYTES)));
    normalise(file.text().get(span.start() as usize..end as usize).unwrap_or_default())
}

/// The first words of `text` in lower case, one space apart.
fn normalise(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(N_WORDS).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_count() {
        let one = fingerprint("r", "a.md", "Clinically\n  <b>proven</b>", 0);
        assert_eq!(one, fingerprint("r", "a.md", "clinically b PROVEN b", 0));
        assert_ne!(one, fingerprint("r", "a.md", "clinically b proven b", 1));
    }

    #[test]
    fn the_parts_do_not_run_together() {
        assert_ne!(fingerprint("r", "ab", "c", 0), fingerprint("r", "a", "bc", 0));
    }

    #[test]
    fn it_never_changes() {
        // sha256sum of the length-prefixed parts `r`, `a.md`, `free`, `0`.
        assert_eq!(
            fingerprint("r", "a.md", "FREE!", 0),
            "508d74e85e053e1b50117bfe0f767c991835c211a006f25f4d81033c32a943b3"
        );
    }
}
