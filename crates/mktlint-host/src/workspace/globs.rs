//! Globs from the root of a workspace.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use smol_str::SmolStr;

/// Globs from the root of a workspace; `*` does not cross `/`.
#[derive(Clone, Debug)]
pub struct Globs {
    set: GlobSet,
    patterns: Vec<SmolStr>,
}

impl Globs {
    /// The globs of `patterns`, which were checked when the configuration was read; a pattern that names a folder
    /// stands for everything in it.
    pub fn new(patterns: &[SmolStr]) -> Self {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            for text in [pattern.to_string(), format!("{}/**", pattern.trim_end_matches('/'))] {
                if let Ok(glob) = GlobBuilder::new(&text).literal_separator(true).build() {
                    set.add(glob);
                }
            }
        }
        Self { set: set.build().unwrap_or_default(), patterns: patterns.to_vec() }
    }

    /// Whether one of them fits `path`.
    pub fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Whether one of them fits files in any folder: `**/*.mkt`, `*/rules.mkt`.
    pub fn is_everywhere(&self) -> bool {
        let starts_wild =
            |pattern: &SmolStr| pattern.split_once('/').is_some_and(|(first, _)| is_wild(first));
        self.patterns.iter().any(starts_wild)
    }

    /// For each glob the longest folder before its first wildcard; the pattern itself when it has none.
    pub fn bases(&self) -> Vec<String> {
        let base = |pattern: &SmolStr| {
            pattern.split('/').take_while(|part| !is_wild(part)).collect::<Vec<_>>().join("/")
        };
        let mut bases: Vec<String> = self.patterns.iter().map(base).collect();
        bases.sort();
        bases.dedup();
        bases
    }
}

fn is_wild(part: &str) -> bool {
    part.contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_what_is_in_it() {
        let globs = Globs::new(&["drafts".into(), "ads/*.csv".into()]);
        assert!(globs.matches("drafts/a/b.md"));
        assert!(globs.matches("ads/a.csv"));
        assert!(!globs.matches("ads/old/a.csv"));
    }

    #[test]
    fn bases_end_before_the_first_wildcard() {
        let globs = Globs::new(&["policy/**/*.mkt".into(), "*.mkt".into(), "rules/main.mkt".into()]);
        assert_eq!(globs.bases(), ["", "policy", "rules/main.mkt"]);
        assert!(!globs.is_everywhere());
        assert!(Globs::new(&["**/*.mkt".into()]).is_everywhere());
    }
}
