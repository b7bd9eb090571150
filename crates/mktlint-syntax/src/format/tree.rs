//! Tokens grouped by their brackets, with the width that each group takes on one line.

use mktlint_text::Span;

use super::gap::line_breaks;
use super::spacing::{Pair, spaced, starts_operand};
use crate::brackets::{CLOSERS, OPENERS};
use crate::lex::{COMMENTS, Kind, Token};

/// A token, or everything in one pair of brackets.
pub(super) struct Node {
    /// The kind of the first token.
    pub(super) kind: Kind,
    /// The kind of the last one.
    pub(super) last: Kind,
    /// All of it in the text; of a group only the opener.
    pub(super) span: Span,
    /// A space goes before it, when something stands before it on its line.
    pub(super) spaced: bool,
    /// A sign without an operand on its left.
    pub(super) prefix: bool,
    /// For a comment, whether it stands on a line of its own.
    pub(super) comment: Option<bool>,
    /// In brackets.
    pub(super) group: Option<Group>,
    /// On one line, in characters.
    pub(super) width: usize,
    /// It cannot be on one line.
    pub(super) tall: bool,
}

/// What stands in brackets.
pub(super) struct Group {
    pub(super) items: Vec<Item>,
    /// Comments behind the last item.
    pub(super) tail: Vec<Remark>,
    /// No line break stood between the brackets.
    pub(super) was_flat: bool,
}

/// A clause, a list item, or the header of a declaration.
#[derive(Default)]
pub(super) struct Item {
    /// Comments and documentation above it.
    pub(super) above: Vec<Remark>,
    pub(super) nodes: Vec<Node>,
    /// Comments at its end, on its line.
    pub(super) behind: Vec<Span>,
    /// An empty line stood above it and its comments.
    pub(super) blank: bool,
    pub(super) width: usize,
    pub(super) tall: bool,
}

/// A comment on a line of its own.
pub(super) struct Remark {
    pub(super) span: Span,
    /// An empty line stood above it.
    pub(super) blank: bool,
}

impl Item {
    fn push(&mut self, node: Node) {
        self.width += node.width + usize::from(node.spaced && !self.nodes.is_empty());
        self.tall |= node.tall;
        self.nodes.push(node);
    }

    /// The last token that is no comment.
    fn last(&self) -> Option<&Node> {
        self.nodes.iter().rev().find(|node| node.comment.is_none())
    }
}

/// Groups the laid out tokens of a declaration. The result is its header, whose last node may be the body, and the
/// comments below it, in front of a `;` that says nothing.
pub(super) fn declaration(text: &str, tokens: &[Token]) -> (Item, Vec<Remark>) {
    let mut builder = Builder { text, tokens, at: 0 };
    let (mut items, below) = builder.items(Kind::Sep);
    let header = if items.is_empty() { Item::default() } else { items.swap_remove(0) };
    (header, below)
}

struct Builder<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
}

/// Items that are complete, the one that is growing, and comments that wait for the next.
#[derive(Default)]
struct Items {
    done: Vec<Item>,
    item: Item,
    carry: Vec<Remark>,
}

impl Items {
    fn finish(&mut self) {
        if !self.item.nodes.is_empty() {
            self.done.push(std::mem::take(&mut self.item));
        }
        self.item.above.append(&mut self.carry);
    }
}

