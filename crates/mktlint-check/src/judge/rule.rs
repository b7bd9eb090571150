//! `rule`.

use std::rc::Rc;

use mktlint_asset::TextRange;
use mktlint_diag::{Fix, Safety};
use mktlint_plan::{
    CodeId, Context, FixAction, Judgement, Plan, Rule, RuleId, Scope, Subject, Truth, Unknown, Value, eval,
    message,
};

use super::finding::Reason;
use super::matches::matches;
use super::said::{Occurrence, rule_wordings};
use super::scoped::Scoped;
use super::{Run, finding};
use crate::Outcome;
use crate::index::Decl;
use crate::words::{casing, gap};

/// How a rule ends on one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The guard does not hold.
    Excluded,
    /// Nothing is wrong.
    Held,
    /// Something is.
    Fired,
    /// An input is missing: which.
    Undecided(Reason),
}

/// Judges the asset by every rule that looks at its kind.
pub fn all(run: &mut Run<'_>) {
    let judge = run.judge;
    let of_kind = judge.index.of_kind(run.asset.kind);
    let claims = run.claims();
    let mut context = run.context(claims.as_deref());
    for &id in &of_kind.judged {
        conditions(run, id, &mut context);
    }
    for (scope, rules) in &of_kind.fields {
        unknown_field(run, scope, rules);
    }
    let found = occurrences(run, &mut context);
    for &id in &of_kind.driven {
        let start = found.partition_point(|it| it.id < id);
        let len = found[start..].partition_point(|it| it.id == id);
        wordings(run, id, &found[start..start + len]);
    }
    for hits in found.chunk_by(|one, other| one.id == other.id) {
        if of_kind.driven.binary_search(&hits[0].id).is_err() {
            wordings(run, hits[0].id, hits);
        }
    }
}

/// Every place of the wordings of `match` rules, in order. Patterns are searched for only where a rule looks, and not at
/// all when its `where` fails whatever is judged.
fn occurrences<'a: 'c, 'c>(run: &mut Run<'a>, context: &mut Context<'c>) -> Vec<Occurrence<RuleId>> {
    let said = run.said;
    let mut found = said.rules.clone();
    context.budget = Rc::default();
    context.it = Value::unknown(Unknown::AnySubject);
    for open in said.open.chunk_by(|one, other| one.id == other.id) {
        let id = open[0].id;
        let Some(rule) = run.plan.rule(id).filter(|rule| run.in_force(&rule.head)) else { continue };
        if rule.guard.is_some() && guard(run.plan, rule, context) == Truth::False {
            end(run, Decl::Rule(id.0), true);
        } else {
            run.search(rule, open, &mut found);
        }
    }
    found.sort();
    found
}

/// `require` and `forbid`.
fn conditions<'a: 'c, 'c>(run: &mut Run<'a>, id: RuleId, context: &mut Context<'c>) {
    let plan = run.plan;
    let Some(rule) = plan.rule(id).filter(|rule| run.in_force(&rule.head)) else { return };
    let decl = Decl::Rule(id.0);
    let scopes = run.in_scope(rule);
    let n_subjects: usize = scopes.iter().map(|scoped| scoped.subjects.len()).sum();
    context.budget = Rc::default();
    if n_subjects > 1
        && let Some(verdict) = verdict_on_all(plan, rule, context)
    {
        return end(run, decl, verdict == Verdict::Excluded);
    }
    let mut excluded = false;
    for subject in scopes.iter().flat_map(|scoped| &scoped.subjects) {
        context.it = subject.it.clone();
        match verdict(plan, rule, context) {
            Verdict::Excluded => excluded = true,
            Verdict::Held => run.hold(decl),
            Verdict::Undecided(reason) => run.undecided(decl, run.place_at(subject.span), reason),
            Verdict::Fired => fire(run, rule, decl, context, subject),
        }
    }
    if excluded {
        end(run, decl, true);
    }
}

/// Records how a rule ended that found nothing.
fn end(run: &mut Run<'_>, decl: Decl, is_excluded: bool) {
    let why = || Outcome::NotApplicable("its `where` does not hold".into());
    run.ends.record(decl, if is_excluded { why() } else { Outcome::Held });
}

