//! From kinds of asset to the rules that can apply.

use mktlint_asset::Kind;

use super::Lowering;
use crate::{Rule, RuleId};

impl Lowering<'_> {
    pub fn index(&mut self) {
        for kind in Kind::ALL {
            let looks = |rule: &Rule| {
                rule.scopes.is_empty() || self.plan.list(rule.scopes).iter().any(|scope| scope.covers(kind))
            };
            let numbered = self.plan.rules.iter().zip(0..);
            let ids: Vec<RuleId> =
                numbered.filter(|(rule, _)| looks(rule)).map(|(_, at)| RuleId(at)).collect();
            let seq = self.rows(ids);
            self.plan.by_kind.push(seq);
        }
    }
}
