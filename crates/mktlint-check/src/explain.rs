//! Why rules fired or did not, at one place of an asset.

use mktlint_asset::Asset;
use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::{Judgement, RuleId, Subject};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::index::{Decl, name_of};
use crate::judge::{Run, Said, Verdict, verdict};
use crate::observe::{Observed, Watcher};
use crate::{Inputs, Judge, Outcome, Scratch, SourceFile};

/// Why a rule fired or did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The full name of the rule.
    pub rule: SmolStr,
    /// Its name in the policy.
    pub place: Place,
    /// How it ended on what stands at the place; on the whole asset when it judges that as a whole.
    pub outcome: Outcome,
    /// What it says there, when it fired.
    pub findings: Vec<Diagnostic>,
    /// What it judged: the part or field that the place is in.
    pub about: Option<Place>,
    /// What its expressions gave.
    pub observed: Vec<Observed>,
    /// The nearest place where one of its wordings stands, when none does here.
    pub nearest: Option<Place>,
}

/// Why each rule that looks at the asset at `offset` fired there or did not: those that fired first, then the
/// undecided, then those that hold, each in order of name. Rules for other kinds of asset are left out.
pub fn explain_at(
    judge: &Judge,
    source: &SourceFile<'_>,
    inputs: &Inputs,
    offset: u32,
    scratch: &mut Scratch,
) -> Vec<Explanation> {
    let Some(asset) = asset_at(source, offset) else { return Vec::new() };
    let findings = judge.file(source, inputs, scratch).findings;
    let explain = |run: &Run<'_>| {
        let decls = Decl::all(&judge.plan).filter(|decl| looks_at(judge, asset, *decl));
        decls.filter_map(|decl| explanation(run, decl, offset, &findings)).collect::<Vec<_>>()
    };
    let mut found = judge.with_run(source, asset, inputs, scratch, explain);
    found.sort_by_key(by_outcome);
    found
}

/// The same of the rules that judge a part or field which the place is in by a condition, without a look at the rest of
/// the asset: what they found there, and what else stands nearest, is left out. For whoever asks often.
pub fn conditions_at(
    judge: &Judge,
    source: &SourceFile<'_>,
    inputs: &Inputs,
    offset: u32,
    scratch: &mut Scratch,
) -> Vec<Explanation> {
    let Some(asset) = asset_at(source, offset) else { return Vec::new() };
    let mut found = judge.with_new_run(source, asset, inputs, scratch, |run| {
        let rules = run.plan.rules_for(asset.kind).iter().copied();
        let explain = |id: RuleId| {
            let rule = run.plan.rule(id).filter(|rule| !matches!(rule.judgement, Judgement::Match(_)))?;
            let mut it = Explanation {
                rule: run.plan.str(rule.head.name).into(),
                place: run.plan.place(rule.head.place),
                outcome: Outcome::Held,
                findings: Vec::new(),
                about: None,
                observed: Vec::new(),
                nearest: None,
            };
            conditions(&run, id, offset, &mut it);
            it.about.is_some().then_some(it)
        };
        rules.filter_map(explain).collect::<Vec<_>>()
    });
    found.sort_by_key(by_outcome);
    found
}

/// The asset that the place is in; outside of all the first.
fn asset_at<'a>(source: &SourceFile<'a>, offset: u32) -> Option<&'a Asset> {
    let assets = &source.extraction.assets;
    assets.iter().rev().find(|asset| asset.span.touches(offset)).or(assets.first())
}

/// Those that matter most come first.
fn by_outcome(it: &Explanation) -> u8 {
    match it.outcome {
        Outcome::Fired => 0,
        Outcome::Undecided(_) => 1,
        Outcome::Held => 2,
        Outcome::NotApplicable(_) => 3,
    }
}

fn looks_at(judge: &Judge, asset: &Asset, decl: Decl) -> bool {
    match decl {
        Decl::Rule(at) => judge.plan.rules_for(asset.kind).binary_search(&RuleId(at)).is_ok(),
        _ => true,
    }
}

