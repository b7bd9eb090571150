//! What is wrong with exceptions themselves.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, WaiverSource, closest};
use mktlint_plan::{Plan, Waivable};
use smol_str::SmolStr;

use super::exception::{Exception, Life, Scope, find, is_code};
use super::list::{Exceptions, Standing};
use crate::index::{Decl, name_of};
use crate::{FileFacts, Inputs, WorkspaceResult, codes};

/// Assets that an exception may cover however few there are.
const FEW: usize = 10;

/// Rules that make a pack: with fewer in force, all of them are no more than a few rules.
const PACK: usize = 3;

/// Files that are looked at before all are.
const SAMPLE: usize = 64;

/// What is wrong with the exceptions of a run over the whole workspace, beside those in assets: granted by nobody who
/// may, without effect in `files` and in what they show together, near their end, or for too much.
///
/// That one of the policy has ended, or waives a rule that nobody may waive, the compiler says.
pub fn judge_waivers(
    plan: &Plan,
    files: &[FileFacts],
    together: &WorkspaceResult,
    inputs: &Inputs,
) -> Vec<Diagnostic> {
    let declared = Exceptions::declared(plan);
    let standing = Standing::new(plan, &declared, inputs);
    let in_files = files.iter().flat_map(|facts| &facts.waivers_used);
    let used: BTreeSet<u32> = in_files.chain(&together.waivers_used).copied().collect();
    let files: Vec<&FilePath> = files.iter().filter_map(|facts| facts.file.as_ref()).collect();
    let mut review =
        Review { plan, today: inputs.today.date(), files, packs: packs(plan), found: Vec::new() };
    for (number, exception) in standing.all() {
        review.look_at(exception, used.contains(&number));
    }
    review.found
}

/// The exceptions for files that count in a run: those of `plan`, then those of `inputs`.
pub fn exceptions(plan: &Plan, inputs: &Inputs) -> Vec<Exception> {
    let declared = plan.waivers.iter().map(|waiver| Exception::declared(plan, waiver));
    declared.chain(inputs.waivers.iter().cloned()).collect()
}

/// That a change touches `file`, which `exception` was for until it ended: whoever changes an asset settles what was put
/// off. `None` when it has not ended, or was for others.
pub fn touched(exception: &Exception, file: &FilePath, today: Date) -> Option<Diagnostic> {
    let Life::Ended(until) = exception.life(today) else { return None };
    let counts = exception.problem.is_none() && exception.scope.covers_file(file);
    counts.then(|| codes::touched(exception.place.clone(), until, file))
}

/// Rules in force by module, of modules with enough of them.
fn packs(plan: &Plan) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut packs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for decl in Decl::all(plan).chain(Decl::of_people(plan)) {
        let name = name_of(plan, decl);
        if let Some((module, _)) = name.rsplit_once('.') {
            packs.entry(module).or_default().insert(name);
        }
    }
    packs.retain(|_, rules| rules.len() >= PACK);
    packs
}

/// Looks at exceptions one by one.
struct Review<'a> {
    plan: &'a Plan,
    today: Date,
    files: Vec<&'a FilePath>,
    packs: BTreeMap<&'a str, BTreeSet<&'a str>>,
    found: Vec<Diagnostic>,
}

impl Review<'_> {
    fn look_at(&mut self, exception: &Exception, is_used: bool) {
        if exception.problem.is_some() {
            return;
        }
        let is_recorded = exception.source != WaiverSource::Declaration;
        let place = &exception.place;
        let has_unknown = is_recorded && self.unknown(exception);
        let is_refused = self.refused(exception, is_recorded);
        match exception.life(self.today) {
            Life::Ended(until) if is_recorded => {
                self.found.push(codes::expired(place.clone(), until, None));
            }
            Life::Ended(_) => {}
            _ if is_refused || has_unknown => {}
            _ if !is_used => self.found.push(codes::unused_waiver(place.clone(), &quoted(&exception.rules))),
            life => {
                if let Life::Ending(until) = life {
                    self.found.push(codes::ending(place.clone(), until, self.today));
                }
                let why = self.breadth(exception);
                self.found.extend(why.map(|why| codes::broad(place.clone(), &why)));
            }
        }
    }

    /// Whether a record names a rule that is not in force, which is then said. Of a declaration the compiler says it.
    fn unknown(&mut self, exception: &Exception) -> bool {
        let is_unknown = |rule: &&SmolStr| !is_code(rule) && find(self.plan, rule).is_none();
        let unknown: Vec<&SmolStr> = exception.rules.iter().filter(is_unknown).collect();
        for rule in &unknown {
            let known = Decl::all(self.plan).chain(Decl::of_people(self.plan));
            let near = closest(rule, known.map(|decl| name_of(self.plan, decl)));
            self.found.push(codes::unknown_rule(exception.place.clone(), rule, near));
        }
        !unknown.is_empty()
    }

    /// Whether a rule refuses it. That a rule refuses every `waive`, the compiler says.
    fn refused(&mut self, exception: &Exception, is_recorded: bool) -> bool {
        let refused: Vec<_> =
            exception.rules.iter().filter_map(|rule| exception.refused(self.plan, rule)).collect();
        for (decl, terms) in &refused {
            let Some(head) = decl.head(self.plan) else { continue };
            if is_recorded || matches!(head.waivable, Waivable::By(_)) {
                let (rule, declared) = (name_of(self.plan, *decl), self.plan.place(head.place));
                let by = exception.role.as_deref();
                self.found.push(codes::not_waivable(exception.place.clone(), rule, terms, by, declared));
            }
        }
        !refused.is_empty()
    }

    /// Why it covers more than an exception should: words to follow "this waives".
    fn breadth(&self, exception: &Exception) -> Option<String> {
        let is_pack = |(_, rules): &(&&str, &BTreeSet<&str>)| {
            rules.iter().all(|rule| exception.rules.iter().any(|own| own == rule))
        };
        if let Some((module, _)) = self.packs.iter().find(is_pack) {
            return Some(format!("every rule of `{module}`"));
        }
        if is_everything(&exception.scope) {
            return Some("every asset, and those to come".to_owned());
        }
        let n_covered = self.n_covered(exception);
        let is_broad = n_covered >= FEW && 2 * n_covered > self.files.len();
        is_broad.then(|| format!("{n_covered} of {} assets", self.files.len()))
    }

    /// How many files it covers; of many files a sample first, since most exceptions are for a few.
    fn n_covered(&self, exception: &Exception) -> usize {
        let covered = |step: usize| {
            self.files.iter().step_by(step).filter(|file| exception.scope.covers_file(file)).count()
        };
        let step = self.files.len() / SAMPLE + 1;
        if step > 1 && covered(step) * 4 < SAMPLE { 0 } else { covered(1) }
    }
}

/// Whether every path fits: no glob at all, or `**` alone.
fn is_everything(scope: &Scope) -> bool {
    match scope {
        Scope::Everything => true,
        Scope::Files(globs, _) => globs
            .iter()
            .any(|glob| glob.contains("**") && glob.split('/').all(|part| matches!(part, "**" | "*" | "."))),
        Scope::Block(_) => false,
    }
}

/// `` `a` or `b` ``
fn quoted(rules: &[SmolStr]) -> String {
    rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(" or ")
}
