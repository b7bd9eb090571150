//! `term`.

use mktlint_asset::TextRange;
use mktlint_diag::Safety;
use mktlint_plan::Term;

use super::{Run, finding};
use crate::index::Decl;
use crate::words::casing;

/// Judges the asset by every term of which a wording to avoid was found.
pub fn all(run: &mut Run<'_>) {
    let said = run.said;
    for hit in &said.terms {
        let Some(term) = run.plan.terms.get(hit.id as usize).filter(|term| run.in_force(&term.head)) else {
            continue;
        };
        if !is_preferred(run, term, hit.range) {
            avoided(run, term, Decl::Term(hit.id), hit.range, hit.wording);
        }
    }
}

fn avoided(run: &mut Run<'_>, term: &Term, decl: Decl, range: TextRange, wording: u32) {
    let plan = run.plan;
    let claims = run.claims();
    let mut context = run.context(claims.as_deref());
    context.matched = Some(range);
    let words = run.asset.slice(range);
    let preferred = plan.str(term.preferred);
    let written = if term.case_sensitive { preferred.to_owned() } else { casing::like(words, preferred) };
    let message = format!("write `{written}` instead of `{words}`");
    let mut found = finding(plan, &term.head, &context, run.place_of(range), message);
    if let Some(sought) = plan.list(term.avoid).get(wording as usize) {
        found = found.also_at(plan.place(sought.place), "to be avoided");
    }
    found.fix = run.edits(range, &written).map(|edits| {
        let title = format!("replace `{words}` with `{written}`");
        run.fix(title, Safety::Safe, edits)
    });
    run.fire(decl, found);
}

/// Whether the words at `range` are part of the preferred wording: `sign` in `sign up`.
fn is_preferred(run: &Run<'_>, term: &Term, range: TextRange) -> bool {
    let text = run.asset.text(range.text).map_or("", |text| text.mapped.text());
    let preferred = run.plan.str(term.preferred);
    let is_same = |words: &str| match term.case_sensitive {
        true => words == preferred,
        false => words.to_lowercase() == preferred.to_lowercase(),
    };
    let (start, end) = (range.start as usize, range.end as usize);
    let first = end.saturating_sub(preferred.len());
    (first..=start).any(|at| text.get(at..at + preferred.len()).is_some_and(is_same))
}
