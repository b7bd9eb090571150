//! What keeps a change from going out, as findings for tools.

use mktlint_diag::{Code, Diagnostic, Level, Place};
use mktlint_gate::approval::Need;

/// An approval is missing.
pub static MISSING: Code = Code {
    id: "MKT0930",
    slug: "approval-missing",
    level: Level::Error,
    page: include_str!("../../explain/MKT0930.md"),
};

/// The tier of a change depends on something that nobody said.
pub static UNDECIDED: Code = Code {
    id: "MKT0931",
    slug: "tier-undecided",
    level: Level::Info,
    page: include_str!("../../explain/MKT0931.md"),
};

/// A change of `unit`, which has the tier `tier`, lacks approvals.
pub fn missing(place: Place, unit: &str, tier: &str, need: &Need) -> Diagnostic {
    let people = if need.count == 1 { String::new() } else { format!("{} of ", need.count) };
    let message = format!("{unit} is `{tier}` and needs the approval of {people}`{}`", need.role);
    let found = Diagnostic::new(&MISSING, place, message);
    let found = match need.given.len() {
        0 => found,
        n => found.note(format!("{n} of {} have approved", need.count)),
    };
    match need.who.is_empty() {
        true => found,
        false => found.note(format!("who can approve: {}", need.who.join(", "))),
    }
}

/// A change of `unit` has a tier that it would perhaps not have if `why` were known.
pub fn undecided(place: Place, unit: &str, tier: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        &UNDECIDED,
        place,
        format!("{unit} counts as `{tier}`, since it is not known whether it is: {why}"),
    )
}
