//! What is looked for in texts.

use mktlint_hir::model::item::PartOfSpeech;
use serde::{Deserialize, Serialize};

use super::ids::{PatternId, StrId};
use super::place::PlaceRef;
use super::remote;

/// A phrase or pattern, once, however many declarations look for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Its name in [`crate::Plan::matcher`]; its number is that of the pattern.
    pub needle: mktlint_match::NeedleId,
    /// The words, or the body of the pattern.
    pub text: StrId,
    /// The flags when it is a pattern (`i`); `None` when it is a phrase.
    pub flags: Option<StrId>,
    /// Whether capitals matter in a phrase.
    pub exact_case: bool,
    /// Whether a pattern asks where a text or line starts or ends.
    pub anchored: bool,
}

/// Whether the body of a pattern asks where a text or line starts or ends: `^`, `$`, `\A`, `\z` outside of classes.
pub fn is_anchored(pattern: &str) -> bool {
    let mut depth = 0_u32;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if matches!(letters.next(), Some('A' | 'z')) => return true,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '^' | '$' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// A pattern where one declaration looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// What.
    pub pattern: PatternId,
    /// Only where it is used so.
    #[serde(with = "remote::optional_part_of_speech")]
    pub part_of_speech: Option<PartOfSpeech>,
    /// Where the policy says it.
    pub place: PlaceRef,
}

#[cfg(test)]
mod tests {
    use super::is_anchored;

    #[test]
    fn anchors_stand_outside_of_classes() {
        for anchored in ["^a", "a$", r"\Aa", r"(?:^|b)a", r"[^]a]^", r"a\z"] {
            assert!(is_anchored(anchored), "{anchored}");
        }
        for free in [r"[^a]b", r"\$\d", r"\^", r"\\[$]", r"\bfree\b"] {
            assert!(!is_anchored(free), "{free}");
        }
    }
}
