//! Problems that the analysis of policies reports: one file and one page each.

use mktlint_diag::Code;

pub mod cannot_weaken;
pub mod change_outside_tier;
pub mod conflicting_terms;
pub mod conflicting_utm;
pub mod constant_condition;
pub mod cycle;
pub mod dates_out_of_order;
pub mod duplicate_clause;
pub mod duplicate_declaration;
pub mod empty_audience;
pub mod empty_today;
pub mod everyone_audience;
pub mod evidence_expired;
pub mod evidence_without_file;
pub mod idle_condition;
pub mod idle_enforce;
pub mod impossible_approval;
pub mod impossible_limit;
pub mod impossible_yield;
pub mod invalid_pattern;
pub mod malformed_clause;
pub mod missing_clause;
pub mod missing_name;
pub mod needless_guard;
pub mod pattern_matches_empty;
pub mod pattern_matches_nothing;
pub mod private_declaration;
pub mod refuted_proof;
pub mod same_audience;
pub mod shadowed_suppression;
pub mod tier_gap;
pub mod tier_overlap;
pub mod too_complex;
pub mod two_default_tiers;
pub mod undecided_proof;
pub mod unguarded_optional;
pub mod unknown_clause;
pub mod unknown_member;
pub mod unknown_module;
pub mod unknown_name;
pub mod unreachable_rule;
pub mod unreachable_stage;
pub mod unreachable_tier;
pub mod unused_declaration;
pub mod waiver_expired;
pub mod wrong_arguments;
pub mod wrong_kind;
pub mod wrong_type;
pub mod wrong_unit;

/// All of them, by id.
pub static CODES: &[&Code] = &[
    &unknown_clause::CODE,
    &missing_clause::CODE,
    &duplicate_clause::CODE,
    &malformed_clause::CODE,
    &missing_name::CODE,
    &unknown_name::CODE,
    &wrong_kind::CODE,
    &duplicate_declaration::CODE,
    &private_declaration::CODE,
    &unknown_module::CODE,
    &unused_declaration::CODE,
    &cycle::CODE,
    &wrong_type::CODE,
    &wrong_unit::CODE,
    &unguarded_optional::CODE,
    &unknown_member::CODE,
    &wrong_arguments::CODE,
    &constant_condition::CODE,
    &invalid_pattern::CODE,
    &pattern_matches_empty::CODE,
    &pattern_matches_nothing::CODE,
    &evidence_expired::CODE,
    &evidence_without_file::CODE,
    &conflicting_terms::CODE,
    &conflicting_utm::CODE,
    &unreachable_rule::CODE,
    &dates_out_of_order::CODE,
    &waiver_expired::CODE,
    &cannot_weaken::CODE,
    &needless_guard::CODE,
    &idle_enforce::CODE,
    &empty_audience::CODE,
    &everyone_audience::CODE,
    &same_audience::CODE,
    &idle_condition::CODE,
    &shadowed_suppression::CODE,
    &unreachable_stage::CODE,
    &impossible_limit::CODE,
    &empty_today::CODE,
    &refuted_proof::CODE,
    &undecided_proof::CODE,
    &too_complex::CODE,
    &tier_gap::CODE,
    &tier_overlap::CODE,
    &unreachable_tier::CODE,
    &two_default_tiers::CODE,
    &impossible_approval::CODE,
    &impossible_yield::CODE,
    &change_outside_tier::CODE,
];

/// Those that say that a `prove` is refuted: such a policy compiles, and the run ends with a status of its own.
pub static PROOF_REFUTED: &[&Code] = &[&refuted_proof::CODE];
