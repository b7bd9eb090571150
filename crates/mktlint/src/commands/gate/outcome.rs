//! A verdict, ready to be shown.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_gate::change::Detail;
use mktlint_gate::{Item, Unit};
use mktlint_host::gate::{Asked, Compared, Found, UnitGate, Whose};
use mktlint_host::policy::{is_refuted, whole};
use mktlint_host::state::State;
use mktlint_host::workspace::relative;
use mktlint_host::{Checked, Settings};
use mktlint_text::LineIndex;

use crate::home::Home;
use crate::mask;
use crate::texts::Texts;

/// Everything that is shown of a change.
#[derive(Debug)]
pub struct Outcome {
    /// The change.
    pub compared: Compared,
    /// What is wrong with its files.
    pub found: Found,
    /// Where it is.
    pub home: Home,
    /// How its files were judged.
    pub settings: Settings,
    asked: Asked,
    show_personal_data: bool,
    /// Findings that the baseline holds, shown or not; `None` without one.
    pub n_baselined: Option<usize>,
    /// Where to show what is said of each unit as a whole.
    places: BTreeMap<Unit, Place>,
    lines: RefCell<BTreeMap<(bool, FilePath), Option<LineIndex>>>,
}

impl Outcome {
    /// Adds to the findings what was decided before, and the proofs that do not hold; covers personal data.
    pub fn new(
        compared: Compared,
        found: Found,
        home: Home,
        settings: Settings,
        asked: Asked,
        show_personal_data: bool,
    ) -> Self {
        let n_baselined = found.checked.n_baselined();
        let mut outcome = Self {
            n_baselined,
            compared,
            found,
            home,
            settings,
            asked,
            show_personal_data,
            places: BTreeMap::new(),
            lines: RefCell::default(),
        };
        outcome.add_places();
        outcome.add_own();
        outcome.add_earlier();
        if !show_personal_data {
            outcome.found.checked.findings.iter_mut().for_each(mask::finding);
        }
        outcome
    }

    fn add_places(&mut self) {
        let Self { compared, found, home, places, .. } = self;
        for unit in &compared.units {
            let place = found.checked.shown.place_in(&first_place(unit), &home.workspace.root, &home.folder);
            places.insert(unit.unit().clone(), place);
        }
    }

    /// What is wrong with records and keys, and proofs that do not hold, as findings of the run.
    fn add_own(&mut self) {
        let Self { compared, found, home, settings, .. } = self;
        let proofs = compared.diagnostics.iter().filter(|found| is_refuted(found));
        let own: Vec<Diagnostic> = proofs.chain(&compared.problems).cloned().collect();
        let checked = &mut found.checked;
        let own = checked.shown.relocate(&home.workspace.root, settings, own);
        for problem in own {
            if !checked.findings.contains(&problem) {
                checked.findings.push(problem);
            }
        }
        checked.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }

    /// Notes at each finding what was decided about the same rule in the same file.
    fn add_earlier(&mut self) {
        let ledger = &self.compared.ledger;
        let root = &self.home.workspace.root;
        let Checked { findings, shown, .. } = &mut self.found.checked;
        for found in findings {
            let Some(path) = shown.file(&found.primary.place.file) else { continue };
            for entry in ledger.earlier(&found.code, &relative(root, path)).into_iter().take(3) {
                let record = &entry.file.record;
                let day = record.time.to_string();
                let day = day.split('T').next().unwrap_or_default();
                let why =
                    if record.reason.is_empty() { String::new() } else { format!(": {}", record.reason) };
                let verdict = record.verdict.word();
                found
                    .notes
                    .push(format!("{verdict} before by {} on {day} (`{}`){why}", record.person, record.id));
            }
        }
    }

    /// Leaves out what the baseline holds.
    pub fn hold_back(&mut self) {
        self.found.checked.findings.retain(|found| !found.baselined);
    }

