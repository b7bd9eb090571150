//! What a campaign says, part by part, in a normal form.
//!
//! A [`Reader`] takes what an extractor found in a file and says what people are told by it: [`Said`], whose parts have
//! equal digests when they say the same, however the file is written. One file knows nothing of the others, so that only
//! those that changed need to be read; [`Content::merge`] puts the files of a unit together.

mod assemble;
mod audience;
mod control;
mod field;
mod image;
mod language;
mod link;
mod normal;
pub mod policy;
mod price;
mod proof;
mod spelling;
mod unseen;
mod words;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::{Asset, Format, Kind, Spec, Value};
use mktlint_check::{Inputs, Judge, Scratch, SourceFile};
use smol_str::SmolStr;

use crate::{Content, Unit};

use assemble::Entries;
pub use audience::Audience;
pub(crate) use field::is_of_people;
pub use policy::Meanings;

/// The number of the normal form, which is in every digest. Another one voids all approvals, so it changes only when
/// digests of the same content would.
pub const NORMAL_FORM: u32 = 1;

/// What a file says of one unit.
#[derive(Clone, Debug)]
pub struct Said {
    /// Who says it.
    pub unit: Unit,
    /// The parts of this file; those of a manifest are parts of the campaign as a whole.
    pub content: Content,
    /// What its assets are for.
    pub kinds: BTreeSet<Kind>,
    /// Who gets it; of manifests alone.
    pub audience: Option<Audience>,
}

/// Reads what files say.
///
/// Which sentences are claims is for the policy to say, so the two states of a change are read by the same policy: that of
/// the newer. Who is in an audience is for the policy of each state; see [`Reader::with_people`].
pub struct Reader<'a> {
    judge: &'a Judge,
    people: &'a Judge,
    people_inputs: &'a Inputs,
    lexicon: spelling::Lexicon,
    read_fields: BTreeSet<&'a str>,
    meanings: OnceCell<Meanings>,
    scratch: RefCell<Scratch>,
    canon: RefCell<mktlint_plan::compare::Canon<'a>>,
}

impl<'a> Reader<'a> {
    /// A reader that finds what the policy of `judge` names. Costs a look at the whole policy; files cost what is in them.
    pub fn new(judge: &'a Judge, inputs: &'a Inputs) -> Self {
        Self {
            judge,
            people: judge,
            people_inputs: inputs,
            lexicon: spelling::Lexicon::of(&judge.plan),
            read_fields: field::read_by_rules(&judge.plan),
            meanings: OnceCell::new(),
            scratch: RefCell::default(),
            canon: RefCell::new(mktlint_plan::compare::Canon::new(&judge.plan)),
        }
    }

    /// The same, with audiences as the policy of `people` has them: that of the older state, while it is read. `inputs` has
    /// the conditions that its manifests write, as that policy understands them.
    pub fn with_people(mut self, people: &'a Judge, inputs: &'a Inputs) -> Self {
        (self.people, self.people_inputs) = (people, inputs);
        self.canon = RefCell::new(mktlint_plan::compare::Canon::new(&people.plan));
        self
    }

    /// What the declarations of the policy mean.
    pub fn meanings(&self) -> &Meanings {
        self.meanings.get_or_init(|| Meanings::of(&self.judge.plan))
    }

    /// What `source` says, for each unit that it speaks for, in order: its campaign, the campaigns that it declares, else
    /// the asset itself.
    pub fn file(&self, source: &SourceFile<'_>) -> Vec<Said> {
        let mut by_unit: BTreeMap<Unit, Vec<&Asset>> = BTreeMap::new();
        for asset in &source.extraction.assets {
            by_unit.entry(unit_of(source, asset)).or_default().push(asset);
        }
        by_unit.into_iter().map(|(unit, assets)| self.unit(source, unit, &assets)).collect()
    }

    fn unit(&self, source: &SourceFile<'_>, unit: Unit, assets: &[&Asset]) -> Said {
        let mut audience = None;
        let mut all = Vec::new();
        for asset in assets {
            let mut entries = Entries::default();
            let campaign = self.campaign(source, asset);
            field::add(self, asset, campaign.as_ref(), &mut entries);
            if let Some(campaign) = &campaign {
                audience = audience::add(self, campaign, &mut entries);
            } else {
                self.shown(source, asset, &mut entries);
                unseen::add(asset, source.text, &mut entries);
                self.in_outlook(source, asset, &mut entries);
            }
            all.push((*asset, entries));
        }
        let kinds = assets.iter().map(|asset| asset.kind).collect();
        Said { unit, content: assemble::content(source.file, all), kinds, audience }
    }

    /// Adds what people see of an asset.
    fn shown(&self, source: &SourceFile<'_>, asset: &Asset, entries: &mut Entries) {
        words::add(self, source, asset, entries);
        link::add(asset, entries);
        image::add(self, asset, entries);
    }

    /// Adds what Outlook alone shows of an asset.
    fn in_outlook(&self, source: &SourceFile<'_>, asset: &Asset, entries: &mut Entries) {
        if !matches!(asset.format, Format::Html | Format::Mjml) {
            return;
        }
        let Some(text) = unseen::for_outlook(source.text) else { return };
        let spec = Spec::new(asset.kind, Format::Html);
        for asset in &mktlint_asset::extract(source.file, &text, &spec).assets {
            self.shown(source, asset, entries);
        }
    }

    fn campaign(&self, source: &SourceFile<'_>, asset: &Asset) -> Option<mktlint_check::CampaignFact> {
        let mut scratch = self.scratch.borrow_mut();
        mktlint_check::campaign_of(self.people, source, asset, self.people_inputs, &mut scratch)
    }
}

/// The unit that `asset` is part of.
pub fn unit_of(source: &SourceFile<'_>, asset: &Asset) -> Unit {
    let manifest = if asset.kind == Kind::Campaign { Some(asset) } else { source.campaign };
    match manifest.and_then(id_of) {
        Some(id) => Unit::Campaign(id),
        None => Unit::Asset(source.file.clone()),
    }
}

/// The id that a manifest declares.
pub fn id_of(manifest: &Asset) -> Option<SmolStr> {
    match manifest.fields.get("id").map(|field| &field.value) {
        Some(Value::Text(range)) => {
            Some(manifest.slice(*range)).filter(|id| !id.is_empty()).map(SmolStr::from)
        }
        _ => None,
    }
}

impl Content {
    /// Adds the parts of another file of the same unit. Two that claim to be the same part, as two manifests of one
    /// campaign do, become one that says both.
    pub fn merge(&mut self, other: Self) {
        for (id, part) in other.parts {
            match self.parts.get_mut(&id) {
                Some(own) => assemble::join(own, part),
                None => drop(self.parts.insert(id, part)),
            }
        }
    }
}
