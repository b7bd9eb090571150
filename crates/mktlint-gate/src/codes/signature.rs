//! Signatures that prove nothing, or not what the record says.

use jiff::civil::Date;
use mktlint_diag::{Code, Diagnostic, Level, Place};
use smol_str::SmolStr;

/// A decision is not signed.
pub static UNSIGNED: Code = Code {
    id: "MKT0906",
    slug: "unsigned-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0906.md"),
};

/// The signature of a decision cannot be read.
pub static CORRUPT: Code = Code {
    id: "MKT0907",
    slug: "corrupt-signature",
    level: Level::Error,
    page: include_str!("../../explain/MKT0907.md"),
};

/// A decision was edited after it was signed.
pub static EDITED: Code = Code {
    id: "MKT0908",
    slug: "edited-record",
    level: Level::Error,
    page: include_str!("../../explain/MKT0908.md"),
};

/// A decision is signed by a key that nobody has.
pub static UNKNOWN_KEY: Code = Code {
    id: "MKT0909",
    slug: "unknown-key",
    level: Level::Error,
    page: include_str!("../../explain/MKT0909.md"),
};

/// A decision is signed by a revoked key.
pub static REVOKED: Code = Code {
    id: "MKT0910",
    slug: "revoked-key",
    level: Level::Error,
    page: include_str!("../../explain/MKT0910.md"),
};

/// A decision is signed by a key of another role.
pub static OTHER_ROLE: Code = Code {
    id: "MKT0911",
    slug: "key-of-another-role",
    level: Level::Error,
    page: include_str!("../../explain/MKT0911.md"),
};

/// A decision is signed by a key outside its time.
pub static NOT_VALID: Code = Code {
    id: "MKT0912",
    slug: "key-not-valid",
    level: Level::Error,
    page: include_str!("../../explain/MKT0912.md"),
};

/// A key proves nothing.
pub static WEAK: Code = Code {
    id: "MKT0927",
    slug: "weak-key",
    level: Level::Error,
    page: include_str!("../../explain/MKT0927.md"),
};

/// A decision is signed by the key of another person.
pub static OTHER_PERSON: Code = Code {
    id: "MKT0928",
    slug: "other-person",
    level: Level::Error,
    page: include_str!("../../explain/MKT0928.md"),
};

/// A record without a signature.
pub fn unsigned(place: Place) -> Diagnostic {
    Diagnostic::new(&UNSIGNED, place, "this decision is not signed")
        .help("`mktlint approve` writes and signs one")
}

/// A signature that is damaged or was made for something else.
pub fn corrupt(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new(&CORRUPT, place, format!("this signature cannot be used: {reason}"))
}

/// A record that is not the one that was signed.
pub fn edited(place: Place) -> Diagnostic {
    Diagnostic::new(&EDITED, place, "this record is not the one that was signed")
        .help("bring it back as it was, or decide again")
}

/// A key that stands in no file of a role.
pub fn unknown_key(place: Place, fingerprint: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_KEY, place, format!("no role has the key `{fingerprint}`"))
        .help("add the public key to a key file of the role, in a change of its own")
}

/// A key that its role has revoked.
pub fn revoked(place: Place, fingerprint: &str, from: Date) -> Diagnostic {
    Diagnostic::new(&REVOKED, place, format!("the key `{fingerprint}` is revoked from {from}"))
}

/// A key of somebody who has other roles; `roles` names them.
pub fn other_role(place: Place, role: &str, roles: &[&str]) -> Diagnostic {
    let others = roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(" and ");
    Diagnostic::new(
        &OTHER_ROLE,
        place,
        format!("this decision speaks for `{role}`, and its key is one of {others}"),
    )
}

/// A role that the policy does not have.
pub fn unknown_role(place: Place, role: &str) -> Diagnostic {
    Diagnostic::new(&OTHER_ROLE, place, format!("the policy has no role `{role}`"))
}

/// A decision that names no role where one is needed.
pub fn no_role(place: Place) -> Diagnostic {
    Diagnostic::new(&OTHER_ROLE, place, "this decision names no role that it speaks for")
}

/// A key before or after its time; `when` says which.
pub fn not_valid(place: Place, fingerprint: &str, when: &str) -> Diagnostic {
    Diagnostic::new(&NOT_VALID, place, format!("the key `{fingerprint}` {when}"))
}

/// A key that anybody could forge.
pub fn weak(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new(&WEAK, place, format!("this key proves nothing: {reason}"))
        .help("`ssh-keygen -t ed25519` makes one that does")
}

/// A key of somebody else than the person that the record names.
pub fn other_person(place: Place, person: &str, owners: &[SmolStr]) -> Diagnostic {
    let owners = owners.iter().map(|owner| format!("`{owner}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::new(
        &OTHER_PERSON,
        place,
        format!("this decision names `{person}`, and its key is that of {owners}"),
    )
}

/// A person who does not have the role.
pub fn no_member(place: Place, person: &str, role: &str) -> Diagnostic {
    Diagnostic::new(&OTHER_PERSON, place, format!("`{person}` is no member of `{role}`"))
}
