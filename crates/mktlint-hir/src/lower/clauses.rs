//! Which clauses a declaration can have.

use mktlint_measure::utm::Key;

use super::terms;
use crate::model::item::ItemKind;

/// The clauses that only declarations of `kind` have, as help and editors name them.
pub fn own_clauses(kind: ItemKind) -> Vec<&'static str> {
    if kind == ItemKind::Utm {
        let params = Key::ALL.iter().map(|key| key.short_name());
        return ["hosts", "group", "order", "others"].into_iter().chain(params).collect();
    }
    let own: &[&str] = match kind {
        ItemKind::Suppress => &["who", "unless", "because"],
        ItemKind::Cap => &["at most", "who", "unless"],
        ItemKind::QuietHours => &["from", "who", "unless", "because"],
        ItemKind::Evidence => &["document", "sha256", "expires", "because", "help"],
        ItemKind::Disclosure => &["says", "because", "help"],
        ItemKind::Claim => &["says", "needs", "never", "only", "tier", "regulated"],
        ItemKind::Term => &["not", "help", "case sensitive", "because"],
        ItemKind::Merge => &["length", "fallback"],
        ItemKind::Rule => &["match", "require", "forbid", "error", "warning", "info", "fix"],
        ItemKind::Role => &["members", "keys", "revoked"],
        ItemKind::Tier => &["when", "yields", "approve", "authors", "expires", "because"],
        ItemKind::Pipeline => &["stages", "stall", "target"],
        ItemKind::Threshold => &["above", "below", "action", "because"],
        ItemKind::Waive => &["by", "because", "until"],
        ItemKind::Test => &["fires", "silent", "undecided", "includes", "excludes", "at"],
        _ => &[],
    };
    own.to_vec()
}

/// Every clause that a declaration of `kind` can have: its own, then those that everything enforceable shares.
pub fn clauses(kind: ItemKind) -> Vec<&'static str> {
    let mut all = own_clauses(kind);
    let shared = terms::known(kind).iter().filter(|word| !all.contains(word));
    let shared: Vec<&str> = shared.copied().collect();
    all.extend(shared);
    all
}
