//! What MDX adds to Markdown: expressions, components, imports and exports.

use memchr::memmem;
use mktlint_text::Span;

use super::dialect::Dialect;
use super::{Tag, TagKind, Tags};

/// The expressions, components and module lines of `text` at `span`, as tags.
///
/// Code is skipped, since braces in it are braces. Failed attempts share a budget of a few times the text, so that
/// `{{{{…` stays linear.
pub(crate) fn lex_mdx(text: &str, span: Span) -> Tags {
    let bytes = text.as_bytes().get(..span.end() as usize).unwrap_or_default();
    let at = span.start() as usize;
    let budget = (bytes.len() - at.min(bytes.len())).saturating_mul(4);
    let mut lexer = Lexer { text, bytes, at, budget, tags: Tags::default() };
    lexer.run();
    lexer.tags.common = Dialect::Mdx;
    lexer.tags
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Bytes that attempts which fail may still look at.
    budget: usize,
    tags: Tags,
}

impl Lexer<'_> {
    fn run(&mut self) {
        self.line_start();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line_start();
                }
                b'\\' => self.at += 2,
                b'`' => self.code_span(),
                b'{' => self.expression(),
                b'<' => self.component(),
                _ => self.at += 1,
            }
        }
    }

    /// Skips a fenced code block and takes a line of a module.
    fn line_start(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let indent = rest.iter().take(3).take_while(|byte| **byte == b' ').count();
        let body = rest.get(indent..).unwrap_or_default();
        if body.starts_with(b"```") || body.starts_with(b"~~~") {
            self.fence(body[0]);
        } else if rest.starts_with(b"import ") || rest.starts_with(b"export ") {
            self.module();
        }
    }

    fn fence(&mut self, mark: u8) {
        self.at = self.line_end();
        while self.at < self.bytes.len() {
            let end = self.line_end();
            let line = self.bytes.get(self.at..end).unwrap_or_default().trim_ascii();
            self.at = end;
            if line.len() >= 3 && line.iter().all(|byte| *byte == mark) {
                break;
            }
        }
        // The next line may open another fence.
        self.at = self.at.min(self.bytes.len()).saturating_sub(usize::from(self.at > 0));
    }

    fn line_end(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| self.at + found + 1)
    }

    /// `import x from "y"` up to a blank line outside braces.
    fn module(&mut self) {
        let start = self.at;
        let mut end = start;
        loop {
            self.at = end;
            if self.bytes.get(end..).is_none_or(|rest| rest.is_empty() || rest.starts_with(b"\n")) {
                break;
            }
            let line = Span::of(end..self.line_end());
            match memchr::memchr(b'{', line.slice(self.text).as_bytes()) {
                Some(open) => match self.balanced(end + open) {
                    Some(close) => {
                        self.at = close;
                        end = self.line_end();
                    }
                    None => end = line.end() as usize,
                },
                None => end = line.end() as usize,
            }
        }
        let end = end.max(start + 1);
        let trimmed = self.text.get(start..end).unwrap_or_default().trim_end().len();
        self.at = start;
        self.add(start + trimmed, TagKind::Control, Span::of(start..start));
        self.at = end.saturating_sub(1).max(start + trimmed);
    }

    fn code_span(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| **byte == b'`').count();
        let window = rest.get(run..(run + 10_000).min(rest.len())).unwrap_or_default();
        let paragraph = memmem::find(window, b"\n\n").map_or(window, |end| &window[..end]);
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'`', paragraph.get(at..).unwrap_or_default()) {
            let close = paragraph[at + found..].iter().take_while(|byte| **byte == b'`').count();
            if close == run {
                self.at += run + at + found + close;
                return;
            }
            at += found + close;
        }
        self.at += run;
    }

    fn expression(&mut self) {
        let Some(end) = self.balanced(self.at) else {
            self.tags.unclosed.push(Span::of(self.at..self.at + 1));
            self.at += 1;
            return;
        };
        let inner = self.text.get(self.at + 1..end - 1).unwrap_or_default();
        let words = inner.trim();
        let from = self.at + 1 + (inner.len() - inner.trim_start().len());
        if words.starts_with("/*") && words.ends_with("*/") && words.len() >= 4 {
            self.add(end, TagKind::Comment, Span::of(from + 2..from + words.len() - 2));
        } else if words.is_empty() || words.starts_with(['"', '\'']) {
            self.add(end, TagKind::Control, Span::of(from..from));
        } else {
            self.add(end, TagKind::Print, Span::of(from..from + words.len()));
        }
    }

    /// `<Hero size={2}>`, `</Hero>`, `<>`. Tags of HTML are left to the parser of Markdown.
    fn component(&mut self) {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let length =
            name.iter().take(100).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.').count();
        let known = name.first().is_some_and(u8::is_ascii_uppercase)
            || name.first() == Some(&b'>')
            || memchr::memchr(b'.', &name[..length]).is_some();
        match known.then(|| self.tag_end()).flatten() {
            Some(end) => self.add(end, TagKind::Control, Span::of(self.at..self.at)),
            None => self.at += 1,
        }
    }

    /// Just past the `>` that closes the component at hand.
    fn tag_end(&mut self) -> Option<usize> {
        let mut at = self.at + 1;
        loop {
            match *self.bytes.get(at)? {
                b'>' => return Some(at + 1),
                b'{' => at = self.balanced(at)?,
                mark @ (b'"' | b'\'') => at += 2 + memchr::memchr(mark, self.bytes.get(at + 1..)?)?,
                b'<' => return None,
                _ => at += 1,
            }
            if at - self.at > 20_000 {
                return None;
            }
        }
    }

    /// Just past the `}` that matches the `{` at `open`; strings and comments of JavaScript are looked through.
    fn balanced(&mut self, open: usize) -> Option<usize> {
        let mut depth = 0_u32;
        let mut at = open;
        while let Some(&byte) = self.bytes.get(at) {
            if at - open > self.budget {
                break;
            }
            at += 1;
            match byte {
                b'{' => depth += 1,
                b'}' if depth <= 1 => return Some(at),
                b'}' => depth -= 1,
                b'"' | b'\'' => at = self.string_end(at, byte),
                b'`' => at = memchr::memchr(b'`', &self.bytes[at..]).map_or(at, |end| at + end + 1),
                b'/' if self.bytes.get(at) == Some(&b'*') => {
                    at = memmem::find(&self.bytes[at..], b"*/").map_or(at, |end| at + end + 2);
                }
                _ => {}
            }
        }
        self.budget = self.budget.saturating_sub(at - open);
        None
    }

    /// Just past the string that `mark` opened before `at`, when it closes on its line.
    fn string_end(&self, at: usize, mark: u8) -> usize {
        let mut end = at;
        while let Some(&byte) = self.bytes.get(end) {
            match byte {
                b'\\' => end += 2,
                b'\n' => return at,
                _ if byte == mark => return end + 1,
                _ => end += 1,
            }
        }
        at
    }

    fn add(&mut self, end: usize, kind: TagKind, name: Span) {
        let span = Span::of(self.at..end);
        self.tags.list.push(Tag { span, kind, dialect: Some(Dialect::Mdx), name, fallback: None });
        self.at = end;
    }
}
