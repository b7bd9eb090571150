//! `test` declarations.

mod contact;
mod coverage;
mod fixture;
mod json;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, date};
use mktlint_decide::Formula;
use mktlint_diag::{Diagnostic, Place, Safety};
use mktlint_hir::model::expr::Body;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::{Force, Placed, Program};
use mktlint_hir::model::test::{Case, Expect, Fixture, Test};
use mktlint_hir::people::{Declared, formula, segment};
use mktlint_plan::{Plan, Rule, RuleId, lower};
use smol_str::SmolStr;

use coverage::Tracker;
pub use coverage::{ConditionCoverage, Coverage, RuleCoverage};
use fixture::Built;

use crate::index::{Decl, name_of};
use crate::judge::Run;
use crate::judge::matches::matches;
use crate::judge::scoped::Scoped;
use crate::observe::{Observed, Watcher};
use crate::people::conditions_of;
use crate::{EvidenceFact, Fixable, Inputs, Judge, Scratch, SourceFile, fix_file};

/// The day of a test that says none.
pub const DEFAULT_DAY: Date = date(2026, 1, 1);

/// How one `test` ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// The full name of what is tested.
    pub target: SmolStr,
    /// The declaration of the test.
    pub place: Place,
    /// Its expectations, in order.
    pub cases: Vec<CaseResult>,
}

/// How one expectation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The clause.
    pub place: Place,
    /// What went wrong; `None` when it was met.
    pub failure: Option<Failure>,
}

/// Why an expectation was not met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// What happened, in one line: `it did not fire`.
    pub message: String,
    /// What the expressions of the rule or audience gave.
    pub observed: Vec<Observed>,
    /// Facts that help: what was found instead.
    pub notes: Vec<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }
}

/// Runs the `tests` of a policy, which are items of the kind `Test`, against `program`.
///
/// Everything in the program counts as in force from the start, so that a rule can be tested before the day on which an
/// `enforce` begins and when nothing enforces it; dates of the rule itself hold. The day is that of the test, else
/// 2026-01-01. Evidence counts as present and unchanged: tests read no files. `declared` says what the conditions mean
/// that a fixture has for an audience.
pub fn run_tests(
    tests: &[Placed],
    program: &Program,
    declared: &Declared<'_>,
) -> (Vec<TestResult>, Coverage) {
    let program = forced(program);
    let plan = Arc::new(lower(&program));
    let judge = Judge::new(Arc::clone(&plan));
    let mut bench = Bench {
        program: &program,
        declared,
        judge: &judge,
        scratch: Scratch::default(),
        tracker: Tracker::default(),
    };
    let results = tests.iter().filter_map(|placed| bench.test(placed)).collect();
    let files: BTreeSet<&str> = tests.iter().map(|placed| placed.file.as_str()).collect();
    (results, bench.tracker.coverage(&plan, &program, &files))
}

/// The program with everything in force.
fn forced(program: &Program) -> Program {
    let force = |placed: &Placed| {
        let mut placed = placed.clone();
        let own = placed.force.take();
        let waivable = own.map(|force| force.waivable).unwrap_or_default();
        placed.force = Some(Force { level: None, from: None, until: None, waivable });
        placed
    };
    let is_waiver = |placed: &&Placed| placed.item.kind == ItemKind::Waive;
    Program { items: program.items.iter().filter(|placed| !is_waiver(placed)).map(force).collect() }
}

struct Bench<'b> {
    program: &'b Program,
    declared: &'b Declared<'b>,
    judge: &'b Judge,
    scratch: Scratch,
    tracker: Tracker,
}

