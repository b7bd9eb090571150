//! Instructions, conditions and patterns as words.

use mktlint_hir::model::expr::{Arithmetic, Comparison, Meeting, Quantifier, Temporal, TextTest};
use mktlint_hir::model::item::Quorum;

use crate::value::show;
use crate::{
    Allowed, Approval, Bound, CodeId, Const, Datum, Op, PatternId, Plan, Scope, Segment, Seq, Value,
};

/// The instructions of a code, one a line, jumps with the line that they lead to.
pub fn code(plan: &Plan, id: CodeId) -> Vec<String> {
    let ops = plan.code(id).map_or(&[][..], |(_, ops)| ops);
    ops.iter().enumerate().map(|(at, op)| format!("{at} {}", op_words(plan, *op, at))).collect()
}

fn op_words(plan: &Plan, op: Op, at: usize) -> String {
    let to = |by: u32| at + 1 + by as usize;
    match op {
        Op::Const(id) => format!(
            "push {}",
            plan.consts.get(id.index()).map_or(String::new(), |value| constant(plan, value))
        ),
        Op::Missing => "missing".into(),
        Op::Unknown(words) => format!("unknown `{}`", plan.str(words)),
        Op::Now => "now".into(),
        Op::It => "it".into(),
        Op::Asset => "asset".into(),
        Op::Campaign => "campaign".into(),
        Op::Fact(name) => format!("fact {}", plan.str(name)),
        Op::Match => "match".into(),
        Op::Local(n) => format!("local {n}"),
        Op::Field(name) => format!("field {}", plan.str(name)),
        Op::Parts(kind) => format!("parts {}", kind.as_str()),
        Op::Interpolate(n) => format!("interpolate {n}"),
        Op::List(n) => format!("list {n}"),
        Op::Not => "not".into(),
        Op::And => "and".into(),
        Op::Or => "or".into(),
        Op::Truth => "truth".into(),
        Op::SkipIfFalse(by) => format!("if false to {}", to(by)),
        Op::SkipIfTrue(by) => format!("if true to {}", to(by)),
        Op::SkipUnlessMissing(by) => format!("unless missing to {}", to(by)),
        Op::Branch { otherwise, end } => format!("branch else to {} unknown to {}", to(otherwise), to(end)),
        Op::Skip(by) => format!("to {}", to(by)),
        Op::Compare(comparison) => comparison_words(comparison).into(),
        Op::Arithmetic(operator) => arithmetic_words(operator).into(),
        Op::Negate => "negate".into(),
        Op::In => "in".into(),
        Op::InRange { least, greatest, inclusive } => range_words(least, greatest, inclusive).into(),
        Op::IsKnown => "is known".into(),
        Op::Temporal(test) => temporal_words(test).into(),
        Op::Ago(true) => "ago".into(),
        Op::Ago(false) => "from now".into(),
        Op::TextTest(test) => text_test_words(test).into(),
        Op::Matches(patterns) => format!("mentions {}", pattern_words(plan, patterns)),
        Op::CountMatches(patterns) => format!("count of {}", pattern_words(plan, patterns)),
        Op::HasShape(shape) => format!("matches {shape}"),
        Op::Meets(meeting) => meeting_words(meeting).into(),
        Op::ForEach { quantifier, code, local } => {
            format!("{} as local {local} where code {}", quantifier_words(quantifier), code.0)
        }
        Op::Builtin(builtin) => builtin.signature().map_or("?", |signature| signature.name).into(),
        Op::Call { code, args } => format!("call code {} with {args}", code.0),
        Op::UsesClaims(claims) => {
            let claims = plan.list(claims).iter().filter_map(|id| plan.claims.get(id.index()));
            let names: Vec<&str> = claims.map(|claim| plan.str(claim.head.name)).collect();
            format!("uses claims [{}]", names.join(", "))
        }
        Op::ChangeOnly(kinds) => format!("change only [{kinds}]"),
        Op::ChangeTouches(kinds) => format!("change touches [{kinds}]"),
        Op::CouldInclude(id) => {
            let wanted = plan.people.inclusions.get(id.index());
            format!(
                "audience could include {{ {} }}",
                wanted.map_or(String::new(), |wanted| formula(plan, wanted))
            )
        }
    }
}

fn pattern_words(plan: &Plan, patterns: Seq<PatternId>) -> String {
    let patterns: Vec<String> = plan.list(patterns).iter().map(|id| pattern(plan, *id)).collect();
    patterns.join(" | ")
}

/// A condition on people as policies write it.
pub fn formula(plan: &Plan, formula: &mktlint_decide::Formula) -> String {
    mktlint_decide::show_formula(formula, &plan.people.schema, &plan.people.definitions)
}

