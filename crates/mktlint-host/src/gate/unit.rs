//! One unit: its tier, and whether those who must agree have done so.

use std::collections::BTreeSet;

use mktlint_asset::Kind;
use mktlint_check::{Changed, Inputs, Judge, TierFact, TierSubject};
use mktlint_diag::FilePath;
use mktlint_gate::approval::{Case, Needs, Standing, standing};
use mktlint_gate::change::UnitChange;
use mktlint_gate::content::NORMAL_FORM;
use mktlint_gate::ledger::Ledger;
use mktlint_gate::{Content, Digest, Part, PartId, PartKind, Unit};
use mktlint_hir::model::change::Changes;
use smol_str::SmolStr;

use super::Asked;
use super::kept::Kept;
use super::reading::{self, Contents, Read};
use super::standard::Standard;
use super::touched::Touched;
use super::writers::Writers;
use crate::state::Pair;

/// What changed as one, how risky it is, and where its approvals stand.
#[derive(Clone, Debug)]
pub struct UnitGate {
    /// How it changed.
    pub change: UnitChange,
    /// What it says now.
    pub content: Content,
    /// What its assets are for.
    pub kinds: BTreeSet<Kind>,
    /// Its files in the head.
    pub files: BTreeSet<FilePath>,
    /// Of what the policy means for it.
    pub policy: Digest,
    /// Who made the change.
    pub authors: BTreeSet<SmolStr>,
    /// How risky it is, and why.
    pub tier: TierFact,
    /// What the tier asks for.
    pub needs: Needs,
    /// What of it is there.
    pub standing: Standing,
}

impl UnitGate {
    /// What changed.
    pub fn unit(&self) -> &Unit {
        &self.change.unit
    }

    /// The parts that differ from the base.
    pub fn changed(&self) -> BTreeSet<PartId> {
        self.change.parts.iter().map(|part| part.part.clone()).collect()
    }
}

/// What units are judged by.
pub struct Judging<'a> {
    pub pair: &'a Pair,
    pub asked: &'a Asked,
    pub standard: &'a Standard<'a>,
    pub touched: &'a Touched,
    pub writers: Writers<'a>,
}

impl Judging<'_> {
    /// Judges all that was read.
    pub fn all(&self, read: Read, ledger: &Ledger) -> Vec<UnitGate> {
        let judge = Judge::new(self.standard.plan.clone());
        let inputs = reading::inputs(&judge.plan, self.standard.policy, &self.touched.head, self.asked);
        let Read { changes, contents, others } = read;
        let one = |change: UnitChange| {
            let mut risk = Risk::default();
            risk.add(&change, &contents);
            for (changes, contents) in &others {
                if let Some(change) = changes.iter().find(|other| other.unit == change.unit) {
                    risk.add(change, contents);
                }
            }
            self.one(change, &risk, &contents, ledger, &judge, &inputs)
        };
        changes.into_iter().map(one).collect()
    }

    fn one(
        &self,
        change: UnitChange,
        risk: &Risk,
        contents: &Contents,
        ledger: &Ledger,
        judge: &Judge,
        inputs: &Inputs,
    ) -> UnitGate {
        let mut spoken = contents.of(&change.unit);
        if change.unit == Unit::Policy {
            spoken.content.parts.extend(change.parts.iter().filter_map(policy_part));
        }
        let policy = contents.policy(&change.unit, &spoken);
        let tier = self.tier(&change.unit, risk, judge, inputs);
        let needs = tier.tier.as_deref().and_then(|tier| judge.plan.tier(tier));
        let needs = needs.map_or_else(Needs::default, |tier| Needs::of(&judge.plan, tier));
        let authors = self.writers.of_unit(&change.unit, &spoken.files);
        let changed = change.parts.iter().map(|part| part.part.clone()).collect();
        let standing = standing(&Case {
            unit: &change.unit,
            content: &spoken.content,
            changed: &changed,
            policy,
            normal_form: NORMAL_FORM,
            needs: &needs,
            roles: &self.standard.roles,
            ledger,
            authors: &authors,
            now: self.asked.now,
        });
        let reading::Spoken { content, kinds, files } = spoken;
        UnitGate { change, content, kinds, files, policy, authors, tier, needs, standing }
    }

    fn tier(&self, unit: &Unit, risk: &Risk, judge: &Judge, inputs: &Inputs) -> TierFact {
        let asset;
        let subject = match unit {
            Unit::Campaign(id) => {
                let touched = [&self.touched.head, &self.touched.base];
                let manifest = touched.into_iter().find_map(|part| reading::manifest(part, id));
                manifest.map_or(TierSubject::Policy, TierSubject::Campaign)
            }
            Unit::Asset(path) => {
                let states = [&self.pair.head, &self.pair.base];
                asset = states.into_iter().find_map(|state| reading::asset(Kept { state }, path));
                asset.as_deref().map_or(TierSubject::Policy, TierSubject::Asset)
            }
            Unit::Policy => TierSubject::Policy,
        };
        let Risk { kinds, claims, changed } = risk;
        let changed = Changed { subject, changes: kinds, claims, changed_claims: changed };
        judge.tier(inputs, &changed)
    }
}

/// What the tier of a unit depends on.
#[derive(Debug, Default)]
struct Risk {
    kinds: Changes,
    /// The claims that it makes.
    claims: BTreeSet<SmolStr>,
    /// Those that are new or reworded.
    changed: BTreeSet<SmolStr>,
}

impl Risk {
    fn add(&mut self, change: &UnitChange, contents: &Contents) {
        let content = contents.of(&change.unit).content;
        let said = content.parts.iter().filter(|(id, _)| id.kind == PartKind::Claims);
        self.claims.extend(said.flat_map(|(_, part)| &part.items).map(|item| SmolStr::new(&item.name)));
        self.kinds.extend(&change.kinds);
        self.changed.extend(change.claims.iter().cloned());
    }
}

/// The policy as a part, which has a digest and nothing to show.
fn policy_part(change: &mktlint_gate::change::PartChange) -> Option<(PartId, Part)> {
    Some((change.part.clone(), Part { digest: change.after?, items: Vec::new() }))
}
