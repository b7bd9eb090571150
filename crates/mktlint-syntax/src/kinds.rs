//! The words that start a declaration.

/// Every kind of declaration, in the order of the manual.
pub const KINDS: [&str; 30] = [
    "use",
    "contact",
    "enum",
    "lifecycle",
    "region",
    "audience",
    "suppress",
    "cap",
    "quiet_hours",
    "prove",
    "evidence",
    "disclosure",
    "claim",
    "term",
    "utm",
    "merge",
    "rule",
    "role",
    "tier",
    "pipeline",
    "threshold",
    "enforce",
    "waive",
    "fn",
    "let",
    "test",
    "asset",
    "part",
    "fact",
    "given",
];

/// Kinds whose braces always belong to an expression.
const WITHOUT_BODY: [&str; 7] = ["use", "audience", "prove", "fn", "let", "fact", "given"];

/// Whether `word` starts a declaration; `pub` does too.
pub fn starts_declaration(word: &str) -> bool {
    word == "pub" || is_kind(word)
}

/// Whether `word` is a kind of declaration.
pub fn is_kind(word: &str) -> bool {
    KINDS.contains(&word)
}

/// Whether such a declaration says its type behind its name: `fact ships_alcohol: Bool`.
pub fn is_typed(kind: &str) -> bool {
    kind == "fact"
}

/// Whether the last top-level `{ … }` of such a declaration is its body. Unknown kinds are taken to have one, since
/// most do.
pub fn has_body(kind: &str) -> bool {
    !WITHOUT_BODY.contains(&kind)
}
