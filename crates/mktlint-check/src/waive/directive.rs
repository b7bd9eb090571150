//! `<!-- mktlint: waive RULE until DATE because "…" -->`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mktlint_asset::{Asset, Directive};
use mktlint_diag::{Diagnostic, Edit, Fix, Place, Safety, WaiverSource, closest};
use mktlint_plan::Plan;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::exception::{Exception, Life, Scope, is_code};
use crate::index::{Decl, name_of};
use crate::judge::Judge;
use crate::{DirectiveFact, FileResult, codes};

/// Codes that only the pass over all assets reports.
const LATER: [&str; 7] = ["MKT0501", "MKT0502", "MKT0503", "MKT0505", "MKT0506", "MKT0507", "MKT0508"];

/// How many unknown names of an asset are compared with all rules for `did you mean`.
const MOST_GUESSES: usize = 20;

/// Follows the directives of `asset`: marks what they waive, and reports those that are malformed, expired, unused,
/// or not allowed. The findings of `result` must be sorted.
///
/// `day` is when the asset is sent, else `today`.
pub fn directives(judge: &Judge, asset: &Asset, day: Date, today: Date, result: &mut FileResult) {
    if asset.directives.is_empty() {
        return;
    }
    let mut follower = Follower::new(judge, asset, day, today, result);
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
    /// Whether nobody knows when the asset is sent, so that its end can come first.
    is_unsent: bool,
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
    fn new(judge: &'f Judge, asset: &'f Asset, day: Date, today: Date, result: &'f mut FileResult) -> Self {
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
        Self {
            judge,
            asset,
            day,
            is_unsent: day == today,
            result,
            by_code,
            per_comment,
            known: BTreeMap::new(),
            n_guesses: 0,
            problems: Vec::new(),
        }
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
        let mut exception = self.exception(directive, because);
        if let Life::Ended(until) = exception.life(self.day) {
            let removal = self.removal(directive);
            self.problems.push(codes::expired(exception.place, until, removal));
            return;
        }
        let fact = |rule: &SmolStr| DirectiveFact {
            rule: rule.clone(),
            span: directive.span,
            scope: directive.scope,
            waived: exception.waived(),
        };
        if LATER.contains(&rule.as_str()) {
            self.result.facts.directives.push(fact(rule));
            return;
        }
        let Some((names, later)) = self.names(rule, *span, &exception) else { return };
        self.result.facts.directives.extend(later.iter().map(fact));
        if names.is_empty() {
            return;
        }
        exception.rules = names;
        self.apply(&exception, rule, directive);
    }

    /// What `directive` gives; the rules are not known yet.
    fn exception(&self, directive: &Directive, because: &str) -> Exception {
        Exception {
            source: WaiverSource::Directive,
            rules: Vec::new(),
            scope: Scope::Block(directive.scope),
            until: directive.until,
            role: None,
            owner: None,
            because: because.to_owned(),
            place: self.place(directive.span),
            problem: None,
        }
    }

    /// Marks what `exception` covers; says that this is nothing, or that it ends soon.
    fn apply(&mut self, exception: &Exception, rule: &SmolStr, directive: &Directive) {
        let key = (rule.clone(), directive.scope);
        let is_used = match self.known.get(&key) {
            Some(is_used) => *is_used,
            None => self.cover(exception, directive.scope),
        };
        self.known.insert(key, is_used);
        let place = exception.place.clone();
        match exception.life(self.day) {
            _ if !is_used => {
                self.problems.push(codes::unused_directive(place, rule, self.removal(directive)));
            }
            Life::Ending(until) if self.is_unsent => {
                self.problems.push(codes::ending(place, until, self.day));
            }
            _ => {}
        }
    }

    /// Marks the findings that start in `scope` and that `exception` holds for; returns whether there are any.
    fn cover(&mut self, exception: &Exception, scope: Span) -> bool {
        let (plan, day) = (&self.judge.plan, self.day);
        let mut is_used = false;
        for rows in exception.rules.iter().filter_map(|name| self.by_code.get(name)) {
            let start = rows.partition_point(|(at, _)| *at < scope.start());
            for (_, number) in rows[start..].iter().take_while(|(at, _)| *at <= scope.end()) {
                let found = self.result.findings.get_mut(*number);
                if let Some(found) = found.filter(|found| exception.holds(plan, found, day)) {
                    found.waived.get_or_insert_with(|| exception.waived());
                    is_used = true;
                }
            }
        }
        is_used
    }

    /// The codes that findings of `rule` have, and those that only the pass over all assets reports; `None` when it
    /// waives nothing, which is then reported.
    fn names(
        &mut self,
        rule: &SmolStr,
        span: Span,
        exception: &Exception,
    ) -> Option<(Vec<SmolStr>, Vec<SmolStr>)> {
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
            let (Some(head), name) = (decl.head(plan), name_of(plan, decl)) else { continue };
            match exception.refused(plan, name) {
                Some((_, terms)) => {
                    let (place, declared) = (self.place(span), plan.place(head.place));
                    self.problems.push(codes::not_waivable(place, name, &terms, None, declared));
                }
                None if decl.is_of_people() => later.push(SmolStr::from(name)),
                None => names.push(SmolStr::from(name)),
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
