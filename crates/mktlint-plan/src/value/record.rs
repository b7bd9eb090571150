//! Things with fields.

use mktlint_asset::{Asset, PartKind, TextRange};
use smol_str::SmolStr;

use super::{TextValue, Value};
use crate::RecordDef;

/// A thing with fields.
#[derive(Clone, Copy, Debug)]
pub enum Record<'a> {
    /// An asset; a campaign too.
    Asset(&'a Asset),
    /// The campaign of an asset that has none: every field is unknown.
    NoCampaign,
    /// A part, by its number in [`Asset::parts`].
    Part(&'a Asset, u32),
    /// A sentence.
    Sentence(&'a Asset, TextRange),
    /// The tracking parameters of a link, by the link's number in [`Asset::parts`].
    Utm(&'a Asset, u32),
    /// A person, by attribute; in order of name.
    Contact(&'a [(SmolStr, Value<'a>)]),
}

impl<'a> Record<'a> {
    /// Where its definition stands in [`crate::Plan::records`].
    pub fn definition(self) -> usize {
        match self {
            Self::Asset(asset) => RecordDef::of_kind(asset.kind),
            Self::NoCampaign => RecordDef::of_kind(mktlint_asset::Kind::Campaign),
            Self::Part(asset, at) => {
                RecordDef::of_part(asset.parts.get(at as usize).map_or(PartKind::Document, |part| part.kind))
            }
            Self::Sentence(..) => RecordDef::of_part(PartKind::Sentence),
            Self::Utm(..) => RecordDef::of_part(PartKind::Utm),
            Self::Contact(_) => RecordDef::CONTACT,
        }
    }

    /// What a person calls it: `email`, `link`.
    pub fn word(self) -> String {
        match self {
            Self::Asset(asset) => asset.kind.as_str().to_lowercase(),
            Self::NoCampaign => "campaign".into(),
            Self::Part(asset, at) => {
                asset.parts.get(at as usize).map_or("part".into(), |part| part.kind.as_str().to_lowercase())
            }
            Self::Sentence(..) => "sentence".into(),
            Self::Utm(..) => "utm".into(),
            Self::Contact(_) => "contact".into(),
        }
    }

    /// The words of a part or sentence.
    pub fn text(self) -> Option<TextValue<'a>> {
        crate::fields::words(self).as_text().cloned()
    }

    /// The asset that it is, or is part of.
    pub fn asset(self) -> Option<&'a Asset> {
        match self {
            Self::Asset(asset) | Self::Part(asset, _) | Self::Sentence(asset, _) | Self::Utm(asset, _) => {
                Some(asset)
            }
            Self::NoCampaign | Self::Contact(_) => None,
        }
    }
}

/// Records are equal when they are the same thing, not when they look alike.
impl PartialEq for Record<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Asset(a), Self::Asset(b)) => std::ptr::eq(a, b),
            (Self::NoCampaign, Self::NoCampaign) => true,
            (Self::Part(a, x), Self::Part(b, y)) | (Self::Utm(a, x), Self::Utm(b, y)) => {
                std::ptr::eq(a, b) && x == y
            }
            (Self::Sentence(a, x), Self::Sentence(b, y)) => std::ptr::eq(a, b) && x == y,
            (Self::Contact(a), Self::Contact(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}
