//! The tags of HTML, as far as it takes to see what they hold.

use mktlint_text::{MappedText, Span};

/// A text with tags in it, and where it stands in the file.
#[derive(Clone, Copy)]
pub struct Page<'t> {
    /// The text, from the start of the file or of the part of a message.
    pub text: &'t str,
    /// Where to start.
    pub from: usize,
    /// Where its bytes came from; `None` when it is the file itself.
    pub map: Option<&'t MappedText>,
}

impl<'t> Page<'t> {
    /// The tags, from the start.
    pub const fn tags(&self) -> Tags<'t> {
        Tags { text: self.text, at: self.from }
    }

    /// Where `span` of the text stands in the file.
    pub fn place(&self, span: Span) -> Span {
        self.map.map_or(span, |map| map.source(span.start()..span.end()))
    }

    /// Where the byte `at` of the text stands in the file.
    pub fn offset(&self, at: usize) -> u32 {
        self.place(Span::of(at..at + 1)).start()
    }
}

/// The tags of a text in order, comments left out.
pub struct Tags<'t> {
    text: &'t str,
    at: usize,
}

/// What comes next.
pub enum Event<'t> {
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag, in lower case, and where it starts.
    Close(String, usize),
    /// Words, and where they start.
    Words(usize),
}

/// A start tag.
pub struct Tag<'t> {
    /// In lower case.
    pub name: String,
    /// What stands between the name and the `>`.
    inner: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Tags<'t> {
    /// The next start tag.
    pub fn next_open(&mut self) -> Option<Tag<'t>> {
        loop {
            if let Event::Open(tag) = self.event()? {
                return Some(tag);
            }
        }
    }

    /// The next tag or run of words.
    pub fn event(&mut self) -> Option<Event<'t>> {
        loop {
            let from = self.at;
            let rest = self.text.get(from..).filter(|rest| !rest.is_empty())?;
            let open = rest.find('<').unwrap_or(rest.len());
            let words = rest.get(..open).unwrap_or_default();
            if !words.trim().is_empty() {
                self.at = from + open;
                return Some(Event::Words(from + words.len() - words.trim_start().len()));
            }
            let start = from + open;
            let Some(rest) = rest.get(open + 1..) else {
                self.at = self.text.len();
                return None;
            };
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at = start + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
                continue;
            }
            return Some(self.tag(start, rest));
        }
    }

    /// The tag whose `<` stands at `start`, before `rest`.
    fn tag(&mut self, start: usize, rest: &'t str) -> Event<'t> {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | ':');
        let name_of =
            |rest: &'t str| rest.split_at(rest.find(|letter: char| !is_name(letter)).unwrap_or(rest.len()));
        let after = |inner: &str, rest: &str| inner.len() + usize::from(rest.len() > inner.len());
        if let Some(end) = rest.strip_prefix('/') {
            let (name, rest) = name_of(end);
            let inner = rest.get(..rest.find('>').unwrap_or(rest.len())).unwrap_or_default();
            self.at = start + 2 + name.len() + after(inner, rest);
            return Event::Close(name.to_ascii_lowercase(), start);
        }
        if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            self.at = start + 1;
            return Event::Words(start);
        }
        let (name, rest) = name_of(rest);
        let inner = rest.get(..end_of_tag(rest)).unwrap_or_default();
        let end = start + 1 + name.len() + inner.len();
        self.at = start + 1 + name.len() + after(inner, rest);
        Event::Open(Tag { name: name.to_ascii_lowercase(), inner, start, end })
    }

    /// The words behind the tag that was read last, up to the next tag.
    pub fn words(&self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.get(..rest.find('<').unwrap_or(rest.len())).unwrap_or_default()
    }

    /// What stands between the tag that was read last and its end tag, which is where reading goes on.
    pub fn content(&mut self, name: &str) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_end = |at: &usize| {
            let after = rest.get(at + 2..at + 2 + name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(name))
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }
}

/// Where the `>` of a tag is that no quotes hide.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, letter) in rest.char_indices() {
        match (letter, quote) {
            ('>', None) => return at,
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            _ => {}
        }
    }
    // Quotes that nobody closes would hide the rest of the file.
    rest.find('>').unwrap_or(rest.len())
}

impl<'t> Tag<'t> {
    /// All of it but the `>`.
    pub fn span(&self) -> Span {
        Span::of(self.start..self.end)
    }

    /// Whether nothing can stand in it.
    pub fn is_void(&self) -> bool {
        const VOID: [&str; 12] =
            ["img", "br", "hr", "input", "meta", "link", "source", "area", "base", "col", "embed", "wbr"];
        VOID.contains(&self.name.as_str()) || self.inner.ends_with('/')
    }

    /// Whether the attribute `name` has this value.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.attributes().iter().any(|(own, words)| own == name && words.trim().eq_ignore_ascii_case(value))
    }

    /// Names in lower case, with their values, which may be empty; in order of name, since they may stand in any.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut rest = self.inner;
        loop {
            rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
            let ends = |letter: char| letter.is_whitespace() || letter == '=';
            let len = rest.find(ends).unwrap_or(rest.len());
            if rest.is_empty() {
                break;
            }
            // A stray `=` is a name of its own.
            let (name, after) = rest.split_at(len.max(rest.chars().next().map_or(0, char::len_utf8)));
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
                found.push((name.to_ascii_lowercase(), String::new()));
                rest = after;
                continue;
            };
            let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''));
            let value = quote.map_or(value, |_| value.get(1..).unwrap_or_default());
            let is_end = |letter: char| quote.map_or(letter.is_whitespace(), |quote| letter == quote);
            let (value, after) = value.split_at(value.find(is_end).unwrap_or(value.len()));
            found.push((name.to_ascii_lowercase(), mktlint_asset::attribute_value(value)));
            rest = after.strip_prefix(['"', '\'']).unwrap_or(after);
        }
        found.sort();
        found
    }
}
