//! What the files of both states say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Time;
use mktlint_asset::{Kind, format_of};
use mktlint_check::{Inputs, Judge, SourceFile};
use mktlint_diag::FilePath;
use mktlint_gate::change::{Side, SideFile, UnitChange, between};
use mktlint_gate::content::{Meanings, Reader};
use mktlint_gate::{Content, Digest, PartKind, Unit};
use mktlint_plan::Plan;
use rayon::prelude::*;

use super::kept::Kept;
use super::policies::{self, Policies};
use super::touched::{Part, Touched};
use super::{Asked, CompareError};
use crate::policy::{self, Elsewhere};
use crate::run::judge;
use crate::state::Pair;
use crate::system;

/// Fewer files than these are read by one thread: what a reader must know of the policy first takes longer.
const MANY: usize = 256;

/// What a unit says in the head.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// Part by part.
    pub content: Content,
    /// What its assets are for.
    pub kinds: BTreeSet<Kind>,
    /// The files in which it speaks.
    pub files: BTreeSet<FilePath>,
}

/// What the files of the head say, with what the policy means.
#[derive(Debug)]
pub struct Contents {
    units: BTreeMap<Unit, Spoken>,
    meanings: Meanings,
}

impl Contents {
    /// What `unit` says; nothing when it is gone.
    pub fn of(&self, unit: &Unit) -> Spoken {
        self.units.get(unit).cloned().unwrap_or_default()
    }

    /// The digest of what the policy means for `unit`.
    pub fn policy(&self, unit: &Unit, spoken: &Spoken) -> Digest {
        if *unit == Unit::Policy {
            return self.meanings.digest_of_policy();
        }
        let parts = spoken.content.parts.iter().filter(|(id, _)| id.kind == PartKind::Channels);
        let channels = parts.flat_map(|(_, part)| &part.items).map(|item| item.text.as_str());
        self.meanings.digest(&spoken.kinds, channels)
    }
}

/// What changed, and what the head says of all that it touches.
#[derive(Debug)]
pub struct Read {
    /// What changed, unit by unit.
    pub changes: Vec<UnitChange>,
    /// What the head says.
    pub contents: Contents,
    /// Both once more, as the policy of the base understands them, before and now, where it differs: a claim that a change
    /// takes out of the policy is still one while that change is judged, and one that others have added since is one already.
    pub others: Vec<(Vec<UnitChange>, Contents)>,
}

/// Reads what the change touches, as the policy of the head understands it.
pub fn read(
    pair: &Pair,
    policies: &Policies,
    touched: &Touched,
    asked: &Asked,
) -> Result<Read, CompareError> {
    let has_new_policy = !pair.has_same_policy();
    let head = Judge::new(policies.head.clone());
    let base = if has_new_policy { Some(Judge::new(policies.base.clone())) } else { None };
    let inputs = [
        inputs(&policies.base, &pair.base.policy, &touched.base, asked),
        inputs(&policies.head, &pair.head.policy, &touched.head, asked),
    ];
    let people = [base.as_ref().unwrap_or(&head), &head];
    let reading = Reading { pair, policies, touched, asked, people, inputs: &inputs, has_new_policy };
    let (changes, contents) = reading.by(&head, &inputs[1])?;
    let mut others = Vec::new();
    if let Some(base) = &base {
        others.push(reading.by(base, &inputs[0])?);
    }
    if let Some((plan, tip)) = policies.tip.as_ref().zip(pair.tip.as_ref()) {
        let own = self::inputs(plan, &tip.policy, &touched.head, asked);
        others.push(reading.by(&Judge::new(plan.clone()), &own)?);
    }
    Ok(Read { changes, contents, others })
}

/// What both readings have in common.
struct Reading<'a> {
    pair: &'a Pair,
    policies: &'a Policies,
    touched: &'a Touched,
    asked: &'a Asked,
    /// Who is in which audience: before, and after.
    people: [&'a Judge; 2],
    inputs: &'a [Inputs; 2],
    has_new_policy: bool,
}

