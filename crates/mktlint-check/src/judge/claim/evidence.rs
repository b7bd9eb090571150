//! `needs evidence trial_2025`.

use mktlint_plan::{Claim, Evidence};

use super::{Fault, spoken};
use crate::EvidenceFact;
use crate::judge::Run;

/// What is wrong with the proof of `claim`, one fault for each `needs evidence`.
pub fn faults(run: &Run<'_>, claim: &Claim) -> Vec<Fault> {
    let needs = run.plan.list(claim.evidence).iter();
    let fault = |need: &mktlint_plan::EvidenceNeed| {
        let evidence = run.plan.evidences.get(need.evidence.index())?;
        let problem = problem(run, evidence)?;
        let name = spoken(run.plan.str(evidence.name));
        Some(match problem {
            Problem::Undecided(reason) => Fault::Undecided(reason.into()),
            Problem::Wrong { words, help } => Fault::Wrong {
                words: format!("rests on the evidence {name}, {words}"),
                clause: run.plan.place(need.place),
                label: "required here",
                help: Some(help),
            },
        })
    };
    needs.filter_map(fault).collect()
}

enum Problem {
    Wrong { words: String, help: String },
    Undecided(String),
}

fn problem(run: &Run<'_>, evidence: &Evidence) -> Option<Problem> {
    if let Some(last) = evidence.expires.filter(|last| *last < run.now.date()) {
        let words = format!("which expired on {last}");
        return Some(Problem::Wrong { words, help: "renew the evidence, or drop the claim".into() });
    }
    let path = run.plan.str(evidence.document?.text);
    let wrong = |words: String, help: &str| Some(Problem::Wrong { words, help: help.into() });
    match run.inputs.evidence.iter().find(|(known, _)| known.as_str() == path).map(|(_, fact)| fact) {
        None => Some(Problem::Undecided(format!("the evidence `{path}` was not looked at"))),
        Some(EvidenceFact::Unreadable(why)) => {
            Some(Problem::Undecided(format!("the evidence `{path}` cannot be read: {why}")))
        }
        Some(EvidenceFact::Missing) => {
            wrong(format!("whose document `{path}` does not exist"), "add the document, or drop the claim")
        }
        Some(EvidenceFact::Digest(digest)) => {
            let recorded = evidence.sha256.map(|sha256| run.plan.str(sha256.text))?;
            if digest.eq_ignore_ascii_case(recorded) {
                return None;
            }
            let words = format!("whose document `{path}` is not the one that was recorded");
            wrong(
                words,
                &format!("check the document, and record `sha256 \"{digest}\"` if it still proves the claim"),
            )
        }
    }
}
