//! Which sources Google counts as search engines, social networks, shops and video sites.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// `source,source_category`, see `stdlib/data/SOURCE.md`.
static TABLE: &str = include_str!("../../../../stdlib/data/ga4_source_categories.csv");

/// The list of Google Analytics that a source is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceCategory {
    /// `google`, `bing`: 129 sources.
    Search,
    /// `facebook`, `lnkd.in`: 592 sources.
    Social,
    /// `amazon`, `etsy`: 52 sources.
    Shopping,
    /// `youtube`, `vimeo`: 46 sources.
    Video,
}

impl SourceCategory {
    /// The list that `source` is on, in any case. `x`, `meta`, `threads` and `li` are on none.
    ///
    /// The table is read at the first question, in well under a millisecond.
    ///
    /// Source: the list that Google publishes, as of 2025-11.
    pub fn of(source: &str) -> Option<Self> {
        Self::of_lower(&source.to_lowercase())
    }

    pub(super) fn of_lower(source: &str) -> Option<Self> {
        static SOURCES: OnceLock<FxHashMap<String, SourceCategory>> = OnceLock::new();
        let sources = SOURCES.get_or_init(|| TABLE.lines().filter_map(row).collect());
        sources.get(source).copied()
    }
}

fn row(line: &str) -> Option<(String, SourceCategory)> {
    let (source, category) = line.rsplit_once(',')?;
    let category = match category.strip_prefix("SOURCE_CATEGORY_")? {
        "SEARCH" => SourceCategory::Search,
        "SOCIAL" => SourceCategory::Social,
        "SHOPPING" => SourceCategory::Shopping,
        "VIDEO" => SourceCategory::Video,
        _ => return None,
    };
    Some((source.to_lowercase(), category))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let categories: Vec<_> = TABLE.lines().skip(1).map(|line| row(line).expect(line).1).collect();
        let count = |category| categories.iter().filter(|&&it| it == category).count();
        use SourceCategory::{Search, Shopping, Social, Video};
        assert_eq!([Search, Social, Shopping, Video].map(count), [129, 592, 52, 46]);
        assert_eq!(categories.len(), 819);
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(SourceCategory::of("GOOGLE shopping"), Some(SourceCategory::Shopping));
        assert_eq!(SourceCategory::of("meta"), None);
    }
}
