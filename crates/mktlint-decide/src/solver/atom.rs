//! Single conditions as diagrams.

use jiff::civil::DateTime;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::Solver;
use super::axis::{Axis, Kind, MISSING, Ordinal, Spans, number_cut};
use super::level::{Level, LevelId, What, digits};
use super::store::{EVERYONE, NOBODY, NodeId, Run, push};
use crate::eval::{item_holds, test_holds};
use crate::{Comparison, ItemTest, Operand, Test, TextTest, Value, moment};

/// A condition as a diagram.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub node: NodeId,
    /// Its levels that depend on others, or are not understood.
    pub linked: Vec<Level>,
    /// Why it is not understood.
    pub why: Option<SmolStr>,
}

impl From<NodeId> for Atom {
    fn from(node: NodeId) -> Self {
        Self { node, linked: Vec::new(), why: None }
    }
}

/// The key under which a test is remembered.
pub(super) type AtomKey = (SmolStr, Test, DateTime);

impl Solver<'_> {
    /// A test of one attribute at `now`.
    pub(super) fn test(&mut self, attribute: &SmolStr, test: &Test, now: DateTime) -> Atom {
        let key = (attribute.clone(), test.clone(), now);
        if let Some(atom) = self.atoms.get(&key) {
            return atom.clone();
        }
        let Some(at) = self.positions.get(attribute.as_str()).copied() else { return NOBODY.into() };
        let level = self.levels.id(Level::value(at), self.schema);
        let axis = self.levels.axis(level).clone();
        let atom = match &axis.kind {
            _ if axis.is_empty() => NOBODY.into(),
            Kind::Bool | Kind::Names(_) => self.listed(level, &axis, test, now).into(),
            Kind::Words { names } => self.words_test(level, &axis, *names, test, now),
            Kind::Size { .. } => self.set_test(level, &axis, test),
            _ => self.ordered(level, &axis, test, now),
        };
        self.atoms.insert(key, atom.clone());
        atom
    }

    /// A condition that is not understood.
    pub(super) fn opaque(&mut self, key: &SmolStr, why: &SmolStr) -> Atom {
        let level = Level::opaque(key.clone());
        let id = self.levels.id(level.clone(), self.schema);
        Atom { node: self.truth(id), linked: vec![level], why: Some(why.clone()) }
    }

    fn too_fine(&mut self, level: LevelId, test: &Test) -> Atom {
        let at = self.levels.level(level).at;
        let key = format!("{at} {test:?}").into();
        self.opaque(&key, &"a number has more digits behind the point than are told apart".into())
    }

    /// True where a level that is true or false is true.
    fn truth(&mut self, level: LevelId) -> NodeId {
        self.store.node(level, &[Run { last: 0, child: NOBODY }, Run { last: 1, child: EVERYONE }])
    }

    /// Leads to `child` at these places of a level, else to nobody.
    pub(super) fn at_spans(&mut self, level: LevelId, spans: &[(Ordinal, Ordinal)], child: NodeId) -> NodeId {
        let axis = self.levels.axis(level);
        let mut runs = Vec::new();
        let missing = spans.first().is_some_and(|span| span.0 == MISSING);
        let spans = &spans[usize::from(missing)..];
        if axis.optional {
            push(&mut runs, 0, Run { last: MISSING, child: if missing { child } else { NOBODY } });
        }
        let mut next = axis.first;
        for (from, to) in spans {
            if *from > next {
                push(&mut runs, 0, Run { last: from - 1, child: NOBODY });
            }
            push(&mut runs, 0, Run { last: *to, child });
            next = to + 1;
        }
        if next <= axis.last {
            push(&mut runs, 0, Run { last: axis.last, child: NOBODY });
        }
        self.store.node(level, &runs)
    }

    fn known(&mut self, level: LevelId, child: NodeId) -> NodeId {
        let axis = self.levels.axis(level);
        let all = (axis.first, axis.last);
        self.at_spans(level, &[all], child)
    }

    fn listed(&mut self, level: LevelId, axis: &Axis, test: &Test, now: DateTime) -> NodeId {
        let holds = |place: &Ordinal| axis.value(*place).is_some_and(|value| test_holds(test, &value, now));
        let spans = (axis.first..=axis.last).filter(holds).map(|place| (place, place)).collect();
        let spans = axis.clip(spans);
        self.at_spans(level, &spans, EVERYONE)
    }

    fn ordered(&mut self, level: LevelId, axis: &Axis, test: &Test, now: DateTime) -> Atom {
        let mut spans = Spans::new();
        match test {
            Test::Known => spans.push((axis.first, axis.last)),
            Test::Compare(comparison, operand) => {
                let domain = &self.schema.attributes[self.levels.level(level).at as usize].domain;
                let value = moment::resolve(operand, domain, now);
                if value.as_ref().is_some_and(|value| axis.is_too_fine(value)) {
                    return self.too_fine(level, test);
                }
                if let Some(cut) = value.and_then(|value| axis.cut(&value)) {
                    spans = Axis::compared(*comparison, cut);
                }
            }
            Test::OneOf(values) if values.iter().any(|value| axis.is_too_fine(value)) => {
                return self.too_fine(level, test);
            }
            Test::OneOf(values) => {
                let cuts = values.iter().filter_map(|value| axis.cut(value));
                spans.extend(cuts.filter(|cut| cut.exact).map(|cut| (cut.floor, cut.floor)));
            }
            Test::True | Test::Text(..) | Test::Any(_) | Test::Size(..) => {}
        }
        let spans = axis.clip(spans);
        self.at_spans(level, &spans, EVERYONE).into()
    }

    fn words_test(&mut self, level: LevelId, axis: &Axis, names: bool, test: &Test, now: DateTime) -> Atom {
        let words = |values: &[Value]| -> Vec<SmolStr> {
            values.iter().filter_map(|value| word(value, names)).cloned().collect()
        };
        match test {
            Test::Known => self.known(level, EVERYONE).into(),
            Test::OneOf(values) => self.among(level, axis, &words(values), true).into(),
            Test::Compare(comparison, Operand::Value(value)) if word(value, names).is_some() => {
                let words = words(std::slice::from_ref(value));
                match comparison {
                    Comparison::Equal => self.among(level, axis, &words, true).into(),
                    Comparison::NotEqual => self.among(level, axis, &words, false).into(),
                    _ => NOBODY.into(),
                }
            }
            Test::Text(kind, part) if is_any(*kind, part) => self.test(
                &self.schema.attributes[self.levels.level(level).at as usize].name.clone(),
                &Test::Known,
                now,
            ),
            Test::Text(kind, part) => {
                let at = self.levels.level(level).at;
                let what = What::Text(*kind, part.to_lowercase().into());
                self.guarded(level, Level { at, what })
            }
            _ => NOBODY.into(),
        }
    }

    /// True where the attribute is there and the condition of another level holds.
    fn guarded(&mut self, level: LevelId, linked: Level) -> Atom {
        let id = self.levels.id(linked.clone(), self.schema);
        let truth = self.truth(id);
        Atom { node: self.known(level, truth), linked: vec![linked], why: None }
    }

    /// Whether the word is one of these, or (`inside` false) none.
    fn among(&mut self, level: LevelId, axis: &Axis, words: &[SmolStr], inside: bool) -> NodeId {
        let child = |inside| if inside { EVERYONE } else { NOBODY };
        let mut words: Vec<&SmolStr> = words.iter().collect();
        words.sort_unstable();
        words.dedup();
        let points = words.into_iter().map(|word| (word, child(inside)));
        let mut runs = Vec::new();
        self.words.runs(axis.optional.then_some(NOBODY), child(!inside), points, &mut runs);
        self.store.node(level, &runs)
    }

    fn set_test(&mut self, level: LevelId, axis: &Axis, test: &Test) -> Atom {
        let Kind::Size { members, names } = &axis.kind else { return NOBODY.into() };
        match test {
            Test::Known => self.known(level, EVERYONE).into(),
            Test::Size(comparison, size) => {
                let cut = super::axis::Cut { floor: Ordinal::from(*size), exact: true };
                let spans = axis.clip(Axis::compared(*comparison, cut));
                self.at_spans(level, &spans, EVERYONE).into()
            }
            Test::Any(test) => match items(test, members.as_deref(), *names) {
                Items::Some(items) => self.one_item(level, axis, &items),
                Items::Other(test) => self.item(level, axis, test),
            },
            _ => NOBODY.into(),
        }
    }

    /// Whether one of `items` is in the set.
    fn one_item(&mut self, level: LevelId, axis: &Axis, items: &[Value]) -> Atom {
        let mut atom = Atom::from(NOBODY);
        let at = self.levels.level(level).at;
        let mut linked: Vec<Level> = items
            .iter()
            .map(|item| Level { at, what: What::Item(ItemTest::OneOf(vec![item.clone()])) })
            .collect();
        linked.sort_unstable();
        linked.dedup();
        for level in linked.iter().rev() {
            let id = self.levels.id(level.clone(), self.schema);
            let runs = [Run { last: 0, child: atom.node }, Run { last: 1, child: EVERYONE }];
            atom.node = self.store.node(id, &runs);
        }
        atom.node = self.not_empty(level, axis, atom.node);
        atom.linked = linked;
        atom
    }

    fn item(&mut self, level: LevelId, axis: &Axis, test: ItemTest) -> Atom {
        if test == ItemTest::Every {
            return self.not_empty(level, axis, EVERYONE).into();
        }
        let linked = Level { at: self.levels.level(level).at, what: What::Item(test) };
        let id = self.levels.id(linked.clone(), self.schema);
        let truth = self.truth(id);
        Atom { node: self.not_empty(level, axis, truth), linked: vec![linked], why: None }
    }

    fn not_empty(&mut self, level: LevelId, axis: &Axis, child: NodeId) -> NodeId {
        let spans = axis.clip(vec![(1, axis.last)]);
        self.at_spans(level, &spans, child)
    }

    /// `left - right <comparison> gap`.
    pub(super) fn difference(
        &mut self,
        left: &SmolStr,
        right: &SmolStr,
        comparison: Comparison,
        gap: Decimal,
    ) -> Atom {
        let position = |name: &SmolStr| self.positions.get(name.as_str()).copied();
        let (Some(one), Some(other)) = (position(left), position(right)) else { return NOBODY.into() };
        if one > other {
            return self.difference(right, left, comparison.mirrored(), -gap);
        }
        let levels = [one, other].map(|at| self.levels.id(Level::value(at), self.schema));
        let axes = levels.map(|level| self.levels.axis(level).clone());
        if !axes[0].has_difference(&axes[1]) || axes.iter().any(Axis::is_empty) {
            return NOBODY.into();
        }
        let cut = number_cut(gap, digits(&axes[0]).max(digits(&axes[1])));
        if one == other {
            let holds = comparison.fits(Decimal::ZERO.cmp(&gap));
            return if holds { self.known(levels[0], EVERYONE).into() } else { NOBODY.into() };
        }
        if axes.iter().any(|axis| axis.is_too_fine(&Value::Number(gap))) {
            let key = format!("{one} - {other} {comparison:?} {gap}").into();
            return self
                .opaque(&key, &"a number has more digits behind the point than are told apart".into());
        }
        let level = Level { at: other as u32, what: What::Minus(one as u32) };
        let id = self.levels.id(level.clone(), self.schema);
        let spans = self.levels.axis(id).clip(Axis::compared(comparison, cut));
        let node = self.at_spans(id, &spans, EVERYONE);
        let node = self.known(levels[1], node);
        Atom { node: self.known(levels[0], node), linked: vec![level], why: None }
    }
}

