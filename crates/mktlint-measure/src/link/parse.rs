//! Takes a link apart.

use std::borrow::Cow;
use std::ops::Range;

use super::component::{Component, Plus, decode};
use super::{Kind, Link, Pair, Placeholder, placeholders};

/// Schemes whose `//` a browser supplies and whose `\` it takes for `/`.
static HIERARCHICAL: &[&str] = &["http", "https", "ftp", "ws", "wss"];

/// Schemes behind which everything is one text, `?` and `#` included.
static OPAQUE: &[&str] = &["javascript", "data", "blob", "cid"];

/// Stands for the bytes of placeholders while delimiters are looked for: it is none.
const MASK: u8 = 0;

pub(super) fn href(text: &str) -> Link {
    let placeholders = placeholders(text);
    let parser = Parser::new(text, &placeholders);
    let scheme = parser.scheme();
    let link = parser.link(scheme);
    Link { placeholders, ..link }
}

pub(super) fn address(text: &str) -> Link {
    let placeholders = placeholders(text);
    let parser = Parser::new(text, &placeholders);
    let scheme = if parser.starts_with_host() { Scheme::Supplied } else { parser.scheme() };
    let link = parser.link(scheme);
    Link { placeholders, ..link }
}

/// What stands in front of host or path.
enum Scheme {
    /// `https:`, without the colon.
    Written(Range<usize>),
    /// A placeholder in front of `://`.
    Placeholder(Range<usize>),
    /// Nothing, but a host follows.
    Supplied,
    /// Nothing.
    Absent,
}

