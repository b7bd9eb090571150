//! `claim`: what may be said, on what proof, with what small print, where.

mod evidence;
mod limit;
mod small_print;

use mktlint_diag::{Diagnostic, Place};
use mktlint_plan::{Claim, ClaimId};

use super::finding::Reason;
use super::said::Occurrence;
use super::{Run, finding};
use crate::index::Decl;

/// What is wrong with a claim wherever the asset makes it.
enum Fault {
    /// The message after the quoted claim, the policy's clause, what to say of it, and what to do.
    Wrong { words: String, clause: Place, label: &'static str, help: Option<String> },
    /// An input is missing.
    Undecided(Reason),
}

/// Judges the asset by every claim that it makes.
pub fn all(run: &mut Run<'_>) {
    let said = run.said;
    for places in said.claims.chunk_by(|one, other| one.id == other.id) {
        let id = places[0].id;
        let claim =
            run.plan.claims.get(id.index()).filter(|claim| claim.in_force && run.in_force(&claim.head));
        if let Some(claim) = claim {
            run.hold(Decl::Claim(id.0));
            everywhere(run, claim, id, places);
            small_print::all(run, claim, id, places);
        }
    }
}

/// What does not depend on the place: proof, regions, channels.
fn everywhere(run: &mut Run<'_>, claim: &Claim, id: ClaimId, places: &[Occurrence<ClaimId>]) {
    let mut faults = evidence::faults(run, claim);
    faults.extend(limit::regions(run, claim));
    faults.extend(limit::channels(run, claim));
    for fault in &faults {
        match fault {
            Fault::Undecided(reason) => {
                run.undecided(Decl::Claim(id.0), run.place_of(places[0].range), reason.clone());
            }
            Fault::Wrong { words, clause, label, help } => {
                for place in places {
                    let mut found = about(run, claim, place, words).also_at(clause.clone(), *label);
                    found.help.extend(help.clone());
                    run.fire(Decl::Claim(id.0), found);
                }
            }
        }
    }
}

/// A finding about the claim made at `place`: the claim in quotes, then `words`.
fn about(run: &Run<'_>, claim: &Claim, place: &Occurrence<ClaimId>, words: &str) -> Diagnostic {
    let claims = run.claims();
    let mut context = run.context(claims.as_deref());
    context.matched = Some(place.range);
    let said = run.asset.slice(place.range).split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("\"{said}\" {words}");
    finding(run.plan, &claim.head, &context, run.place_of(place.range), message).label("this claim")
}

/// `study_note` of `acme.claims.study_note`, as words.
fn spoken(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).replace('_', " ")
}
