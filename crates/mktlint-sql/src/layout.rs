//! Conditions as lines that people read.

use crate::tree::{Joiner, Leaf, Node};

/// The longest line, unless a single word is longer.
const WIDTH: usize = 100;

/// Longer lists are cut into groups: SQLite and DuckDB refuse expressions more than 1 000 deep, and read
/// `a AND b AND c` as a tree that is as deep as it is long.
const GROUP: usize = 100;

/// `node` on one line when it fits, else one condition a line.
pub fn condition(node: &Node) -> String {
    let mut lines = Lines::default();
    lines.top(node, 0);
    lines.out
}

/// The conditions, joined with `AND`, below `WHERE`: each on a line of its own.
pub fn clause(parts: &[Node]) -> String {
    let mut lines = Lines::default();
    for (place, part) in parts.iter().enumerate() {
        lines.part(part, if place == 0 { "" } else { "AND " });
    }
    lines.out
}

#[derive(Default)]
struct Lines {
    out: String,
}

impl Lines {
    fn start(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(&"  ".repeat(indent));
    }

    fn line(&mut self, indent: usize, words: &[&str]) {
        self.start(indent);
        words.iter().for_each(|word| self.out.push_str(word));
    }

    /// A part below its comment; the conditions of a list go without parentheses, up to the next comment.
    fn part(&mut self, part: &Node, word: &str) {
        match part {
            Node::Note { words, node } => {
                self.line(1, &[words]);
                self.part(node, word);
            }
            Node::List { joiner: Joiner::And, items } if items.len() <= GROUP => {
                for (place, item) in items.iter().enumerate() {
                    self.term(item, 1, if place == 0 { word } else { "AND " });
                }
            }
            _ => self.term(part, 1, word),
        }
    }

    fn top(&mut self, node: &Node, indent: usize) {
        match node {
            Node::List { joiner, items } if !fits(node, indent) => self.items(*joiner, items, indent),
            _ if fits(node, indent) => self.line(indent, &[&flat(node)]),
            _ => self.term(node, indent, ""),
        }
    }

    fn items(&mut self, joiner: Joiner, items: &[Node], indent: usize) {
        if items.len() > GROUP {
            return self.groups(joiner, items, indent);
        }
        let word = format!("{} ", joiner.word());
        for (place, item) in items.iter().enumerate() {
            self.term(item, indent, if place == 0 { "" } else { &word });
        }
    }

    fn groups(&mut self, joiner: Joiner, items: &[Node], indent: usize) {
        let word = format!("{} ", joiner.word());
        let size = items.len().div_ceil(GROUP).max(GROUP);
        for (place, group) in items.chunks(size).enumerate() {
            self.line(indent, &[if place == 0 { "" } else { &word }, "("]);
            self.items(joiner, group, indent + 1);
            self.line(indent, &[")"]);
        }
    }

    fn term(&mut self, node: &Node, indent: usize, word: &str) {
        match node {
            Node::Note { words, node } => self.named(words, node, indent, word),
            Node::Const(_) => self.line(indent, &[word, &flat(node)]),
            Node::Leaf(leaf) if leaf.items.is_empty() || fits(node, indent + 2) => {
                self.line(indent, &[word, &flat(node)]);
            }
            Node::Leaf(leaf) => self.long(leaf, indent, word),
            Node::List { .. } if fits(node, indent + 3) => self.line(indent, &[word, "(", &flat(node), ")"]),
            Node::List { joiner, items } => {
                self.line(indent, &[word, "("]);
                self.items(*joiner, items, indent + 1);
                self.line(indent, &[")"]);
            }
        }
    }

    /// A group below its comment. No comment ever ends the text: it would hide what a caller puts behind it.
    fn named(&mut self, words: &str, node: &Node, indent: usize, word: &str) {
        self.line(indent, &[word, "( ", words]);
        match node {
            Node::List { joiner, items } => self.items(*joiner, items, indent + 1),
            _ => self.term(node, indent + 1, ""),
        }
        self.line(indent, &[")"]);
    }