    /// The texts that findings point into.
    pub fn texts(&self) -> Texts<'_> {
        Texts { shown: &self.found.checked.shown, show_personal_data: self.show_personal_data }
    }

    /// Remarks of one line.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.compared.notes.clone();
        match self.compared.whose {
            Whose::Base => {}
            Whose::Head => notes.push(format!(
                "the tiers and roles of this change count, since {} has none",
                self.compared.pair.base.name
            )),
            Whose::Nobody => notes.push(
                "no approval is asked for, since the policy declares no `tier`: \
                 `tier high { when change touches [claims]; approve legal }`"
                    .to_owned(),
            ),
        }
        notes.extend(self.found.checked.notes.iter().cloned());
        notes
    }

    /// `` `origin/main` to the working tree ``
    pub fn title(&self) -> String {
        format!("{} to {}", name(&self.compared.pair.base), name(&self.compared.pair.head))
    }

    /// `text` without personal data, unless that is wanted.
    pub fn covered(&self, text: &str) -> String {
        if self.show_personal_data { text.to_owned() } else { mask::text(text) }
    }

    /// Where a thing that changed stands: `email.html:12`; of what is gone where it stood.
    pub fn place(&self, detail: &Detail) -> Option<String> {
        let old = |item: &Item| (false, item.place.clone());
        let new = |item: &Item| (true, item.place.clone());
        let (is_new, place) = detail.after.as_ref().map(new).or_else(|| detail.before.as_ref().map(old))?;
        if place.file.is_empty() {
            return None;
        }
        let line = self.line(is_new, &place).map(|line| format!(":{line}")).unwrap_or_default();
        let gone = if is_new { String::new() } else { format!(" in {}", self.compared.pair.base.name) };
        Some(format!("{}{line}{gone}", self.home.shown(&place.file)))
    }

    /// The line of a place, from 1.
    pub fn line(&self, is_new: bool, place: &Place) -> Option<u32> {
        let pair = &self.compared.pair;
        let state = if is_new { &pair.head } else { &pair.base };
        let mut lines = self.lines.borrow_mut();
        let index = lines.entry((is_new, place.file.clone())).or_insert_with(|| {
            let text: Option<Arc<str>> = state.text(&place.file);
            text.map(|text| LineIndex::new(&text))
        });
        index.as_ref().map(|index| index.line(place.span.start()))
    }

    /// Where to show what is said of a unit as a whole.
    pub fn place_of(&self, unit: &Unit) -> Option<&Place> {
        self.places.get(unit)
    }

    /// The flags that make `approve` look at the same change.
    pub fn approve(&self, unit: &UnitGate, role: &str) -> String {
        let name = match unit.unit() {
            Unit::Campaign(id) => id.to_string(),
            Unit::Asset(path) => self.home.shown(path).to_string(),
            Unit::Policy => "policy".to_owned(),
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        let name =
            if name.chars().all(is_plain) { name } else { format!("'{}'", name.replace('\'', "'\\''")) };
        format!("mktlint approve {name} --role {role} --base {}", self.asked.base)
    }
}

/// Where the first thing changed, else the first file of the unit.
fn first_place(unit: &UnitGate) -> Place {
    let mut items = unit.change.details.iter().filter_map(|detail| detail.after.as_ref());
    let first = items.find(|item| !item.place.file.is_empty()).map(|item| item.place.clone());
    let own = || unit.files.iter().next().map(whole);
    first.or_else(own).unwrap_or_else(|| whole(&FilePath::new(mktlint_host::config::FILE)))
}

fn name(state: &State) -> String {
    match &state.commit {
        Some(commit) => format!("{} ({})", state.name, commit.get(..10).unwrap_or(commit)),
        None => state.name.clone(),
    }
}

/// `campaign 2026-11-serum`, `asset blog/spf.md`, `the policy`.
pub fn title_of(unit: &Unit) -> String {
    match unit {
        Unit::Campaign(id) => format!("campaign {id}"),
        Unit::Asset(path) => format!("asset {path}"),
        Unit::Policy => "the policy".to_owned(),
    }
}

/// The tier, as it is shown.
pub fn tier(unit: &UnitGate) -> &str {
    unit.tier.tier.as_deref().unwrap_or("no tier")
}
