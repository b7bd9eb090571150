//! `<!-- mktlint: waive RULE until DATE because "…" -->`.

use jiff::civil::Date;
use mktlint_asset::{Asset, Directive};
use mktlint_diag::{Diagnostic, Edit, Fix, Place, Safety, Waived, closest};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::refusal;
use crate::index::{Decl, name_of};
use crate::judge::Judge;
use crate::{DirectiveFact, FileResult, codes};

/// Codes that only the pass over all assets reports.
const LATER: [&str; 3] = ["MKT0501", "MKT0502", "MKT0503"];

/// Follows the directives of `asset`: marks what they waive, and reports those that are malformed, expired, unused,
/// or not allowed.
pub fn directives(judge: &Judge<'_>, asset: &Asset, day: Date, result: &mut FileResult) {
    if asset.directives.is_empty() {
        return;
    }
    let mut problems = Vec::new();
    for directive in &asset.directives {
        follow(judge, asset, directive, day, result, &mut problems);
    }
    result.findings.extend(problems);
}

fn follow(
    judge: &Judge<'_>,
    asset: &Asset,
    directive: &Directive,
    day: Date,
    result: &mut FileResult,
    problems: &mut Vec<Diagnostic>,
) {
    let place = |span: Span| Place::new(asset.file.clone(), span);
    if !directive.errors.is_empty() {
        let found =
            directive.errors.iter().map(|(error, span)| codes::malformed_directive(place(*span), error));
        problems.extend(found);
        return;
    }
    let (Some((rule, span)), Some(because)) = (&directive.rule, &directive.because) else { return };
    if let Some(until) = directive.until.filter(|until| *until < day) {
        problems.push(codes::expired_directive(place(directive.span), until, removal(asset, directive)));
        return;
    }
    let waived = Waived {
        because: because.clone(),
        until: directive.until.map(|until| until.to_string().into()),
        place: place(directive.span),
    };
    if LATER.contains(&rule.as_str()) {
        let fact = DirectiveFact { rule: rule.clone(), span: directive.span, scope: directive.scope, waived };
        result.facts.directives.push(fact);
        return;
    }
    let Some(names) = names(judge, rule, place(*span), problems) else { return };
    let covers = |found: &Diagnostic| names.contains(&found.code) && covers(directive.scope, asset, found);
    let mut is_used = false;
    for found in result.findings.iter_mut().filter(|found| covers(found)) {
        is_used = true;
        found.waived.get_or_insert_with(|| waived.clone());
    }
    if !is_used {
        problems.push(codes::unused_directive(place(directive.span), rule, removal(asset, directive)));
    }
}

/// The codes that findings of `rule` have; `None` when it waives nothing, which is then reported.
fn names(
    judge: &Judge<'_>,
    rule: &SmolStr,
    place: Place,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<SmolStr>> {
    if is_code(rule) {
        return Some(vec![rule.clone()]);
    }
    let decls = judge.index.named(judge.plan, rule);
    if decls.is_empty() {
        let all = Decl::all(judge.plan).map(|decl| name_of(judge.plan, decl));
        let is_full = rule.contains('.');
        let known = all.map(|name| if is_full { name } else { name.rsplit('.').next().unwrap_or(name) });
        let meant = closest(rule, known);
        problems.push(codes::unknown_rule(place, rule, meant));
        return None;
    }
    let mut names = Vec::new();
    for decl in decls {
        let Some(head) = decl.head(judge.plan) else { continue };
        match refusal(judge.plan, head, None) {
            Some(terms) => {
                let declared = judge.plan.place(head.place);
                problems.push(codes::not_waivable(
                    place.clone(),
                    name_of(judge.plan, decl),
                    &terms,
                    declared,
                ));
            }
            None => names.push(SmolStr::from(name_of(judge.plan, decl))),
        }
    }
    (!names.is_empty()).then_some(names)
}

/// `MKT0501`.
fn is_code(rule: &str) -> bool {
    rule.strip_prefix("MKT")
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn covers(scope: Span, asset: &Asset, found: &Diagnostic) -> bool {
    let place = &found.primary.place;
    place.file == asset.file && scope.start() <= place.span.start() && place.span.start() <= scope.end()
}

/// Deletes the directive, unless its comment holds another one.
fn removal(asset: &Asset, directive: &Directive) -> Option<Fix> {
    let n_same = asset.directives.iter().filter(|other| other.span == directive.span).count();
    (n_same == 1).then(|| Fix {
        title: "remove the directive".into(),
        safety: Safety::Safe,
        file: asset.file.clone(),
        edits: vec![Edit { span: directive.span, text: String::new() }],
    })
}
