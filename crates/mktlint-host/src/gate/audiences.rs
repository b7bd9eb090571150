//! Campaigns that reach others because the policy means others by the audience that they name.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::Extraction;
use mktlint_check::{Judge, SourceFile};
use mktlint_diag::FilePath;
use mktlint_gate::content::Reader;
use mktlint_gate::{Digest, PartKind, Unit};

use super::Asked;
use super::kept::Kept;
use super::policies::Policies;
use super::reading::inputs;
use super::touched::Part;
use crate::run::campaigns::is_manifest;
use crate::state::Pair;
use crate::system;

/// The manifests that are as they were and whose audience is not. Every manifest is read when the policy says anything else
/// about people, and none otherwise.
pub fn manifests(pair: &Pair, policies: &Policies, asked: &Asked) -> BTreeSet<FilePath> {
    let (old, new) = (&policies.base.people, &policies.head.people);
    if pair.has_same_policy() || old.definitions == new.definitions && old.schema == new.schema {
        return BTreeSet::new();
    }
    let kept = Kept { state: &pair.head };
    let all = pair.head.files.iter().map(|(path, _)| path);
    let same = all.filter(|path| is_manifest(kept.workspace(), path) && !pair.altered.contains(*path));
    let files: BTreeSet<FilePath> = same.cloned().collect();
    let part = Part { campaigns: kept.campaigns(&files), files, manifests: BTreeSet::new() };
    let before = Meant { plan: policies.base.clone(), elsewhere: &pair.base.policy, asked }.of(kept, &part);
    let after = Meant { plan: policies.head.clone(), elsewhere: &pair.head.policy, asked }.of(kept, &part);
    part.files.into_iter().filter(|path| before.get(path) != after.get(path)).collect()
}

/// A policy that gives names their meaning.
struct Meant<'a> {
    plan: std::sync::Arc<mktlint_plan::Plan>,
    elsewhere: &'a crate::policy::Elsewhere,
    asked: &'a Asked,
}

impl Meant<'_> {
    /// The digests of whom the campaigns of each manifest of `part` are sent to.
    fn of(self, kept: Kept<'_>, part: &Part) -> BTreeMap<FilePath, Vec<(Unit, Digest)>> {
        let inputs = inputs(&self.plan, self.elsewhere, part, self.asked);
        let judge = Judge::new(self.plan);
        let reader = Reader::new(&judge, &inputs);
        let audiences = |path: &FilePath| {
            let manifest = part.campaigns.of(&kept.full(path)).filter(|manifest| manifest.file == *path)?;
            let text = system::text_of(&manifest.bytes, None);
            let assets = manifest.all().cloned().collect();
            let extraction = Extraction { assets, problems: Vec::new() };
            let source = SourceFile { file: path, text: &text.text, extraction: &extraction, campaign: None };
            let said = reader.file(&source).into_iter().flat_map(|said| {
                let parts = said.content.parts.into_iter().filter(|(id, _)| id.kind == PartKind::Audience);
                parts.map(move |(_, part)| (said.unit.clone(), part.digest)).collect::<Vec<_>>()
            });
            Some((path.clone(), said.collect()))
        };
        part.files.iter().filter_map(audiences).collect()
    }
}
