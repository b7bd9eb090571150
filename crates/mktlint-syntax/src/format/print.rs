//! Items and groups to lines.

use mktlint_text::Span;

use super::tree::{Group, Item, Node, Remark, padded};
use crate::lex::{Kind, Kinds};

/// The longest line, in characters, unless a single token is longer.
const COLUMNS: usize = 100;
const INDENT: usize = 2;

/// A declaration in its canonical form, with `\n` between lines and none at the end.
pub(super) fn print(text: &str, (declaration, below): &(Item, Vec<Remark>)) -> String {
    let mut printer = Printer { text, out: String::new(), column: 0 };
    printer.remarks(&declaration.above, 0);
    if !declaration.above.is_empty() {
        printer.new_line(0, false);
    }
    printer.header(&declaration.nodes);
    printer.behind(&declaration.behind);
    if !below.is_empty() {
        printer.new_line(0, false);
        printer.remarks(below, 0);
    }
    printer.out
}

struct Printer<'t> {
    text: &'t str,
    out: String,
    /// Characters on the current line.
    column: usize,
}

/// Where a line that is too long is broken, the first that occurs.
#[derive(Clone, Copy)]
struct Split {
    kinds: Kinds,
    /// Behind the token rather than before it.
    behind: bool,
    /// Only in the header of a declaration: in a body such a line would start a clause.
    header: bool,
}

const SPLITS: [Split; 7] = [
    Split { kinds: Kinds::of(&[Kind::Assign]), behind: true, header: true },
    Split { kinds: Kinds::of(&[Kind::Comma]), behind: true, header: false },
    Split { kinds: Kinds::of(&[Kind::Arrow]), behind: false, header: false },
    Split { kinds: Kinds::of(&[Kind::Then, Kind::Else]), behind: false, header: false },
    Split { kinds: Kinds::of(&[Kind::Or]), behind: false, header: false },
    Split { kinds: Kinds::of(&[Kind::And]), behind: false, header: false },
    Split { kinds: Kinds::of(&[Kind::Pipe]), behind: false, header: false },
];

/// Where a line is broken when no bracket at its end can be.
const LAST_SPLITS: [Split; 2] = [
    Split {
        kinds: Kinds::of(&[Kind::Where, Kind::When, Kind::Unless, Kind::Until, Kind::Except, Kind::On]),
        behind: false,
        header: true,
    },
    Split { kinds: Kinds::of(&[Kind::Plus, Kind::Minus]), behind: false, header: false },
];

impl Split {
    /// The indices at which a new line starts.
    fn places(self, nodes: &[Node], header: bool) -> Vec<usize> {
        if self.header && !header {
            return Vec::new();
        }
        let fits = |at: &usize| {
            let (before, node) = (&nodes[*at - 1], &nodes[*at]);
            if self.behind {
                return self.kinds.has(before.kind);
            }
            let or_else = node.kind == Kind::Else && before.kind == Kind::OrElse;
            let chunk = self.header && before.last == Kind::RBrace;
            self.kinds.has(node.kind) && !node.prefix && !or_else && !chunk
        };
        (1..nodes.len()).filter(fits).collect()
    }
}

