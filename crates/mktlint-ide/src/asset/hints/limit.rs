//! The limits that rules set for the length of a field.

use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::expr::Comparison;
use mktlint_measure::length::{code_points, display_width, graphemes, utf8_bytes, utf16_units};
use mktlint_plan::{CodeId, Const, Judgement, Op, Plan, Rule, Truth, eval};

use crate::asset::at::At;

/// A limit that a rule sets.
#[derive(Clone, Copy, Debug)]
pub struct Limit<'p> {
    /// The full name of the rule.
    pub rule: &'p str,
    /// The greatest number that it allows.
    pub most: i64,
    unit: Builtin,
}

impl Limit<'_> {
    /// Whether merge tags count as long as they can get.
    pub fn is_longest(&self) -> bool {
        matches!(self.unit, Builtin::LongestLength | Builtin::LongestWidth)
    }

    /// The length of a text in the unit of the limit.
    pub fn measure(&self, text: &str) -> u32 {
        match self.unit {
            Builtin::Utf16Length => utf16_units(text).get(),
            Builtin::CodePoints => code_points(text).get(),
            Builtin::Bytes => utf8_bytes(text).get(),
            Builtin::DisplayWidth | Builtin::LongestWidth => display_width(text).get(),
            _ => graphemes(text).get(),
        }
    }
}

/// The tightest limit that a rule in force sets for the field `name` of the asset. Only rules that say nothing but a
/// limit are understood: `require length(it) <= 60`.
pub fn of<'a>(at: &At<'a>, name: &str) -> Option<Limit<'a>> {
    let plan = at.plan()?;
    let day = at.now().date();
    let rules = plan.rules_for(at.asset.kind).iter().filter_map(|id| plan.rule(*id));
    let speaks = |rule: &&Rule| {
        let scopes = plan.list(rule.scopes);
        let is_field = |field| scopes.len() == 1 && plan.str(field) == name;
        rule.head.in_force_on(day)
            && scopes.iter().any(|scope| scope.part.is_none() && scope.field.is_some_and(is_field))
    };
    let limits = rules.filter(speaks).filter_map(|rule| limit(plan, rule).filter(|_| applies(at, rule)));
    limits.min_by_key(|limit| limit.most)
}

/// Whether the `where` of a rule holds for the asset.
fn applies(at: &At<'_>, rule: &Rule) -> bool {
    let Some(guard) = rule.guard else { return true };
    let (Some(plan), Some(context)) = (at.plan(), at.context()) else { return false };
    eval(plan, guard, &context).truth() == Truth::True
}

fn limit<'p>(plan: &'p Plan, rule: &Rule) -> Option<Limit<'p>> {
    let (code, is_allowed) = match rule.judgement {
        Judgement::Require(code) => (code, true),
        Judgement::Forbid(code) => (code, false),
        Judgement::Match(_) => return None,
    };
    let (unit, comparison, number) = comparison(plan, code)?;
    let most = match (comparison, is_allowed) {
        (Comparison::AtMost, true) | (Comparison::Greater, false) => number,
        (Comparison::Less, true) | (Comparison::AtLeast, false) => number.checked_sub(1)?,
        _ => return None,
    };
    Some(Limit { rule: plan.str(rule.head.name), most, unit })
}

/// `length(it) <= 60`.
fn comparison(plan: &Plan, code: CodeId) -> Option<(Builtin, Comparison, i64)> {
    let (_, ops) = plan.code(code)?;
    let [Op::It, Op::Builtin(unit), Op::Const(number), Op::Compare(comparison)] = ops else { return None };
    let is_length = matches!(
        unit,
        Builtin::Length
            | Builtin::LongestLength
            | Builtin::Utf16Length
            | Builtin::CodePoints
            | Builtin::Bytes
            | Builtin::DisplayWidth
            | Builtin::LongestWidth
    );
    match plan.consts.get(number.index())? {
        Const::Int(number) if is_length => Some((*unit, *comparison, *number)),
        _ => None,
    }
}