struct Parser<'a> {
    text: &'a str,
    /// The bytes of `text`, with placeholders masked.
    bytes: Cow<'a, [u8]>,
    placeholders: &'a [Placeholder],
    /// The text without the white space around it.
    whole: Range<usize>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, placeholders: &'a [Placeholder]) -> Self {
        let mut bytes = Cow::Borrowed(text.as_bytes());
        for placeholder in placeholders {
            bytes.to_mut()[placeholder.range.clone()].fill(MASK);
        }
        let is_outside = |character: char| character <= ' ';
        let end = text.trim_end_matches(is_outside).len();
        let start = end - text[..end].trim_start_matches(is_outside).len();
        Self { text, bytes, placeholders, whole: start..end }
    }

    fn scheme(&self) -> Scheme {
        let Range { start, end } = self.whole;
        let rest = &self.bytes[start..end];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let len = rest.iter().take_while(|byte| is_part(byte)).count();
        if len > 0 && rest[0].is_ascii_alphabetic() && rest.get(len) == Some(&b':') {
            return Scheme::Written(start..start + len);
        }
        let masked = rest.iter().take_while(|byte| **byte == MASK).count();
        if masked > 0 && rest[masked..].starts_with(b"://") && self.starts_with_placeholder() {
            return Scheme::Placeholder(start..start + masked);
        }
        Scheme::Absent
    }

    fn starts_with_placeholder(&self) -> bool {
        self.placeholders.first().is_some_and(|it| it.range.start == self.whole.start)
    }

    /// Whether `acme.example` or `acme.example:8080` stands in front: labels, the last of them letters.
    fn starts_with_host(&self) -> bool {
        let rest = &self.bytes[self.whole.clone()];
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'-' | b'.');
        let len = rest.iter().take_while(|byte| is_part(byte)).count();
        let (host, behind) = rest.split_at(len);
        let Some(dot) = memchr::memrchr(b'.', host) else { return false };
        let (labels, top) = (&host[..dot], &host[dot + 1..]);
        let is_name = top.len() > 1 && top.iter().all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
        let ends = match behind {
            [b':', digit, ..] => digit.is_ascii_digit(),
            [delimiter, ..] => matches!(delimiter, b'/' | b'?' | b'#'),
            [] => true,
        };
        is_name && ends && labels.split(|byte| *byte == b'.').all(|label| !label.is_empty())
    }

    fn link(&self, scheme: Scheme) -> Link {
        let end = self.whole.end;
        let (written, after) = match &scheme {
            Scheme::Written(range) => {
                (Some(self.component(range.clone(), Plus::Itself).as_host()), range.end + 1)
            }
            Scheme::Placeholder(range) => (Some(self.component(range.clone(), Plus::Itself)), range.end + 1),
            Scheme::Supplied | Scheme::Absent => (None, self.whole.start),
        };
        let name = written.as_ref().map_or("", Component::text).to_owned();
        if OPAQUE.contains(&name.as_str()) {
            return Link {
                scheme: written,
                ..self.empty(Kind::Other, self.component(after..end, Plus::Itself))
            };
        }
        let hash = self.find(b'#', after..end).unwrap_or(end);
        let question = self.find(b'?', after..hash).unwrap_or(hash);
        let authority = self.authority(&scheme, &name, after..question);
        let path = authority.as_ref().map_or(after, |range| range.end)..question;
        let kind = self.kind(&name, authority.is_some());
        let plus = if matches!(kind, Kind::Mailto | Kind::Tel) { Plus::Itself } else { Plus::Space };
        let query = (question < hash).then(|| question + 1..hash);
        let fragment = (hash < end).then(|| hash + 1..end);
        Link {
            scheme: written,
            host: authority.map(|range| self.component(self.host(range), Plus::Itself).as_host()),
            second_question_mark: query.clone().and_then(|range| self.find(b'?', range)).map(|at| at..at + 1),
            query: query.clone().map_or_else(Vec::new, |range| self.pairs(range, plus)),
            query_range: query,
            fragment_pairs: fragment.clone().map_or_else(Vec::new, |range| self.fragment_pairs(range)),
            fragment: fragment.map(|range| self.component(range, Plus::Itself)),
            ..self.empty(kind, self.component(path, Plus::Itself))
        }
    }

    fn empty(&self, kind: Kind, path: Component) -> Link {
        Link {
            text: self.text.into(),
            kind,
            scheme: None,
            host: None,
            path,
            query_range: None,
            query: Vec::new(),
            fragment: None,
            fragment_pairs: Vec::new(),
            second_question_mark: None,
            placeholders: Vec::new(),
        }
    }

    fn kind(&self, scheme: &str, has_host: bool) -> Kind {
        match scheme {
            "http" | "https" => Kind::Web,
            "mailto" => Kind::Mailto,
            "tel" => Kind::Tel,
            _ if self.starts_with_placeholder() => Kind::Template,
            "" if has_host => Kind::Web,
            "" if self.bytes.get(self.whole.start) == Some(&b'#') => Kind::Anchor,
            "" => Kind::Relative,
            _ => Kind::Other,
        }
    }

    /// Where user, host and port stand, in a link that has them.
    fn authority(&self, scheme: &Scheme, name: &str, range: Range<usize>) -> Option<Range<usize>> {
        let rest = &self.bytes[range.clone()];
        let is_slash = |byte: &u8| matches!(byte, b'/' | b'\\');
        let slashes = rest.iter().take_while(|byte| is_slash(byte)).count();
        let (skipped, backslash) = match scheme {
            Scheme::Supplied => (0, true),
            Scheme::Written(_) if HIERARCHICAL.contains(&name) => (slashes, true),
            Scheme::Absent if slashes >= 2 => (slashes, true),
            Scheme::Written(_) | Scheme::Placeholder(_) if rest.starts_with(b"//") => (2, false),
            _ => return None,
        };
        let ends = |byte: &u8| *byte == b'/' || backslash && *byte == b'\\';
        let start = range.start + skipped;
        let len = rest[skipped..].iter().position(ends).unwrap_or(rest.len() - skipped);
        Some(start..start + len)
    }

    /// The host in `user:secret@host:8080`.
    fn host(&self, authority: Range<usize>) -> Range<usize> {
        let bytes = &self.bytes[authority.clone()];
        let start = memchr::memrchr(b'@', bytes).map_or(0, |at| at + 1);
        let host = &bytes[start..];
        let port = memchr::memrchr(b':', host).filter(|at| host[at + 1..].iter().all(u8::is_ascii_digit));
        authority.start + start..authority.start + start + port.unwrap_or(host.len())
    }

    /// The pairs behind the `?` of a fragment, or of all of it when it has a `=`.
    fn fragment_pairs(&self, range: Range<usize>) -> Vec<Pair> {
        match self.find(b'?', range.clone()) {
            Some(question) => self.pairs(question + 1..range.end, Plus::Space),
            None if self.find(b'=', range.clone()).is_some() => self.pairs(range, Plus::Space),
            None => Vec::new(),
        }
    }

    fn pairs(&self, range: Range<usize>, plus: Plus) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let end = self.find(b'&', at..range.end).unwrap_or(range.end);
            if at < end {
                pairs.push(self.pair(at..end, plus));
            }
            at = end + 1;
        }
        pairs
    }

    fn pair(&self, range: Range<usize>, plus: Plus) -> Pair {
        let equals = self.find(b'=', range.clone());
        let key = self.component(range.start..equals.unwrap_or(range.end), plus);
        let value = equals.map(|at| self.component(at + 1..range.end, plus));
        Pair { range, key, value }
    }

    fn component(&self, range: Range<usize>, plus: Plus) -> Component {
        let from = self.placeholders.partition_point(|it| it.range.start < range.start);
        let to = self.placeholders.partition_point(|it| it.range.end <= range.end);
        decode(self.text, range, plus, self.placeholders.get(from..to).unwrap_or_default())
    }

    fn find(&self, byte: u8, range: Range<usize>) -> Option<usize> {
        let start = range.start;
        memchr::memchr(byte, self.bytes.get(range)?).map(|at| start + at)
    }
}
