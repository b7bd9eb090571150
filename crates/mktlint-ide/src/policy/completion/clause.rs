//! The clauses of a declaration, for where one can start.

use mktlint_hir::clauses;
use mktlint_hir::model::item::ItemKind;

use super::items::{Distance, Draft, Fit, Items};

/// A clause: its first words, one sentence, and how it is begun.
type Clause = (&'static str, &'static str, &'static str);

/// Clauses that mean the same wherever they stand.
const SHARED: [Clause; 12] = [
    ("because", "The source: a law, a study, a page of the brand book.", "because \"$1\""),
    ("help", "What to type instead.", "help \"$1\""),
    ("error", "What to say; a run fails by default.", "error \"$1\""),
    ("warning", "What to say; it should be mended.", "warning \"$1\""),
    ("info", "What to say; it is worth knowing.", "info \"$1\""),
    ("from", "The first day in force, judged on the send date.", "from $0"),
    ("until", "The last day in force, judged on the send date.", "until $0"),
    ("never", "`never waivable`: no exceptions.", "never $0"),
    ("waivable", "Exceptions only by these roles.", "waivable by $0"),
    ("absolute", "Nobody downstream can weaken or waive it.", "absolute"),
    ("off", "In force only when it is enforced by name.", "off by default"),
    ("unless", "Where it does not apply.", "unless $0"),
];

/// Levels of what says nothing of its own.
const LEVELS: [Clause; 3] = [
    ("error", "A run fails by default.", "error"),
    ("warning", "It should be mended.", "warning"),
    ("info", "It is worth knowing.", "info"),
];

/// Clauses that only some kinds have, or that mean something of their own there.
fn own(kind: ItemKind) -> &'static [Clause] {
    match kind {
        ItemKind::Rule => &[
            ("match", "A finding for each place where one of these is found.", "match $0"),
            ("require", "A finding for each thing where this is false.", "require $0"),
            ("forbid", "A finding for each thing where this is true.", "forbid $0"),
            ("fix", "How to repair it.", "fix $0"),
        ],
        ItemKind::Claim => &[
            ("says", "What counts as saying it: phrases and patterns.", "says \"$1\""),
            ("needs", "Evidence that must hold, or a disclosure that must stand near.", "needs $0"),
            ("never", "Where it must not be said, or `never waivable`.", "never $0"),
            ("only", "The only regions or channels where it may be said.", "only $0"),
            ("tier", "Who must approve what says it.", "tier $0"),
            ("regulated", "The law watches it: tiers can ask for that.", "regulated"),
        ],
        ItemKind::Term => &[
            ("not", "Wordings to avoid.", "not \"$1\""),
            ("case sensitive", "`Sign Up` and `sign up` are two.", "case sensitive"),
        ],
        ItemKind::Evidence => &[
            ("document", "The file, from the root of the workspace.", "document \"$1\""),
            ("sha256", "The digest of the file; another one proves nothing.", "sha256 \"$1\""),
            ("expires", "The last day on which it may be relied on.", "expires $0"),
        ],
        ItemKind::Disclosure => &[("says", "Other accepted wordings.", "says \"$1\"")],
        ItemKind::Suppress => &[
            ("who", "Whom it keeps out: a condition on a contact.", "who $0"),
            ("unless", "When it does not apply; fields of the campaign can be named.", "unless $0"),
        ],
        ItemKind::Cap => &[
            (
                "at most",
                "How many messages in which length of time.",
                "at most ${1:3} ${2:email} per ${3:7 days}",
            ),
            ("who", "Whom it protects; everybody when it is not said.", "who $0"),
            ("unless", "Messages that do not count.", "unless $0"),
        ],
        ItemKind::QuietHours => &[
            ("from", "From when to when it is quiet.", "from ${1:21:00} to ${2:08:00} recipient_time"),
            ("who", "Whom it protects; everybody when it is not said.", "who $0"),
            ("unless", "Messages that may come.", "unless $0"),
        ],
        ItemKind::Merge => &[
            ("length", "How many characters it can print.", "length ${1:1..=14}"),
            ("fallback", "What prints when the value is missing, or `required`.", "fallback $0"),
        ],
        ItemKind::Role => &[
            ("members", "Who has the role.", "members [\"$1\"]"),
            ("keys", "The file with their public keys.", "keys \"$1\""),
            (
                "revoked",
                "A key that no longer counts, by the fingerprint that `ssh-keygen -l` shows.",
                "revoked \"SHA256:$1\" from $0",
            ),
        ],
        ItemKind::Tier => &[
            ("when", "Which changes have it; without it, those that no other tier claims.", "when $0"),
            ("yields", "Tiers whose `when` goes first where both hold.", "yields to $0"),
            ("approve", "Who must approve.", "approve $0"),
            ("authors", "Whoever made the change may approve it, too.", "authors may approve"),
            ("expires", "How long an approval holds.", "expires after ${1:30 days}"),
        ],
        ItemKind::Pipeline => &[
            ("stages", "The stages in order.", "stages ${1:brief -> build -> live}"),
            ("stall", "How long work may stay in a stage.", "stall ${1:stage} after ${2:2 days}"),
            ("target", "How long work may take.", "target ${1:from} to ${2:to} within ${3:7 days}"),
        ],
        ItemKind::Threshold => &[
            ("above", "Too much, and how bad that is.", "above ${1:0.1%} ${2:warning}"),
            ("below", "Too little, and how bad that is.", "below ${1:0.5%} ${2:info}"),
            ("action", "What to do.", "action \"$1\""),
        ],
        ItemKind::Waive => &[
            ("by", "Who answers for it.", "by $0"),
            ("until", "The last day on which it holds.", "until $0"),
        ],
        ItemKind::Test => &[
            ("fires", "There is a finding.", "fires on $0"),
            ("silent", "There is no finding.", "silent on $0"),
            ("undecided", "An input is missing.", "undecided on $0"),
            ("includes", "The audience or suppression has this contact.", "includes { $0 }"),
            ("excludes", "The audience or suppression has not this contact.", "excludes { $0 }"),
            ("at", "The day of the run; 2026-01-01 when it is not given.", "at $0"),
        ],
        ItemKind::Utm => &[
            ("hosts", "Links to these hosts; every web link when absent.", "hosts [\"$1\"]"),
            ("group", "The channel group that GA4 must report.", "group = $0"),
            ("order", "The order that the parameters must have.", "order ${1:source, medium, campaign}"),
            ("others", "Parameters that are not named may be there.", "others allowed"),
        ],
        _ => &[],
    }
}

