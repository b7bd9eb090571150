//! `prove`.

use mktlint_decide::{
    Definitions, Formula, Origin, People, Schema, Solver, Undecided, UndecidedKind, Verdict, Witness, eval,
    show_formula,
};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::audience::name_of;
use super::{Asked, is_mistake};
use crate::codes;
use crate::draft::{Draft, Target};
use crate::model::DeclPath;
use crate::model::expr::ExprId;
use crate::model::item::{ItemKind, Prove};
use crate::people::query;
use crate::people::{Declared, formula};

/// A condition that is asked about and longer than this is not shown in a message.
const LONGEST_SHOWN: usize = 48;

/// One side of a proof.
struct Side {
    formula: Formula,
    /// What messages call it: `` `winback` ``.
    words: String,
    /// The declaration, when it is one.
    name: Option<(ItemKind, DeclPath)>,
}

/// What a proof is about.
struct Question<'a> {
    schema: &'a Schema,
    definitions: &'a Definitions,
    span: Span,
    sides: Vec<Side>,
}

impl Question<'_> {
    fn formulas(&self) -> Vec<&Formula> {
        self.sides.iter().map(|side| &side.formula).collect()
    }
}

impl Asked<'_, '_> {
    /// Judges a proof.
    pub(super) fn prove(&self, prove: &Prove, problems: &mut Vec<Draft>) {
        let ids: Vec<ExprId> = match prove {
            Prove::Subset(a, b) | Prove::Disjoint(a, b) | Prove::Equivalent(a, b) | Prove::Never(a, b) => {
                vec![*a, *b]
            }
            Prove::Cover(parts, whole) => parts.iter().chain(whole).copied().collect(),
        };
        let (db, project) = (self.db, self.project);
        let schema = query::schema_of(db, project);
        let items = Declared { db, project };
        let formulas: Vec<Formula> =
            ids.iter().map(|id| formula(&items, &schema, &self.item.body, *id)).collect();
        let span = ids.iter().map(|id| self.item.body.get(*id).span).reduce(Span::cover);
        let span = span.unwrap_or(self.item.name_span);
        let all: Vec<&Formula> = formulas.iter().collect();
        let Some(definitions) = query::definitions(db, project, &all) else {
            problems.push(codes::too_complex::of(span, "this proof", Vec::new()));
            return;
        };
        let sides = formulas.into_iter().map(|formula| self.side(formula, &schema, &definitions)).collect();
        let question = Question { schema: &schema, definitions: &definitions, span, sides };
        let mut solver = Solver::new(&schema, &definitions, query::LIMITS);
        match self.judge(prove, &question, &mut solver) {
            Verdict::Holds => {}
            Verdict::Fails(witness) => problems.push(self.refuted(prove, &question, &mut solver, &witness)),
            Verdict::Undecided(undecided) if is_mistake(&undecided) => {}
            Verdict::Undecided(_) if self.needs_itself(&question.formulas()) => {}
            Verdict::Undecided(undecided) => problems.push(self.undecided(span, &undecided)),
        }
    }

    fn side(&self, formula: Formula, schema: &Schema, definitions: &Definitions) -> Side {
        let name = name_of(&formula)
            .and_then(|path| Some((query::kind_of(self.db, self.project, path)?, DeclPath(path.clone()))));
        let words = match &name {
            Some((_, path)) => format!("`{}`", path.name()),
            None => {
                let shown = show_formula(&formula, schema, definitions);
                let fits = shown.chars().count() <= LONGEST_SHOWN;
                if fits { format!("`{shown}`") } else { "that condition".to_owned() }
            }
        };
        Side { formula, words, name }
    }

    fn judge(&self, prove: &Prove, question: &Question<'_>, solver: &mut Solver<'_>) -> Verdict {
        let now = query::now(self.db, self.project);
        let people: Result<Vec<People>, Undecided> =
            question.sides.iter().map(|side| solver.people(&side.formula, now)).collect();
        let people = match people {
            Ok(people) => people,
            Err(undecided) => return Verdict::Undecided(undecided),
        };
        match (prove, people.as_slice()) {
            (Prove::Subset(..), [a, b]) => solver.is_subset(a, b),
            (Prove::Disjoint(..) | Prove::Never(..), [a, b]) => solver.is_disjoint(a, b),
            (Prove::Equivalent(..), [a, b]) => solver.is_equivalent(a, b),
            (Prove::Cover(_, Some(_)), [parts @ .., whole]) => solver.is_cover(parts, whole),
            (Prove::Cover(_, None), parts) => match solver.people(&Formula::Const(true), now) {
                Ok(everyone) => solver.is_cover(parts, &everyone),
                Err(undecided) => Verdict::Undecided(undecided),
            },
            // One formula for each operand; anything else must not count as proved.
            _ => Verdict::Undecided(Undecided { kind: UndecidedKind::TooComplex, origins: Vec::new() }),
        }
    }

