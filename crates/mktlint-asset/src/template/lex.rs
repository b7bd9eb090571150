//! The lexer of all template languages but MDX.

use memchr::{memchr, memchr2, memmem};
use mktlint_text::Span;

use super::dialect::{Dialect, is_control, of_block, of_output};
use super::name::describe;
use super::{Tag, TagKind, Tags};

/// What a text is, as far as tags are concerned.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    /// A tag never holds a backtick, `{: .class }` is one, and `<%` is not.
    pub markdown: bool,
    /// `{keyword:shoes}` is a tag.
    pub ads: bool,
}

/// The tags of `text` at `span`. Linear: whatever a failed attempt looked at ends at the next opener of its kind.
pub(crate) fn lex(text: &str, span: Span, options: Options) -> Tags {
    let bytes = text.as_bytes().get(..span.end() as usize).unwrap_or_default();
    let mut lexer = Lexer {
        text,
        bytes,
        at: span.start() as usize,
        floor: span.start() as usize,
        options,
        tags: Tags::default(),
        votes: [0; 4],
        endless: Vec::new(),
        bar: None,
    };
    lexer.run();
    lexer.tags.common = lexer.elected();
    lexer.tags
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Nothing before this belongs to a new tag.
    floor: usize,
    options: Options,
    tags: Tags,
    /// For Liquid, Jinja, Handlebars, Hugo.
    votes: [u32; 4],
    /// Words of block ends that stand nowhere ahead.
    endless: Vec<&'static str>,
    /// Where the next `*|` is; `usize::MAX` when there is none.
    bar: Option<usize>,
}

/// Blocks whose inside is not text: `{% comment %}…{% endcomment %}`.
const DROPPED: [(&str, &str); 7] = [
    ("comment", "endcomment"),
    ("highlight", "endhighlight"),
    ("schema", "endschema"),
    ("javascript", "endjavascript"),
    ("stylesheet", "endstylesheet"),
    ("style", "endstyle"),
    ("css", "endcss"),
];

impl<'t> Lexer<'t> {
    fn run(&mut self) {
        while let Some(at) = self.next_mark() {
            self.at = at;
            let taken = match self.bytes[at] {
                b'{' => self.brace(),
                b'%' => self.percent(),
                _ => self.mailchimp(),
            };
            if !taken {
                self.at = at + 1;
            }
        }
    }