impl Axis {
    fn has_difference(&self, other: &Self) -> bool {
        matches!(
            (&self.kind, &other.kind),
            (Kind::Number { .. }, Kind::Number { .. })
                | (Kind::Date, Kind::Date)
                | (Kind::DateTime, Kind::DateTime)
        )
    }
}

fn word(value: &Value, names: bool) -> Option<&SmolStr> {
    match value {
        Value::Name(word) if names => Some(word),
        Value::Text(word) if !names => Some(word),
        _ => None,
    }
}

/// Whether every text is like that.
fn is_any(test: TextTest, part: &str) -> bool {
    match test {
        TextTest::Glob => !part.is_empty() && part.chars().all(|char| char == '*'),
        TextTest::StartsWith | TextTest::EndsWith | TextTest::Contains => part.is_empty(),
    }
}

/// The items for which a condition holds.
enum Items {
    /// These.
    Some(Vec<Value>),
    /// Others, too.
    Other(ItemTest),
}

fn items(test: &ItemTest, members: Option<&[SmolStr]>, names: bool) -> Items {
    if let Some(members) = members {
        let members = members.iter().cloned().map(Value::Name);
        return Items::Some(members.filter(|member| item_holds(test, member)).collect());
    }
    let (mentioned, is_plain) = mentioned(test, names);
    if !is_plain {
        return Items::Other(lowered(test));
    }
    let other = unmentioned(&mentioned, names);
    let (inside, outside): (Vec<Value>, Vec<Value>) =
        mentioned.into_iter().partition(|item| item_holds(test, item));
    match (item_holds(test, &other), outside.is_empty()) {
        (false, _) => Items::Some(inside),
        (true, true) => Items::Other(ItemTest::Every),
        (true, false) => Items::Other(ItemTest::Not(Box::new(ItemTest::OneOf(outside)))),
    }
}

