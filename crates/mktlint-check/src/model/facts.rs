//! What the pass over all assets needs to know of one file.

use mktlint_diag::{FilePath, Place, Waived};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::campaign::CampaignFact;

/// The tier of a campaign, as far as its content says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierFact {
    /// The tier; `None` when no tier is declared or none applies.
    pub tier: Option<SmolStr>,
    /// What gave it.
    pub reasons: Vec<String>,
    /// The clause of the policy that gave it.
    pub place: Option<Place>,
    /// Inputs that nobody gave and that could raise the tier.
    pub undecided: Vec<String>,
}

/// One value of a tracking parameter, wherever it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UtmFact {
    /// The id of the campaign; `None` outside of any.
    pub campaign: Option<SmolStr>,
    /// The parameter without `utm_`.
    pub key: SmolStr,
    /// The value, decoded.
    pub value: SmolStr,
    /// The bytes of each occurrence, in order.
    pub spans: Vec<Span>,
    /// Whether a convention says what the value must be, so that a wrong one is reported there already.
    pub governed: bool,
}

/// A claim that an asset makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimFact {
    /// The id of the campaign; `None` outside of any.
    pub campaign: Option<SmolStr>,
    /// The full name of the claim.
    pub claim: SmolStr,
}

/// An inline directive that speaks of what only the pass over all assets reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveFact {
    /// What it waives: `MKT0501`, or the full name of a suppression, a cap or quiet hours.
    pub rule: SmolStr,
    /// The whole comment or cell.
    pub span: Span,
    /// The bytes that it speaks for.
    pub scope: Span,
    /// What to mark findings with.
    pub waived: Waived,
}

/// What the pass over all assets needs to know of one file. Small: a few bytes for each link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// The file; `None` in a default value only.
    pub file: Option<FilePath>,
    /// Campaigns that it declares.
    pub campaigns: Vec<CampaignFact>,
    /// Values of tracking parameters, by campaign, key and value.
    pub utms: Vec<UtmFact>,
    /// Claims that its assets make, without repeats.
    pub claims: Vec<ClaimFact>,
    /// Directives that are judged later.
    pub directives: Vec<DirectiveFact>,
    /// The exceptions for files that covered a finding, in order: `waive` declarations by their number in the plan, then
    /// those of [`crate::Inputs::waivers`].
    pub waivers_used: Vec<u32>,
}
