//! What a tier asks for.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use mktlint_hir::model::expr::Length;
use mktlint_hir::model::item::Quorum;
use mktlint_plan::{Plan, Tier};
use smol_str::SmolStr;

use crate::{PartId, PartKind};

/// What the tier of a change asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The name of the tier, its last word.
    pub tier: SmolStr,
    /// Approvals; all of them.
    pub asks: Vec<Ask>,
    /// How long an approval holds.
    pub expires_after: Option<Length>,
    /// Whether whoever made the change may approve it.
    pub authors_may_approve: bool,
}

/// `approve 2 of marketing for [claims]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The role, by its full name or its last word.
    pub role: SmolStr,
    /// How many people.
    pub count: Count,
    /// The kinds of parts that it must look at; all when empty.
    pub parts: BTreeSet<PartKind>,
}

/// How many members of a role.
pub type Count = Quorum;

impl Needs {
    /// What `tier` of `plan` asks for.
    pub fn of(plan: &Plan, tier: &Tier) -> Self {
        let ask = |approval: &mktlint_plan::Approval| Ask {
            role: plan.str(approval.role).into(),
            count: approval.count,
            parts: plan.strs(approval.parts).filter_map(PartKind::named).collect(),
        };
        Self {
            tier: plan.short(tier.name).into(),
            asks: plan.list(tier.approvals).iter().map(ask).collect(),
            expires_after: tier.expires_after,
            authors_may_approve: tier.authors_may_approve,
        }
    }

    /// When an approval of `time` ends by the tier.
    pub fn end(&self, time: Timestamp) -> Option<Timestamp> {
        let Length { months, days, seconds } = self.expires_after?;
        let span = Span::new().try_months(months).and_then(|span| span.try_days(days)?.try_seconds(seconds));
        let end = span.and_then(|span| time.to_zoned(TimeZone::UTC).checked_add(span));
        // What does not fit the calendar never comes.
        end.ok().map(|end| end.timestamp())
    }
}

impl Ask {
    /// Whether the role must look at parts of `kind`.
    pub fn covers(&self, kind: PartKind) -> bool {
        kind.is_approved() && (self.parts.is_empty() || self.parts.contains(&kind))
    }

    /// Whether the role is asked when `changed` changed.
    pub fn is_touched(&self, changed: &BTreeSet<PartId>) -> bool {
        self.parts.is_empty() || changed.iter().any(|part| self.covers(part.kind))
    }
}
