//! What a code is evaluated against.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil;
use mktlint_asset::{Asset, Kind, TextRange};
use mktlint_decide::Formula;
use mktlint_hir::model::change::Changes;
use mktlint_hir::places::country;
use mktlint_measure::link::Link;
use rustc_hash::FxHashMap;

use crate::{ClaimId, Datum, Facts, List, Plan, Record, StrId, Unknown, Value};

/// Knows whom the campaign is sent to.
pub trait Inclusion: std::fmt::Debug {
    /// Whether somebody of whom `wanted` is true can be among those that `campaign` is sent to.
    ///
    /// # Errors
    /// When the manifest does not say whom, or when that cannot be decided.
    fn could_include(&self, campaign: &Asset, wanted: &Arc<Formula>) -> Result<bool, Unknown>;
}

/// What was worked out about an asset and its campaign, for all rules to use.
#[derive(Debug, Default)]
pub struct Known {
    /// Links, taken apart, by the number of the part.
    links: RefCell<FxHashMap<u32, Option<Rc<Link>>>>,
    /// Lists of countries of the campaign, by field.
    countries: RefCell<FxHashMap<StrId, Arc<[Value<'static>]>>>,
}

impl Known {
    /// The link of the part `at`, which `parse` takes apart when nobody asked before.
    pub(crate) fn link(&self, at: u32, parse: impl FnOnce() -> Option<Link>) -> Option<Rc<Link>> {
        if let Some(known) = self.links.borrow().get(&at) {
            return known.clone();
        }
        let link = parse().map(Rc::new);
        self.links.borrow_mut().insert(at, link.clone());
        link
    }

    /// The countries of a field of the campaign, which `read` reads when nobody asked before. What is no list of countries is read anew.
    pub(crate) fn countries<'a>(&self, field: StrId, read: impl FnOnce() -> Value<'a>) -> Value<'a> {
        if let Some(known) = self.countries.borrow().get(&field) {
            return Value::Known(Datum::List(List::Values(known.clone())));
        }
        let value = read();
        let own = |item: Value<'a>| match item {
            Value::Known(Datum::Country(code)) => Some(Value::Known(Datum::Country(country(&code)?.into()))),
            _ => None,
        };
        if let Value::Known(Datum::List(list)) = &value
            && let Some(codes) = list.iter().map(own).collect::<Option<Vec<Value<'static>>>>()
        {
            self.countries.borrow_mut().insert(field, codes.into());
        }
        value
    }
}

/// How many items of lists the conditions of one rule may look at in one asset. A condition on each link that asks
/// about every other takes the square of their number; nobody links to ten thousand places.
const MOST_ITEMS: u64 = 4_000_000;

/// What is left of [`MOST_ITEMS`].
#[derive(Debug)]
pub struct Budget(Cell<u64>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(MOST_ITEMS))
    }
}

impl Budget {
    /// Takes one item; false when there is none left.
    pub(crate) fn spend(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// Everything an evaluation may look at.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The plan: schemas, patterns, bounds of merge tags.
    pub plan: &'a Plan,
    /// The asset that is judged.
    pub asset: &'a Asset,
    /// Its campaign.
    pub campaign: Option<&'a Asset>,
    /// What is judged: see [`crate::subjects`].
    pub it: Value<'a>,
    /// The send date of the campaign, else the date of the run.
    pub now: civil::DateTime,
    /// What the scan of `asset` found. Without it each text is searched when asked for.
    pub facts: Option<&'a Facts<'a>>,
    /// The matched words, for messages and fixes of a `match` rule.
    pub matched: Option<TextRange>,
    /// The claims that assets of the campaign say; `None` when nobody looked.
    pub claims: Option<&'a ClaimFacts>,
    /// What changed about the campaign; `None` when nobody compared.
    pub changes: Option<&'a Changes>,
    /// What was worked out already. Shared by all evaluations of one asset.
    pub known: Rc<Known>,
    /// What a condition may still look at. Shared by all evaluations of one rule on one asset.
    pub budget: Rc<Budget>,
    /// Who answers questions about the audience of the campaign; `None` leaves them unknown.
    pub people: Option<Rc<dyn Inclusion + 'a>>,
    /// Whether nobody has written the asset yet: what only its file could say is then unknown, not missing. What it takes
    /// from its campaign is known.
    pub is_unwritten: bool,
}

/// The claims that assets of a campaign say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFacts {
    /// In order, without repeats.
    said: Vec<ClaimId>,
}

