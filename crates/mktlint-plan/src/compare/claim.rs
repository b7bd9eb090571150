//! Claims with their proofs and small print.

use std::collections::BTreeSet;

use jiff::civil::Date;
use mktlint_hir::model::item::Proximity;

use super::Direction::{Looser, Stricter};
use super::facet::Facet;
use super::limit::counted;
use super::meaning::{Words, sought};
use super::{Row, head, last_word};
use crate::{Claim, Plan};

/// The claims in force.
pub fn claims(plan: &Plan, _: &Words) -> Vec<Row> {
    let claims = plan.claims.iter().filter(|claim| claim.in_force);
    claims.map(|claim| row(plan, claim)).collect()
}

fn row(plan: &Plan, claim: &Claim) -> Row {
    let mut facets = head::facets(plan, &claim.head);
    facets.push(Facet::set("says", sought(plan, claim.says), Stricter));
    let evidence =
        plan.list(claim.evidence).iter().filter_map(|need| plan.evidences.get(need.evidence.index()));
    let all: Vec<&str> = plan.evidences.iter().map(|it| plan.str(it.name)).collect();
    facets.push(Facet::set("needs evidence", evidence.map(|it| short(plan.str(it.name), &all)), Stricter));
    let mut disclosures = Vec::new();
    let all: Vec<&str> = plan.disclosures.iter().map(|it| plan.str(it.name)).collect();
    for need in plan.list(claim.disclosures) {
        let Some(disclosure) = plan.disclosures.get(need.disclosure.index()) else { continue };
        let name = short(plan.str(disclosure.name), &all);
        disclosures.push(name);
        let (rank, shown) = distance(need.within);
        facets.push(Facet::rank(&format!("distance of {name}"), rank, shown, Looser));
    }
    facets.push(Facet::set("needs disclosure", disclosures, Stricter));
    limits(plan, claim, &mut facets);
    facets.push(Facet::flag("regulated", claim.regulated, Stricter));
    facets.push(Facet::text("tier", claim.tier.map_or("", |tier| plan.str(tier))));
    Row { name: plan.str(claim.head.name).to_owned(), place: Some(plan.place(claim.head.place)), facets }
}

/// The last word of `name`, when no other of `all` ends so: a claim whose small print moves to another module says the
/// same.
fn short<'n>(name: &'n str, all: &[&str]) -> &'n str {
    let last = |name: &'n str| last_word(name).unwrap_or(name);
    let n_alike = all.iter().filter(|other| last_word(other).unwrap_or(other) == last(name)).count();
    if n_alike == 1 { last(name) } else { name }
}

/// Where and on which channels it may be said.
fn limits(plan: &Plan, claim: &Claim, facets: &mut Vec<Facet>) {
    let regions = || plan.list(claim.regions).iter();
    let never = regions().filter(|limit| !limit.only).flat_map(|limit| plan.strs(limit.countries));
    facets.push(Facet::set("never in", never, Stricter));
    let only = regions().filter(|limit| limit.only).map(|limit| plan.strs(limit.countries));
    facets.push(only_there("only in", only));
    let channels = || plan.list(claim.channels).iter();
    let never = channels().filter(|limit| !limit.only).flat_map(|limit| plan.strs(limit.channels));
    facets.push(Facet::set("never on", never, Stricter));
    let only = channels().filter(|limit| limit.only).map(|limit| plan.strs(limit.channels));
    facets.push(only_there("only on", only));
}

/// What all of `limits` allow; everything when there is none.
fn only_there<'p>(label: &str, limits: impl Iterator<Item = impl Iterator<Item = &'p str>>) -> Facet {
    let sets = limits.map(|limit| limit.map(str::to_owned).collect::<BTreeSet<String>>());
    let items = sets.reduce(|one, other| &one & &other);
    Facet::Set { label: label.to_owned(), items, more: Some(Looser) }
}

/// How far away: words, then sentences, then paragraphs, then anywhere. A sentence is never farther than a paragraph.
fn distance(within: Proximity) -> (i128, String) {
    match within {
        Proximity::Words(n) => (i128::from(n), counted(n.into(), "word")),
        Proximity::Sentences(n) => ((1 << 40) + i128::from(n), counted(n.into(), "sentence")),
        Proximity::Paragraphs(n) => ((1 << 80) + i128::from(n), counted(n.into(), "paragraph")),
        Proximity::Document => (1 << 100, "anywhere".to_owned()),
    }
}

/// Small print that something needs: the more wordings are accepted, the looser.
pub fn disclosures(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |it: &crate::Disclosure| Row {
        name: plan.str(it.name).to_owned(),
        place: Some(plan.place(it.place)),
        facets: vec![Facet::set("wordings", sought(plan, it.wordings), Looser)],
    };
    plan.disclosures.iter().filter(|it| !it.wordings.is_empty()).map(row).collect()
}

/// Proofs of claims.
pub fn evidences(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |it: &crate::Evidence| Row {
        name: plan.str(it.name).to_owned(),
        place: Some(plan.place(it.place)),
        facets: vec![
            head::day("expires", it.expires, Date::MAX, Looser),
            Facet::text("document", it.document.map_or("", |document| plan.str(document.text))),
            Facet::text("sha256", it.sha256.map_or("", |digest| plan.str(digest.text))),
        ],
    };
    plan.evidences.iter().map(row).collect()
}
