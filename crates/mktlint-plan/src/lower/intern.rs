//! Each text, value and list once.

use mktlint_hir::model::expr;
use mktlint_hir::model::item::Needle;
use mktlint_hir::model::program::Placed;
use mktlint_match::MatcherBuilder;
use mktlint_text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Lowering;
use crate::model::pattern::is_anchored;
use crate::{
    Code, CodeId, Const, ConstId, NoteKind, Op, Pattern, PatternId, PlaceRef, Row, Seq, Sought, StrId,
};

/// The instructions of a code, and which of them people are shown.
type Draft = (Vec<Op>, Vec<(u32, PlaceRef)>);

/// Where rows already stand.
#[derive(Default)]
pub struct Interner {
    strings: FxHashMap<SmolStr, StrId>,
    consts: FxHashMap<Const, ConstId>,
    lists: FxHashMap<Vec<Const>, Seq<Const>>,
    pattern_lists: FxHashMap<Vec<PatternId>, Seq<PatternId>>,
    codes: FxHashMap<Draft, CodeId>,
    pub matcher: MatcherBuilder,
}

impl Lowering<'_> {
    pub fn str(&mut self, text: &str) -> StrId {
        if let Some(id) = self.intern.strings.get(text) {
            return *id;
        }
        let id = self.plan.strings.push(text);
        self.intern.strings.insert(text.into(), id);
        id
    }

    pub fn optional_str(&mut self, text: Option<&SmolStr>) -> Option<StrId> {
        text.map(|text| self.str(text))
    }

    pub fn place(&mut self, placed: &Placed, span: Span) -> PlaceRef {
        let file = self.str(&placed.file);
        let span = span.shift(placed.offset);
        PlaceRef { file, start: span.start(), end: span.end() }
    }

    /// Adds rows at the end of their table.
    pub fn rows<T: Row>(&mut self, rows: impl IntoIterator<Item = T>) -> Seq<T> {
        let table = T::table_mut(&mut self.plan);
        let start = table.len();
        table.extend(rows);
        Seq::new(start as u32, (table.len() - start) as u32)
    }

    pub fn strs<'s>(&mut self, texts: impl IntoIterator<Item = &'s SmolStr>) -> Seq<StrId> {
        let ids: Vec<StrId> = texts.into_iter().map(|text| self.str(text)).collect();
        self.rows(ids)
    }

    /// A value that is written in a policy.
    pub fn value(&mut self, value: &expr::Const) -> Const {
        match value {
            expr::Const::Bool(value) => Const::Bool(*value),
            expr::Const::Int(value) => Const::Int(*value),
            expr::Const::Decimal(value) => Const::Decimal(value.normalize()),
            expr::Const::Percent(value) => Const::Percent(value.normalize()),
            expr::Const::Money(amount, currency) => Const::Money(amount.normalize(), self.str(currency)),
            expr::Const::Duration(length) => Const::Duration(*length),
            expr::Const::Date(date) => Const::Date(*date),
            expr::Const::DateTime(at) => Const::DateTime(*at),
            expr::Const::Time(time) => Const::Time(*time),
            expr::Const::Country(code) => Const::Country(self.str(code)),
            expr::Const::Language(tag) => Const::Language(self.str(tag)),
            expr::Const::Text(text) => Const::Text(self.str(text)),
            expr::Const::Member(_, name) => Const::Member(self.str(name)),
        }
    }

    pub fn constant(&mut self, value: Const) -> ConstId {
        let next = ConstId(self.plan.consts.len() as u32);
        let id = *self.intern.consts.entry(value).or_insert(next);
        if id == next {
            self.plan.consts.push(value);
        }
        id
    }

    pub fn constant_list(&mut self, items: Vec<Const>) -> ConstId {
        let seq = match self.intern.lists.get(&items) {
            Some(seq) => *seq,
            None => {
                let seq = self.rows(items.iter().copied());
                self.intern.lists.insert(items, seq);
                seq
            }
        };
        self.constant(Const::List(seq))
    }

    /// The pattern of `needle`; a note about `placed` when there can be none.
    pub fn pattern(&mut self, placed: &Placed, needle: &Needle, exact_case: bool) -> Option<PatternId> {
        let wanted = super::needle(needle, exact_case);
        let Some(id) = wanted.and_then(|wanted| self.intern.matcher.add(wanted).ok()) else {
            self.note(placed, NoteKind::UnusablePattern);
            return None;
        };
        if id.index() == self.plan.patterns.len() {
            let (text, flags) = (self.str(&needle.text), self.optional_str(needle.flags.as_ref()));
            let anchored = flags.is_some() && is_anchored(&needle.text);
            self.plan.patterns.push(Pattern { needle: id, text, flags, exact_case, anchored });
        }
        Some(PatternId(id.index() as u32))
    }

    pub fn sought(&mut self, placed: &Placed, needles: &[Needle], exact_case: bool) -> Seq<Sought> {
        let mut sought = Vec::with_capacity(needles.len());
        for needle in needles {
            let Some(pattern) = self.pattern(placed, needle, exact_case) else { continue };
            let place = self.place(placed, needle.span);
            sought.push(Sought { pattern, part_of_speech: needle.part_of_speech, place });
        }
        self.rows(sought)
    }

    pub fn patterns(&mut self, placed: &Placed, needles: &[Needle]) -> Seq<PatternId> {
        let ids: Vec<PatternId> =
            needles.iter().filter_map(|needle| self.pattern(placed, needle, false)).collect();
        if let Some(seq) = self.intern.pattern_lists.get(&ids) {
            return *seq;
        }
        let seq = self.rows(ids.iter().copied());
        self.intern.pattern_lists.insert(ids, seq);
        seq
    }

    /// The code of `ops`, whose values at the places of `observed` say something to people.
    pub fn code(&mut self, ops: Vec<Op>, observed: Vec<(u32, PlaceRef)>) -> CodeId {
        let key = (ops, observed);
        if let Some(id) = self.intern.codes.get(&key) {
            return *id;
        }
        let locals = self.n_locals(&key.0);
        let depth = self.depth(&key.0);
        let ops = self.rows(key.0.iter().copied());
        let places = key.1.iter().map(|(at, place)| (crate::OpId(ops.start + at), *place));
        self.plan.observed.extend(places);
        let id = CodeId(self.plan.codes.len() as u32);
        self.plan.codes.push(Code { ops, locals });
        self.depths.push(depth);
        self.intern.codes.insert(key, id);
        id
    }

    /// How many locals a frame needs to run `ops` in it.
    fn n_locals(&self, ops: &[Op]) -> u16 {
        let inner = |code: CodeId| self.plan.codes.get(code.index()).map_or(0, |code| code.locals);
        let needed = ops.iter().map(|op| match *op {
            Op::Local(n) => n.saturating_add(1),
            Op::ForEach { code, local, .. } => inner(code).max(local.saturating_add(1)),
            _ => 0,
        });
        needed.max().unwrap_or(0)
    }

    /// How many codes run inside each other when `ops` run.
    fn depth(&self, ops: &[Op]) -> u16 {
        let inner = ops.iter().filter_map(|op| match *op {
            Op::ForEach { code, .. } | Op::Call { code, .. } => self.depths.get(code.index()).copied(),
            _ => None,
        });
        inner.max().unwrap_or(0).saturating_add(1)
    }
}
