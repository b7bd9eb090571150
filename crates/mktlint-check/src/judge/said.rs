//! What the scan of an asset found, by who looks for it.

use mktlint_asset::{Asset, Kind, Text, TextId, TextRange};
use mktlint_plan::{Claim, ClaimId, DisclosureId, Facts, Judgement, PatternId, Plan, RuleId, Sought};

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

/// A pattern of a `match` rule that may stand in a text, where nobody has looked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// Whose it is.
    pub id: RuleId,
    /// The text.
    pub text: TextId,
    /// The pattern.
    pub pattern: PatternId,
    /// Its number among the wordings of the rule.
    pub wording: u32,
}

/// What the scan of an asset found, each list in order of declaration, then place.
#[derive(Debug, Default)]
pub struct Said<'p> {
    plan: Option<&'p Plan>,
    /// Phrases of `match` rules; they may overlap.
    pub rules: Vec<Occurrence<RuleId>>,
    /// Patterns of `match` rules, which are searched for only where the rule looks: see [`super::Run::occurrences`].
    pub open: Vec<Open>,
    /// Claims that are made; of two that overlap for one claim only the longer.
    pub claims: Vec<Occurrence<ClaimId>>,
    /// Disclosures that are given.
    pub disclosures: Vec<Occurrence<DisclosureId>>,
    /// Wordings to avoid, by the number of the term; of two that overlap only the longer.
    pub terms: Vec<Occurrence<u32>>,
}

impl<'p> Said<'p> {
    /// Sorts what the scan of `asset` found.
    pub fn of(judge: &'p Judge, asset: &Asset, facts: &Facts<'_>) -> Self {
        let mut said = Self { plan: Some(&judge.plan), ..Self::default() };
        for (text, at) in asset.texts.iter().zip(0..) {
            let text_id = TextId(at);
            for pattern in facts.possible(text_id) {
                for user in judge.index.users(pattern.index()) {
                    said.look(&judge.plan, asset.kind, *user, (text_id, text), pattern, facts);
                }
            }
        }
        said.open.sort();
        said.rules.sort();
        longest(&mut said.claims);
        longest(&mut said.disclosures);
        longest(&mut said.terms);
        said
    }

    /// Adds the places of `pattern` in a text, for `user`.
    fn look(
        &mut self,
        plan: &Plan,
        kind: Kind,
        user: User,
        (text_id, text): (TextId, &Text),
        pattern: PatternId,
        facts: &Facts<'_>,
    ) {
        if let User::Rule(id, wording) = user {
            if plan.rules_for(kind).binary_search(&id).is_err() {
                return;
            }
            if facts.is_open(pattern) {
                return self.open.push(Open { id, text: text_id, pattern, wording });
            }
        }
        for hit in facts.of(text_id, pattern).iter().flat_map(|hits| hits.iter()) {
            let range = TextRange { text: text_id, start: hit.start, end: hit.end };
            self.add(plan, user, range, text.mapped.text());
        }
    }

    fn add(&mut self, plan: &Plan, user: User, range: TextRange, text: &str) {
        let fits = |sought: &[Sought], wording: u32| fits(sought, wording, text, range);
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

/// Whether the words at `range` of `text` are used as the part of speech that a wording asks for.
pub fn fits(sought: &[Sought], wording: u32, text: &str, range: TextRange) -> bool {
    let part = sought.get(wording as usize).and_then(|sought| sought.part_of_speech);
    part.is_none_or(|part| speech::is_used_as(part, text, range.start, range.end))
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
