//! Which wordings of a policy stand at a place.

use mktlint_asset::{Asset, TextRange};
use mktlint_diag::Place;
use mktlint_plan::{Facts, Plan};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::judge::Said;
use crate::{Judge, Scratch, SourceFile};

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

/// What names a wording, by its number in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speaker {
    /// A claim that is made.
    Claim(u32),
    /// A disclosure that is given.
    Disclosure(u32),
    /// A term that is avoided elsewhere.
    Term(u32),
}

impl Speaker {
    /// Its full name and where the policy has it; `None` for one of another plan.
    fn declared(self, plan: &Plan) -> Option<(SmolStr, Place)> {
        let (name, place) = match self {
            Self::Claim(at) => plan.claims.get(at as usize).map(|own| (own.head.name, own.head.place)),
            Self::Disclosure(at) => plan.disclosures.get(at as usize).map(|own| (own.name, own.place)),
            Self::Term(at) => plan.terms.get(at as usize).map(|own| (own.head.name, own.head.place)),
        }?;
        Some((plan.str(name).into(), plan.place(place)))
    }
}

/// A wording of the policy and where it stands in an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wording {
    /// Whose it is.
    pub speaker: Speaker,
    /// The words.
    pub range: TextRange,
}

/// The wordings of claims, disclosures and terms to avoid that stand in `asset`, whatever came of them and whether or not
/// the claim is in force; in that order, then by place. Costs one scan of the asset.
pub fn wordings(judge: &Judge, asset: &Asset, scratch: &mut Scratch) -> Vec<Wording> {
    let facts = Facts::scan(&judge.plan, asset, &mut scratch.matcher);
    let said = Said::of(judge, asset, &facts);
    let claims = said.claims.iter().map(|it| (Speaker::Claim(it.id.0), it.range));
    let disclosures = said.disclosures.iter().map(|it| (Speaker::Disclosure(it.id.0), it.range));
    let terms = said.terms.iter().map(|it| (Speaker::Term(it.id), it.range));
    let all = claims.chain(disclosures).chain(terms);
    all.map(|(speaker, range)| Wording { speaker, range }).collect()
}

/// The claims, disclosures and terms to avoid whose wordings stand at `offset`, whatever came of them, in that order.
/// Costs one scan of the asset.
pub fn spoken_at(judge: &Judge, source: &SourceFile<'_>, offset: u32) -> Vec<Spoken> {
    let mut assets = source.extraction.assets.iter().rev();
    let Some(asset) = assets.find(|asset| asset.span.touches(offset)) else { return Vec::new() };
    let spoken = |it: Wording| {
        let span = Some(asset.source(it.range)).filter(|span| span.touches(offset))?;
        let (name, place) = it.speaker.declared(&judge.plan)?;
        Some(Spoken { name, place, span })
    };
    wordings(judge, asset, &mut Scratch::default()).into_iter().filter_map(spoken).collect()
}
