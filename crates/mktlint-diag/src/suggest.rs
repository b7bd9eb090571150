//! `did you mean`.

/// The one of `candidates` that `word` was probably meant to be.
///
/// `None` when none is close, or when two are equally close: a wrong guess costs more than no guess. Close means at
/// most a third of the letters differ (two swapped letters count once), or only case or `-`/`_` do.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let plain = |text: &str| text.to_lowercase().replace('-', "_");
    let wanted = plain(word);
    let len = wanted.chars().count();
    let limit = len.div_ceil(3).min(3);
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in candidates {
        let candidate_plain = plain(candidate);
        let candidate_len = candidate_plain.chars().count();
        // Lengths alone settle most; a distance costs the product of both.
        if candidate_len.abs_diff(len) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &candidate_plain);
        if distance > limit || distance >= candidate_len {
            continue;
        }
        match best {
            Some((least, other)) if distance == least => tied |= other != candidate,
            Some((least, _)) if distance > least => {}
            _ => (best, tied) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn only_a_clear_answer_is_given() {
        let words = ["needs", "never", "says", "tier"];
        assert_eq!(closest("needz", words), Some("needs"));
        assert_eq!(closest("teir", words), Some("tier"));
        assert_eq!(closest("Says", words), Some("says"));
        assert_eq!(closest("banana", words), None);
        assert_eq!(closest("cat", ["bat", "hat"]), None);
    }
}
