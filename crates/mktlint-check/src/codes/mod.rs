//! What the run itself finds, beside what rules find. One file and one page each.

use mktlint_diag::Code;

mod audience_condition;
mod audience_undecided;
mod broad;
mod campaign_mismatch;
mod campaign_value;
mod duplicate_campaign;
mod ending;
mod expired;
mod malformed_directive;
mod missing_fallback;
mod nobody_gets_it;
mod not_waivable;
mod outside_regions;
mod unknown_audience;
mod unknown_merge_tag;
mod unknown_rule;
mod unused_directive;
mod unused_waiver;
mod utm_drift;

pub(crate) use audience_condition::audience_condition;
pub(crate) use audience_undecided::{audience_not_given, audience_undecided, condition_not_read};
pub(crate) use broad::broad;
pub(crate) use campaign_mismatch::campaign_mismatch;
pub(crate) use campaign_value::campaign_value;
pub(crate) use duplicate_campaign::duplicate_campaign;
pub(crate) use ending::ending;
pub(crate) use expired::{expired, touched};
pub(crate) use malformed_directive::malformed_directive;
pub(crate) use missing_fallback::missing_fallback;
pub(crate) use nobody_gets_it::nobody_gets_it;
pub(crate) use not_waivable::not_waivable;
pub(crate) use outside_regions::outside_regions;
pub(crate) use unknown_audience::{ambiguous_audience, unknown_audience};
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
    &unknown_audience::CODE,
    &audience_condition::CODE,
    &outside_regions::CODE,
    &nobody_gets_it::CODE,
    &audience_undecided::CODE,
    &unused_waiver::CODE,
    &unused_directive::CODE,
    &expired::CODE,
    &malformed_directive::CODE,
    &unknown_rule::CODE,
    &not_waivable::CODE,
    &ending::CODE,
    &broad::CODE,
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
