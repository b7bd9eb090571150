//! One file against the plan.

mod applied;
mod campaign;
mod claim;
mod end;
mod finding;
mod manifest;
pub mod matches;
mod merge;
mod rule;
mod run;
mod said;
pub mod scoped;
mod term;
mod tier;
mod utm;

use std::collections::BTreeSet;
use std::sync::Arc;

use mktlint_asset::{Asset, Kind};
use mktlint_diag::Diagnostic;
use mktlint_plan::{Facts, Plan};

use applied::Applied;
pub(crate) use campaign::{fact as campaign_fact, values as campaign_values};
use end::Ends;
use finding::finding;
pub(crate) use finding::{Reason, undecided};
pub(crate) use rule::{Verdict, guard, verdict};
pub use run::now;
pub(crate) use run::{Run, text_list};
pub(crate) use said::Said;
pub use tier::{Changed, TierSubject};
pub use utm::wanted_text;

use crate::index::{Decl, Index, name_of};
use crate::people::Memo;
use crate::waive::{Exceptions, Standing};
use crate::{ClaimFact, FileResult, Inputs, Outcome, RuleOutcome, SourceFile, Tally};

/// A plan, ready to judge files. Shared between threads.
#[derive(Debug)]
pub struct Judge {
    /// The plan.
    pub plan: Arc<Plan>,
    pub(crate) index: Index,
    pub(crate) waivers: Exceptions,
    pub(crate) memo: Memo,
}

/// Memory that judging reuses; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) matcher: mktlint_match::Scratch,
}

impl Judge {
    /// Prepares `plan`, which must be one that [`mktlint_plan::verify`] accepts. Takes time in proportion to it.
    pub fn new(plan: Arc<Plan>) -> Self {
        let (index, waivers) = (Index::new(&plan), Exceptions::declared(&plan));
        Self { plan, index, waivers, memo: Memo::default() }
    }

    /// The full name of the declaration that [`FileResult::applied`] calls `number`; `None` when there is none.
    pub fn rule_name(&self, number: u32) -> Option<&str> {
        Some(name_of(&self.plan, Decl::numbered(&self.plan, number)?))
    }

    /// Judges a file by every declaration in force. Costs one scan of its text, and what the rules that look at its
    /// kind of asset or found a wording in it take.
    pub fn file(&self, source: &SourceFile<'_>, inputs: &Inputs, scratch: &mut Scratch) -> FileResult {
        let mut result = FileResult::default();
        result.facts.file = Some(source.file.clone());
        let problems = source.extraction.problems.iter();
        result
            .findings
            .extend(problems.filter(|problem| !self.is_about_a_fact(problem, source.text)).cloned());
        let mut utms = utm::UtmFacts::default();
        let mut applied = Applied::default();
        for asset in &source.extraction.assets {
            let facts = Facts::scan(&self.plan, asset, &mut scratch.matcher);
            let said = Said::of(self, asset, &facts);
            let mut run = Run::new(self, source, asset, &facts, &said, inputs);
            run.judge(&mut utms);
            if inputs.wants_applied {
                applied.add(self, asset.kind, &run.ends);
            }
            self.keep(run, inputs, &mut result);
        }
        result.facts.utms = utms.into_facts();
        result.facts.claims.sort();
        result.facts.claims.dedup();
        result.applied = applied.finish(self);
        sort(&mut result);
        self.waive(source, inputs, &mut result);
        sort(&mut result);
        result
    }

    /// Whether `problem` is that campaigns have no such key, and the key is a fact of the policy: what reads manifests
    /// knows no policy.
    fn is_about_a_fact(&self, problem: &Diagnostic, text: &str) -> bool {
        let key = || problem.primary.place.span.slice(text).trim_matches(['"', '\'']);
        problem.code == "MKT0715" && self.plan.is_fact(key())
    }

