//! Formulas to conditions, negation pushed down to the tests.

use mktlint_decide::{Formula, Origin, Tag};
use smol_str::{SmolStr, format_smolstr};

use crate::dialect::Dialect;
use crate::tree::{Joiner, Leaf, Node};
use crate::{Source, Unsupported, test};

/// The longest query: BigQuery and Snowflake take a megabyte. Also how many steps a formula may take, so that
/// definitions that double each other end.
const LONGEST: usize = 1_000_000;

const TOO_LONG: &str = "it makes the query longer than a megabyte";

/// How deep conditions nest at most. The parser of SQLite before 3.46 has room for 30 pairs of parentheses, of which
/// the functions around a column take some.
const DEEPEST: usize = 20;

/// How deep formulas nest at most, definitions that only name each other among them.
const DEEPEST_FORMULA: usize = 200;

/// Whether definitions are named in comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// Each in a group of its own below its name.
    With,
    /// Each joined with what is around it.
    Without,
}

/// The condition of `formula`.
pub fn lower(source: &Source<'_>, formula: &Formula, comments: Comments) -> Result<Node, Unsupported> {
    let mut lowering = Lowering { source, comments, open: Vec::new(), room: LONGEST };
    let node = lowering.formula(formula, false, 0)?;
    if levels(&node) > DEEPEST {
        return Err(lowering.too_deep(formula, DEEPEST));
    }
    Ok(node)
}

/// `text`, the query of `formula`, unless it is too long: names, comments and indentation count, too.
pub fn checked(text: String, formula: &Formula) -> Result<String, Unsupported> {
    if text.len() <= LONGEST {
        return Ok(text);
    }
    let origin = Origin { definition: None, tag: tag_of(formula) };
    Err(Unsupported { origin, why: TOO_LONG.into() })
}

struct Lowering<'a> {
    source: &'a Source<'a>,
    comments: Comments,
    /// The definitions that are being entered, outermost first.
    open: Vec<&'a SmolStr>,
    /// What is left of [`LONGEST`].
    room: usize,
}

impl<'a> Lowering<'a> {
    fn unsupported(&self, tag: Tag, why: impl Into<SmolStr>) -> Unsupported {
        let definition = self.open.last().map(|name| (*name).clone());
        Unsupported { origin: Origin { definition, tag }, why: why.into() }
    }

    fn too_deep(&self, formula: &Formula, most: usize) -> Unsupported {
        self.unsupported(tag_of(formula), format_smolstr!("it nests deeper than {most} levels"))
    }

    fn take(&mut self, size: usize, formula: &Formula) -> Result<(), Unsupported> {
        self.room = self.room.checked_sub(size).ok_or_else(|| self.unsupported(tag_of(formula), TOO_LONG))?;
        Ok(())
    }

    /// Lists inside of like lists are joined without recursion: `a or b or c …` may be as deep as it is long.
    fn formula(&mut self, formula: &'a Formula, negated: bool, depth: usize) -> Result<Node, Unsupported> {
        if depth > DEEPEST_FORMULA {
            return Err(self.too_deep(formula, DEEPEST_FORMULA));
        }
        let joiner = match opened(formula, negated) {
            Opened::List(joiner, _) => joiner,
            Opened::Other(formula, negated) => return self.single(formula, negated, depth),
        };
        let (mut stack, mut items) = (vec![(formula, negated)], Vec::new());
        while let Some((part, negated)) = stack.pop() {
            self.take(1, part)?;
            match opened(part, negated) {
                Opened::List(own, parts) if own == joiner => {
                    let negated = is_negated(part, negated);
                    stack.extend(parts.iter().rev().map(|part| (part, negated)));
                }
                Opened::List(..) => items.push(self.formula(part, negated, depth + 1)?),
                Opened::Other(part, negated) => items.push(self.single(part, negated, depth + 1)?),
            }
        }
        Ok(Node::list(joiner, items))
    }

