//! Kinds of declaration and the namespaces they share.

use crate::model::item::ItemKind;

/// Names of one namespace must differ within a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Namespace {
    /// Everything that expressions, rules and clauses refer to by name.
    Values,
    /// A kind whose names are only used behind its own word: `tier high`, `approve legal`.
    Own(ItemKind),
}

impl Namespace {
    /// The namespace that declarations of `kind` live in.
    pub const fn of(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Contact
            | ItemKind::Enum
            | ItemKind::Lifecycle
            | ItemKind::Region
            | ItemKind::Audience
            | ItemKind::Suppress
            | ItemKind::Evidence
            | ItemKind::Disclosure
            | ItemKind::Claim
            | ItemKind::Rule
            | ItemKind::Fn
            | ItemKind::Let
            | ItemKind::Asset
            | ItemKind::Part
            | ItemKind::Fact => Self::Values,
            own => Self::Own(own),
        }
    }
}

/// Each kind with the word that starts it.
const WORDS: [(ItemKind, &str); 30] = [
    (ItemKind::Use, "use"),
    (ItemKind::Contact, "contact"),
    (ItemKind::Enum, "enum"),
    (ItemKind::Lifecycle, "lifecycle"),
    (ItemKind::Region, "region"),
    (ItemKind::Audience, "audience"),
    (ItemKind::Suppress, "suppress"),
    (ItemKind::Cap, "cap"),
    (ItemKind::QuietHours, "quiet_hours"),
    (ItemKind::Prove, "prove"),
    (ItemKind::Evidence, "evidence"),
    (ItemKind::Disclosure, "disclosure"),
    (ItemKind::Claim, "claim"),
    (ItemKind::Term, "term"),
    (ItemKind::Utm, "utm"),
    (ItemKind::Merge, "merge"),
    (ItemKind::Rule, "rule"),
    (ItemKind::Role, "role"),
    (ItemKind::Tier, "tier"),
    (ItemKind::Pipeline, "pipeline"),
    (ItemKind::Threshold, "threshold"),
    (ItemKind::Enforce, "enforce"),
    (ItemKind::Waive, "waive"),
    (ItemKind::Fn, "fn"),
    (ItemKind::Let, "let"),
    (ItemKind::Test, "test"),
    (ItemKind::Asset, "asset"),
    (ItemKind::Part, "part"),
    (ItemKind::Fact, "fact"),
    (ItemKind::Given, "given"),
];

/// The kind that `word` starts.
pub fn kind_of_word(word: &str) -> Option<ItemKind> {
    WORDS.iter().find(|(_, own)| *own == word).map(|(kind, _)| *kind)
}

/// The word that starts `kind`.
pub fn word_of_kind(kind: ItemKind) -> &'static str {
    WORDS.iter().find(|(own, _)| *own == kind).map_or("", |(_, word)| word)
}
