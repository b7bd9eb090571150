//! Roles, tiers, pipelines, thresholds.

use mktlint_hir::model::item::{self, Quorum};
use mktlint_hir::model::program::Placed;

use super::Lowering;
use crate::{
    Approval, Bound, NoteKind, Pipeline, RevokedKey, Role, StageTarget, Stall, StrId, Threshold, Tier,
    TierClause, Written,
};

impl<'p> Lowering<'p> {
    pub fn role(&mut self, placed: &Placed, role: &item::Role) {
        let mut revoked = Vec::with_capacity(role.revoked.len());
        for key in &role.revoked {
            let fingerprint =
                Written { text: self.str(&key.fingerprint), place: self.place(placed, key.span) };
            revoked.push(RevokedKey { fingerprint, from: key.from });
        }
        let lowered = Role {
            name: self.str(&placed.item.path.0),
            place: self.place(placed, placed.item.name_span),
            members: self.strs(&role.members),
            keys: self.strs(&role.keys),
            revoked: self.rows(revoked),
        };
        self.plan.roles.push(lowered);
    }

    pub fn tier(&mut self, placed: &'p Placed, tier: &item::Tier) {
        let place = self.place(placed, placed.item.name_span);
        let approvals: Vec<Approval> = tier.approvals.iter().map(|it| self.approval(placed, it)).collect();
        let yields: Vec<StrId> = tier.yields.iter().map(|it| self.str(&it.tier.0)).collect();
        let mut clauses = Vec::with_capacity(tier.clauses.len());
        for clause in &tier.clauses {
            let condition = self.expr_code(placed, clause.condition);
            clauses.push(TierClause { condition, words: self.str(&clause.words) });
        }
        let lowered = Tier {
            name: self.str(&placed.item.path.0),
            place,
            when: tier.when.map(|when| self.expr_code(placed, when)),
            when_place: self.expr_place(placed, tier.when, place),
            clauses: self.rows(clauses),
            yields: self.rows(yields),
            approvals: self.rows(approvals),
            authors_may_approve: tier.authors_may_approve,
            expires_after: tier.expires_after,
            because: self.optional_str(tier.because.as_ref()),
        };
        self.plan.tiers.push(lowered);
    }

    fn approval(&mut self, placed: &Placed, approval: &item::Approval) -> Approval {
        // Nobody is spared an approval by a mistake that the compiler has reported.
        let count = match approval.count {
            Quorum::AtLeast(n) => Quorum::AtLeast(n.max(1)),
            Quorum::All => Quorum::All,
        };
        Approval {
            count,
            role: self.str(&approval.role.0),
            parts: self.strs(&approval.parts),
            place: self.place(placed, approval.span),
        }
    }

    pub fn pipeline(&mut self, placed: &Placed, pipeline: &item::Pipeline) {
        let stalls: Vec<Stall> = pipeline
            .stalls
            .iter()
            .map(|it| Stall {
                stage: self.str(&it.stage),
                after: it.after,
                place: self.place(placed, it.span),
            })
            .collect();
        let targets: Vec<StageTarget> = pipeline
            .targets
            .iter()
            .map(|it| StageTarget {
                from: self.str(&it.from),
                to: self.str(&it.to),
                within: it.within,
                place: self.place(placed, it.span),
            })
            .collect();
        let lowered = Pipeline {
            name: self.str(&placed.item.path.0),
            place: self.place(placed, placed.item.name_span),
            stages: self.strs(&pipeline.stages),
            stalls: self.rows(stalls),
            targets: self.rows(targets),
        };
        self.plan.pipelines.push(lowered);
    }

    pub fn threshold(&mut self, placed: &'p Placed, threshold: &item::Threshold) {
        let mut bounds = Vec::with_capacity(threshold.bounds.len());
        for bound in &threshold.bounds {
            match self.expr_constant(placed, bound.value) {
                Some(value) => bounds.push(Bound {
                    above: bound.above,
                    value,
                    level: bound.level,
                    place: self.place(placed, bound.span),
                }),
                None => self.note(placed, NoteKind::Unresolved),
            }
        }
        let lowered = Threshold {
            name: self.str(&placed.item.path.0),
            metric: self.str(placed.item.path.name()),
            place: self.place(placed, placed.item.name_span),
            channels: self.strs(&threshold.channels),
            bounds: self.rows(bounds),
            action: self.optional_str(threshold.action.as_ref()),
            because: self.optional_str(threshold.because.as_ref()),
        };
        self.plan.thresholds.push(lowered);
    }
}
