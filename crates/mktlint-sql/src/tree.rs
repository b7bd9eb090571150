//! Conditions without `NOT`: what is left once negation stands at the tests.

use std::collections::BTreeSet;

/// A condition that is never NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// True or false for everyone.
    Const(bool),
    /// One test.
    Leaf(Leaf),
    /// Several conditions, of which none is a list with the same joiner.
    List {
        /// What stands between them.
        joiner: Joiner,
        /// At least two.
        items: Vec<Node>,
    },
    /// A condition below a comment.
    Note {
        /// `-- fresh_buyers`
        words: String,
        /// The condition.
        node: Box<Node>,
    },
}

/// The text of a test.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leaf {
    /// `country IN (`, or all of it.
    pub head: String,
    /// `'AT'`, `'BE'`
    pub items: Vec<String>,
    /// `)`
    pub tail: String,
}

/// What stands between conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joiner {
    /// `AND`
    And,
    /// `OR`
    Or,
}

impl Joiner {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
        }
    }

    /// `and`, or `or` below a negation.
    pub fn and(negated: bool) -> Self {
        if negated { Self::Or } else { Self::And }
    }

    /// `or`, or `and` below a negation.
    pub fn or(negated: bool) -> Self {
        Self::and(!negated)
    }

    /// What the list is when it is empty.
    fn empty(self) -> bool {
        self == Self::And
    }
}

impl Node {
    /// One test.
    pub fn leaf(text: impl Into<String>) -> Self {
        Self::Leaf(Leaf { head: text.into(), items: Vec::new(), tail: String::new() })
    }

    /// `column IN (…)`; false when there are no items.
    pub fn one_of(column: &str, items: Vec<String>, negated: bool) -> Self {
        let word = if negated { "NOT IN" } else { "IN" };
        match items.as_slice() {
            [] => Self::Const(negated),
            [item] => Self::leaf(format!("{column} {} {item}", if negated { "<>" } else { "=" })),
            _ => Self::Leaf(Leaf { head: format!("{column} {word} ("), items, tail: ")".into() }),
        }
    }

    /// The items joined: without what says nothing, what is said twice, and lists inside of a like list.
    pub fn list(joiner: Joiner, items: Vec<Self>) -> Self {
        let (mut kept, mut seen) = (Vec::new(), BTreeSet::new());
        for item in items {
            let parts = match item {
                Self::Const(value) if value == joiner.empty() => continue,
                Self::Const(value) => return Self::Const(value),
                Self::List { joiner: own, items } if own == joiner => items,
                other => vec![other],
            };
            let is_new = |part: &Self| match part {
                Self::Leaf(leaf) => seen.insert(leaf.clone()),
                _ => true,
            };
            kept.extend(parts.into_iter().filter(is_new));
        }
        match kept.pop() {
            None => Self::Const(joiner.empty()),
            Some(only) if kept.is_empty() => only,
            Some(last) => {
                kept.push(last);
                Self::List { joiner, items: kept }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(joiner: Joiner, words: &[&str]) -> Node {
        Node::list(joiner, words.iter().map(|word| Node::leaf(*word)).collect())
    }

    #[test]
    fn lists_say_nothing_twice() {
        let inner = leaves(Joiner::And, &["a", "b"]);
        let outer = Node::list(Joiner::And, vec![Node::leaf("a"), inner, Node::Const(true)]);
        assert_eq!(outer, leaves(Joiner::And, &["a", "b"]));
        assert_eq!(Node::list(Joiner::Or, vec![outer, Node::Const(true)]), Node::Const(true));
        assert_eq!(Node::list(Joiner::Or, Vec::new()), Node::Const(false));
        assert_eq!(leaves(Joiner::Or, &["a", "a"]), Node::leaf("a"));
    }
}
