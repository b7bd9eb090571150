//! Approvals that do not count for the change at hand.

use jiff::Timestamp;
use mktlint_diag::{Code, Diagnostic, Level, Place};

use crate::PartId;

/// An approval was given under another policy.
pub static OTHER_POLICY: Code = Code {
    id: "MKT0914",
    slug: "other-policy",
    level: Level::Error,
    page: include_str!("../../explain/MKT0914.md"),
};

/// What was approved has changed.
pub static CHANGED_SINCE: Code = Code {
    id: "MKT0915",
    slug: "changed-since",
    level: Level::Error,
    page: include_str!("../../explain/MKT0915.md"),
};

/// An approval has expired.
pub static EXPIRED: Code = Code {
    id: "MKT0916",
    slug: "expired-approval",
    level: Level::Error,
    page: include_str!("../../explain/MKT0916.md"),
};

/// A decision claims a time that has not come.
pub static FUTURE: Code = Code {
    id: "MKT0917",
    slug: "decision-in-the-future",
    level: Level::Error,
    page: include_str!("../../explain/MKT0917.md"),
};

/// A decision claims a time before one that it follows.
pub static SET_BACK: Code = Code {
    id: "MKT0918",
    slug: "clock-set-back",
    level: Level::Error,
    page: include_str!("../../explain/MKT0918.md"),
};

/// The author of a change approves it.
pub static AUTHOR: Code = Code {
    id: "MKT0919",
    slug: "author-approves",
    level: Level::Error,
    page: include_str!("../../explain/MKT0919.md"),
};

/// An approval was followed by a rejection.
pub static OUTVOTED: Code = Code {
    id: "MKT0920",
    slug: "rejected-later",
    level: Level::Error,
    page: include_str!("../../explain/MKT0920.md"),
};

/// An approval was withdrawn.
pub static WITHDRAWN: Code = Code {
    id: "MKT0921",
    slug: "withdrawn-approval",
    level: Level::Error,
    page: include_str!("../../explain/MKT0921.md"),
};

/// An approval speaks of another normal form.
pub static OTHER_FORM: Code = Code {
    id: "MKT0923",
    slug: "other-normal-form",
    level: Level::Error,
    page: include_str!("../../explain/MKT0923.md"),
};

/// An approval does not speak of a part that changed.
pub static NOT_COVERED: Code = Code {
    id: "MKT0926",
    slug: "part-not-approved",
    level: Level::Error,
    page: include_str!("../../explain/MKT0926.md"),
};

/// A change was rejected.
pub static REJECTED: Code = Code {
    id: "MKT0929",
    slug: "rejected-change",
    level: Level::Error,
    page: include_str!("../../explain/MKT0929.md"),
};

/// A rejection that nobody in the role has answered.
pub fn rejected(place: Place, person: &str, reason: &str) -> Diagnostic {
    let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    Diagnostic::new(&REJECTED, place, format!("`{person}` rejected this{reason}"))
}

/// An approval of another meaning of the policy.
pub fn other_policy(place: Place) -> Diagnostic {
    Diagnostic::new(&OTHER_POLICY, place, "the policy that judges this has changed since")
}

/// A part that says something else than what was approved.
pub fn changed_since(place: Place, part: &PartId) -> Diagnostic {
    Diagnostic::new(&CHANGED_SINCE, place, format!("`{part}` has changed since"))
}

/// A part that is no longer there.
pub fn gone_since(place: Place, part: &PartId) -> Diagnostic {
    Diagnostic::new(&CHANGED_SINCE, place, format!("`{part}` is gone since"))
}

/// A part that the approval says nothing of.
pub fn not_covered(place: Place, part: &PartId) -> Diagnostic {
    Diagnostic::new(&NOT_COVERED, place, format!("`{part}` changed, and the approval does not speak of it"))
}

/// An approval past its end.
pub fn expired(place: Place, end: Timestamp) -> Diagnostic {
    Diagnostic::new(&EXPIRED, place, format!("this approval has expired at {end}"))
}

/// A time that has not come.
pub fn future(place: Place, time: Timestamp) -> Diagnostic {
    Diagnostic::new(&FUTURE, place, format!("this decision claims to be of {time}, which has not come"))
}

/// A time before that of `other`, which was there already.
pub fn set_back(place: Place, time: Timestamp, other: &str, its_time: Timestamp) -> Diagnostic {
    let message = format!("this decision claims to be of {time}, and follows `{other}` of {its_time}");
    Diagnostic::new(&SET_BACK, place, message)
}

/// An approval by somebody who wrote the change.
pub fn author(place: Place, person: &str) -> Diagnostic {
    Diagnostic::new(&AUTHOR, place, format!("`{person}` wrote some of this change, and cannot approve it"))
        .help("someone else in the role approves, or the tier says `authors may approve`")
}

/// An approval that a rejection followed.
pub fn outvoted(place: Place, rejection: &str, person: &str) -> Diagnostic {
    Diagnostic::new(&OUTVOTED, place, format!("`{person}` rejected it later: `{rejection}`"))
}

/// An approval that was taken back.
pub fn withdrawn(place: Place, withdrawal: &str, person: &str) -> Diagnostic {
    Diagnostic::new(&WITHDRAWN, place, format!("`{person}` has withdrawn it: `{withdrawal}`"))
}

/// Digests of another normal form.
pub fn other_form(place: Place, number: u32, own: u32) -> Diagnostic {
    Diagnostic::new(
        &OTHER_FORM,
        place,
        format!("its digests are of normal form {number}, and this version has {own}"),
    )
}
