//! What a code is evaluated against.

use std::rc::Rc;
use std::sync::Arc;

use jiff::civil;
use mktlint_asset::{Asset, Kind, TextRange};
use mktlint_decide::Formula;

use crate::{ClaimId, Facts, Plan, Record, Unknown, Value};

/// Knows whom the campaign is sent to.
pub trait Inclusion: std::fmt::Debug {
    /// Whether somebody of whom `wanted` is true can be among those that `campaign` is sent to.
    ///
    /// # Errors
    /// When the manifest does not say whom, or when that cannot be decided.
    fn could_include(&self, campaign: &Asset, wanted: &Arc<Formula>) -> Result<bool, Unknown>;
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
    pub facts: Option<&'a Facts>,
    /// The matched words, for messages and fixes of a `match` rule.
    pub matched: Option<TextRange>,
    /// The claims that assets of the campaign say; `None` when nobody looked.
    pub claims: Option<&'a ClaimFacts>,
    /// Who answers questions about the audience of the campaign; `None` leaves them unknown.
    pub people: Option<Rc<dyn Inclusion + 'a>>,
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

    /// Whether `claim` is said.
    pub fn says(&self, claim: ClaimId) -> bool {
        self.said.binary_search(&claim).is_ok()
    }
}

impl<'a> Context<'a> {
    /// The whole asset, without campaign, facts and claims.
    pub fn new(plan: &'a Plan, asset: &'a Asset, now: civil::DateTime) -> Self {
        let it = Value::record(Record::Asset(asset));
        Self { plan, asset, campaign: None, it, now, facts: None, matched: None, claims: None, people: None }
    }

    /// The campaign as a value: the asset itself when it is one.
    pub(crate) fn campaign(&self) -> Value<'a> {
        let own = (self.asset.kind == Kind::Campaign).then_some(self.asset);
        Value::record(own.or(self.campaign).map_or(Record::NoCampaign, Record::Asset))
    }

    /// The matched words.
    pub(crate) fn matched(&self) -> Value<'a> {
        match self.matched {
            Some(range) => Value::Known(crate::Datum::Text(crate::TextValue::at(self.asset, range))),
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

    /// Whether one of `claims` is said.
    pub(crate) fn uses(&self, claims: &[ClaimId]) -> Value<'a> {
        match self.claims {
            Some(facts) => Value::bool(claims.iter().any(|claim| facts.says(*claim))),
            None => Value::unknown(Unknown::NotGiven("claims of the campaign".into())),
        }
    }
}
