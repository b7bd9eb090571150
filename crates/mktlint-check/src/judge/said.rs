//! What the scan of an asset found, by who looks for it.

use mktlint_asset::{Asset, TextRange};
use mktlint_plan::{Claim, ClaimId, DisclosureId, Facts, Judgement, Plan, RuleId, Sought};

use crate::index::User;
use crate::judge::Judge;
use crate::words::speech;

/// A wording of a declaration and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence<Id> {
    /// Whose it is.
    pub id: Id,
    /// Where it stands.
    pub range: TextRange,
    /// Its number among the wordings of the declaration.
    pub wording: u32,
}

/// What the scan of an asset found, each list in order of declaration, then place.
#[derive(Debug, Default)]
pub struct Said<'p> {
    plan: Option<&'p Plan>,
    /// Wordings of `match` rules; they may overlap.
    pub rules: Vec<Occurrence<RuleId>>,
    /// Claims that are made; of two that overlap for one claim only the longer.
    pub claims: Vec<Occurrence<ClaimId>>,
    /// Disclosures that are given.
    pub disclosures: Vec<Occurrence<DisclosureId>>,
    /// Wordings to avoid, by the number of the term; of two that overlap only the longer.
    pub terms: Vec<Occurrence<u32>>,
}

impl<'p> Said<'p> {
    /// Sorts what the scan of `asset` found.
    pub fn of(judge: &Judge<'p>, asset: &Asset, facts: &Facts) -> Self {
        let mut said = Self { plan: Some(judge.plan), ..Self::default() };
        for (at, text) in asset.texts.iter().enumerate() {
            let text_id = mktlint_asset::TextId(at as u32);
            for hit in facts.hits(text_id) {
                let range = TextRange { text: text_id, start: hit.start, end: hit.end };
                for user in judge.index.users(hit.needle.index()) {
                    said.add(judge.plan, *user, range, text.mapped.text());
                }
            }
        }
        said.rules.sort();
        longest(&mut said.claims);
        longest(&mut said.disclosures);
        longest(&mut said.terms);
        said
    }

    fn add(&mut self, plan: &Plan, user: User, range: TextRange, text: &str) {
        let fits = |sought: &[Sought], wording: u32| {
            let part = sought.get(wording as usize).and_then(|sought| sought.part_of_speech);
            part.is_none_or(|part| speech::is_used_as(part, text, range.start, range.end))
        };
        match user {
            User::Rule(id, wording) => {
                if fits(rule_wordings(plan, id), wording) {
                    self.rules.push(Occurrence { id, range, wording });
                }
            }
            User::Claim(id, wording) => {
                let says = plan.claims.get(id.index()).map_or(&[][..], |claim| plan.list(claim.says));
                if fits(says, wording) {
                    self.claims.push(Occurrence { id, range, wording });
                }
            }
            User::Disclosure(id) => self.disclosures.push(Occurrence { id, range, wording: 0 }),
            User::Term(id, wording) => {
                let avoid = plan.terms.get(id as usize).map_or(&[][..], |term| plan.list(term.avoid));
                if fits(avoid, wording) {
                    self.terms.push(Occurrence { id, range, wording });
                }
            }
        }
    }

    /// The claims that are made, each once.
    pub fn claims(&self) -> impl Iterator<Item = &'p Claim> {
        let mut ids: Vec<ClaimId> = self.claims.iter().map(|claim| claim.id).collect();
        ids.dedup();
        let claims = self.plan.map_or(&[][..], |plan| &plan.claims);
        ids.into_iter().filter_map(move |id| claims.get(id.index()))
    }

    /// The places of `disclosure`, in order of text and place.
    pub fn places_of(&self, disclosure: DisclosureId) -> &[Occurrence<DisclosureId>] {
        let start = self.disclosures.partition_point(|it| it.id < disclosure);
        let len = self.disclosures[start..].partition_point(|it| it.id == disclosure);
        &self.disclosures[start..start + len]
    }
}

/// The wordings that a `match` rule looks for; none for another.
pub fn rule_wordings(plan: &Plan, id: RuleId) -> &[Sought] {
    match plan.rule(id).map(|rule| rule.judgement) {
        Some(Judgement::Match(sought)) => plan.list(sought),
        _ => &[],
    }
}

/// Sorts by declaration and place and keeps, of those of one declaration that overlap, the one that starts first, and
/// of those the longest.
fn longest<Id: Ord + Copy>(found: &mut Vec<Occurrence<Id>>) {
    found.sort_by_key(|it| {
        (it.id, it.range.text, it.range.start, std::cmp::Reverse(it.range.end), it.wording)
    });
    let mut last: Option<Occurrence<Id>> = None;
    found.retain(|it| {
        let overlaps = last.is_some_and(|last| {
            last.id == it.id && last.range.text == it.range.text && it.range.start < last.range.end
        });
        if !overlaps {
            last = Some(*it);
        }
        !overlaps
    });
}
