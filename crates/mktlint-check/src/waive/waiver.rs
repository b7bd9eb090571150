//! `waive RULE for "GLOB" until DATE { … }`.

use std::collections::{BTreeMap, BTreeSet};

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, Waived};
use mktlint_plan::{Plan, Waivable, Waiver};

use super::refusal;
use crate::index::{Decl, name_of};
use crate::{FileFacts, WorkspaceResult, codes};

/// The exceptions of a plan, with their globs compiled.
#[derive(Debug, Default)]
pub struct Waivers {
    /// Globs of each exception; `None` when it is for every file.
    globs: Vec<Option<Vec<GlobMatcher>>>,
    /// Exceptions by the full name of the rule.
    by_rule: BTreeMap<String, Vec<u32>>,
}

impl Waivers {
    /// The exceptions of `plan`. A glob that is none names the file of just that path.
    pub fn new(plan: &Plan) -> Self {
        let glob = |glob: &str| {
            let build = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
            build(glob).or_else(|_| build(&globset::escape(glob))).ok().map(|glob| glob.compile_matcher())
        };
        let globs = |waiver: &Waiver| {
            (!waiver.files.is_empty()).then(|| plan.strs(waiver.files).filter_map(glob).collect())
        };
        let mut by_rule: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (waiver, at) in plan.waivers.iter().zip(0..) {
            for rule in plan.strs(waiver.rules) {
                by_rule.entry(rule.to_owned()).or_default().push(at);
            }
        }
        Self { globs: plan.waivers.iter().map(globs).collect(), by_rule }
    }

    /// Marks what is waived among `findings` of `file` on `day`, and adds the exceptions that covered something to
    /// `used`.
    pub fn mark(
        &self,
        plan: &Plan,
        file: &FilePath,
        day: Date,
        findings: &mut [Diagnostic],
        used: &mut BTreeSet<u32>,
    ) {
        if self.globs.is_empty() {
            return;
        }
        for found in findings {
            let of_rule = self.by_rule.get(found.code.as_str()).map_or(&[][..], Vec::as_slice);
            let holds = |at: &&u32| self.holds(plan, **at, &found.code, file, day);
            let Some(at) = of_rule.iter().find(holds) else { continue };
            used.insert(*at);
            if let Some(waiver) = plan.waivers.get(*at as usize) {
                found.waived.get_or_insert_with(|| waived(plan, waiver));
            }
        }
    }

    fn holds(&self, plan: &Plan, at: u32, rule: &str, file: &FilePath, day: Date) -> bool {
        let Some(waiver) = plan.waivers.get(at as usize) else { return false };
        let globs = self.globs.get(at as usize).and_then(Option::as_ref);
        waiver.until.is_none_or(|until| day <= until)
            && globs.is_none_or(|globs| globs.iter().any(|glob| glob.is_match(file.as_str())))
            && head_refusal(plan, rule, waiver).is_none()
    }
}

fn waived(plan: &Plan, waiver: &Waiver) -> Waived {
    Waived {
        because: waiver.because.map_or_else(String::new, |because| plan.str(because).to_owned()),
        until: waiver.until.map(|until| until.to_string().into()),
        place: plan.place(waiver.place),
    }
}

/// The declaration `rule`, and why `waiver` must not waive it.
fn head_refusal(plan: &Plan, rule: &str, waiver: &Waiver) -> Option<(Decl, String)> {
    let decl = find(plan, rule)?;
    let by = waiver.by.map(|by| plan.str(by));
    Some((decl, refusal(plan, decl.head(plan)?, by)?))
}

/// The declaration in force with the full name `rule`.
fn find(plan: &Plan, rule: &str) -> Option<Decl> {
    let of = |at: Result<usize, usize>, make: fn(u32) -> Decl| at.ok().map(|at| make(at as u32));
    of(plan.rules.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Rule)
        .or_else(|| of(plan.claims.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Claim))
        .or_else(|| of(plan.terms.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Term))
        .or_else(|| of(plan.utms.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Utm))
        .or_else(|| Decl::of_people(plan).find(|decl| name_of(plan, *decl) == rule))
}

/// What is wrong with the exceptions of `plan`, after a run over the whole workspace on `today`: granted by a role that
/// must not, or covering nothing, neither in `files` nor in what they show together. That one has expired, or is of a
/// rule that nobody may waive, the compiler says.
pub fn unused_waivers(
    plan: &Plan,
    files: &[FileFacts],
    together: &WorkspaceResult,
    today: Date,
) -> Vec<Diagnostic> {
    let in_files = files.iter().flat_map(|facts| &facts.waivers_used);
    let used: BTreeSet<u32> = in_files.chain(&together.waivers_used).copied().collect();
    let mut found = Vec::new();
    for (waiver, at) in plan.waivers.iter().zip(0..) {
        let place = plan.place(waiver.place);
        let refused: Vec<_> =
            plan.strs(waiver.rules).filter_map(|rule| head_refusal(plan, rule, waiver)).collect();
        for (decl, terms) in &refused {
            let Some(head) = decl.head(plan).filter(|head| matches!(head.waivable, Waivable::By(_))) else {
                continue;
            };
            found.push(codes::not_waivable(
                place.clone(),
                name_of(plan, *decl),
                terms,
                plan.place(head.place),
            ));
        }
        let has_expired = waiver.until.is_some_and(|until| until < today);
        if !used.contains(&at) && refused.is_empty() && !has_expired {
            let rules: Vec<String> = plan.strs(waiver.rules).map(|rule| format!("`{rule}`")).collect();
            found.push(codes::unused_waiver(place, &rules.join(" or ")));
        }
    }
    found
}