    /// What is neither list nor negation.
    fn single(&mut self, formula: &'a Formula, negated: bool, depth: usize) -> Result<Node, Unsupported> {
        let (tag, source) = (tag_of(formula), self.source);
        let node = match formula {
            Formula::Const(value) => Ok(Node::Const(*value != negated)),
            Formula::Test { attribute, test, .. } => test::test(source, attribute, test, negated),
            Formula::Difference { left, right, comparison, gap, .. } => {
                test::difference(source, [left, right], *comparison, *gap, negated)
            }
            Formula::Opaque { why, .. } => Err(why.clone()),
            Formula::Named { name, .. } => return self.definition(formula, name, negated, depth),
            // INVARIANT: `opened` gives these as lists.
            Formula::Not(_) | Formula::And(_) | Formula::Or(_) => {
                return self.formula(formula, negated, depth);
            }
        };
        let node = node.map_err(|why| self.unsupported(tag, why))?;
        self.take(length(&node), formula)?;
        Ok(node)
    }

    fn definition(
        &mut self,
        formula: &Formula,
        name: &SmolStr,
        negated: bool,
        depth: usize,
    ) -> Result<Node, Unsupported> {
        let tag = tag_of(formula);
        let Some((name, meaning)) = self.source.definitions.get_key_value(name) else {
            return Err(self.unsupported(tag, format_smolstr!("there is no definition `{name}`")));
        };
        if self.open.contains(&name) {
            return Err(self.unsupported(tag, format_smolstr!("`{name}` needs itself")));
        }
        self.open.push(name);
        let node = self.formula(meaning, negated, depth + 1)?;
        self.open.pop();
        Ok(match self.comments {
            Comments::Without => node,
            Comments::With => {
                let words = if negated { format!("not {name}") } else { name.to_string() };
                Node::Note { words: Dialect::comment(&words), node: Box::new(node) }
            }
        })
    }
}

/// A formula, entered through the negations around it.
enum Opened<'a> {
    List(Joiner, &'a [Formula]),
    Other(&'a Formula, bool),
}

fn opened(mut formula: &Formula, mut negated: bool) -> Opened<'_> {
    while let Formula::Not(inner) = formula {
        (formula, negated) = (inner, !negated);
    }
    match formula {
        Formula::And(parts) => Opened::List(Joiner::and(negated), parts),
        Formula::Or(parts) => Opened::List(Joiner::or(negated), parts),
        _ => Opened::Other(formula, negated),
    }
}

/// Whether what stands behind the negations around `formula` is negated.
fn is_negated(mut formula: &Formula, mut negated: bool) -> bool {
    while let Formula::Not(inner) = formula {
        (formula, negated) = (inner, !negated);
    }
    negated
}

fn tag_of(mut formula: &Formula) -> Tag {
    loop {
        formula = match formula {
            Formula::Test { tag, .. }
            | Formula::Difference { tag, .. }
            | Formula::Opaque { tag, .. }
            | Formula::Named { tag, .. } => return *tag,
            Formula::Not(inner) => inner,
            Formula::And(parts) | Formula::Or(parts) => match parts.first() {
                Some(first) => first,
                None => return Tag::default(),
            },
            Formula::Const(_) => return Tag::default(),
        };
    }
}

/// About how many bytes `node` takes, with the `AND` and the spaces around it.
fn length(node: &Node) -> usize {
    match node {
        Node::Const(_) => 1,
        Node::Leaf(Leaf { head, items, tail }) => {
            12 + head.len() + tail.len() + items.iter().map(|item| item.len() + 2).sum::<usize>()
        }
        Node::List { items, .. } => items.iter().map(length).sum(),
        Node::Note { node, .. } => length(node),
    }
}

/// How many pairs of parentheses `node` nests.
fn levels(node: &Node) -> usize {
    match node {
        Node::Const(_) | Node::Leaf(_) => 0,
        Node::List { items, .. } => 1 + items.iter().map(levels).max().unwrap_or_default(),
        Node::Note { node, .. } => levels(node),
    }
}
