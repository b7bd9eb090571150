//! A place in an asset file, and what stands there.

use jiff::civil;
use mktlint_asset::{Asset, Kind, Part, PartKind, TextRange, Value, names};
use mktlint_check::{Inputs, Judge, SourceFile};
use mktlint_diag::Diagnostic;
use mktlint_measure::link::Link;
use mktlint_plan::{Context, Plan};
use mktlint_text::Span;

use crate::{AssetFile, View};

/// A place in an asset file.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// What is known of the workspace.
    pub view: View<'a>,
    /// The file.
    pub file: &'a AssetFile,
    /// The asset that the place is in; outside of all the first.
    pub asset: &'a Asset,
    /// The place.
    pub offset: u32,
}

impl<'a> At<'a> {
    /// `None` when the file has no asset, or does not reach so far.
    pub fn new(view: View<'a>, file: &'a AssetFile, offset: u32) -> Option<Self> {
        let assets = &file.extraction.assets;
        let asset = assets.iter().rev().find(|asset| asset.span.touches(offset)).or(assets.first())?;
        file.text.is_char_boundary(offset as usize).then_some(Self { view, file, asset, offset })
    }

    /// The plan.
    pub fn plan(&self) -> Option<&'a Plan> {
        self.view.assets.plan()
    }

    /// The campaign of the asset: itself when it is one.
    pub fn campaign(&self) -> Option<&'a Asset> {
        if self.asset.kind == Kind::Campaign { Some(self.asset) } else { self.file.campaign.as_deref() }
    }

    /// The findings whose words the place is in, those of the fewest letters first.
    pub fn findings(&self) -> Vec<&'a Diagnostic> {
        let all = findings(self.view, self.file);
        let mut here: Vec<_> = all.filter(|found| found.primary.place.span.touches(self.offset)).collect();
        here.sort_by_key(|found| found.primary.place.span.len());
        here
    }

    /// The smallest part of a kind that the place is in.
    pub fn part(&self, kind: PartKind) -> Option<&'a Part> {
        let parts = self.asset.parts.iter().filter(|part| part.kind == kind);
        parts.filter(|part| part.span.touches(self.offset)).min_by_key(|part| part.span.len())
    }

    /// The address of a link that the place is in, as the asset decodes it.
    pub fn address(&self) -> Option<Address<'a>> {
        let parts = self.asset.parts.iter().filter(|part| part.span.touches(self.offset));
        parts.filter_map(|part| Address::of(self.asset, part)).find(|it| it.span.touches(self.offset))
    }

    /// What conditions of the policy on the asset as a whole look at.
    pub fn context(&self) -> Option<Context<'a>> {
        let mut context = Context::new(self.plan()?, self.asset, self.now());
        context.campaign = self.campaign();
        Some(context)
    }

    /// The moment that counts for the asset: when its campaign is sent, else that of the run.
    pub fn now(&self) -> civil::DateTime {
        match &self.view.assets.inputs {
            Some(inputs) => mktlint_check::now(self.asset, self.campaign(), inputs),
            None => self.view.project.today(self.view.db).at(0, 0, 0, 0),
        }
    }
}

/// The address of a link.
#[derive(Clone, Debug)]
pub struct Address<'a> {
    /// Its bytes in the file.
    pub span: Span,
    /// Its letters in a text of the asset.
    pub range: TextRange,
    /// As the asset decodes it.
    pub text: &'a str,
}

impl<'a> Address<'a> {
    /// The address of `part`, when it is a link.
    pub fn of(asset: &'a Asset, part: &Part) -> Option<Self> {
        let (text, range) = words(asset, part, names::URL)?;
        (part.kind == PartKind::Link).then(|| Self { span: asset.source(range), range, text })
    }

    /// Its parts. Where people leave out the scheme, that is understood.
    pub fn link(&self) -> Link {
        Link::parse_address(self.text)
    }

    /// The file's bytes of a range of the address.
    pub fn source(&self, asset: &Asset, range: &std::ops::Range<usize>) -> Span {
        let at = |at: usize| self.range.start.saturating_add(at as u32).min(self.range.end);
        asset.source(TextRange { start: at(range.start), end: at(range.end), ..self.range })
    }
}

/// The findings in a file that are wanted, those that only all assets together show last.
pub fn findings<'a>(view: View<'a>, file: &'a AssetFile) -> impl Iterator<Item = &'a Diagnostic> {
    let together = view.assets.together.get(&file.path).map_or(&[][..], Vec::as_slice);
    let fits = |found: &&Diagnostic| file.text.get(found.primary.place.span.range()).is_some();
    let all = file.judged.findings.iter().chain(together.iter().filter(fits));
    all.filter(move |found| view.texts.wants(found))
}

/// What is needed to judge files.
pub fn judge(view: View<'_>) -> Option<(&Judge, &Inputs)> {
    let assets = view.assets;
    Some((assets.judge.as_deref()?, assets.inputs.as_deref()?))
}

/// A file as it is judged.
pub fn source(file: &AssetFile) -> SourceFile<'_> {
    SourceFile {
        file: &file.path,
        text: &file.text,
        extraction: &file.extraction,
        campaign: file.campaign.as_deref(),
    }
}

/// The text in the field `name` of a part.
pub fn words<'a>(asset: &'a Asset, part: &Part, name: &str) -> Option<(&'a str, TextRange)> {
    match part.field(name)? {
        Value::Text(range) => Some((asset.slice(*range), *range)),
        _ => None,
    }
}

/// The words of the field `name` of an asset, when it is a text.
pub fn field<'a>(asset: &'a Asset, name: &str) -> Option<(&'a str, TextRange)> {
    match &asset.fields.get(name)?.value {
        Value::Text(range) => Some((asset.slice(*range), *range)),
        _ => None,
    }
}