/// A finding about the whole of `subject`.
fn fire(run: &mut Run<'_>, rule: &Rule, decl: Decl, context: &Context<'_>, subject: &Subject<'_>) {
    let plan = run.plan;
    let words = message(plan, rule.message, context);
    let mut found = finding(plan, &rule.head, context, run.place_at(subject.span), words)
        .also_at(plan.place(rule.judgement_place), label(rule));
    found.fix = subject.text.and_then(|text| repair(run, rule, context, None, text));
    run.fire(decl, found);
}

/// How a rule with a condition ends on every subject alike, where its conditions say so without a look at one: most
/// rules of a pack are for another purpose, country or platform than that of the asset.
fn verdict_on_all<'c>(plan: &'c Plan, rule: &Rule, context: &mut Context<'c>) -> Option<Verdict> {
    context.it = Value::unknown(Unknown::AnySubject);
    match guard(plan, rule, context) {
        Truth::False => Some(Verdict::Excluded),
        Truth::Unknown => None,
        Truth::True => {
            let (code, wanted) = condition(rule)?;
            (eval(plan, code, context).truth() == wanted).then_some(Verdict::Held)
        }
    }
}

/// How a rule with a condition ends on the subject of `context`.
pub fn verdict(plan: &Plan, rule: &Rule, context: &Context<'_>) -> Verdict {
    match guard(plan, rule, context) {
        Truth::True => {}
        Truth::False => return Verdict::Excluded,
        Truth::Unknown => return Verdict::Undecided(reason(plan, rule.guard, context)),
    }
    let Some((code, wanted)) = condition(rule) else { return Verdict::Held };
    match eval(plan, code, context).truth() {
        Truth::Unknown => Verdict::Undecided(reason(plan, Some(code), context)),
        truth if truth == wanted => Verdict::Held,
        _ => Verdict::Fired,
    }
}

/// The condition of `require` and `forbid`, and what it has to be.
const fn condition(rule: &Rule) -> Option<(CodeId, Truth)> {
    match rule.judgement {
        Judgement::Require(code) => Some((code, Truth::True)),
        Judgement::Forbid(code) => Some((code, Truth::False)),
        Judgement::Match(_) => None,
    }
}

/// Whether the `where` of `rule` holds.
pub fn guard(plan: &Plan, rule: &Rule, context: &Context<'_>) -> Truth {
    rule.guard.map_or(Truth::True, |code| eval(plan, code, context).truth())
}

/// Why `code` gives no answer.
fn reason(plan: &Plan, code: Option<CodeId>, context: &Context<'_>) -> Reason {
    let value = code.map(|code| eval(plan, code, context));
    match value.as_ref().and_then(Value::as_unknown) {
        Some(unknown) => unknown.into(),
        None => "its condition has no answer".to_owned().into(),
    }
}

/// A field that a `match` rule looks at and that nobody gave.
fn unknown_field(run: &mut Run<'_>, scope: &Scope, rules: &[RuleId]) {
    let scoped = run.subjects(Some(scope));
    for subject in &scoped.subjects {
        let Some(unknown) = subject.it.as_unknown() else { continue };
        for id in rules {
            let Some(rule) = run.plan.rule(*id).filter(|rule| run.in_force(&rule.head)) else { continue };
            let claims = run.claims();
            if guard(run.plan, rule, &run.context(claims.as_deref())) != Truth::False {
                run.undecided(Decl::Rule(id.0), run.place_at(subject.span), unknown.into());
            }
        }
    }
}

/// `match`. `hits` is what the scan found of it.
fn wordings(run: &mut Run<'_>, id: RuleId, hits: &[Occurrence<RuleId>]) {
    let plan = run.plan;
    let Some(rule) = plan.rule(id).filter(|rule| run.in_force(&rule.head)) else { return };
    let decl = Decl::Rule(id.0);
    let mut excluded = false;
    let budget = Rc::default();
    for scoped in run.in_scope(rule) {
        derived(run, rule, id, &scoped);
        let found = matches(run, id, &scoped, hits);
        for group in found.chunk_by(|one, other| one.subject == other.subject) {
            let Some(subject) = scoped.subject(group[0].subject) else { continue };
            let claims = run.claims();
            let mut context = run.context(claims.as_deref());
            context.it = subject.it.clone();
            context.budget = Rc::clone(&budget);
            let mut is_asked = false;
            for it in group {
                // The `where` may speak of the match.
                context.matched = Some(it.range);
                match guard(plan, rule, &context) {
                    Truth::False => excluded = true,
                    // What a subject lacks is asked for once.
                    Truth::Unknown if is_asked => {}
                    Truth::Unknown => {
                        is_asked = true;
                        run.undecided(decl, run.place_of(it.range), reason(plan, rule.guard, &context));
                    }
                    Truth::True => wording(run, rule, decl, &context, subject, it.range),
                }
            }
        }
    }
    end(run, decl, excluded);
}