impl Builder<'_> {
    fn kind(&self) -> Option<Kind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    /// Line breaks between the token at `at` and the one before it.
    fn lines_before(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.zip(self.tokens.get(at)).map_or(0, |(before, token)| {
            line_breaks(Span::new(before.span.end(), token.span.start()).slice(self.text))
        })
    }

    /// The items between `open` and its closer, at which it stops; and the comments behind the last one.
    fn items(&mut self, open: Kind) -> (Vec<Item>, Vec<Remark>) {
        let mut items = Items::default();
        while let Some(kind) = self.kind().filter(|kind| !CLOSERS.has(*kind)) {
            if is_comment(kind) {
                self.comments(open, &mut items);
            } else if ends_item(open, kind) {
                self.at += 1;
                items.finish();
            } else {
                if items.item.nodes.is_empty() {
                    items.item.blank = items.item.above.is_empty() && self.lines_before(self.at) > 1;
                }
                let node = self.node(open, &items.item);
                items.item.push(node);
            }
        }
        items.finish();
        (items.done, items.item.above)
    }

    /// A run of comments: above the next item, behind the last one, or in the middle of one.
    fn comments(&mut self, open: Kind, items: &mut Items) {
        let run = self.tokens[self.at..].iter().take_while(|it| is_comment(it.kind)).count();
        let next = self.tokens.get(self.at + run).map(|it| it.kind);
        let ends = next.is_none_or(|next| CLOSERS.has(next) || ends_item(open, next));
        for at in self.at..self.at + run {
            let token = self.tokens[at];
            let lines = self.lines_before(at);
            let own_line = lines > 0 || token.kind == Kind::Doc;
            let remark = Remark { span: token.span, blank: lines > 1 };
            let starting = items.item.nodes.is_empty();
            match items.done.last_mut().filter(|_| items.item.above.is_empty()) {
                Some(last) if starting && !own_line => last.behind.push(token.span),
                _ if starting => items.item.above.push(remark),
                _ if ends && !own_line && items.carry.is_empty() => items.item.behind.push(token.span),
                _ if ends => items.carry.push(remark),
                _ => items.item.push(self.comment(token, own_line)),
            }
        }
        self.at += run;
    }

    /// A comment in the middle of an item.
    fn comment(&self, token: Token, own_line: bool) -> Node {
        let breaks = token.kind != Kind::BlockComment || own_line || token.breaks_line(self.text);
        Node { spaced: true, comment: Some(own_line), tall: breaks, ..self.leaf(token.kind, token.span) }
    }

    fn leaf(&self, kind: Kind, span: Span) -> Node {
        Node {
            kind,
            last: kind,
            span,
            spaced: false,
            prefix: false,
            comment: None,
            group: None,
            width: span.slice(self.text).chars().count(),
            tall: false,
        }
    }

    /// The token at hand, with everything up to its closer when it opens something.
    fn node(&mut self, open: Kind, item: &Item) -> Node {
        let token = self.tokens[self.at];
        let head = item.nodes.len() == 1 && matches!(open, Kind::BodyOpen | Kind::Sep);
        let before = item.last();
        let operand = starts_operand(before.map(|it| it.last), head);
        let next = token.kind;
        let pair = before.map(|it| Pair { before: it.last, next, prefix: it.prefix, head });
        let node = match next {
            Kind::Quote => self.string(token),
            _ if OPENERS.has(next) => self.group(token),
            _ => {
                self.at += 1;
                self.leaf(next, token.span)
            }
        };
        let sign = matches!(next, Kind::Minus | Kind::DotDot | Kind::DotDotEq);
        Node { spaced: pair.is_some_and(spaced), prefix: sign && operand, ..node }
    }

    /// A string with all its interpolations is kept as it is.
    fn string(&mut self, open: Token) -> Node {
        let mut depth = 0_usize;
        let mut span = open.span;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            span = span.cover(token.span);
            match token.kind {
                Kind::Quote => depth += 1,
                Kind::QuoteEnd => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        Node { last: Kind::QuoteEnd, ..self.leaf(Kind::Quote, span) }
    }

    fn group(&mut self, open: Token) -> Node {
        self.at += 1;
        let (items, tail) = self.items(open.kind);
        let close = self.tokens.get(self.at).copied().unwrap_or(open);
        self.at += 1;
        let span = open.span.cover(close.span);
        let was_flat = !span.slice(self.text).contains(['\n', '\r']);
        let group = Group { items, tail, was_flat };
        let (width, tall) = (group.width(open.kind), group.is_tall(open.kind));
        Node { last: close.kind, group: Some(group), width, tall, ..self.leaf(open.kind, open.span) }
    }
}

impl Group {
    /// Brackets included.
    fn width(&self, open: Kind) -> usize {
        let between = if open == Kind::BodyOpen { 1 } else { 2 };
        let inner: usize = self.items.iter().map(|item| item.width).sum();
        let padding = if padded(open) && !self.items.is_empty() { 2 } else { 0 };
        inner + between * self.items.len().saturating_sub(1) + padding + 2
    }

    fn is_tall(&self, open: Kind) -> bool {
        let remarks = |item: &Item| !item.above.is_empty() || !item.behind.is_empty();
        let body =
            open == Kind::BodyOpen && !self.items.is_empty() && (self.items.len() > 1 || !self.was_flat);
        body || !self.tail.is_empty() || self.items.iter().any(|item| item.tall || remarks(item))
    }
}

/// Whether a space stands inside the brackets.
pub(super) fn padded(open: Kind) -> bool {
    matches!(open, Kind::LBrace | Kind::BodyOpen)
}

/// A comma is part of a clause, and between the items of everything else.
fn ends_item(open: Kind, kind: Kind) -> bool {
    kind == Kind::Sep || (kind == Kind::Comma && !matches!(open, Kind::Sep | Kind::BodyOpen))
}

fn is_comment(kind: Kind) -> bool {
    COMMENTS.has(kind) || kind == Kind::Doc
}
