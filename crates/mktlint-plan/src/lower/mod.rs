//! From declarations to the plan.

mod claim;
mod code;
mod expr;
mod gate;
mod head;
mod index;
mod intern;
mod other;
mod people;
mod rule;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::PartKind;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::expr::ExprKind;
use mktlint_hir::model::item::{Claim, ItemKind, Meaning, Needle};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_match::{Case, Flags};

use crate::{ClaimId, CodeId, DisclosureId, EvidenceId, Note, NoteKind, Plan};
pub use expr::condition_of;
use intern::Interner;
pub use schema::given;

/// The plan of `program`. Always one that [`crate::verify`] accepts; what could not be lowered is among
/// [`Plan::notes`] and evaluates to unknown. The same program gives the same plan, byte for byte.
pub fn lower(program: &Program) -> Plan {
    let mut lowering = Lowering::new(program);
    lowering.schemas();
    lowering.merges();
    lowering.people();
    for placed in &program.items {
        lowering.item(placed);
    }
    lowering.finish()
}

/// The kind of part that policies call `name`.
pub fn part_kind(name: &str) -> Option<PartKind> {
    PartKind::ALL.into_iter().find(|kind| kind.as_str() == name)
}

/// What the matcher calls `needle`; `None` for unknown flags, which the compiler has reported.
pub fn needle(needle: &Needle, exact_case: bool) -> Option<mktlint_match::Needle> {
    let text = needle.text.to_string();
    Some(match &needle.flags {
        None => {
            mktlint_match::Needle::Phrase { text, case: if exact_case { Case::Exact } else { Case::Any } }
        }
        Some(letters) => mktlint_match::Needle::Pattern { source: text, flags: Flags::parse(letters).ok()? },
    })
}

/// The code of a declaration.
#[derive(Clone, Copy)]
enum Lowered {
    /// It is being lowered: whoever asks goes in a circle.
    Open,
    Done(CodeId),
}

struct Lowering<'p> {
    program: &'p Program,
    plan: Plan,
    intern: Interner,
    /// How many expressions are being lowered inside each other.
    nesting: u32,
    /// How many codes run inside each other, by code.
    depths: Vec<u16>,
    declarations: BTreeMap<(ItemKind, &'p DeclPath), Lowered>,
    disclosures: BTreeMap<&'p DeclPath, DisclosureId>,
    evidences: BTreeMap<&'p DeclPath, EvidenceId>,
    /// Claims and disclosures that are looked for although they are not in force themselves.
    referenced: BTreeSet<&'p DeclPath>,
}

impl<'p> Lowering<'p> {
    fn new(program: &'p Program) -> Self {
        let numbered = |kind: ItemKind| {
            let paths = program.items.iter().filter(move |placed| numbered_kind(placed) == Some(kind));
            paths.map(|placed| &placed.item.path).zip(0..)
        };
        Self {
            program,
            plan: Plan::default(),
            intern: Interner::default(),
            nesting: 0,
            depths: Vec::new(),
            declarations: BTreeMap::new(),
            disclosures: numbered(ItemKind::Disclosure).map(|(path, at)| (path, DisclosureId(at))).collect(),
            evidences: numbered(ItemKind::Evidence).map(|(path, at)| (path, EvidenceId(at))).collect(),
            referenced: referenced(program),
        }
    }

    fn item(&mut self, placed: &'p Placed) {
        match &placed.item.meaning {
            Meaning::Rule(rule) if placed.force.is_some() => self.rule(placed, rule),
            Meaning::Claim(claim) => self.claim(placed, claim),
            Meaning::Evidence(evidence) => self.evidence(placed, evidence),
            Meaning::Disclosure(wordings) => self.disclosure(placed, wordings),
            Meaning::Term(term) if placed.force.is_some() => self.term(placed, term),
            Meaning::Utm(utm) if placed.force.is_some() => self.utm(placed, utm),
            Meaning::Tier(tier) if placed.force.is_some() => self.tier(placed, tier),
            Meaning::Waive(waive) if placed.force.is_some() => self.waiver(placed, waive),
            Meaning::Region(countries) => self.named_region(placed, countries),
            Meaning::Suppress(suppress) if placed.force.is_some() => self.suppression(placed, suppress),
            Meaning::Cap(cap) if placed.force.is_some() => self.cap(placed, cap),
            Meaning::QuietHours(hours) if placed.force.is_some() => self.quiet_hours(placed, hours),
            // Records and rules name roles, wherever those are declared.
            Meaning::Role(role) => self.role(placed, role),
            Meaning::Threshold(threshold) if placed.force.is_some() => self.threshold(placed, threshold),
            Meaning::Pipeline(pipeline) if placed.force.is_some() => self.pipeline(placed, pipeline),
            _ => {}
        }
    }

    /// Whether texts are searched for the wordings of `placed`.
    fn is_sought(&self, placed: &Placed) -> bool {
        placed.force.is_some() || self.referenced.contains(&placed.item.path)
    }

    /// Says that `placed` is not judged as it should be; nobody misses that of what is not in force.
    fn note(&mut self, placed: &Placed, kind: NoteKind) {
        if placed.force.is_none() {
            return;
        }
        let (name, place) = (self.str(&placed.item.path.0), self.place(placed, placed.item.name_span));
        self.plan.notes.push(Note { kind, name, place });
    }

    fn finish(mut self) -> Plan {
        self.index();
        let strings = &self.plan.strings;
        self.plan.notes.sort_by(|a, b| {
            (strings.get(a.name), a.kind, a.place).cmp(&(strings.get(b.name), b.kind, b.place))
        });
        self.plan.notes.dedup();
        self.plan.tiers.sort_by_key(|tier| tier.place);
        self.plan.waivers.sort_by_key(|waiver| waiver.place);
        self.plan.matcher = std::mem::take(&mut self.intern.matcher).build();
        self.plan
    }
}

/// The claims that conditions name, and the disclosures that claims in force need.
fn referenced(program: &Program) -> BTreeSet<&DeclPath> {
    let mut paths = BTreeSet::new();
    for placed in &program.items {
        if let (Meaning::Claim(claim), true) = (&placed.item.meaning, placed.force.is_some()) {
            paths.extend(claim.disclosures.iter().map(|need| &need.disclosure));
        }
        for (_, expr) in placed.item.body.iter() {
            if let ExprKind::UsesClaims(claims) = &expr.kind {
                paths.extend(claims);
            }
        }
    }
    paths
}

/// The claims that a condition speaks of, in order: those that it names, else those in force. Claims have numbers in
/// the order of the program.
pub fn claims_meant(program: &Program, condition: &ExprKind) -> Vec<ClaimId> {
    let is_meant = |placed: &Placed, claim: &Claim| match condition {
        ExprKind::UsesClaims(named) if !named.is_empty() => named.contains(&placed.item.path),
        ExprKind::UsesRegulatedClaims => placed.force.is_some() && claim.is_regulated(),
        _ => placed.force.is_some(),
    };
    let claims = program.items.iter().filter_map(|placed| match &placed.item.meaning {
        Meaning::Claim(claim) => Some((placed, claim)),
        _ => None,
    });
    let meant = claims.zip(0..).filter(|((placed, claim), _)| is_meant(placed, claim));
    meant.map(|(_, at)| ClaimId(at)).collect()
}

/// The kind of declarations that are numbered in the order of the program.
fn numbered_kind(placed: &Placed) -> Option<ItemKind> {
    match placed.item.meaning {
        Meaning::Disclosure(_) => Some(ItemKind::Disclosure),
        Meaning::Evidence(_) => Some(ItemKind::Evidence),
        _ => None,
    }
}