    /// What `look` sees of `asset` after it was judged.
    pub(crate) fn with_run<T>(
        &self,
        source: &SourceFile<'_>,
        asset: &Asset,
        inputs: &Inputs,
        scratch: &mut Scratch,
        look: impl FnOnce(&Run<'_>) -> T,
    ) -> T {
        self.with_new_run(source, asset, inputs, scratch, |mut run| {
            run.judge(&mut utm::UtmFacts::default());
            look(&run)
        })
    }

    /// What `look` sees of `asset`, of which nothing was judged yet.
    pub(crate) fn with_new_run<T>(
        &self,
        source: &SourceFile<'_>,
        asset: &Asset,
        inputs: &Inputs,
        scratch: &mut Scratch,
        look: impl FnOnce(Run<'_>) -> T,
    ) -> T {
        let facts = Facts::scan(&self.plan, asset, &mut scratch.matcher);
        let said = Said::of(self, asset, &facts);
        look(Run::new(self, source, asset, &facts, &said, inputs))
    }

    /// Moves what a run over one asset found to the result of the file.
    fn keep(&self, run: Run<'_>, inputs: &Inputs, result: &mut FileResult) {
        let campaign = run.campaign_id();
        let claims = run.said.claims().filter(|claim| claim.in_force);
        let fact = |name: &str| ClaimFact { campaign: campaign.clone(), claim: name.into() };
        result.facts.claims.extend(claims.map(|claim| fact(self.plan.str(claim.head.name))));
        result.facts.campaigns.extend(campaign::fact(&run));
        let Run { asset, ends, findings, .. } = run;
        result.tally.merge(self.tally(asset, &ends));
        if inputs.detailed {
            result.outcomes.extend(self.outcomes(asset, &ends));
        }
        result.findings.extend(findings);
    }

    /// How many declarations ended how. One that nothing was recorded of holds when it looks at such assets, since none
    /// of its wordings was found, and does not apply otherwise.
    fn tally(&self, asset: &Asset, ends: &Ends) -> Tally {
        let mut tally = Tally::default();
        let mut recorded_quiet = 0;
        for (decl, outcome) in ends.iter() {
            tally.add(outcome);
            recorded_quiet += u32::from(self.is_quiet(asset.kind, decl));
        }
        let n_recorded = ends.iter().count() as u32;
        let held = self.index.of_kind(asset.kind).n_quiet.saturating_sub(recorded_quiet);
        tally.held += held;
        tally.not_applicable += self.index.n_decls.saturating_sub(n_recorded + held);
        tally
    }

    fn outcomes(&self, asset: &Asset, ends: &Ends) -> Vec<RuleOutcome> {
        let row = |decl| RuleOutcome {
            asset: asset.ordinal,
            rule: name_of(&self.plan, decl).into(),
            outcome: self.outcome(asset.kind, ends, decl),
        };
        Decl::all(&self.plan).map(row).collect()
    }

    /// How `decl` ended on an asset of `kind`, given what was recorded.
    pub(crate) fn outcome(&self, kind: Kind, ends: &Ends, decl: Decl) -> Outcome {
        match ends.get(decl) {
            Some(outcome) => outcome.clone(),
            None if self.is_quiet(kind, decl) => Outcome::Held,
            None => Outcome::NotApplicable(self.elsewhere(kind, decl)),
        }
    }

    /// Whether `decl` looks at assets of `kind` by wordings alone.
    fn is_quiet(&self, kind: Kind, decl: Decl) -> bool {
        match decl {
            Decl::Claim(_) | Decl::Term(_) => true,
            Decl::Utm(_) | Decl::Suppression(_) | Decl::Cap(_) | Decl::QuietHours(_) => false,
            Decl::Rule(at) => {
                let id = mktlint_plan::RuleId(at);
                let of_kind = self.index.of_kind(kind);
                self.plan.rules_for(kind).binary_search(&id).is_ok()
                    && of_kind.judged.binary_search(&id).is_err()
                    && of_kind.driven.binary_search(&id).is_err()
            }
        }
    }

    /// Why `decl`, of which nothing was recorded, does not apply.
    fn elsewhere(&self, kind: Kind, decl: Decl) -> String {
        match decl {
            Decl::Rule(at) if self.plan.rules_for(kind).binary_search(&mktlint_plan::RuleId(at)).is_err() => {
                match self.plan.rules.get(at as usize) {
                    Some(rule) => format!("on {}", rule::scope_words(&self.plan, rule)),
                    None => String::new(),
                }
            }
            Decl::Utm(_) => "no link that it owns".into(),
            _ => "nothing that it looks at".into(),
        }
    }

    /// Marks what is waived, and adds what is wrong with directives.
    fn waive(&self, source: &SourceFile<'_>, inputs: &Inputs, result: &mut FileResult) {
        let today = inputs.today.date();
        for asset in &source.extraction.assets {
            let day = now(asset, source.campaign, inputs).date();
            crate::waive::directives(self, asset, day, today, result);
        }
        let mut used = BTreeSet::new();
        Standing::new(&self.plan, &self.waivers, inputs).mark(&mut result.findings, &mut used);
        result.facts.waivers_used = used.into_iter().collect();
    }
}

/// Puts findings in order and drops repeats, which rules with scopes that overlap make.
fn sort(result: &mut FileResult) {
    result.findings.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    result.findings.dedup();
}
