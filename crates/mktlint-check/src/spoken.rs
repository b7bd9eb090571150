//! Which wordings of a policy stand at a place.

use mktlint_asset::{Asset, TextRange};
use mktlint_diag::Place;
use mktlint_match::Scratch;
use mktlint_plan::Facts;
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::judge::Said;
use crate::{Judge, SourceFile};

/// Words of an asset that a declaration of the policy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The full name of the claim, disclosure or term.
    pub name: SmolStr,
    /// Its name in the policy.
    pub place: Place,
    /// The words in the asset's file.
    pub span: Span,
}

/// The claims, disclosures and terms to avoid whose wordings stand at `offset`, whatever came of them, in that order.
/// Costs one scan of the asset.
pub fn spoken_at(judge: &Judge, source: &SourceFile<'_>, offset: u32) -> Vec<Spoken> {
    let mut assets = source.extraction.assets.iter().rev();
    let Some(asset) = assets.find(|asset| asset.span.touches(offset)) else { return Vec::new() };
    let plan = &judge.plan;
    let facts = Facts::scan(plan, asset, &mut Scratch::default());
    let said = Said::of(judge, asset, &facts);
    let mut found = Vec::new();
    let mut add = |range: TextRange, name, place| {
        if let Some(span) = span_at(asset, range, offset) {
            found.push(Spoken { name: plan.str(name).into(), place: plan.place(place), span });
        }
    };
    for it in &said.claims {
        plan.claims.get(it.id.index()).iter().for_each(|own| add(it.range, own.head.name, own.head.place));
    }
    for it in &said.disclosures {
        plan.disclosures.get(it.id.index()).iter().for_each(|own| add(it.range, own.name, own.place));
    }
    for it in &said.terms {
        plan.terms.get(it.id as usize).iter().for_each(|own| add(it.range, own.head.name, own.head.place));
    }
    found
}

fn span_at(asset: &Asset, range: TextRange, offset: u32) -> Option<Span> {
    Some(asset.source(range)).filter(|span| span.touches(offset))
}