impl Bench<'_> {
    fn test(&mut self, placed: &Placed) -> Option<TestResult> {
        let Meaning::Test(test) = &placed.item.meaning else { return None };
        let cases = test.cases.iter().map(|case| CaseResult {
            place: placed.place(case.span),
            failure: self.case(placed, test, case).err(),
        });
        let cases = cases.collect();
        Some(TestResult { target: test.target.0.clone(), place: placed.place(placed.item.name_span), cases })
    }

    fn case(&mut self, placed: &Placed, test: &Test, case: &Case) -> Result<(), Failure> {
        let body = &placed.item.body;
        match &case.expect {
            Expect::Fires { fixture, fixed } => {
                let trial = self.trial(test, body, fixture)?;
                trial.fires()?;
                match fixed {
                    Some(words) => self.fixed(test, body, fixture, words),
                    None => Ok(()),
                }
            }
            Expect::Silent(fixture) => self.trial(test, body, fixture)?.silent(),
            Expect::Undecided(fixture) => self.trial(test, body, fixture)?.undecided(),
            Expect::Includes(values) => {
                contact::check(self.program, &self.judge.plan, test, body, values, true, &mut self.tracker)
            }
            Expect::Excludes(values) => {
                contact::check(self.program, &self.judge.plan, test, body, values, false, &mut self.tracker)
            }
        }
    }

    /// Judges the fixture.
    fn trial(&mut self, test: &Test, body: &Body, fixture: &Fixture) -> Result<Trial, Failure> {
        let (decl, built) = self.build(test, body, fixture)?;
        let mut inputs = inputs(&self.judge.plan, test);
        inputs.segments = self.segments(&built);
        let source = built.source();
        let findings = self.judge.file(&source, &inputs, &mut self.scratch).findings;
        let name = name_of(&self.judge.plan, decl);
        let (own, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
            findings.into_iter().partition(|found| found.code == name);
        let watcher = self.watch(decl, &source, &inputs);
        let observed = watcher.observed(&self.judge.plan);
        self.tracker.add(decl, &own, watcher);
        Ok(Trial { own, others, observed })
    }

    /// What the conditions mean that the fixture has for an audience.
    fn segments(&self, built: &Built) -> BTreeMap<SmolStr, Result<Formula, String>> {
        let Declared { db, project } = *self.declared;
        let schema = &self.judge.plan.people.schema;
        let understood = |condition: SmolStr| {
            let formula = segment(db, project, &condition)
                .map(|segment| formula(self.declared, schema, &segment.body, segment.condition))
                .map_err(|problems| problems.first().map_or_else(String::new, |first| first.message.clone()));
            (condition, formula)
        };
        conditions_of(&self.judge.plan, built.assets()).into_iter().map(understood).collect()
    }

    fn build(&self, test: &Test, body: &Body, fixture: &Fixture) -> Result<(Decl, Built), Failure> {
        let plan: &Plan = &self.judge.plan;
        let decl = self.judge.index.named(plan, &test.target.0).into_iter().next();
        let decl = decl.ok_or_else(|| Failure::new(format!("`{}` cannot be judged", test.target.name())))?;
        let built = Built::new(self.program, plan, decl, body, fixture, day(test))?;
        Ok((decl, built))
    }

    /// What the expressions of a rule give on the fixture.
    fn watch(&mut self, decl: Decl, source: &SourceFile<'_>, inputs: &Inputs) -> Watcher {
        let mut watcher = Watcher::default();
        let (Decl::Rule(at), Some(asset)) = (decl, source.extraction.assets.first()) else { return watcher };
        let Some(rule) = self.judge.plan.rules.get(at as usize) else { return watcher };
        self.judge.with_run(source, asset, inputs, &mut self.scratch, |run| {
            let claims = run.claims();
            for scoped in run.in_scope(rule) {
                for subject in &scoped.subjects {
                    let mut context = run.context(claims.as_deref());
                    context.it = subject.it.clone();
                    watcher.watch(run.plan, rule, &context);
                }
                watch_matches(run, at, rule, &scoped, &mut watcher);
            }
        });
        watcher
    }

    /// Fixes the fixture and compares the judged text with `words`.
    fn fixed(&mut self, test: &Test, body: &Body, fixture: &Fixture, words: &str) -> Result<(), Failure> {
        let (decl, built) = self.build(test, body, fixture)?;
        let inputs = inputs(&self.judge.plan, test);
        let fixable = Fixable {
            file: &built.file,
            text: &built.text,
            spec: &built.spec,
            campaign: built.campaign(),
            allow: Safety::Unsafe,
        };
        let name = name_of(&self.judge.plan, decl);
        let fixed = fix_file(self.judge, &fixable, &inputs, &mut self.scratch);
        let found = built.judged_text(&self.judge.plan, decl, &fixed.text);
        if found.as_deref() == Some(words) {
            return Ok(());
        }
        let mut failure =
            Failure::new(format!("the fix leaves `{}`, not `{words}`", found.unwrap_or_default()));
        let withheld = fixed.withheld.iter().filter(|found| found.code == name);
        failure.notes = withheld.map(|found| format!("a fix was withheld: {}", found.message)).collect();
        Err(failure)
    }
}

/// Watches the `where` of a `match` rule on each match, which it may speak of.
fn watch_matches<'a>(run: &Run<'a>, at: u32, rule: &Rule, scoped: &Scoped<'a>, watcher: &mut Watcher) {
    let id = RuleId(at);
    for found in matches(run, id, scoped, &run.occurrences(id)) {
        let Some(subject) = scoped.subject(found.subject) else { continue };
        let mut context = run.context(None);
        context.it = subject.it.clone();
        context.matched = Some(found.range);
        watcher.watch(run.plan, rule, &context);
    }
}

fn day(test: &Test) -> Date {
    test.at.unwrap_or(DEFAULT_DAY)
}

fn inputs(plan: &Plan, test: &Test) -> Inputs {
    let mut inputs = Inputs::at(day(test));
    let facts = plan.evidences.iter().filter_map(|evidence| {
        let path = plan.str(evidence.document?.text);
        let digest = evidence.sha256.map_or("", |sha256| plan.str(sha256.text));
        Some((SmolStr::from(path), EvidenceFact::Digest(digest.into())))
    });
    inputs.evidence = facts.collect::<BTreeMap<_, _>>();
    inputs
}

/// What judging a fixture gave.
struct Trial {
    own: Vec<Diagnostic>,
    others: Vec<Diagnostic>,
    observed: Vec<Observed>,
}

impl Trial {
    fn fires(self) -> Result<(), Failure> {
        if self.own.iter().any(|found| !found.undecided) {
            return Ok(());
        }
        Err(match self.own.first() {
            Some(found) => self.failure(format!("it could not be judged: {}", found.message)),
            None => self.failure("it did not fire".into()),
        })
    }

    fn silent(self) -> Result<(), Failure> {
        match self.own.first() {
            None => Ok(()),
            Some(found) if found.undecided => {
                Err(self.failure(format!("it could not be judged: {}", found.message)))
            }
            Some(found) => Err(self.failure(format!("it fired: {}", found.message))),
        }
    }

    fn undecided(self) -> Result<(), Failure> {
        match self.own.iter().find(|found| !found.undecided) {
            Some(found) => Err(self.failure(format!("it fired: {}", found.message))),
            None if self.own.is_empty() => Err(self.failure("it was judged, and held".into())),
            None => Ok(()),
        }
    }

    fn failure(&self, message: String) -> Failure {
        let notes =
            self.others.iter().take(3).map(|found| format!("`{}` found: {}", found.code, found.message));
        Failure { message, observed: self.observed.clone(), notes: notes.collect() }
    }
}
