//! Wording that several commands share.

/// `1 rule`, `2 rules`.
pub fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
