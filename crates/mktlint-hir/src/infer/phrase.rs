//! Operators that are words: `last_order? older than 180 days`, `tags has "vip"`.

use mktlint_diag::{Level, closest};
use mktlint_measure::text::Shape;
use mktlint_syntax::ast::{self, ChainOp, ExprKind as Tree, Name};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::{Group, Infer, Scene, fits, plain_text};
use crate::codes;
use crate::lower::needle;
use crate::mention::{Meant, Role};
use crate::model::DeclPath;
use crate::model::change::{ChangeKind, Changes};
use crate::model::expr::{ExprId, ExprKind, Length, Meeting, Temporal, TextTest};
use crate::model::item::ItemKind;
use crate::model::types::Type;
use crate::names::{Namespace, resolve};
use crate::signature::{contacts_for, own_contact};

/// A word operator with the words that it is made of.
struct WordOp {
    words: &'static [&'static str],
    make: fn(&mut Infer<'_>, &[ast::Expr], &[ast::Expr], Span) -> ExprId,
}

/// Longer ones first where one begins another.
const OPERATORS: &[WordOp] = &[
    WordOp { words: &["older", "than"], make: |cx, l, r, s| cx.temporal(Temporal::OlderThan, l, r, s) },
    WordOp {
        words: &["within", "the", "next"],
        make: |cx, l, r, s| cx.temporal(Temporal::InTheNext, l, r, s),
    },
    WordOp { words: &["within"], make: |cx, l, r, s| cx.temporal(Temporal::Within, l, r, s) },
    WordOp { words: &["before"], make: |cx, l, r, s| cx.temporal(Temporal::Before, l, r, s) },
    WordOp { words: &["after"], make: |cx, l, r, s| cx.temporal(Temporal::After, l, r, s) },
    WordOp { words: &["starts", "with"], make: |cx, l, r, s| cx.text_test(TextTest::StartsWith, l, r, s) },
    WordOp { words: &["ends", "with"], make: |cx, l, r, s| cx.text_test(TextTest::EndsWith, l, r, s) },
    WordOp { words: &["contains"], make: |cx, l, r, s| cx.text_test(TextTest::Contains, l, r, s) },
    WordOp { words: &["matches"], make: |cx, l, r, s| cx.matches(l, r, s) },
    WordOp { words: &["mentions"], make: |cx, l, r, s| cx.matches(l, r, s) },
    WordOp { words: &["has", "any", "of"], make: |cx, l, r, s| cx.meets(Meeting::Any, l, r, s) },
    WordOp { words: &["has", "all", "of"], make: |cx, l, r, s| cx.meets(Meeting::All, l, r, s) },
    WordOp { words: &["has", "none", "of"], make: |cx, l, r, s| cx.meets(Meeting::None, l, r, s) },
    WordOp { words: &["touch"], make: |cx, l, r, s| cx.meets(Meeting::Any, l, r, s) },
    WordOp { words: &["touches"], make: |cx, l, r, s| cx.meets(Meeting::Any, l, r, s) },
    WordOp { words: &["has"], make: |cx, l, r, s| cx.has(l, r, s) },
];

/// The text of a word.
pub fn word(tree: &ast::Expr) -> Option<&Name> {
    match &tree.kind {
        Tree::Word(name) => Some(name),
        _ => None,
    }
}

/// Where `words` stand in `items`, not at the start.
fn position(items: &[ast::Expr], words: &[&str]) -> Option<usize> {
    let starts = |at: usize| {
        words
            .iter()
            .enumerate()
            .all(|(n, wanted)| items.get(at + n).and_then(word).is_some_and(|name| name.text == *wanted))
    };
    (1..items.len()).find(|at| starts(*at))
}

/// Which of the items of a phrase should be an operator: behind `370 days ago` the fourth, else the second.
fn strange_at(items: &[ast::Expr]) -> usize {
    let is = |at: usize, wanted: &str| items.get(at).and_then(word).is_some_and(|name| name.text == wanted);
    match () {
        () if !Length::UNITS.iter().any(|unit| is(1, unit)) => 1,
        () if is(2, "ago") => 3,
        () if is(2, "from") && is(3, "now") => 4,
        () => 2,
    }
}

