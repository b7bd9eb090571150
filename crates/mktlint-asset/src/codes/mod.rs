//! What can be wrong with a file itself. One file and one page each.

use mktlint_diag::{Code, Diagnostic, Place};

use crate::decode::DecodeProblem;

mod alias_bomb;
mod bad_campaign_date;
mod data_syntax;
mod duplicate_column;
mod duplicate_key;
mod field_not_found;
mod invalid_encoding;
mod misspelt_campaign_key;
mod nested_too_deep;
mod no_known_column;
mod not_text;
mod nul_byte;
mod ragged_row;
mod too_large;
mod unclosed_quote;
mod unclosed_tag;
mod utc_offset;
mod wrong_campaign_type;

pub(crate) use alias_bomb::alias_bomb;
pub(crate) use bad_campaign_date::bad_campaign_date;
pub(crate) use data_syntax::data_syntax;
pub(crate) use duplicate_column::duplicate_column;
pub(crate) use duplicate_key::duplicate_key;
pub(crate) use field_not_found::{column_not_found, items_not_found};
pub(crate) use misspelt_campaign_key::{misspelt_campaign_key, unknown_send_key};
pub(crate) use nested_too_deep::nested_too_deep;
pub(crate) use no_known_column::no_known_column;
pub(crate) use ragged_row::ragged_row;
pub(crate) use unclosed_quote::unclosed_quote;
pub(crate) use unclosed_tag::unclosed_tag;
pub(crate) use utc_offset::utc_offset;
pub(crate) use wrong_campaign_type::wrong_campaign_type;

/// Every code of this crate, in order.
pub static CODES: &[&Code] = &[
    &not_text::CODE,
    &too_large::CODE,
    &invalid_encoding::CODE,
    &nul_byte::CODE,
    &ragged_row::CODE,
    &unclosed_quote::CODE,
    &duplicate_column::CODE,
    &no_known_column::CODE,
    &data_syntax::CODE,
    &duplicate_key::CODE,
    &nested_too_deep::CODE,
    &alias_bomb::CODE,
    &field_not_found::CODE,
    &wrong_campaign_type::CODE,
    &bad_campaign_date::CODE,
    &misspelt_campaign_key::CODE,
    &utc_offset::CODE,
    &unclosed_tag::CODE,
];

/// The diagnostic for a problem of decoding.
pub(crate) fn encoding(problem: DecodeProblem, place: Place) -> Diagnostic {
    match problem {
        DecodeProblem::NotText => not_text::not_text(place),
        DecodeProblem::TooLarge => too_large::too_large(place),
        DecodeProblem::InvalidUtf8 { bytes } => invalid_encoding::invalid_utf8(place, bytes),
        DecodeProblem::InvalidUtf16 => invalid_encoding::invalid_utf16(place),
        DecodeProblem::Nul { bytes } => nul_byte::nul_byte(place, bytes),
    }
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
