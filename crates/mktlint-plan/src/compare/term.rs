//! Preferred wordings.

use super::Direction::Stricter;
use super::facet::Facet;
use super::meaning::{Words, sought};
use super::{Row, head};
use crate::{Plan, Term};

/// The terms in force.
pub fn terms(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |term: &Term| {
        let mut facets = head::facets(plan, &term.head);
        facets.push(Facet::text("wording", plan.str(term.preferred)));
        facets.push(Facet::set("not", sought(plan, term.avoid), Stricter));
        facets.push(Facet::flag("case sensitive", term.case_sensitive, Stricter));
        Row { name: plan.str(term.head.name).to_owned(), place: Some(plan.place(term.head.place)), facets }
    };
    plan.terms.iter().map(row).collect()
}