    fn next_mark(&mut self) -> Option<usize> {
        let rest = self.bytes.get(self.at..)?;
        let mark = memchr2(b'{', b'%', rest).map(|found| self.at + found);
        let bar = match self.bar {
            Some(bar) if bar >= self.at => bar,
            _ => memmem::find(rest, b"*|").map_or(usize::MAX, |found| self.at + found),
        };
        self.bar = Some(bar);
        mark.map_or((bar < self.bytes.len()).then_some(bar), |mark| Some(mark.min(bar)))
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn brace(&mut self) -> bool {
        match self.byte(1) {
            b'{' => self.double(),
            b'%' => self.block(),
            b'#' => self.remark(2, "#}").is_some_and(|end| {
                self.vote(Dialect::Jinja);
                self.push(end, 2, 2, TagKind::Comment, Some(Dialect::Jinja))
            }),
            b':' if self.options.markdown => self.attributes(),
            _ if self.options.ads => self.value_track(),
            _ => false,
        }
    }

    /// `{{ name }}`, `{{{ name }}}`, `{{#if}}`, `{{< shortcode >}}`, `{{! comment }}`.
    fn double(&mut self) -> bool {
        let (open, close, kind, dialect) = match (self.byte(2), self.byte(3)) {
            (b'{', _) => (3, "}}}", TagKind::Print, Some(Dialect::Handlebars)),
            (b'<', _) => (3, ">}}", TagKind::Control, Some(Dialect::Hugo)),
            (b'%', _) => (3, "%}}", TagKind::Control, Some(Dialect::Hugo)),
            (b'/', b'*') => (4, "*/}}", TagKind::Comment, Some(Dialect::Hugo)),
            (b'!', b'-') => (5, "--}}", TagKind::Comment, Some(Dialect::Handlebars)),
            // Blade.
            (b'-', b'-') => (4, "--}}", TagKind::Comment, None),
            (b'!', _) => (3, "}}", TagKind::Comment, Some(Dialect::Handlebars)),
            _ => (2, "}}", TagKind::Print, None),
        };
        let end = match kind {
            TagKind::Comment => self.remark(open, close),
            TagKind::Print | TagKind::Control => self.closed(open, "{{", close),
        };
        let Some(mut end) = end else {
            return self.unclosed(2);
        };
        if dialect.is_none() && self.bytes.get(end) == Some(&b'}') && self.byte(2) == b'$' {
            end += 1;
        }
        let content = self.text.get(self.at + open..end - close.len()).unwrap_or_default();
        let dialect = dialect.or_else(|| of_output(content));
        dialect.into_iter().for_each(|dialect| self.vote(dialect));
        let kind = if kind == TagKind::Print && is_control(content) { TagKind::Control } else { kind };
        let end = match self.block_end_of_shortcode(content, dialect) {
            Some(end) => return self.push_region(end, TagKind::Control, Span::default()),
            None => end,
        };
        self.push(end, open, close.len(), kind, dialect)
    }

    /// Where `{{< /highlight >}}` ends.
    fn block_end_of_shortcode(&mut self, content: &str, dialect: Option<Dialect>) -> Option<usize> {
        if dialect != Some(Dialect::Hugo) || !content.trim_start().starts_with("highlight") {
            return None;
        }
        let at = self.find_end("/highlight")?;
        let rest = self.bytes.get(at..)?;
        memmem::find(rest, b">}}").map(|found| at + found + 3)
    }

    /// `{% word … %}`.
    fn block(&mut self) -> bool {
        let Some(end) = self.closed(2, "{%", "%}") else {
            return self.unclosed(2);
        };
        let content = self.text.get(self.at + 2..end - 2).unwrap_or_default();
        let words = content.trim_start_matches(['-', '+']).trim_start();
        let word = words.split([' ', '\n', '\r', '\t', '-']).next().unwrap_or_default();
        let dialect = of_block(word);
        dialect.into_iter().for_each(|dialect| self.vote(dialect));
        let inside = Span::of(end..end);
        if let Some((_, last)) = DROPPED.iter().find(|(first, _)| *first == word)
            && let Some((inner, whole)) = self.region(last)
        {
            let kind = if word == "comment" { TagKind::Comment } else { TagKind::Control };
            return self.push_region(whole, kind, inside.cover(Span::of(inner..inner)));
        }
        self.push(end, 2, 2, TagKind::Control, dialect);
        if matches!(word, "raw" | "verbatim")
            && let Some((inner, _)) = self.region(if word == "raw" { "endraw" } else { "endverbatim" })
        {
            self.at = inner;
        }
        true
    }

    /// Where the inside of a block that `{% last %}` ends stops, and where that tag stops.
    fn region(&mut self, last: &'static str) -> Option<(usize, usize)> {
        let word = self.find_end(last)?;
        let before = self.bytes.get(..word)?;
        let open = memchr::memrchr(b'{', before)?;
        let after = self.bytes.get(word..)?;
        let close = memmem::find(after, b"%}")?;
        (open > self.at).then_some((open, word + close + 2))
    }

    /// The next place of `word`, which ends a block; remembers when there is none.
    fn find_end(&mut self, word: &'static str) -> Option<usize> {
        if self.endless.contains(&word) {
            return None;
        }
        let rest = self.bytes.get(self.at + 2..)?;
        let found = memmem::find(rest, word.as_bytes()).map(|found| self.at + 2 + found);
        if found.is_none() {
            self.endless.push(word);
        }
        found
    }

    /// `{: .lead }` of kramdown.
    fn attributes(&mut self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match memchr2(b'}', b'\n', rest) {
            Some(end) if rest[end] == b'}' => self.push(self.at + end + 1, 2, 1, TagKind::Control, None),
            _ => false,
        }
    }

    /// `{keyword:shoes}`, `{lpurl}`, `{=COUNTDOWN("2027-01-31 00:00:00")}`.
    fn value_track(&mut self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(end) = rest.iter().take(200).position(|byte| *byte == b'}') else { return false };
        if !rest.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'=' || *byte == b'_') {
            return false;
        }
        let inside = self.text.get(self.at + 1..self.at + end).unwrap_or_default();
        let (name, fallback) =
            inside.split_once(':').map_or((inside, None), |(name, rest)| (name, Some(rest)));
        let name_at = self.at + 1;
        let fallback = fallback.map(|rest| Span::of(self.at + end - rest.len()..self.at + end));
        let span = Span::of(self.at..self.at + end + 1);
        let name = Span::of(name_at..name_at + name.len());
        let dialect = Some(Dialect::ValueTrack);
        self.add(Tag { span, kind: TagKind::Print, dialect, name, fallback })
    }

