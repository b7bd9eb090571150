//! Link conventions and merge tags.

use mktlint_hir::model::item::Presence;

use super::Direction::{Looser, Stricter};
use super::facet::{Facet, PARAMETERS};
use super::meaning::Words;
use super::{Row, head};
use crate::{Allowed, Plan, Utm, UtmParam, dump};

/// The conventions in force.
pub fn utms(plan: &Plan, words: &Words) -> Vec<Row> {
    plan.utms.iter().map(|utm| row(plan, utm, words)).collect()
}

fn row(plan: &Plan, utm: &Utm, words: &Words) -> Row {
    let mut facets = head::facets(plan, &utm.head);
    facets.push(Facet::all_when_empty("channels", plan.strs(utm.channels), Stricter));
    let hosts = plan.list(utm.hosts).iter().map(|host| plan.str(host.text));
    facets.push(Facet::all_when_empty("hosts", hosts, Stricter));
    let params = plan.list(utm.params);
    let named = |wanted: Presence| {
        params.iter().filter(move |param| param.presence == wanted).map(|param| plan.str(param.name))
    };
    facets.push(Facet::set("required", named(Presence::Required), Stricter));
    facets.push(Facet::set("forbidden", named(Presence::Forbidden), Stricter));
    let known = params.iter().filter(|param| param.presence != Presence::Forbidden);
    let known = (!utm.others_allowed).then(|| known.map(|param| plan.str(param.name).to_owned()).collect());
    facets.push(Facet::Set { label: PARAMETERS.to_owned(), items: known, more: Some(Looser) });
    facets.extend(params.iter().map(|param| allowed(plan, param, words)));
    facets.push(Facet::text("group", utm.group.map_or("", |group| plan.str(group.text))));
    facets.push(Facet::text("order", plan.strs(utm.order).collect::<Vec<_>>().join(", ")));
    Row { name: plan.str(utm.head.name).to_owned(), place: Some(plan.place(utm.head.place)), facets }
}

/// What `param` may be. A convention that does not name a parameter allows everything, as [`Allowed::Any`] does.
fn allowed(plan: &Plan, param: &UtmParam, words: &Words) -> Facet {
    let label = format!("utm_{}", plan.str(param.name));
    let set = |items| Facet::Set { label: label.clone(), items, more: Some(Looser) };
    match param.allowed {
        Allowed::Any => set(None),
        Allowed::OneOf(values) => set(Some(plan.strs(values).map(str::to_owned).collect())),
        Allowed::Equal(code) => Facet::condition(&label, words.code(Some(code))),
        Allowed::Pattern(_) | Allowed::Shape(_) => {
            Facet::text(&label, dump::allowed(plan, param.allowed).trim_start())
        }
    }
}

/// Bounds of merge tags.
pub fn merges(plan: &Plan, _: &Words) -> Vec<Row> {
    let row = |it: &crate::Merge| Row {
        name: plan.str(it.name).to_owned(),
        place: Some(plan.place(it.place)),
        facets: vec![
            Facet::text(
                "length",
                it.length.map_or_else(String::new, |(least, most)| format!("{least}..={most}")),
            ),
            Facet::text("fallback", it.fallback.map_or("", |fallback| plan.str(fallback))),
            Facet::flag("fallback required", it.fallback_required, Stricter),
        ],
    };
    plan.merges.iter().map(row).collect()
}