impl Printer<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        match text.rsplit_once('\n') {
            Some((_, last)) => self.column = last.chars().count(),
            None => self.column += text.chars().count(),
        }
    }

    fn new_line(&mut self, indent: usize, blank: bool) {
        self.out.push_str(if blank { "\n\n" } else { "\n" });
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// Comments on their own lines, the first at hand.
    fn remarks(&mut self, remarks: &[Remark], indent: usize) {
        for (at, remark) in remarks.iter().enumerate() {
            if at > 0 {
                self.new_line(indent, remark.blank);
            }
            self.push(remark.span.slice(self.text).trim_end());
        }
    }

    /// Comments at the end of a line.
    fn behind(&mut self, comments: &[Span]) {
        for comment in comments {
            self.push(" ");
            self.push(comment.slice(self.text).trim_end());
        }
    }

    /// A declaration without what stands above it.
    fn header(&mut self, nodes: &[Node]) {
        match nodes.split_last() {
            Some((body, header)) if body.kind == Kind::BodyOpen && !self.fits(nodes, 0) => {
                self.line(header, 0, 2, true);
                if header.last().is_some_and(breaks_behind) {
                    self.new_line(0, false);
                } else {
                    self.push(" ");
                }
                self.node(body, 0, 0);
            }
            _ => self.line(nodes, 0, 0, true),
        }
    }

    /// Whether `nodes` and `reserve` more characters fit into the rest of the line.
    fn fits(&self, nodes: &[Node], reserve: usize) -> bool {
        let width: usize = nodes.iter().map(|node| node.width + usize::from(node.spaced)).sum();
        let width = width - usize::from(nodes.first().is_some_and(|first| first.spaced));
        !nodes.iter().any(|node| node.tall) && self.column + width + reserve <= COLUMNS
    }

    /// Part of an item, on one line when it fits, together with `reserve` characters behind it.
    fn line(&mut self, nodes: &[Node], indent: usize, reserve: usize, header: bool) {
        if self.fits(nodes, reserve) {
            return self.sequence(nodes, indent, reserve);
        }
        let places = self.places(nodes, header);
        let (mut start, mut at) = (0, indent);
        for place in places.into_iter().chain([nodes.len()]) {
            let piece = &nodes[start..place];
            if start == 0 && place == nodes.len() {
                return self.sequence(piece, indent, reserve);
            }
            if start > 0 {
                self.new_line(indent + INDENT, false);
            }
            let rest = if place == nodes.len() { reserve } else { 0 };
            self.line(piece, at, rest, header);
            (start, at) = (place, indent + INDENT);
        }
    }

    fn places(&self, nodes: &[Node], header: bool) -> Vec<usize> {
        let first = |splits: &[Split]| {
            splits.iter().map(|split| split.places(nodes, header)).find(|places| !places.is_empty())
        };
        if self.ends_in_group(nodes) && SPLITS[1..].iter().all(|split| split.places(nodes, header).is_empty())
        {
            return Vec::new();
        }
        first(&SPLITS).or_else(|| first(&LAST_SPLITS)).unwrap_or_default()
    }

    /// Whether the last node is in brackets and everything up to its opener fits.
    fn ends_in_group(&self, nodes: &[Node]) -> bool {
        match nodes.split_last() {
            Some((last, rest)) => last.group.is_some() && self.fits(rest, 2),
            None => false,
        }
    }

    /// Nodes one after the other; brackets that do not fit are broken.
    fn sequence(&mut self, nodes: &[Node], indent: usize, reserve: usize) {
        let mut fresh = true;
        for (at, node) in nodes.iter().enumerate() {
            let own_line = node.comment == Some(true);
            if !fresh && own_line {
                self.new_line(indent + INDENT, false);
            } else if !fresh && node.spaced {
                self.push(" ");
            }
            let last = at + 1 == nodes.len();
            self.node(node, indent, if last { reserve } else { 0 });
            fresh = breaks_behind(node) && !last;
            if fresh {
                self.new_line(indent + INDENT, false);
            }
        }
    }

    fn node(&mut self, node: &Node, indent: usize, reserve: usize) {
        let Some(group) = &node.group else {
            return self.push(node.span.slice(self.text));
        };
        self.push(node.span.slice(self.text));
        if node.tall || self.column - 1 + node.width + reserve > COLUMNS {
            self.broken(node.kind, group, indent);
        } else {
            self.flat(node.kind, group, indent);
        }
        self.push(match node.last {
            Kind::RParen => ")",
            Kind::RBracket => "]",
            _ => "}",
        });
    }

    /// `DE, FR`
    fn flat(&mut self, open: Kind, group: &Group, indent: usize) {
        let padding = if padded(open) && !group.items.is_empty() { " " } else { "" };
        self.push(padding);
        for (at, item) in group.items.iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.sequence(&item.nodes, indent, 0);
        }
        self.push(padding);
    }

    /// One item to a line.
    fn broken(&mut self, open: Kind, group: &Group, indent: usize) {
        let comma = if matches!(open, Kind::BodyOpen | Kind::LParen) { "" } else { "," };
        let inner = indent + INDENT;
        for (at, item) in group.items.iter().enumerate() {
            let blank = item.above.first().map_or(item.blank, |first| first.blank);
            self.new_line(inner, blank && at > 0);
            self.item(item, inner, comma);
        }
        if let Some(first) = group.tail.first() {
            self.new_line(inner, first.blank && !group.items.is_empty());
            self.remarks(&group.tail, inner);
        }
        if !group.items.is_empty() || !group.tail.is_empty() {
            self.new_line(indent, false);
        }
    }

    fn item(&mut self, item: &Item, indent: usize, comma: &str) {
        self.remarks(&item.above, indent);
        if !item.above.is_empty() {
            self.new_line(indent, false);
        }
        self.line(&item.nodes, indent, comma.len(), false);
        self.push(comma);
        self.behind(&item.behind);
    }
}

/// Whether a comment ends its line.
fn breaks_behind(node: &Node) -> bool {
    node.comment.is_some() && node.tall
}