/// Texts that stand in no file, such as the host of a link: one finding for the thing that they belong to.
fn derived(run: &mut Run<'_>, rule: &Rule, id: RuleId, scoped: &Scoped<'_>) {
    let plan = run.plan;
    for subject in scoped.subjects.iter().filter(|subject| subject.text.is_none()) {
        let Some(words) = subject.it.as_text() else { continue };
        let mut patterns =
            rule_wordings(plan, id).iter().filter_map(|it| plan.patterns.get(it.pattern.index()));
        if !patterns.any(|pattern| plan.matcher.is_match(pattern.needle, words.as_str())) {
            continue;
        }
        let claims = run.claims();
        let mut context = run.context(claims.as_deref());
        context.it = subject.it.clone();
        match guard(plan, rule, &context) {
            Truth::False => {}
            Truth::Unknown => {
                let why = reason(plan, rule.guard, &context);
                run.undecided(Decl::Rule(id.0), run.place_at(subject.span), why);
            }
            Truth::True => {
                let words = message(plan, rule.message, &context);
                let found = finding(plan, &rule.head, &context, run.place_at(subject.span), words)
                    .also_at(plan.place(rule.judgement_place), label(rule));
                run.fire(Decl::Rule(id.0), found);
            }
        }
    }
}

fn wording(
    run: &mut Run<'_>,
    rule: &Rule,
    decl: Decl,
    context: &Context<'_>,
    subject: &Subject<'_>,
    range: TextRange,
) {
    let plan = run.plan;
    let words = message(plan, rule.message, context);
    let mut found = finding(plan, &rule.head, context, run.place_of(range), words)
        .also_at(plan.place(rule.judgement_place), label(rule));
    found.fix = repair(run, rule, context, Some(range), subject.text.unwrap_or(range));
    run.fire(decl, found);
}

/// What the second label says.
const fn label(rule: &Rule) -> &'static str {
    match rule.judgement {
        Judgement::Match(_) => "looked for here",
        Judgement::Require(_) => "required here",
        Judgement::Forbid(_) => "forbidden here",
    }
}

/// The fix of `rule` for the match at `range` in the text at `whole`.
fn repair(
    run: &Run<'_>,
    rule: &Rule,
    context: &Context<'_>,
    range: Option<TextRange>,
    whole: TextRange,
) -> Option<Fix> {
    let fix = rule.fix?;
    let safety = if fix.is_unsafe { Safety::Unsafe } else { Safety::Safe };
    let text = |range: TextRange| run.asset.slice(range);
    match (fix.action, range) {
        (FixAction::RemoveMatch, Some(range)) => {
            let all = run.asset.text(range.text).map_or("", |text| text.mapped.text());
            let removed = gap::with_space(all, range);
            let edits = run.edits(removed, "")?;
            Some(run.fix(format!("remove `{}`", text(removed).trim()), safety, edits))
        }
        (FixAction::ReplaceMatch(words), Some(range)) => {
            let words = casing::like(text(range), &message(run.plan, words, context));
            let edits = run.edits(range, &words)?;
            (words != text(range))
                .then(|| run.fix(format!("replace `{}` with `{words}`", text(range)), safety, edits))
        }
        (FixAction::ReplaceIt(words), _) => {
            let words = message(run.plan, words, context);
            let edits = run.edits(whole, &words)?;
            (words != text(whole))
                .then(|| run.fix(format!("replace `{}` with `{words}`", text(whole)), safety, edits))
        }
        _ => None,
    }
}

/// The scopes of `rule` in the words of the language: `Email.subject, Push`.
pub fn scope_words(plan: &Plan, rule: &Rule) -> String {
    use mktlint_asset::Kind;
    let words = |scope: &Scope| {
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| scope.covers(*kind)).collect();
        let kind = match kinds.as_slice() {
            [kind] => Some(kind.as_str()),
            _ => None,
        };
        let names = [kind, scope.part.map(|part| part.as_str()), scope.field.map(|field| plan.str(field))];
        names.into_iter().flatten().collect::<Vec<_>>().join(".")
    };
    plan.list(rule.scopes).iter().map(words).collect::<Vec<_>>().join(", ")
}
