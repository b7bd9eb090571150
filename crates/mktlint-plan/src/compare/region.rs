//! Regions: neither stricter nor looser, since rules name them both ways.

use std::collections::BTreeSet;

use super::Row;
use super::facet::Facet;
use super::meaning::Words;
use crate::Plan;

/// The project's regions and those of the standard library; of two with one name the first, which files mean.
pub fn regions(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |region: &crate::Region| Row {
        name: plan.str(region.name).to_owned(),
        place: None,
        facets: vec![Facet::Set {
            label: "countries".to_owned(),
            items: Some(plan.strs(region.countries).map(str::to_owned).collect()),
            more: None,
        }],
    };
    let mut rows: Vec<Row> = plan.regions.iter().map(row).collect();
    let mut names = BTreeSet::new();
    rows.retain(|row| names.insert(row.name.clone()));
    rows
}