    fn long(&mut self, leaf: &Leaf, indent: usize, word: &str) {
        self.line(indent, &[word, &leaf.head]);
        let mut room = 0;
        for (place, item) in leaf.items.iter().enumerate() {
            let comma = if place + 1 < leaf.items.len() { "," } else { "" };
            if item.len() + 2 > room {
                self.start(indent + 1);
                room = WIDTH.saturating_sub(2 * indent + 2);
            } else {
                self.out.push(' ');
            }
            self.out.push_str(item);
            self.out.push_str(comma);
            room = room.saturating_sub(item.len() + 2);
        }
        self.line(indent, &[&leaf.tail]);
    }
}

/// `node` on one line.
pub fn flat(node: &Node) -> String {
    match node {
        Node::Const(true) => "TRUE".into(),
        Node::Const(false) => "FALSE".into(),
        Node::Leaf(Leaf { head, items, tail }) => format!("{head}{}{tail}", items.join(", ")),
        Node::List { joiner, items } => {
            let word = format!(" {} ", joiner.word());
            let items: Vec<String> = items.iter().map(flat_item).collect();
            if items.len() <= GROUP {
                return items.join(&word);
            }
            let size = items.len().div_ceil(GROUP).max(GROUP);
            let groups: Vec<String> =
                items.chunks(size).map(|group| format!("({})", group.join(&word))).collect();
            groups.join(&word)
        }
        Node::Note { node, .. } => flat(node),
    }
}

fn flat_item(node: &Node) -> String {
    match node {
        Node::List { .. } => format!("({})", flat(node)),
        Node::Note { node, .. } => flat_item(node),
        Node::Const(_) | Node::Leaf(_) => flat(node),
    }
}

fn fits(node: &Node, indent: usize) -> bool {
    rest(node, WIDTH.saturating_sub(2 * indent)).is_some()
}

/// The room that is left of `room` behind `node`; looks at no more of it than would fit. Comments fit nowhere.
fn rest(node: &Node, room: usize) -> Option<usize> {
    match node {
        Node::Const(_) => room.checked_sub(5),
        Node::Leaf(Leaf { head, items, tail }) => {
            let room = room.checked_sub(head.len() + tail.len())?;
            items.iter().try_fold(room, |room, item| room.checked_sub(item.len() + 2))
        }
        Node::List { items, .. } => {
            items.iter().try_fold(room, |room, item| rest(item, room)?.checked_sub(7))
        }
        Node::Note { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(joiner: Joiner, n: usize) -> Node {
        Node::list(joiner, (0..n).map(|n| Node::leaf(format!("column_{n} = 1"))).collect())
    }

    #[test]
    fn short_conditions_take_one_line() {
        let both = Node::list(Joiner::And, vec![Node::leaf("a = 1"), list(Joiner::Or, 2)]);
        assert_eq!(condition(&both), "a = 1 AND (column_0 = 1 OR column_1 = 1)");
    }

    #[test]
    fn long_conditions_take_a_line_each() {
        let items: Vec<String> = (0..40).map(|n| format!("'c{n}'")).collect();
        let node = Node::list(Joiner::And, vec![list(Joiner::Or, 6), Node::one_of("country", items, false)]);
        insta::assert_snapshot!(condition(&node), @r"
        (
          column_0 = 1
          OR column_1 = 1
          OR column_2 = 1
          OR column_3 = 1
          OR column_4 = 1
          OR column_5 = 1
        )
        AND country IN (
          'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11', 'c12', 'c13', 'c14',
          'c15', 'c16', 'c17', 'c18', 'c19', 'c20', 'c21', 'c22', 'c23', 'c24', 'c25', 'c26', 'c27', 'c28',
          'c29', 'c30', 'c31', 'c32', 'c33', 'c34', 'c35', 'c36', 'c37', 'c38', 'c39'
        )
        ");
    }

    #[test]
    fn no_list_is_long() {
        let deepest = |text: &str| text.lines().map(|line| line.len() - line.trim_start().len()).max();
        let text = condition(&list(Joiner::Or, 12_000));
        assert_eq!(text.matches("column_").count(), 12_000);
        assert_eq!(deepest(&text), Some(4));
        let longest = text.split('(').map(|group| group.matches("column_").count()).max();
        assert!(longest <= Some(GROUP), "{longest:?}");
    }
}
