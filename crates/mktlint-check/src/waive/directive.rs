//! `<!-- mktlint: waive RULE until DATE because "…" -->`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mktlint_asset::{Asset, Directive};
use mktlint_diag::{Diagnostic, Edit, Fix, Place, Safety, Waived, closest};
use mktlint_plan::Plan;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::refusal;
use crate::index::{Decl, name_of};
use crate::judge::Judge;
use crate::{DirectiveFact, FileResult, codes};

/// Codes that only the pass over all assets reports.
const LATER: [&str; 7] = ["MKT0501", "MKT0502", "MKT0503", "MKT0505", "MKT0506", "MKT0507", "MKT0508"];

/// How many unknown names of an asset are compared with all rules for `did you mean`.
const MOST_GUESSES: usize = 20;

/// Follows the directives of `asset`: marks what they waive, and reports those that are malformed, expired, unused,
/// or not allowed. The findings of `result` must be sorted.
pub fn directives(judge: &Judge, asset: &Asset, day: Date, result: &mut FileResult) {
    if asset.directives.is_empty() {
        return;
    }
    let mut follower = Follower::new(judge, asset, day, result);
    for directive in &asset.directives {
        follower.follow(directive);
    }
    let problems = follower.problems;
    result.findings.extend(problems);
}

struct Follower<'f> {
    judge: &'f Judge,
    asset: &'f Asset,
    day: Date,
    result: &'f mut FileResult,
    /// The findings of each code: where they start, and their number. In order.
    by_code: BTreeMap<SmolStr, Vec<(u32, usize)>>,
    /// How many rules each comment names.
    per_comment: BTreeMap<Span, u32>,
    /// What a directive with the same rule and scope did: whether it covered anything.
    known: BTreeMap<(SmolStr, Span), bool>,
    n_guesses: usize,
    problems: Vec<Diagnostic>,
}

impl<'f> Follower<'f> {
    fn new(judge: &'f Judge, asset: &'f Asset, day: Date, result: &'f mut FileResult) -> Self {
        let mut by_code: BTreeMap<SmolStr, Vec<(u32, usize)>> = BTreeMap::new();
        for (at, found) in result.findings.iter().enumerate() {
            if found.primary.place.file == asset.file {
                by_code.entry(found.code.clone()).or_default().push((found.primary.place.span.start(), at));
            }
        }
        let mut per_comment = BTreeMap::new();
        for directive in &asset.directives {
            *per_comment.entry(directive.span).or_insert(0) += 1;
        }
        let (known, problems) = (BTreeMap::new(), Vec::new());
        Self { judge, asset, day, result, by_code, per_comment, known, n_guesses: 0, problems }
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.asset.file.clone(), span)
    }

    fn follow(&mut self, directive: &Directive) {
        for (error, span) in &directive.errors {
            self.problems.push(codes::malformed_directive(self.place(*span), error));
        }
        let (Some((rule, span)), Some(because)) = (&directive.rule, &directive.because) else { return };
        if !directive.errors.is_empty() {
            return;
        }
        let place = self.place(directive.span);
        if let Some(until) = directive.until.filter(|until| *until < self.day) {
            self.problems.push(codes::expired_directive(place, until, self.removal(directive)));
            return;
        }
        let until = directive.until.map(|until| until.to_string().into());
        let waived = Waived { because: because.clone(), until, place: place.clone() };
        let fact = |rule: &SmolStr| DirectiveFact {
            rule: rule.clone(),
            span: directive.span,
            scope: directive.scope,
            waived: waived.clone(),
        };
        if LATER.contains(&rule.as_str()) {
            self.result.facts.directives.push(fact(rule));
            return;
        }
        let Some((names, later)) = self.names(rule, *span) else { return };
        self.result.facts.directives.extend(later.iter().map(fact));
        if names.is_empty() {
            return;
        }
        let key = (rule.clone(), directive.scope);
        let is_used = match self.known.get(&key) {
            Some(is_used) => *is_used,
            None => self.cover(&names, directive.scope, &waived),
        };
        self.known.insert(key, is_used);
        if !is_used {
            self.problems.push(codes::unused_directive(place, rule, self.removal(directive)));
        }
    }

    /// Marks the findings of `names` that start in `scope`; returns whether there are any.
    fn cover(&mut self, names: &[SmolStr], scope: Span, waived: &Waived) -> bool {
        let mut is_used = false;
        for rows in names.iter().filter_map(|name| self.by_code.get(name)) {
            let start = rows.partition_point(|(at, _)| *at < scope.start());
            for (_, number) in rows[start..].iter().take_while(|(at, _)| *at <= scope.end()) {
                if let Some(found) = self.result.findings.get_mut(*number) {
                    found.waived.get_or_insert_with(|| waived.clone());
                    is_used = true;
                }
            }
        }
        is_used
    }

    /// The codes that findings of `rule` have, and those that only the pass over all assets reports; `None` when it
    /// waives nothing, which is then reported.
    fn names(&mut self, rule: &SmolStr, span: Span) -> Option<(Vec<SmolStr>, Vec<SmolStr>)> {
        if is_code(rule) {
            return Some((vec![rule.clone()], Vec::new()));
        }
        let plan: &'f Plan = &self.judge.plan;
        let decls = self.judge.index.named(plan, rule);
        if decls.is_empty() {
            let meant = self.guess(rule);
            self.problems.push(codes::unknown_rule(self.place(span), rule, meant));
            return None;
        }
        let (mut names, mut later) = (Vec::new(), Vec::new());
        for decl in decls {
            let Some(head) = decl.head(plan) else { continue };
            match refusal(plan, head, None) {
                Some(terms) => {
                    let place = self.place(span);
                    let declared = plan.place(head.place);
                    self.problems.push(codes::not_waivable(place, name_of(plan, decl), &terms, declared));
                }
                None if decl.is_of_people() => later.push(SmolStr::from(name_of(plan, decl))),
                None => names.push(SmolStr::from(name_of(plan, decl))),
            }
        }
        (!names.is_empty() || !later.is_empty()).then_some((names, later))
    }

    fn guess(&mut self, rule: &str) -> Option<&'f str> {
        self.n_guesses += 1;
        let plan: &'f Plan = &self.judge.plan;
        let is_full = rule.contains('.');
        let all = Decl::all(plan).chain(Decl::of_people(plan)).map(|decl| name_of(plan, decl));
        let known = all.map(|name| if is_full { name } else { name.rsplit('.').next().unwrap_or(name) });
        if self.n_guesses <= MOST_GUESSES { closest(rule, known) } else { None }
    }

    /// Deletes the directive, unless its comment names another rule too.
    fn removal(&self, directive: &Directive) -> Option<Fix> {
        (self.per_comment.get(&directive.span) == Some(&1)).then(|| Fix {
            title: "remove the directive".into(),
            safety: Safety::Safe,
            file: self.asset.file.clone(),
            edits: vec![Edit { span: directive.span, text: String::new() }],
        })
    }
}

/// `MKT0501`.
fn is_code(rule: &str) -> bool {
    let digits = rule.strip_prefix("MKT").unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}