/// The items that lists in the test mention, in order, each once, and whether there is nothing but lists in it.
pub(super) fn mentioned(test: &ItemTest, names: bool) -> (Vec<Value>, bool) {
    let (mut found, mut plain) = (Vec::new(), true);
    let mut stack = vec![test];
    while let Some(test) = stack.pop() {
        match test {
            ItemTest::Every => {}
            ItemTest::OneOf(values) => {
                found.extend(values.iter().filter(|value| word(value, names).is_some()).cloned());
            }
            ItemTest::Text(..) => plain = false,
            ItemTest::Not(inner) => stack.push(inner),
            ItemTest::And(parts) | ItemTest::Or(parts) => stack.extend(parts),
        }
    }
    found.sort_unstable();
    found.dedup();
    (found, plain)
}

/// A word that is none of these: it is longer.
fn unmentioned(items: &[Value], names: bool) -> Value {
    let longest = items.iter().filter_map(|item| word(item, names)).map(|word| word.len()).max();
    let word = "x".repeat(longest.unwrap_or(0) + 1).into();
    if names { Value::Name(word) } else { Value::Text(word) }
}

/// The test with the parts of texts in lower case.
fn lowered(test: &ItemTest) -> ItemTest {
    match test {
        ItemTest::Text(kind, part) => ItemTest::Text(*kind, part.to_lowercase().into()),
        ItemTest::Not(inner) => ItemTest::Not(Box::new(lowered(inner))),
        ItemTest::And(parts) => ItemTest::And(parts.iter().map(lowered).collect()),
        ItemTest::Or(parts) => ItemTest::Or(parts.iter().map(lowered).collect()),
        ItemTest::Every | ItemTest::OneOf(_) => test.clone(),
    }
}
