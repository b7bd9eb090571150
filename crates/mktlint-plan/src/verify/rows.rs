//! Whether every number in every table names a row.

use super::VerifyError;
use crate::model::plan::Row as Cut;
use crate::{
    Allowed, Approval, Audience, Bound, Cap, ChannelLimit, Claim, ClaimId, CodeId, Const, ConstId,
    Disclosure, DisclosureId, DisclosureNeed, Evidence, EvidenceId, EvidenceNeed, FieldDef, FieldType, Fix,
    FixAction, Head, InclusionId, Judgement, Merge, Message, Note, Op, OpId, OriginPlace, Pattern, PatternId,
    Pipeline, PlaceRef, Plan, QuietHours, RecordDef, Region, RegionLimit, RevokedKey, Role, Rule, RuleId,
    Scope, Segment, Seq, Sought, StageTarget, Stall, StrId, Suppression, Term, Threshold, Tier, TierClause,
    Utm, UtmParam, Waivable, Waiver, Written,
};

/// Something that refers to rows of a plan.
pub trait Row {
    /// Whether all that it refers to is there.
    fn holds(&self, plan: &Plan) -> bool;
}

/// Checks every table.
pub fn tables(plan: &Plan) -> Result<(), VerifyError> {
    if !plan.strings.is_sound() {
        return Err(VerifyError::new("strings", "they overlap or are cut inside a character"));
    }
    if plan.records.len() != RecordDef::N {
        return Err(VerifyError::new("records", "there are too many or too few"));
    }
    if plan.patterns.len() != plan.matcher.len() || plan.by_kind.len() != mktlint_asset::Kind::ALL.len() {
        return Err(VerifyError::new("patterns", "they are not those of the matcher"));
    }
    let numbered = plan.patterns.iter().enumerate().all(|(at, pattern)| pattern.needle.index() == at);
    if !numbered || !plan.observed.is_sorted() || plan.items.iter().any(|item| matches!(item, Const::List(_)))
    {
        return Err(VerifyError::new("patterns", "they are out of order"));
    }
    if plan
        .types
        .iter()
        .enumerate()
        .any(|(at, ty)| matches!(ty, FieldType::List(item) if *item as usize >= at))
    {
        return Err(VerifyError::new("types", "a list holds itself"));
    }
    columns(plan)
}

fn columns(plan: &Plan) -> Result<(), VerifyError> {
    macro_rules! check {
        ($($table:ident)*) => {$(
            if let Some(at) = plan.$table.iter().position(|row| !row.holds(plan)) {
                return Err(VerifyError::new(stringify!($table), format!("row {at} refers to what is not there")));
            }
        )*};
    }
    check!(consts items observed patterns rules claims disclosures evidences terms utms merges regions waivers tiers roles notes);
    check!(pipelines thresholds);
    check!(records types by_kind rule_ids claim_ids pattern_ids str_ids sought scopes segments evidence_needs);
    macro_rules! check_people {
        ($($table:ident)*) => {$(
            if let Some(at) = plan.people.$table.iter().position(|row| !row.holds(plan)) {
                return Err(VerifyError::new(stringify!($table), format!("row {at} refers to what is not there")));
            }
        )*};
    }
    check_people!(audiences suppressions caps quiet_hours origins);
    check!(disclosure_needs region_limits channel_limits written utm_params approvals fields);
    check!(revoked_keys stalls targets bounds tier_clauses);
    Ok(())
}

macro_rules! ids {
    ($($id:ty: $($table:ident).+;)*) => {$(
        impl Row for $id {
            fn holds(&self, plan: &Plan) -> bool {
                self.index() < plan.$($table).+.len()
            }
        }
    )*};
}

ids! {
    StrId: strings;
    ConstId: consts;
    CodeId: codes;
    OpId: ops;
    PatternId: patterns;
    RuleId: rules;
    ClaimId: claims;
    DisclosureId: disclosures;
    EvidenceId: evidences;
    InclusionId: people.inclusions;
}

