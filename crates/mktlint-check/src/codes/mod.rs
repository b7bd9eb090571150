//! What the run itself finds, beside what rules find. One file and one page each.

use mktlint_diag::Code;

mod campaign_mismatch;
mod campaign_value;
mod duplicate_campaign;
mod expired_directive;
mod malformed_directive;
mod missing_fallback;
mod not_waivable;
mod unknown_merge_tag;
mod unknown_rule;
mod unused_directive;
mod unused_waiver;
mod utm_drift;

pub(crate) use campaign_mismatch::campaign_mismatch;
pub(crate) use campaign_value::campaign_value;
pub(crate) use duplicate_campaign::duplicate_campaign;
pub(crate) use expired_directive::expired_directive;
pub(crate) use malformed_directive::malformed_directive;
pub(crate) use missing_fallback::missing_fallback;
pub(crate) use not_waivable::not_waivable;
pub(crate) use unknown_merge_tag::unknown_merge_tag;
pub(crate) use unknown_rule::unknown_rule;
pub(crate) use unused_directive::unused_directive;
pub(crate) use unused_waiver::unused_waiver;
pub(crate) use utm_drift::utm_drift;

/// Every code of this crate, in order.
pub static CODES: &[&Code] = &[
    &utm_drift::CODE,
    &campaign_mismatch::CODE,
    &duplicate_campaign::CODE,
    &campaign_value::CODE,
    &unused_waiver::CODE,
    &unused_directive::CODE,
    &expired_directive::CODE,
    &malformed_directive::CODE,
    &unknown_rule::CODE,
    &not_waivable::CODE,
    &unknown_merge_tag::CODE,
    &missing_fallback::CODE,
];

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
