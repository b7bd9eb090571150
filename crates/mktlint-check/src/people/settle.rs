//! The fields of a campaign, put into conditions on people.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use mktlint_decide::{Definitions, Formula};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use crate::CampaignValue;

/// How many conditions one formula may have once definitions that test a campaign are written out. A guess: an `unless`
/// has two or three.
const MOST_PARTS: usize = 20_000;

/// How deep definitions that test a campaign may name each other. A guess; people nest three deep.
const MOST_DEPTH: usize = 60;

/// Knows which definitions of a plan test fields of a campaign. Most do not, and stay as they are.
#[derive(Debug)]
pub struct Settler<'p> {
    definitions: &'p Definitions,
    /// Definitions that test a campaign, also through others.
    testing: BTreeSet<&'p str>,
}

impl<'p> Settler<'p> {
    /// Looks through all definitions of `plan`.
    pub fn new(plan: &'p Plan) -> Self {
        let definitions = &plan.people.definitions;
        let mut named_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut open: Vec<&str> = Vec::new();
        for (name, formula) in definitions {
            for part in formula.parts() {
                match part {
                    Formula::Named { name: inner, .. } => named_by.entry(inner).or_default().push(name),
                    _ if tests_campaign(part) => open.push(name),
                    _ => {}
                }
            }
        }
        let mut testing = BTreeSet::new();
        while let Some(name) = open.pop() {
            if testing.insert(name) {
                open.extend(named_by.get(name).into_iter().flatten());
            }
        }
        Self { definitions, testing }
    }

    /// `formula` with the campaign's fields settled; a definition that tests one is written out. What nobody gave
    /// becomes a condition that is not understood.
    pub fn settle(&self, formula: &Formula, values: &[(SmolStr, CampaignValue)], now: DateTime) -> Formula {
        let mut left = MOST_PARTS;
        let mut found = self.written_out(formula, 0, &mut left);
        for (attribute, value) in values {
            if !tests(&found, attribute) {
                continue;
            }
            found = match value {
                CampaignValue::Given(value) => found.given(attribute, Some(value), now),
                CampaignValue::Missing => found.given(attribute, None, now),
                CampaignValue::Unknown(why, _) => found.unknown(attribute, why),
            };
        }
        found
    }

    /// `formula` with the definitions that test a campaign in place of their names.
    fn written_out(&self, formula: &Formula, depth: usize, left: &mut usize) -> Formula {
        if depth >= MOST_DEPTH || *left == 0 {
            return Formula::Opaque {
                key: "too long".into(),
                why: "too many audiences that test the campaign name each other".into(),
                tag: mktlint_decide::Tag::default(),
            };
        }
        *left -= 1;
        let mut each =
            |parts: &[Formula]| parts.iter().map(|part| self.written_out(part, depth, left)).collect();
        match formula {
            Formula::And(parts) => Formula::And(each(parts)),
            Formula::Or(parts) => Formula::Or(each(parts)),
            Formula::Not(inner) => Formula::Not(Box::new(self.written_out(inner, depth, left))),
            Formula::Named { name, .. } if self.testing.contains(name.as_str()) => {
                match self.definitions.get(name) {
                    Some(inner) => self.written_out(inner, depth + 1, left),
                    None => formula.clone(),
                }
            }
            _ => formula.clone(),
        }
    }
}

fn tests_campaign(part: &Formula) -> bool {
    part.tested().any(|attribute| attribute.starts_with("campaign."))
}

fn tests(formula: &Formula, wanted: &str) -> bool {
    formula.parts().flat_map(Formula::tested).any(|attribute| attribute == wanted)
}