impl Infer<'_> {
    /// Operands side by side: a value with a unit, or a word operator with its two sides.
    pub fn phrase(&mut self, items: &[ast::Expr], wanted: Option<&Type>, span: Span) -> ExprId {
        if items.iter().any(|item| matches!(item.kind, Tree::Error)) {
            return self.error(span);
        }
        if let Some(id) = self.special_phrase(items, span) {
            return id;
        }
        for op in OPERATORS {
            if let Some(at) = position(items, op.words) {
                let (left, rest) = items.split_at(at);
                return (op.make)(self, left, &rest[op.words.len()..], span);
            }
        }
        if let Some(id) = self.ago(items, span) {
            return id;
        }
        if let Some(id) = self.quantity(items, span) {
            return id;
        }
        let _ = wanted;
        let known: Vec<&str> = OPERATORS.iter().map(|op| op.words[0]).collect();
        let strange = items.get(strange_at(items));
        let near = strange.and_then(word).and_then(|name| closest(&name.text, known));
        let at = strange.map_or(span, |item| item.span);
        self.fail(codes::malformed_clause::not_an_operator(at, strange.and_then(word), near))
    }

    /// Conditions of tiers.
    fn special_phrase(&mut self, items: &[ast::Expr], span: Span) -> Option<ExprId> {
        let words: Vec<&str> = items.iter().map(|item| word(item).map_or("", |name| &name.text)).collect();
        match words.as_slice() {
            ["uses", "regulated", "claims"] => {
                Some(self.push(ExprKind::UsesRegulatedClaims, Type::Bool, span))
            }
            ["uses", "claims"] => Some(self.push(ExprKind::UsesClaims(Vec::new()), Type::Bool, span)),
            ["uses", "claims", ""] => {
                let claims = self.claims(items.get(2)?);
                Some(self.push(ExprKind::UsesClaims(claims), Type::Bool, span))
            }
            ["change", "only", ..] => Some(self.change(&items[2..], ExprKind::ChangeOnly, span)),
            ["change", "touches" | "touch", ..] => {
                Some(self.change(&items[2..], ExprKind::ChangeTouches, span))
            }
            ["audience", "could", "include", ""] => Some(self.could_include(items.get(3)?, span)),
            _ => None,
        }
    }

    /// `change only [formatting]`, `change touches [claims, price]`
    fn change(&mut self, words: &[ast::Expr], make: fn(Vec<ChangeKind>) -> ExprKind, span: Span) -> ExprId {
        if !self.scene.changed {
            return self.fail(codes::change_outside_tier::of(span));
        }
        let [ast::Expr { kind: Tree::List(items), .. }] = words else {
            return self.fail(codes::malformed_clause::change(span));
        };
        let names: Option<Vec<&Name>> = items.iter().map(word).collect();
        let Some(names) = names.filter(|names| !names.is_empty()) else {
            return self.fail(codes::malformed_clause::change(span));
        };
        let mut kinds = Changes::new();
        let n_problems = self.problems.len();
        for name in names {
            match ChangeKind::named(&name.text) {
                Some(meant) => kinds.extend(meant),
                None => {
                    let near = closest(&name.text, ChangeKind::words());
                    self.report(codes::unknown_name::change(name, near));
                }
            }
        }
        if self.problems.len() > n_problems {
            return self.error(span);
        }
        self.push(make(kinds.into_iter().collect()), Type::Bool, span)
    }

    /// `audience could include { age < 18 }`: a condition on a contact, whatever is judged around it.
    ///
    /// A pack cannot know the project's contact. What it asks is deferred where the contact lacks the attributes, so
    /// that the rule is undecided there with the reason, and no mistake is reported in a file that nobody here wrote.
    fn could_include(&mut self, tree: &ast::Expr, span: Span) -> ExprId {
        let is_pack = self.file.is_pack(self.db);
        let contacts = contacts_for(self.db, self.project, self.file);
        if contacts.is_empty() {
            return self.fail(codes::missing_clause::contact(span, "audience"));
        }
        let n_problems = self.problems.len();
        let condition = self.contact_condition(tree, &contacts);
        match self.mistake_since(n_problems) {
            Some(first) if is_pack => {
                self.problems.truncate(n_problems);
                self.unfit(&first, span)
            }
            _ => self.push(ExprKind::CouldInclude(condition), Type::Bool, span),
        }
    }

    /// The first error behind the first `n` problems. A guard that the project's contact does not need is none.
    fn mistake_since(&self, n: usize) -> Option<String> {
        let found = self.problems.get(n..)?.iter().find(|draft| draft.code.level == Level::Error)?;
        Some(found.message.clone())
    }

    /// A condition where a contact is judged. In a pack, one that does not fit the project's contact is deferred: the
    /// declaration is undecided there with the reason.
    pub fn contact_condition_of_pack(&mut self, tree: &ast::Expr) -> ExprId {
        let n_problems = self.problems.len();
        let condition = self.condition(tree);
        let is_library = own_contact(self.db, self.project).is_none();
        match self.mistake_since(n_problems) {
            Some(first) if self.file.is_pack(self.db) && !is_library => {
                self.problems.truncate(n_problems);
                self.unfit(&first, tree.span)
            }
            _ => condition,
        }
    }

    /// A condition on a contact, and on the campaign behind it.
    fn contact_condition(&mut self, tree: &ast::Expr, contacts: &[DeclPath]) -> ExprId {
        let campaign = self.prelude_record("Campaign");
        let of_campaign =
            campaign.map(|campaign| Group { root: ExprKind::Campaign, records: vec![campaign] });
        let mut inner = Scene::of_contacts(contacts);
        inner.groups.extend(of_campaign);
        let outer = std::mem::replace(&mut self.scene, inner);
        let narrowed = std::mem::take(&mut self.narrowed);
        let condition = match &tree.kind {
            Tree::Block(block) => self.block_condition(block),
            _ => self.condition(tree),
        };
        self.scene = outer;
        self.narrowed = narrowed;
        condition
    }

    /// A condition of a pack that the project's `contact` does not fit, for the reason `why`.
    fn unfit(&mut self, why: &str, span: Span) -> ExprId {
        let what = format!(
            "a condition that your `contact` does not fit ({why}; see `mktlint explain std.contact`)"
        );
        self.deferred(&what, span)
    }

    fn deferred(&mut self, what: &str, span: Span) -> ExprId {
        self.push(ExprKind::Deferred(what.into()), Type::Bool, span)
    }

    fn claims(&mut self, list: &ast::Expr) -> Vec<DeclPath> {
        let Tree::List(items) = &list.kind else { return Vec::new() };
        let mut paths = Vec::new();
        for item in items {
            let Some(name) = word(item) else { continue };
            match resolve(self.db, self.project, self.file, name.text.clone(), Namespace::Values) {
                Some(entry) if entry.kind == ItemKind::Claim => {
                    self.need(name, &entry);
                    paths.push(entry.path);
                }
                Some(entry) => self.report(codes::wrong_kind::of(name, ItemKind::Claim, entry.kind)),
                None => self.report(codes::unknown_name::of(name, None, None)),
            }
        }
        paths
    }

    /// One side of a word operator.
    fn side(&mut self, items: &[ast::Expr], wanted: Option<&Type>, span: Span) -> ExprId {
        match items {
            [] => self.fail(codes::malformed_clause::operand_missing(span)),
            [one] => self.infer(one, wanted),
            [first, .., last] => {
                let span = first.span.cover(last.span);
                self.phrase(items, wanted, span)
            }
        }
    }

    /// The left side, which must be there.
    fn present_side(&mut self, items: &[ast::Expr], span: Span) -> ExprId {
        let id = self.side(items, None, span);
        match items {
            [one] if !self.demand_present(id, one) => self.error(one.span),
            _ => id,
        }
    }

    fn temporal(&mut self, op: Temporal, left: &[ast::Expr], right: &[ast::Expr], span: Span) -> ExprId {
        let day = self.present_side(left, span);
        let found = self.ty(day);
        if !matches!(found, Type::Date | Type::DateTime | Type::Error) {
            let at = self.span(day);
            return self.fail(codes::wrong_type::of(at, "a date", &found));
        }
        let wanted =
            if matches!(op, Temporal::Before | Temporal::After) { Type::Date } else { Type::Duration };
        let other = self.side(right, Some(&wanted), span);
        let other_type = self.ty(other);
        let right_fits = match wanted {
            Type::Date => matches!(other_type, Type::Date | Type::DateTime | Type::Error),
            _ => matches!(other_type, Type::Duration | Type::Error),
        };
        if !right_fits {
            let at = self.span(other);
            let draft = if other_type == Type::Int {
                codes::wrong_unit::bare_number(at)
            } else {
                codes::wrong_type::of(at, &format!("a `{wanted}`"), &other_type)
            };
            return self.fail(draft);
        }
        self.push(ExprKind::Temporal(op, day, other), Type::Bool, span)
    }

    fn text_test(&mut self, op: TextTest, left: &[ast::Expr], right: &[ast::Expr], span: Span) -> ExprId {
        let text = self.present_side(left, span);
        let found = self.ty(text);
        if found.item().is_some() {
            return self.has_side(text, right, span);
        }
        let text = if self.has_text(&found) { text } else { self.demand(text, &Type::Text) };
        let part = self.side(right, Some(&Type::Text), span);
        let part = self.demand(part, &Type::Text);
        self.push(ExprKind::TextTest(op, text, part), Type::Bool, span)
    }

    fn matches(&mut self, left: &[ast::Expr], right: &[ast::Expr], span: Span) -> ExprId {
        let text = self.present_side(left, span);
        let found = self.ty(text);
        if !matches!(found, Type::Text | Type::Url | Type::Record(_) | Type::Error) {
            let at = self.span(text);
            return self.fail(codes::wrong_type::of(at, "`Text`", &found));
        }
        if let [one] = right
            && let Some(name) = word(one)
        {
            return match self.shape(name) {
                Some(shape) => self.push(ExprKind::HasShape(text, shape), Type::Bool, span),
                None => self.error(name.span),
            };
        }
        let [one] = right else {
            return self.fail(codes::malformed_clause::one_needle(right, span));
        };
        let needles = needle::needles(one, &mut self.problems);
        self.push(ExprKind::Matches(text, needles), Type::Bool, span)
    }

    /// The shape that `name` names; reports a name of none.
    pub fn shape(&mut self, name: &Name) -> Option<Shape> {
        let shape = Shape::from_name(&name.text);
        match shape {
            Some(shape) => self.mention(name.span, Meant::Shape(shape.name()), Role::Need),
            None => {
                let near = closest(&name.text, Shape::ALL.iter().map(|shape| shape.name()));
                self.report(codes::unknown_name::shape(name, near));
            }
        }
        shape
    }

    fn has(&mut self, left: &[ast::Expr], right: &[ast::Expr], span: Span) -> ExprId {
        let set = self.present_side(left, span);
        self.has_side(set, right, span)
    }

    fn has_side(&mut self, set: ExprId, right: &[ast::Expr], span: Span) -> ExprId {
        let set_type = self.ty(set);
        let Some(of) = set_type.item().cloned() else {
            if set_type == Type::Error {
                return self.error(span);
            }
            let at = self.span(set);
            return self.fail(codes::wrong_type::of(at, "a set or a list", &set_type));
        };
        let item = self.side(right, Some(&of), span);
        let item = self.demand(item, &of);
        self.push(ExprKind::Has(set, item), Type::Bool, span)
    }

    fn meets(&mut self, op: Meeting, left: &[ast::Expr], right: &[ast::Expr], span: Span) -> ExprId {
        let a = self.present_side(left, span);
        let a_type = self.ty(a);
        if a_type.item().is_none() && a_type != Type::Error {
            let at = self.span(a);
            return self.fail(codes::wrong_type::of(at, "a set or a list", &a_type));
        }
        let b = self.side(right, Some(&a_type), span);
        let b_type = self.ty(b);
        if !fits(&b_type, &a_type) {
            let at = self.span(b);
            return self.fail(codes::wrong_type::of(at, &format!("`{a_type}`"), &b_type));
        }
        self.push(ExprKind::Meets(op, a, b), Type::Bool, span)
    }

    /// `200 days ago`, `3 days from now`
    fn ago(&mut self, items: &[ast::Expr], span: Span) -> Option<ExprId> {
        let tail = items.get(2..)?;
        let words: Vec<&str> = tail.iter().map(|item| word(item).map_or("", |name| &name.text)).collect();
        let past = match words.as_slice() {
            ["ago"] => true,
            ["from", "now"] => false,
            _ => return None,
        };
        let length = self.quantity(&items[..2], items[0].span.cover(items[1].span))?;
        let length = self.demand(length, &Type::Duration);
        Some(self.push(ExprKind::Ago(length, past), Type::Date, span))
    }
}

/// The text of a string literal without interpolation.
pub fn literal(tree: &ast::Expr) -> Option<SmolStr> {
    match &tree.kind {
        Tree::String(parts) => plain_text(parts),
        _ => None,
    }
}

/// The operands of `a | b | c`, or the one there is.
pub fn alternatives(tree: &ast::Expr) -> &[ast::Expr] {
    match &tree.kind {
        Tree::Chain { op: ChainOp::Pipe, items, .. } => items,
        Tree::Paren(inner) => alternatives(inner),
        _ => std::slice::from_ref(tree),
    }
}
