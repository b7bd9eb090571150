//! Query parameters that advertising and mail platforms append to links.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// `name,platform,confirmed_in,unique_per_visitor`, see `stdlib/data/SOURCE.md`.
static TABLE: &str = include_str!("../../../stdlib/data/click_ids.csv");

/// A parameter that a platform appends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tracker {
    /// Its key, in the platform's case: `ScCid`.
    pub name: &'static str,
    /// Whose it is; empty when the registry does not say.
    pub platform: &'static str,
    /// Whether its value names one click or one person, so that written into a link by hand it is wrong for
    /// everybody: `gclid`. The others name a campaign: `mtm_campaign`.
    pub is_click_id: bool,
}

/// Keys that name a click or a person although the registry leaves the column empty, from the platforms' own pages.
#[rustfmt::skip]
static CLICK_IDS: &[&str] = &[
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "twclid", "yclid", "igshid", "mc_eid", "_ke", "_ga", "vmcid",
    "trk_contact", "_bta_c",
];

/// In wide use, but not in the registry.
static ADDED: &[Tracker] = &[
    Tracker { name: "li_fat_id", platform: "LinkedIn", is_click_id: true },
    Tracker { name: "rdt_cid", platform: "Reddit", is_click_id: true },
];

/// Returns the platform parameter that has the key `name`, in that case; `None` for any other key, and for the
/// `utm_` keys, which are yours.
///
/// The table is read at the first question.
///
/// Source: tracking-query-params-registry (2025-05), and LinkedIn's and Reddit's click ids.
pub fn tracker(name: &str) -> Option<Tracker> {
    static TRACKERS: OnceLock<FxHashMap<&str, Tracker>> = OnceLock::new();
    let read = || trackers().map(|tracker| (tracker.name, tracker)).collect();
    TRACKERS.get_or_init(read).get(name).copied()
}

fn trackers() -> impl Iterator<Item = Tracker> {
    TABLE.lines().skip(1).filter_map(row).chain(ADDED.iter().copied())
}

fn row(line: &'static str) -> Option<Tracker> {
    let mut fields = line.split(',').map(str::trim);
    let (name, platform) = (fields.next()?, fields.next()?);
    let per_visitor = fields.next_back().is_some_and(|last| last.eq_ignore_ascii_case("yes"));
    // `hsa_acc` is marked, yet names an advertising account.
    let is_click_id = per_visitor && name != "hsa_acc" || CLICK_IDS.contains(&name);
    (!name.starts_with("utm_")).then_some(Tracker { name, platform, is_click_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = TABLE.lines().skip(1);
        let utm = rows.clone().filter(|line| line.starts_with("utm_")).count();
        assert_eq!((utm, rows.filter_map(row).count()), (9, 93));
        let names: Vec<&str> = trackers().map(|tracker| tracker.name).collect();
        assert!(CLICK_IDS.iter().all(|name| names.contains(name)));
    }

    #[test]
    fn click_ids_are_told_from_campaign_keys() {
        let is_click_id = |name| tracker(name).map(|tracker| tracker.is_click_id);
        assert_eq!(is_click_id("gclid"), Some(true));
        assert_eq!(is_click_id("ScCid"), Some(true));
        assert_eq!(is_click_id("li_fat_id"), Some(true));
        assert_eq!(is_click_id("mtm_campaign"), Some(false));
        assert_eq!(is_click_id("utm_source"), None);
        assert_eq!(is_click_id("sku"), None);
    }
}
