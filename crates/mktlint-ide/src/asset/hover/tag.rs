//! Merge tags.

use mktlint_asset::{PartKind, names};

use super::Section;
use crate::asset::at::{At, words};
use crate::asset::{prose, schema};

/// What a merge tag prints, and what the policy knows of it.
pub fn section(at: &At<'_>) -> Option<Section> {
    let part = at.part(PartKind::MergeTag)?;
    let (name, _) = words(at.asset, part, names::NAME)?;
    let dialect = words(at.asset, part, names::DIALECT).map_or("", |(dialect, _)| dialect);
    let mut lines = vec![format!("**merge tag** {} ({dialect})", prose::code(name))];
    lines.push(match words(at.asset, part, names::FALLBACK) {
        Some((fallback, _)) => format!("prints {} when the value is missing", prose::code(fallback)),
        None => "prints nothing when the value is missing".to_owned(),
    });
    lines.extend(known(at, name));
    Some((part.span, lines.join("\n\n")))
}

/// What the policy says of the tag; nothing while it declares none at all.
fn known(at: &At<'_>, name: &str) -> Option<String> {
    let plan = at.plan().filter(|plan| !plan.merges.is_empty())?;
    let Some(merge) = plan.merge(name) else {
        return Some(format!("the policy declares no {}", prose::code(&format!("merge {name}"))));
    };
    let text = schema::clause(at.view, &plan.place(merge.place))?;
    Some(prose::block("mkt", &text, 6))
}
