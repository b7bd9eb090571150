//! `merge`: template tags and their fallbacks.

use std::collections::BTreeSet;

use mktlint_asset::{Asset, Part, PartKind, TextRange, Value, names};
use mktlint_diag::closest;

use super::Run;
use crate::codes;

/// Judges every template tag of the asset. Nothing is said while no `merge` is declared.
pub fn all(run: &mut Run<'_>) {
    if run.plan.merges.is_empty() {
        return;
    }
    let mut unknown = BTreeSet::new();
    for part in run.asset.parts.iter().filter(|part| part.kind == PartKind::MergeTag) {
        let Some(name) = field(run.asset, part, names::NAME).filter(|_| prints_a_person(run.asset, part))
        else {
            continue;
        };
        match run.plan.merge(name) {
            None => {
                if unknown.insert(name) {
                    let known = run.plan.merges.iter().map(|merge| run.plan.str(merge.name));
                    let last = name.rsplit('.').next().unwrap_or(name);
                    run.findings.push(codes::unknown_merge_tag(
                        run.place(part.span),
                        name,
                        closest(last, known),
                    ));
                }
            }
            Some(merge) if merge.fallback_required && part.field(names::FALLBACK).is_none() => {
                let fallback = merge.fallback.map(|id| run.plan.str(id));
                let place = run.plan.place(merge.place);
                run.findings.push(codes::missing_fallback(run.place(part.span), name, fallback, place));
            }
            Some(_) => {}
        }
    }
}

/// Whether the tag tells the reader something about the reader. Tags of advertising platforms, of site generators, those
/// that print a link (`unsubscribe_url`) and those inside of one (`?id={{ id }}`) do not.
fn prints_a_person(asset: &Asset, part: &Part) -> bool {
    if part.field(names::IN_ATTRIBUTE) == Some(&Value::Bool(true)) {
        return false;
    }
    let dialect = field(asset, part, names::DIALECT).unwrap_or_default();
    let name = field(asset, part, names::NAME).unwrap_or_default().to_lowercase();
    let is_link = ["url", "link", "unsub", "href", "browser"].iter().any(|word| name.contains(word));
    !is_link && !matches!(dialect, "valuetrack" | "hugo" | "mdx")
}

fn field<'a>(asset: &'a Asset, part: &Part, name: &str) -> Option<&'a str> {
    match part.field(name)? {
        Value::Text(range) => Some(asset.slice(TextRange { ..*range })).filter(|words| !words.is_empty()),
        _ => None,
    }
}
