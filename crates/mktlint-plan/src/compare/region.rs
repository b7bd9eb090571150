//! Regions: neither stricter nor looser, since rules name them both ways.

use super::Row;
use super::facet::Facet;
use super::meaning::Words;
use crate::Plan;

/// The project's regions and those of the standard library.
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
    plan.regions.iter().map(row).collect()
}