fn explanation(run: &Run<'_>, decl: Decl, offset: u32, findings: &[Diagnostic]) -> Option<Explanation> {
    let plan = run.plan;
    let head = decl.head(plan)?;
    let here = |span: Span| span.touches(offset);
    let name = name_of(plan, decl);
    let own: Vec<Diagnostic> = findings
        .iter()
        .filter(|found| found.code == name && here(found.primary.place.span))
        .cloned()
        .collect();
    let mut it = Explanation {
        rule: name.into(),
        place: plan.place(head.place),
        // Fired on the asset, but maybe not here.
        outcome: match run.judge.outcome(run.asset.kind, &run.ends, decl) {
            Outcome::Fired => Outcome::Held,
            outcome => outcome,
        },
        findings: own,
        about: None,
        observed: Vec::new(),
        nearest: nearest(run, decl, offset),
    };
    if let Decl::Rule(at) = decl {
        conditions(run, RuleId(at), offset, &mut it);
    }
    if let Some(found) = it.findings.first() {
        it.outcome = match found.undecided {
            true => Outcome::Undecided(found.message.clone()),
            false => Outcome::Fired,
        };
    }
    Some(it)
}

/// What the expressions of a rule give on the smallest of its subjects that the place is in.
fn conditions(run: &Run<'_>, id: RuleId, offset: u32, it: &mut Explanation) {
    let Some(rule) = run.plan.rule(id).filter(|rule| run.in_force(&rule.head)) else { return };
    let claims = run.claims();
    let mut best: Option<Subject<'_>> = None;
    for scoped in run.in_scope(rule) {
        for subject in scoped.subjects.iter().filter(|subject| subject.span.touches(offset)) {
            if best.as_ref().is_none_or(|best| subject.span.len() < best.span.len()) {
                best = Some(subject.clone());
            }
        }
    }
    let Some(subject) = best else {
        it.outcome = Outcome::NotApplicable("nothing that it looks at is here".into());
        return;
    };
    it.about = Some(run.place(subject.span));
    let mut context = run.context(claims.as_deref());
    context.it = subject.it;
    let mut watcher = Watcher::default();
    watcher.watch(run.plan, rule, &context);
    it.observed = watcher.observed(run.plan);
    it.outcome = match verdict(run.plan, rule, &context) {
        Verdict::Excluded => Outcome::NotApplicable("its `where` does not hold".into()),
        // Its `where` is asked only where one of its wordings stands, which is then a finding of its own.
        Verdict::Undecided(_) if matches!(rule.judgement, Judgement::Match(_)) => Outcome::Held,
        Verdict::Undecided(reason) => Outcome::Undecided(reason.words),
        Verdict::Fired if !matches!(rule.judgement, Judgement::Match(_)) => Outcome::Fired,
        Verdict::Fired | Verdict::Held => Outcome::Held,
    };
}

/// The wording of `decl` that stands nearest to the place.
fn nearest(run: &Run<'_>, decl: Decl, offset: u32) -> Option<Place> {
    let said: &Said<'_> = run.said;
    let ranges: Vec<_> = match decl {
        Decl::Rule(at) => run.occurrences(RuleId(at)).iter().map(|it| it.range).collect(),
        Decl::Claim(at) => said.claims.iter().filter(|it| it.id.0 == at).map(|it| it.range).collect(),
        Decl::Term(at) => said.terms.iter().filter(|it| it.id == at).map(|it| it.range).collect(),
        Decl::Utm(_) | Decl::Suppression(_) | Decl::Cap(_) | Decl::QuietHours(_) => Vec::new(),
    };
    let places = ranges.into_iter().map(|range| run.place_of(range));
    places.filter(|place| !place.span.touches(offset)).min_by_key(|place| place.span.start().abs_diff(offset))
}