impl ClaimFacts {
    /// These claims, in any order.
    pub fn new(mut said: Vec<ClaimId>) -> Self {
        said.sort();
        said.dedup();
        Self { said }
    }

    /// The claims, in order.
    pub fn iter(&self) -> impl Iterator<Item = ClaimId> {
        self.said.iter().copied()
    }

    /// Whether `claim` is said.
    pub fn says(&self, claim: ClaimId) -> bool {
        self.said.binary_search(&claim).is_ok()
    }
}

impl<'a> Context<'a> {
    /// The whole asset, without campaign, facts and claims.
    pub fn new(plan: &'a Plan, asset: &'a Asset, now: civil::DateTime) -> Self {
        let it = Value::record(Record::Asset(asset));
        Self {
            plan,
            asset,
            campaign: None,
            it,
            now,
            facts: None,
            matched: None,
            claims: None,
            changes: None,
            known: Rc::default(),
            budget: Rc::default(),
            people: None,
            is_unwritten: false,
        }
    }

    /// Whether `record` is an asset that nobody has written yet.
    pub(crate) fn is_to_come(&self, record: Record<'_>) -> bool {
        self.is_unwritten && matches!(record, Record::Asset(asset) if asset.kind != Kind::Campaign)
    }

    /// The campaign as a value: the asset itself when it is one.
    pub(crate) fn campaign(&self) -> Value<'a> {
        let own = (self.asset.kind == Kind::Campaign).then_some(self.asset);
        Value::record(own.or(self.campaign).map_or(Record::NoCampaign, Record::Asset))
    }

    /// The matched words.
    pub(crate) fn matched(&self) -> Value<'a> {
        match self.matched {
            Some(range) => Value::Known(Datum::Text(crate::TextValue::at(self.asset, range))),
            None => Value::unknown(Unknown::NotGiven("match".into())),
        }
    }

    /// Whether somebody like `wanted` can be among the people that the campaign is sent to.
    pub(crate) fn could_include(&self, wanted: &Arc<Formula>) -> Value<'a> {
        let own = (self.asset.kind == Kind::Campaign).then_some(self.asset).or(self.campaign);
        match (own, &self.people) {
            (Some(campaign), Some(people)) => {
                people.could_include(campaign, wanted).map_or_else(Value::unknown, Value::bool)
            }
            _ => Value::unknown(Unknown::NotGiven("campaign.audience".into())),
        }
    }

    /// Whether `test` holds of what changed.
    pub(crate) fn changed(&self, test: impl FnOnce(&Changes) -> bool) -> Value<'a> {
        match self.changes {
            Some(changes) => Value::bool(test(changes)),
            None => Value::unknown(Unknown::NotGiven("change".into())),
        }
    }

    /// Whether one of `claims` is said.
    pub(crate) fn uses(&self, claims: &[ClaimId]) -> Value<'a> {
        match self.claims {
            Some(facts) => Value::bool(claims.iter().any(|claim| facts.says(*claim))),
            None => Value::unknown(Unknown::NotGiven("claims of the campaign".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_ends() {
        let budget = Budget(Cell::new(2));
        assert_eq!(
            [budget.spend(), budget.spend(), budget.spend(), budget.spend()],
            [true, true, false, false]
        );
    }

    #[test]
    fn a_link_is_taken_apart_once() {
        let known = Known::default();
        let parse = || Some(Link::parse("https://acme.example/"));
        let first = known.link(3, parse).expect("a link");
        let again = known.link(3, || unreachable!("it is known")).expect("a link");
        assert!(Rc::ptr_eq(&first, &again));
    }
}
