//! The proof that each change has one tier.

use std::collections::BTreeMap;

use mktlint_decide::{Definitions, Formula, People, Schema, Solver, Undecided, Verdict, Witness};
use smol_str::SmolStr;

use super::example::{self, Words};
use super::{Declared, Problems};
use crate::codes;
use crate::db::{Db, Project};
use crate::draft::Target;
use crate::model::DeclPath;
use crate::model::change::ChangeKind;
use crate::model::expr::{ExprId, ExprKind};
use crate::model::item::{ItemKind, Meaning};
use crate::people::query::{self, LIMITS};
use crate::people::tier::{Fact, NamedClaims, every_change, formula, of_change_alone, schema};
use crate::people::{self, Items};

/// Judges all tiers together: two that both claim a change, a change that none claims, one that no change can have.
pub(super) fn judge(db: &dyn Db, project: Project, tiers: &[Declared<'_>], problems: &mut Problems<'_>) {
    let mut defaults = tiers.iter().filter(|tier| tier.tier.when.is_none());
    let default = defaults.next();
    if let (Some(first), Some(second)) = (default, defaults.next()) {
        let target = Target::Name(ItemKind::Tier, first.item.path.clone());
        let draft = codes::two_default_tiers::of(second.item.name_span, second.name(), first.name(), target);
        return problems.add(second, draft);
    }
    let Some(last) = tiers.last() else { return };
    let meant = Meant::of(db, project, tiers);
    let now = query::now(db, project);
    let definitions = Definitions::new();
    let mut proof = Proof {
        tiers,
        default,
        meant: &meant,
        solver: Solver::new(&meant.schema, &definitions, LIMITS),
        now,
        told: Vec::new(),
        is_reachable: vec![false; tiers.len()],
    };
    let judged = [false, true].into_iter().try_for_each(|of_policy| proof.judge(of_policy, problems));
    match judged {
        Ok(()) => proof.unreachable(problems),
        Err(_) => {
            let what = "whether each change has one tier";
            problems.add(last, codes::too_complex::of(last.item.name_span, what, Vec::new()));
        }
    }
}

/// What the tiers of a project mean.
struct Meant {
    schema: Schema,
    /// The `when` of each tier; nothing of the one without.
    whens: Vec<Option<Formula>>,
    words: Words,
}

impl Meant {
    fn of(db: &dyn Db, project: Project, tiers: &[Declared<'_>]) -> Self {
        let items = people::Declared { db, project };
        let base = query::schema_of(db, project);
        let claims = named_claims(&items, tiers);
        let mut facts: Vec<Fact> = ChangeKind::ALL.into_iter().map(Fact::Change).collect();
        facts.extend(claims.0.iter().map(|(path, _)| Fact::Claim(path.clone())));
        facts.extend([Fact::OtherRegulated, Fact::OtherClaim]);
        let mut conditions: BTreeMap<SmolStr, String> = BTreeMap::new();
        let mut whens = Vec::with_capacity(tiers.len());
        for tier in tiers {
            let when = tier.tier.when.map(|when| {
                let (formula, found) = formula(&items, &base, &claims, &tier.item.body, when);
                for (fact, tag) in found {
                    let span = tier.item.body.get(ExprId(tag.0)).span;
                    let written = span.slice(tier.declaration.text(db));
                    conditions.entry(fact.attribute()).or_insert_with(|| one_line(written));
                    facts.push(fact);
                }
                formula
            });
            whens.push(when);
        }
        let schema = schema(&base, &facts);
        Self { schema, whens, words: Words { facts, conditions } }
    }

    /// When the tier `at` claims a change: its `when` holds, and that of no tier it yields to does. `held` says what its
    /// own condition comes to, `against` what those of the others do.
    fn claims(
        &self,
        tiers: &[Declared<'_>],
        at: usize,
        held: impl Fn(&Formula) -> Formula,
        against: impl Fn(&Formula) -> Formula,
    ) -> Option<Formula> {
        let own = self.whens.get(at)?.as_ref()?;
        let yields = tiers.get(at)?.tier.yields.iter();
        let others = yields.filter_map(|to| {
            let other = tiers.iter().position(|tier| tier.item.path == to.tier)?;
            Some(Formula::Not(Box::new(against(self.whens.get(other)?.as_ref()?))))
        });
        Some(Formula::And(std::iter::once(held(own)).chain(others).collect()))
    }
}

/// The claims that tiers name, in order of mention.
fn named_claims(items: &dyn Items, tiers: &[Declared<'_>]) -> NamedClaims {
    let mut named: Vec<(DeclPath, bool)> = Vec::new();
    let exprs = tiers.iter().flat_map(|tier| tier.item.body.iter());
    for (_, expr) in exprs {
        let ExprKind::UsesClaims(paths) = &expr.kind else { continue };
        for path in paths {
            if named.iter().any(|(known, _)| known == path) {
                continue;
            }
            let item = items.item(ItemKind::Claim, path);
            let is_regulated = match item.as_ref().map(|item| &item.meaning) {
                Some(Meaning::Claim(claim)) => claim.is_regulated(),
                _ => false,
            };
            named.push((path.clone(), is_regulated));
        }
    }
    NamedClaims(named)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The proof, while it is made.
struct Proof<'p, 'db> {
    tiers: &'p [Declared<'db>],
    default: Option<&'p Declared<'db>>,
    meant: &'p Meant,
    solver: Solver<'p>,
    now: jiff::civil::DateTime,
    /// The pairs of tiers that were told, so that each is told once.
    told: Vec<(usize, usize)>,
    is_reachable: Vec<bool>,
}

impl Proof<'_, '_> {
    /// Judges the changes of campaigns, or those of the policy.
    fn judge(&mut self, of_policy: bool, problems: &mut Problems<'_>) -> Result<(), Undecided> {
        let every = self.solver.people(&every_change(of_policy), self.now)?;
        let mut surely = Vec::with_capacity(self.tiers.len());
        let mut could: Option<People> = None;
        for at in 0..self.tiers.len() {
            let claims = self.people_of(at, of_policy, false, &every)?;
            let perhaps = if of_policy { self.people_of(at, true, true, &every)? } else { claims.clone() };
            self.reach(at, perhaps.as_ref())?;
            could = match (could, perhaps) {
                (Some(one), Some(other)) => Some(self.solver.or(&one, &other)?),
                (one, other) => one.or(other),
            };
            surely.push(claims);
        }
        self.overlaps(&surely, problems)?;
        let rest = match could {
            Some(could) => self.solver.minus(&every, &could)?,
            None => every,
        };
        self.rest(&rest, problems)
    }

    /// The changes that the tier `at` claims: of the policy those that it must claim, or could.
    fn people_of(
        &mut self,
        at: usize,
        of_policy: bool,
        could: bool,
        every: &People,
    ) -> Result<Option<People>, Undecided> {
        let held = |formula: &Formula| match of_policy {
            true => of_change_alone(formula, could),
            false => formula.clone(),
        };
        let against = |formula: &Formula| match of_policy {
            true => of_change_alone(formula, !could),
            false => formula.clone(),
        };
        let Some(formula) = self.meant.claims(self.tiers, at, held, against) else { return Ok(None) };
        let people = self.solver.people(&formula, self.now)?;
        self.solver.and(&people, every).map(Some)
    }

    fn reach(&mut self, at: usize, claims: Option<&People>) -> Result<(), Undecided> {
        let Some(claims) = claims else { return Ok(()) };
        let is_reachable = self.example(claims)?.is_some();
        if let Some(known) = self.is_reachable.get_mut(at) {
            *known |= is_reachable;
        }
        Ok(())
    }

    /// One of the changes that `people` stand for.
    fn example(&mut self, people: &People) -> Result<Option<Witness>, Undecided> {
        match self.solver.is_nobody(people) {
            Verdict::Holds => Ok(None),
            Verdict::Fails(witness) => Ok(Some(witness)),
            Verdict::Undecided(undecided) => Err(undecided),
        }
    }

    fn overlaps(&mut self, claims: &[Option<People>], problems: &mut Problems<'_>) -> Result<(), Undecided> {
        for (at, graver) in claims.iter().enumerate() {
            for (before, lighter) in claims.iter().enumerate().take(at) {
                let (Some(graver), Some(lighter)) = (graver, lighter) else { continue };
                let both = self.solver.and(lighter, graver)?;
                if let Some(witness) = self.example(&both)?
                    && !self.told.contains(&(before, at))
                {
                    self.told.push((before, at));
                    self.overlap(before, at, &witness, problems);
                }
            }
        }
        Ok(())
    }

    fn overlap(&self, before: usize, at: usize, witness: &Witness, problems: &mut Problems<'_>) {
        let (Some(lighter), Some(graver)) = (self.tiers.get(before), self.tiers.get(at)) else { return };
        let place = |tier: &Declared<'_>| {
            tier.tier.when.map_or(tier.item.name_span, |when| tier.item.body.get(when).span)
        };
        let target = Target::There(ItemKind::Tier, lighter.item.path.clone(), place(lighter));
        let example = example::words(witness, &self.meant.schema, &self.meant.words);
        let names = (lighter.name(), graver.name());
        problems.add(graver, codes::tier_overlap::of(place(graver), names, &example, target));
    }

    /// What no tier with a `when` claims: a gap, unless a tier takes it.
    fn rest(&mut self, rest: &People, problems: &mut Problems<'_>) -> Result<(), Undecided> {
        let Some(witness) = self.example(rest)? else { return Ok(()) };
        let is_default = |tier: &Declared<'_>| tier.tier.when.is_none();
        match (self.default, self.tiers.last()) {
            (Some(_), _) => {
                let at = self.tiers.iter().position(is_default);
                if let Some(known) = at.and_then(|at| self.is_reachable.get_mut(at)) {
                    *known = true;
                }
            }
            (None, Some(last))
                if !problems.found.iter().any(|it| it.draft.code == &codes::tier_gap::CODE) =>
            {
                let example = example::words(&witness, &self.meant.schema, &self.meant.words);
                problems.add(last, codes::tier_gap::of(last.item.name_span, &example));
            }
            (None, _) => {}
        }
        Ok(())
    }

    fn unreachable(&self, problems: &mut Problems<'_>) {
        for (tier, is_reachable) in self.tiers.iter().zip(&self.is_reachable) {
            if !is_reachable {
                let is_default = tier.tier.when.is_none();
                let draft = codes::unreachable_tier::of(tier.item.name_span, tier.name(), is_default);
                problems.add(tier, draft);
            }
        }
    }
}
