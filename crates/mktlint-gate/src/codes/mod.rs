//! Everything that can be wrong with decisions. One page each.

use mktlint_diag::{Code, FilePath, Place};
use mktlint_text::Span;

pub mod approval;
pub mod keys;
pub mod ledger;
pub mod record;
pub mod signature;

/// Every code of this crate, in order.
pub static CODES: &[&Code] = &[
    &record::UNREADABLE,
    &record::CONFLICT,
    &record::FUTURE_FORMAT,
    &record::MISNAMED,
    &ledger::DUPLICATE,
    &signature::UNSIGNED,
    &signature::CORRUPT,
    &signature::EDITED,
    &signature::UNKNOWN_KEY,
    &signature::REVOKED,
    &signature::OTHER_ROLE,
    &signature::NOT_VALID,
    &record::WRONG_UNIT,
    &approval::OTHER_POLICY,
    &approval::CHANGED_SINCE,
    &approval::EXPIRED,
    &approval::FUTURE,
    &approval::SET_BACK,
    &approval::AUTHOR,
    &approval::OUTVOTED,
    &approval::WITHDRAWN,
    &ledger::BASE_CHANGED,
    &approval::OTHER_FORM,
    &ledger::HOLE,
    &keys::KEY_FILE,
    &approval::NOT_COVERED,
    &signature::WEAK,
    &signature::OTHER_PERSON,
    &approval::REJECTED,
];

/// The start of a file, for problems of the whole file.
fn whole(file: &FilePath) -> Place {
    Place::new(file.clone(), Span::at(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_each_page_has_its_title() {
        assert!(CODES.is_sorted_by(|one, other| one.id < other.id));
        for code in CODES {
            assert!(code.page.starts_with(&format!("# {}: ", code.id)), "{}", code.id);
        }
    }
}