/// One sentence on a clause of a declaration of `kind`, and how it is begun.
fn described(kind: ItemKind, head: &'static str) -> Clause {
    let is_it = |clause: &&Clause| clause.0 == head;
    let quiet = !matches!(kind, ItemKind::Rule);
    let level = LEVELS.iter().find(is_it).filter(|_| quiet);
    let found = own(kind).iter().find(is_it).or(level).or_else(|| SHARED.iter().find(is_it));
    found.copied().unwrap_or((head, "What this parameter must be.", head))
}

/// One sentence on the clause that starts with `head`.
pub fn docs_of(kind: ItemKind, head: &str) -> Option<&'static str> {
    let known = clauses(kind).into_iter().find(|own| own.split(' ').next() == Some(head))?;
    Some(described(kind, known).1)
}

/// Whether more than one clause can start with `head`.
fn can_repeat(kind: ItemKind, head: &str) -> bool {
    match kind {
        ItemKind::Test => head != "at",
        ItemKind::Claim => matches!(head, "says" | "needs" | "never" | "only"),
        ItemKind::Term => head == "not",
        ItemKind::Disclosure => head == "says",
        ItemKind::Role => matches!(head, "keys" | "revoked"),
        ItemKind::Tier => matches!(head, "approve" | "yields"),
        ItemKind::Pipeline => matches!(head, "stall" | "target"),
        ItemKind::Threshold => matches!(head, "above" | "below"),
        _ => false,
    }
}

/// Clauses that hold a condition, which can go on in the next line.
const CONDITIONS: [&str; 5] = ["require", "forbid", "who", "unless", "when"];

/// What cannot stand beside `head`.
fn rivals(head: &str) -> &'static [&'static str] {
    match head {
        "match" | "require" | "forbid" => &["match", "require", "forbid"],
        "error" | "warning" | "info" => &["error", "warning", "info"],
        "waivable" | "absolute" => &["waivable", "absolute"],
        _ => &[],
    }
}

/// Offers the clauses that can be added to the body around the cursor.
pub fn offer(items: &mut Items<'_, '_>, kind: ItemKind) {
    let there = items.at.heads();
    let has = |head: &str| there.iter().any(|own| own == head);
    for (n, head) in clauses(kind).into_iter().enumerate() {
        let first = head.split(' ').next().unwrap_or(head);
        let taken = has(first) && !can_repeat(kind, first);
        if taken || rivals(first).iter().any(|rival| has(rival)) {
            continue;
        }
        let (_, docs, snippet) = described(kind, head);
        let draft = Draft::keyword(head, docs).snippet(snippet);
        items.push(draft.ranked(Fit::Exact, Distance::Field).nth(n));
    }
    if there.iter().any(|own| CONDITIONS.contains(&own.as_str())) {
        super::operator::low(items, super::operator::CONDITIONS);
    }
    if kind == ItemKind::Test && there.iter().any(|own| own == "fires") {
        let docs = "What people read after the fix of the case above.";
        let draft = Draft::keyword("fixed", docs).snippet("fixed \"$1\"");
        items.push(draft.ranked(Fit::Exact, Distance::File));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clause_says_what_it_is_for() {
        for word in mktlint_syntax::KINDS {
            let Some(kind) = mktlint_hir::names::kind_of_word(word) else { continue };
            let known = clauses(kind);
            for (head, _, _) in own(kind) {
                assert!(known.contains(head), "{word} has no {head}");
            }
            for head in known {
                let (_, docs, _) = described(kind, head);
                let is_param = kind == ItemKind::Utm && docs == "What this parameter must be.";
                assert!(is_param || docs != "What this parameter must be.", "{word} {head}");
            }
        }
    }
}
