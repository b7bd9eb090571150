//! Canonical text.
//!
//! A declaration is laid out from its tokens, which already know their roles; comments are tokens, too, so none gets
//! lost. A declaration with a mistake is left byte for byte as it is, and so is one where the result would not mean
//! the same, which [`law`] decides.

mod gap;
mod law;
mod print;
mod spacing;
mod tree;

use crate::ast::Chunk;
use crate::chunks;
use crate::codes::SyntaxProblem;
use crate::layout::lay_out;
use crate::lex::lex;
use crate::parse::parse_laid;
use gap::Gap;

/// The result of [`format()`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The whole file.
    pub text: String,
    /// What is wrong in declarations that were left alone, each with the offset in the *old* text from which its
    /// places count.
    pub problems: Vec<(u32, SyntaxProblem)>,
}

/// Formats a file.
///
/// Two spaces of indentation, one clause to a line, at most one empty line in a row, lists that do not fit into 100
/// columns broken into one item to a line. Line ends become `\n` unless all are `\r\n`. Formatting the result again changes
/// nothing.
pub fn format(text: &str) -> Formatted {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let chunks = chunks(text);
    let mut file = Writer { text, out: String::with_capacity(text.len()), newline: newline(text) };
    let mut problems = Vec::new();
    let mut bodies = Vec::new();
    let mut last: Option<Unit> = None;
    let mut end = 0;
    for chunk in chunks {
        let gap = Gap::of(text, end, chunk.offset);
        let (body, found) = declaration(chunk.text(text));
        problems.extend(found.into_iter().map(|problem| (chunk.offset, problem)));
        let unit = Unit::of(&chunk, &body);
        bodies.push(body.text().replace("\r\n", "\n"));
        file.gap(&gap, last.as_ref().map(|last| last.apart(&unit)), true);
        file.body(&body);
        last = Some(unit);
        end = chunk.span().end();
    }
    file.gap(&Gap::of(text, end, text.len() as u32), last.map(|_| false), false);
    if !problems.is_empty() && !is_cut_as(&file.out, &bodies) {
        return Formatted { text: text.to_owned(), problems };
    }
    Formatted { text: file.out, problems }
}

/// Whether `text` is cut into these declarations again. Beside a mistake it may not be: without the `;` of `rule,;7` the
/// next line would belong to it.
fn is_cut_as(text: &str, bodies: &[String]) -> bool {
    let again = chunks(text);
    let mut both = again.iter().zip(bodies);
    again.len() == bodies.len() && both.all(|(chunk, body)| chunk.text(text).replace("\r\n", "\n") == *body)
}

/// The line end of the file: `\r\n` when every line has it.
fn newline(text: &str) -> &'static str {
    let pairs = text.matches("\r\n").count();
    if pairs > 0 && pairs == text.matches('\n').count() { "\r\n" } else { "\n" }
}

/// One declaration in its new form.
enum Body<'t> {
    /// As it was, for it has a mistake.
    Verbatim(&'t str),
    /// With `\n` at line ends.
    New(String),
}

impl Body<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Verbatim(text) => text,
            Self::New(text) => text,
        }
    }
}

fn declaration(text: &str) -> (Body<'_>, Vec<SyntaxProblem>) {
    let laid = lay_out(text, &lex(text));
    let tokens = laid.tokens.clone();
    let parse = parse_laid(text, laid);
    if !parse.problems.is_empty() || parse.declaration.is_none() {
        return (Body::Verbatim(text), parse.problems);
    }
    let new = print::print(text, &tree::declaration(text, &tokens));
    let holds = law::same(text, &tokens, &new);
    debug_assert!(holds, "formatting must keep the meaning of:\n{text}\nbut made:\n{new}");
    (if holds { Body::New(new) } else { Body::Verbatim(text) }, Vec::new())
}

/// What decides whether an empty line goes between two declarations.
struct Unit {
    kind: Option<String>,
    one_line: bool,
}

impl Unit {
    fn of(chunk: &Chunk, body: &Body<'_>) -> Self {
        let kind = chunk.kind.as_ref().map(|kind| kind.text.to_string());
        Self { kind, one_line: !body.text().contains(['\n', '\r']) }
    }

    /// Declarations on one line of the same kind may stand together.
    fn apart(&self, next: &Self) -> bool {
        !(self.one_line && next.one_line && self.kind == next.kind)
    }
}

struct Writer<'t> {
    text: &'t str,
    out: String,
    newline: &'static str,
}

impl Writer<'_> {
    fn body(&mut self, body: &Body<'_>) {
        match body {
            Body::Verbatim(text) => self.out.push_str(text),
            Body::New(text) => self.lines(text),
        }
    }

    /// Pushes text of our own making, with the file's line ends.
    fn lines(&mut self, text: &str) {
        match self.newline {
            "\n" => self.out.push_str(text),
            newline => self.out.push_str(&text.replace("\r\n", "\n").replace('\n', newline)),
        }
    }

    /// Writes the comments between two declarations. `apart` is `None` at the start of the file, else whether an
    /// empty line must stand in the gap; `more` says that a declaration follows.
    fn gap(&mut self, gap: &Gap, apart: Option<bool>, more: bool) {
        let mut apart = apart.is_some_and(|apart| apart && !gap.has_blank(more));
        let mut fresh = self.out.is_empty();
        for comment in &gap.comments {
            if comment.lines_before == 0 && !fresh {
                self.out.push(' ');
            } else {
                self.start_line(comment.lines_before > 1 || std::mem::take(&mut apart));
            }
            self.lines(comment.span.slice(self.text).trim_end());
            fresh = false;
        }
        if more {
            self.start_line(gap.lines_after > 1 || apart);
        } else {
            self.start_line(false);
        }
    }

    fn start_line(&mut self, blank: bool) {
        if self.out.is_empty() {
            return;
        }
        self.out.push_str(self.newline);
        if blank {
            self.out.push_str(self.newline);
        }
    }
}