impl Reading<'_> {
    /// What changed, and what the head says, where `judge` says which sentences are claims.
    fn by(&self, judge: &Judge, own_inputs: &Inputs) -> Result<(Vec<UnitChange>, Contents), CompareError> {
        let Self { pair, policies, touched, .. } = self;
        let [old, new] =
            [0, 1].map(|at| Sense { judge, own_inputs, people: self.people[at], inputs: &self.inputs[at] });
        let of_base: Vec<&FilePath> = touched.base.files.iter().filter(|path| self.compares(path)).collect();
        let of_head: Vec<&FilePath> = touched.head.files.iter().collect();
        let old_files = said(Kept { state: &pair.base }, &touched.base, old, &of_base)?;
        let mut new_files = said(Kept { state: &pair.head }, &touched.head, new, &of_head)?;
        let contents = Contents { units: units(&new_files), meanings: Meanings::of(&judge.plan) };
        new_files.retain(|file| self.compares(&file.file));
        let plans = [&*policies.base, &*policies.head];
        let old =
            Side { plan: &policies.base, files: old_files, policy: policies::files(&pair.base, plans)? };
        let new =
            Side { plan: &policies.head, files: new_files, policy: policies::files(&pair.head, plans)? };
        Ok((between(&old, &new, self.asked.today.to_datetime(Time::midnight())), contents))
    }

    /// Whether the file may say something else, or for another campaign: it differs, its manifest does, or who is in its
    /// audience may.
    fn compares(&self, path: &FilePath) -> bool {
        let Self { pair, touched, .. } = self;
        let states = [(&pair.base, &touched.base), (&pair.head, &touched.head)];
        touched.altered.contains(path)
            || states.into_iter().any(|(state, part)| {
                let manifest = part.campaigns.of(&Kept { state }.full(path));
                manifest.is_some_and(|manifest| touched.altered.contains(&manifest.file))
                    || self.has_new_policy && part.manifests.contains(path)
            })
    }
}

/// The conditions in the manifests of `part`, as the policy `elsewhere` understands them.
pub fn inputs(plan: &Plan, elsewhere: &Elsewhere, part: &Part, asked: &Asked) -> Inputs {
    let conditions = mktlint_check::conditions_of(plan, part.campaigns.all());
    let texts = || elsewhere.sources.sources.clone();
    let schema = &plan.people.schema;
    let segments = policy::segments(&elsewhere.workspace, texts, asked.today, schema, conditions);
    Inputs { segments, ..Inputs::at(asked.today) }
}

/// What gives words their meaning.
#[derive(Clone, Copy)]
struct Sense<'a> {
    /// Which sentences are claims.
    judge: &'a Judge,
    own_inputs: &'a Inputs,
    /// Who is in which audience.
    people: &'a Judge,
    inputs: &'a Inputs,
}

impl<'a> Sense<'a> {
    fn reader(self) -> Reader<'a> {
        Reader::new(self.judge, self.own_inputs).with_people(self.people, self.inputs)
    }
}

/// What each of `paths` says; in order, whatever the number of threads.
fn said(
    kept: Kept<'_>,
    part: &Part,
    sense: Sense<'_>,
    paths: &[&FilePath],
) -> Result<Vec<SideFile>, CompareError> {
    let of = |paths: &[&FilePath]| {
        let reader = sense.reader();
        paths.iter().map(|path| one(kept, part, &reader, path)).collect::<Vec<_>>()
    };
    let read: Vec<_> =
        if paths.len() < MANY { of(paths) } else { paths.par_chunks(MANY).flat_map_iter(of).collect() };
    read.into_iter().collect()
}

fn one(kept: Kept<'_>, part: &Part, reader: &Reader<'_>, path: &FilePath) -> Result<SideFile, CompareError> {
    let bytes = kept.state.files.bytes(path).transpose()?.unwrap_or_default();
    let text = system::text_of(&bytes, format_of(path));
    let campaign = part.campaigns.of(&kept.full(path)).and_then(|manifest| manifest.campaign.as_deref());
    let extraction = judge::extraction(kept.workspace(), path, &text);
    let said = extraction.map_or_else(Vec::new, |extraction| {
        reader.file(&SourceFile { file: path, text: &text.text, extraction: &extraction, campaign })
    });
    Ok(SideFile { file: path.clone(), bytes: Digest::of(&bytes), said })
}

/// What each unit says in all of its files.
fn units(files: &[SideFile]) -> BTreeMap<Unit, Spoken> {
    let mut units: BTreeMap<Unit, Spoken> = BTreeMap::new();
    for file in files {
        for said in &file.said {
            let spoken = units.entry(said.unit.clone()).or_default();
            spoken.content.merge(said.content.clone());
            spoken.kinds.extend(&said.kinds);
            spoken.files.insert(file.file.clone());
        }
    }
    units
}

/// The manifest of the campaign `id` in `part`.
pub fn manifest<'p>(part: &'p Part, id: &str) -> Option<&'p mktlint_asset::Asset> {
    let is_called =
        |asset: &&mktlint_asset::Asset| mktlint_gate::content::id_of(asset).is_some_and(|own| own == id);
    part.campaigns.all().find(is_called)
}

/// The first asset of the file at `path`.
pub fn asset(kept: Kept<'_>, path: &FilePath) -> Option<Arc<mktlint_asset::Asset>> {
    let bytes = kept.state.files.bytes(path)?.ok()?;
    let text = system::text_of(&bytes, format_of(path));
    let extraction = judge::extraction(kept.workspace(), path, &text)?;
    extraction.assets.into_iter().next().map(Arc::new)
}