fn comparison_words(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

fn arithmetic_words(operator: Arithmetic) -> &'static str {
    match operator {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
    }
}

fn range_words(least: bool, greatest: bool, inclusive: bool) -> &'static str {
    match (least, greatest, inclusive) {
        (true, true, true) => "in a..=b",
        (true, true, false) => "in a..b",
        (true, false, _) => "in a..",
        (false, true, true) => "in ..=b",
        (false, true, false) => "in ..b",
        (false, false, _) => "in ..",
    }
}

fn temporal_words(test: Temporal) -> &'static str {
    match test {
        Temporal::Within => "within",
        Temporal::OlderThan => "older than",
        Temporal::Before => "before",
        Temporal::After => "after",
        Temporal::InTheNext => "in the next",
    }
}

fn text_test_words(test: TextTest) -> &'static str {
    match test {
        TextTest::Contains => "contains",
        TextTest::StartsWith => "starts with",
        TextTest::EndsWith => "ends with",
    }
}

fn meeting_words(meeting: Meeting) -> &'static str {
    match meeting {
        Meeting::Any => "has any of",
        Meeting::All => "has all of",
        Meeting::None => "has none of",
    }
}

fn quantifier_words(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::Any => "any",
        Quantifier::All => "all",
        Quantifier::None => "none",
        Quantifier::Count => "count",
    }
}

/// A value as policies write it: texts in quotes, lists in brackets.
pub fn constant(plan: &Plan, value: &Const) -> String {
    match value {
        Const::Text(id) => quoted(plan.str(*id)),
        Const::List(items) => {
            let items: Vec<String> = plan.list(*items).iter().map(|item| constant(plan, item)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => match Value::of(plan, value) {
            Value::Known(Datum::Record(_)) => String::new(),
            value => show::value(&value),
        },
    }
}

/// A text in quotes, as policies write it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// A phrase or pattern as policies write it.
pub fn pattern(plan: &Plan, id: PatternId) -> String {
    let Some(pattern) = plan.patterns.get(id.index()) else { return String::new() };
    let text = plan.str(pattern.text);
    match pattern.flags {
        Some(flags) => format!("/{text}/{}", plan.str(flags)),
        None if pattern.exact_case => format!("{} case sensitive", quoted(text)),
        None => quoted(text),
    }
}

/// What a parameter may be, as policies write it, with the number of a code in place of an expression; empty for
/// anything.
pub fn allowed(plan: &Plan, allowed: Allowed) -> String {
    match allowed {
        Allowed::Any => String::new(),
        Allowed::OneOf(words) => format!(" in [{}]", plan.strs(words).collect::<Vec<_>>().join(", ")),
        Allowed::Equal(code) => format!(" = code {}", code.0),
        Allowed::Pattern(id) => format!(" matches {}", pattern(plan, id)),
        Allowed::Shape(shape) => format!(" matches {shape}"),
    }
}

/// `2 of acme.legal for [claims]`, as policies write it.
pub fn approval(plan: &Plan, approval: &Approval) -> String {
    let role = plan.str(approval.role);
    let who = match approval.count {
        Quorum::AtLeast(n) => format!("{n} of {role}"),
        Quorum::All => format!("all of {role}"),
    };
    let parts: Vec<&str> = plan.strs(approval.parts).collect();
    if parts.is_empty() { who } else { format!("{who} for [{}]", parts.join(", ")) }
}

/// `above 0.1% warning`, as policies write it.
pub fn bound(plan: &Plan, bound: &Bound) -> String {
    let word = if bound.above { "above" } else { "below" };
    format!("{word} {} {}", constant(plan, &bound.value), bound.level)
}

/// A message as policies write it, with the numbers of codes in place of expressions.
pub fn message(plan: &Plan, segments: &[Segment]) -> String {
    let piece = |segment: &Segment| match segment {
        Segment::Text(text) => plan.str(*text).to_owned(),
        Segment::Code(code) => format!("{{code {}}}", code.0),
    };
    quoted(&segments.iter().map(piece).collect::<String>())
}

/// A scope as policies write it: `Email.subject`.
pub fn scope(plan: &Plan, scope: &Scope) -> String {
    let kinds: Vec<&str> = mktlint_asset::Kind::ALL
        .iter()
        .filter(|kind| scope.covers(**kind))
        .map(|kind| kind.as_str())
        .collect();
    let is_every = kinds.len() == mktlint_asset::Kind::ALL.len();
    let asset = if is_every { None } else { Some(kinds.join("|")) };
    let part = scope.part.map(|part| part.as_str().to_owned());
    let field = scope.field.map(|field| plan.str(field).to_owned());
    let words: Vec<String> = [asset, part, field].into_iter().flatten().collect();
    if words.is_empty() { "every asset".into() } else { words.join(".") }
}