macro_rules! rows {
    ($($row:ty [$($field:tt)*])*) => {$(
        impl Row for $row {
            fn holds(&self, plan: &Plan) -> bool {
                $(self.$field.holds(plan) &&)* true
            }
        }
    )*};
}

rows! {
    PlaceRef [file]
    Written [text place]
    (OpId, PlaceRef) [0 1]
    Pattern [text flags]
    Sought [pattern place]
    Head [name title docs place because help waivable]
    Scope [field place]
    Rule [head scopes guard guard_place judgement judgement_place message fix]
    Fix [action]
    Message [0]
    Claim [head says says_place evidence disclosures regions channels tier]
    EvidenceNeed [evidence place]
    DisclosureNeed [disclosure place]
    RegionLimit [countries place]
    ChannelLimit [channels place]
    Evidence [name place document sha256 expires_place]
    Disclosure [name place wordings shown]
    Term [head preferred avoid]
    Utm [head channels hosts params group order]
    UtmParam [name allowed place]
    Merge [name place fallback]
    Region [name countries]
    Tier [name place when when_place clauses yields approvals because]
    TierClause [condition words]
    Approval [role parts place]
    Role [name place members keys revoked]
    RevokedKey [fingerprint]
    Pipeline [name place stages stalls targets]
    Stall [stage place]
    StageTarget [from to place]
    Threshold [name metric place channels bounds action because]
    Bound [value place]
    Waiver [place rules files by because]
    Note [name place]
    Audience [name title docs place]
    Suppression [head channels who_place unless]
    Cap [head channels who unless at_most_place]
    QuietHours [head channels who unless hours_place]
    OriginPlace [definition place]
    RecordDef [name fields]
    FieldDef [name ty]
}

impl<T: Row> Row for Option<T> {
    fn holds(&self, plan: &Plan) -> bool {
        self.as_ref().is_none_or(|row| row.holds(plan))
    }
}

impl<T: Cut> Row for Seq<T> {
    fn holds(&self, plan: &Plan) -> bool {
        plan.list(*self).len() == self.len()
    }
}

impl Row for Const {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::Money(_, id)
            | Self::Country(id)
            | Self::Language(id)
            | Self::Text(id)
            | Self::Member(id) => id.holds(plan),
            Self::List(items) => items.holds(plan),
            _ => true,
        }
    }
}

impl Row for Waivable {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::By(roles) => roles.holds(plan),
            Self::Anyone | Self::Never | Self::Absolute => true,
        }
    }
}

impl Row for Judgement {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::Match(sought) => sought.holds(plan),
            Self::Require(code) | Self::Forbid(code) => code.holds(plan),
        }
    }
}

impl Row for FixAction {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::RemoveMatch => true,
            Self::ReplaceMatch(text) | Self::ReplaceIt(text) => text.holds(plan),
        }
    }
}

impl Row for Segment {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::Text(text) => text.holds(plan),
            Self::Code(code) => code.holds(plan),
        }
    }
}

impl Row for Allowed {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::OneOf(words) => words.holds(plan),
            Self::Equal(code) => code.holds(plan),
            Self::Pattern(pattern) => pattern.holds(plan),
            Self::Any | Self::Shape(_) => true,
        }
    }
}

impl Row for FieldType {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::Money(currency) => currency.holds(plan),
            Self::Enum(name, members) => name.holds(plan) && members.holds(plan),
            Self::List(item) => (*item as usize) < plan.types.len(),
            _ => true,
        }
    }
}

impl Row for Op {
    fn holds(&self, plan: &Plan) -> bool {
        match self {
            Self::Const(id) => id.holds(plan),
            Self::Unknown(id) | Self::Field(id) | Self::Fact(id) => id.holds(plan),
            Self::Matches(patterns) | Self::CountMatches(patterns) => patterns.holds(plan),
            Self::CouldInclude(id) => id.holds(plan),
            Self::UsesClaims(claims) => claims.holds(plan),
            Self::ChangeOnly(kinds) | Self::ChangeTouches(kinds) => kinds.holds(),
            Self::ForEach { code, .. } | Self::Call { code, .. } => code.holds(plan),
            _ => true,
        }
    }
}
