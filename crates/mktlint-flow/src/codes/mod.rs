//! What is wrong with stamps and results. One file and one page each.

use mktlint_diag::Code;

pub(crate) mod correction;
pub(crate) mod result_campaign;
pub(crate) mod result_file;
pub(crate) mod result_metric;
pub(crate) mod result_time;
pub(crate) mod result_twice;
pub(crate) mod result_value;
pub(crate) mod stage_time;
pub(crate) mod stages_out_of_order;
pub(crate) mod unknown_stage;

/// Every code of this crate, in order.
pub static CODES: &[&Code] = &[
    &unknown_stage::CODE,
    &stages_out_of_order::CODE,
    &stage_time::CODE,
    &correction::CODE,
    &result_file::CODE,
    &result_campaign::CODE,
    &result_metric::CODE,
    &result_value::CODE,
    &result_time::CODE,
    &result_twice::CODE,
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