    /// `%%name%%`, `%%=v(@x)=%%`, `%%[ … ]%%`, `<%= name %>`.
    fn percent(&mut self) -> bool {
        if self.at > self.floor && self.bytes[self.at - 1] == b'<' {
            return self.erb();
        }
        if self.byte(1) != b'%' {
            return false;
        }
        let dialect = Some(Dialect::Ampscript);
        match self.byte(2) {
            b'[' => self
                .closed(3, "%%[", "]%%")
                .is_some_and(|end| self.push(end, 3, 3, TagKind::Control, dialect)),
            b'=' => {
                self.closed(3, "%%=", "=%%").is_some_and(|end| self.push(end, 3, 3, TagKind::Print, dialect))
            }
            letter if letter.is_ascii_alphabetic() || letter == b'_' => {
                let rest = self.bytes.get(self.at + 2..).unwrap_or_default();
                let part =
                    |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' ' | b'.' | b'-');
                let length = rest.iter().take(64).take_while(|byte| part(byte)).count();
                let closes = rest.get(length..).is_some_and(|rest| rest.starts_with(b"%%"));
                let name = Span::of(self.at + 2..self.at + 2 + length);
                let span = Span::of(self.at..self.at + length + 4);
                closes && self.add(Tag { span, kind: TagKind::Print, dialect, name, fallback: None })
            }
            _ => false,
        }
    }

    fn erb(&mut self) -> bool {
        if self.options.markdown && !matches!(self.byte(1), b'=' | b'-' | b'#' | b' ') {
            return false;
        }
        self.at -= 1;
        let (kind, open) = match self.byte(2) {
            b'=' | b'-' => (TagKind::Print, 3),
            b'#' => (TagKind::Comment, 3),
            _ => (TagKind::Control, 2),
        };
        let end = match kind {
            TagKind::Comment => self.remark(open, "%>"),
            TagKind::Print | TagKind::Control => self.closed(open, "<%", "%>"),
        };
        let taken = match end {
            Some(end) => self.push(end, open, 2, kind, Some(Dialect::Erb)),
            None => self.element() || self.unclosed(2),
        };
        if !taken {
            self.at += 1;
        }
        taken
    }

    /// `<%block name="intro">` and `<%include file="foot.html"/>` of Mako, which end as elements do.
    fn element(&mut self) -> bool {
        let rest = self.bytes.get(self.at + 2..).unwrap_or_default();
        let end = memchr2(b'>', b'<', rest).filter(|end| rest[*end] == b'>' && rest[0].is_ascii_alphabetic());
        end.is_some_and(|end| self.push(self.at + end + 3, 2, 1, TagKind::Control, None))
    }

    /// `*|FNAME|*`, `*|IF:VIP|*`.
    fn mailchimp(&mut self) -> bool {
        let rest = self.bytes.get(self.at + 2..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_uppercase) {
            return false;
        }
        let line = rest.get(..memchr(b'\n', rest.get(..256).unwrap_or(rest)).unwrap_or(rest.len().min(256)));
        let Some(length) = line.and_then(|line| memmem::find(line, b"|*")) else { return false };
        let content = self.text.get(self.at + 2..self.at + 2 + length).unwrap_or_default();
        let word = content.split(':').next().unwrap_or_default();
        let decides =
            matches!(word, "IF" | "IFNOT" | "ELSEIF" | "ELSE" | "END" | "INTERESTED" | "NOT_INTERESTED");
        let kind = if decides { TagKind::Control } else { TagKind::Print };
        let end = self.at + length + 4;
        let prefix =
            matches!(word, "TITLE" | "LOWER" | "UPPER" | "URL" | "HTML") && content.len() > word.len();
        let skip = if prefix { word.len() + 1 } else { 0 };
        let name = Span::of(self.at + 2 + skip..end - 2);
        let span = Span::of(self.at..end);
        self.add(Tag { span, kind, dialect: Some(Dialect::Mailchimp), name, fallback: None })
    }

    /// Just past `close`, when it comes before the next `open` outside quotes, and [`Self::may_hold`] what is between.
    fn closed(&self, skip: usize, open: &str, close: &str) -> Option<usize> {
        let (open, close) = (open.as_bytes(), close.as_bytes());
        let start = self.at + skip;
        let mut at = start;
        // `{{#get filter="id:-{{id}}"}}` holds a tag, `{{ "{{" }}` prints braces. Few do, and more would make this
        // quadratic.
        let mut quotes = 0..4;
        loop {
            let found = at + memchr2(open[0], close[0], self.bytes.get(at..)?)?;
            let rest = self.bytes.get(found..)?;
            at = found + 1;
            if rest.starts_with(close) {
                // `%%=Concat(@url,'?id=%%JobID%%')=%%`: an end that AMPscript has in quotes is none.
                let quoted = (close == b"=%%").then(|| self.past_quote(start, found)).flatten();
                if let Some(past) = quoted.filter(|_| quotes.next().is_some()) {
                    at = past;
                    continue;
                }
                let content = self.bytes.get(start..found)?;
                return self.may_hold(content, close).then_some(found + close.len());
            }
            if rest.starts_with(open) {
                quotes.next()?;
                at = self.past_quote(start, found)?;
            }
        }
    }

    /// Just past the quotation mark that ends what is quoted at `found` in a tag whose content starts at `start`.
    fn past_quote(&self, start: usize, found: usize) -> Option<usize> {
        let quote = open_quote(self.bytes.get(start..found)?)?;
        Some(found + memchr(quote, self.bytes.get(found..)?)? + 1)
    }

    /// Just past `close`, which ends a comment whatever the comment holds.
    fn remark(&mut self, skip: usize, close: &'static str) -> Option<usize> {
        if self.endless.contains(&close) {
            return None;
        }
        let start = self.at + skip;
        let rest = self.bytes.get(start..)?;
        let found = memmem::find(rest, close.as_bytes());
        if found.is_none() {
            self.endless.push(close);
        }
        let code = |length: usize| self.options.markdown && memchr(b'`', &rest[..length]).is_some();
        found.filter(|length| !code(*length)).map(|length| start + length + close.len())
    }

    /// Whether what stands before `close` can be inside a tag. What prints has no blank line, but code may; in Markdown
    /// a tag ends with its paragraph, and holds no backtick.
    fn may_hold(&self, content: &[u8], close: &[u8]) -> bool {
        let one_paragraph = self.options.markdown || close.starts_with(b"}");
        let blank = memchr(b'\n', content).is_some()
            && (memmem::find(content, b"\n\n").is_some() || memmem::find(content, b"\n\r\n").is_some());
        let code = self.options.markdown && memchr(b'`', content).is_some();
        !(code || blank && one_paragraph)
    }

    fn unclosed(&mut self, length: usize) -> bool {
        self.tags.unclosed.push(Span::of(self.at..self.at + length));
        self.at += length;
        true
    }

    fn push(
        &mut self,
        end: usize,
        open: usize,
        close: usize,
        kind: TagKind,
        dialect: Option<Dialect>,
    ) -> bool {
        let inner = Span::of(self.at + open..end - close);
        let (name, fallback) = match kind {
            TagKind::Print => describe(inner.slice(self.text), inner.start()),
            TagKind::Control | TagKind::Comment => (inner, None),
        };
        self.add(Tag { span: Span::of(self.at..end), kind, dialect, name, fallback })
    }

    fn push_region(&mut self, end: usize, kind: TagKind, name: Span) -> bool {
        self.add(Tag { span: Span::of(self.at..end), kind, dialect: None, name, fallback: None })
    }

    fn add(&mut self, tag: Tag) -> bool {
        self.at = tag.span.end() as usize;
        self.floor = self.at;
        self.tags.list.push(tag);
        true
    }

    fn vote(&mut self, dialect: Dialect) {
        let index = match dialect {
            Dialect::Liquid => 0,
            Dialect::Jinja => 1,
            Dialect::Handlebars => 2,
            Dialect::Hugo => 3,
            _ => return,
        };
        self.votes[index] += 1;
    }

    /// The language with most evidence; Liquid when there is none or a tie with it.
    fn elected(&self) -> Dialect {
        let [liquid, jinja, handlebars, hugo] = self.votes;
        let most = liquid.max(jinja).max(handlebars).max(hugo);
        match most {
            _ if liquid == most => Dialect::Liquid,
            _ if jinja == most => Dialect::Jinja,
            _ if handlebars == most => Dialect::Handlebars,
            _ => Dialect::Hugo,
        }
    }
}

/// The quotation mark that is open at the end of `content`.
fn open_quote(content: &[u8]) -> Option<u8> {
    let mut open = None;
    for byte in content.iter().filter(|byte| matches!(byte, b'"' | b'\'')) {
        match open {
            None => open = Some(*byte),
            Some(quote) if quote == *byte => open = None,
            Some(_) => {}
        }
    }
    open
}