    fn refuted(
        &self,
        prove: &Prove,
        question: &Question<'_>,
        solver: &mut Solver<'_>,
        witness: &Witness,
    ) -> Draft {
        let now = query::now(self.db, self.project);
        let contact = witness.contact(question.schema);
        let mut draft = codes::refuted_proof::of(question.span, message(prove, question));
        for side in &question.sides {
            let Some(truth) = eval(&side.formula, question.definitions, &contact, now) else { continue };
            let reasons = solver.reasons(&side.formula, &contact, now);
            if let Some(place) = self.reason_place(&reasons) {
                draft = draft.also(place, label(side, truth));
            }
        }
        let mut note = format!("for example {}", witness.show(question.schema, now));
        if let (Prove::Equivalent(..), [a, b]) = (prove, question.sides.as_slice()) {
            let is_in_a = eval(&a.formula, question.definitions, &contact, now) == Some(true);
            let (inside, outside) = if is_in_a { (a, b) } else { (b, a) };
            note = format!("{note}, who is in {} and not in {}", inside.words, outside.words);
        }
        let draft = draft.note(note);
        match self.repair(prove, question, solver) {
            Some(help) => draft.help(help),
            None => draft,
        }
    }

    /// The first of `reasons` that stands in a declaration, which says more than the proof's own words.
    fn reason_place(&self, reasons: &[Origin]) -> Option<Target> {
        let places = self.places(reasons);
        places.iter().find(|place| matches!(place, Target::There(..))).or(places.first()).cloned()
    }

    /// What to add, and where.
    fn repair(&self, prove: &Prove, question: &Question<'_>, solver: &mut Solver<'_>) -> Option<String> {
        let [own, other] = question.sides.as_slice() else { return None };
        let now = query::now(self.db, self.project);
        let repair = match prove {
            Prove::Disjoint(..) | Prove::Never(..) => solver.repair(&own.formula, &other.formula, now),
            Prove::Subset(..) => {
                solver.repair(&own.formula, &Formula::Not(Box::new(other.formula.clone())), now)
            }
            Prove::Equivalent(..) | Prove::Cover(..) => None,
        }?;
        let shown = show_formula(&repair.condition, question.schema, question.definitions);
        let brackets = if repair.needs_brackets { ", with brackets around the rest" } else { "" };
        Some(match &own.name {
            Some((_, path)) => format!("add `and {shown}` to `{}`{brackets}", path.name()),
            None => format!("add `and {shown}`{brackets}"),
        })
    }

    fn undecided(&self, span: Span, undecided: &Undecided) -> Draft {
        let places = self.places(&undecided.origins);
        match &undecided.kind {
            UndecidedKind::NotUnderstood(whys) => codes::undecided_proof::of(span, whys, places),
            UndecidedKind::TooComplex => codes::too_complex::of(span, "this proof", places),
        }
    }
}

/// What is wrong, in the words of the proof.
fn message(prove: &Prove, question: &Question<'_>) -> String {
    let words: Vec<&str> = question.sides.iter().map(|side| side.words.as_str()).collect();
    let is_suppression = |side: Option<&Side>| {
        side.and_then(|side| side.name.as_ref()).is_some_and(|(kind, _)| *kind == ItemKind::Suppress)
    };
    match (prove, words.as_slice()) {
        (Prove::Subset(..), [a, b]) => format!("{a} can include people who are not in {b}"),
        (Prove::Disjoint(..), [a, b]) if is_suppression(question.sides.get(1)) => {
            format!("{a} can include people that {b} suppresses")
        }
        (Prove::Disjoint(..), [a, b]) => format!("somebody can be in {a} and in {b}"),
        (Prove::Never(..), [a, b]) => format!("{a} can include people with {b}"),
        (Prove::Equivalent(..), [a, b]) => format!("{a} and {b} are not the same people"),
        (Prove::Cover(parts, _), _) => {
            let parts: Vec<&str> = words.iter().take(parts.len()).copied().collect();
            format!("somebody can be in none of {}", listed(&parts))
        }
        _ => "this does not hold".to_owned(),
    }
}

/// At most four of them.
fn listed(words: &[&str]) -> String {
    match words {
        [shown @ .., _] if shown.len() >= 4 => {
            format!("{} and {} more", shown[..3].join(", "), words.len() - 3)
        }
        _ => words.join(", "),
    }
}

fn label(side: &Side, truth: bool) -> SmolStr {
    let is_suppression = matches!(side.name, Some((ItemKind::Suppress, _)));
    match (is_suppression, truth) {
        (true, true) => "suppressed here".into(),
        (false, true) => "includes them".into(),
        (_, false) => "leaves them out".into(),
    }
}
