//! What readers or their browsers get besides running text: code, scripts, forms, what a page embeds.
//!
//! Rules do not look at it, and neither phrases nor claims are found in it; yet a change of it is no formatting. It is
//! taken from the source by a scan that knows just enough of HTML and Markdown, and takes too much rather than too little.

use mktlint_asset::{Asset, Format, PartKind as Found, Value, names};
use mktlint_diag::Place;
use mktlint_text::Span;

use super::assemble::Entries;
use super::{link, normal};
use crate::{Digest, Item, PartKind};

/// Elements whose content is no running text, and what it is called.
const CONTENTS: [(&str, &str); 15] = [
    ("script", "script"),
    ("noscript", "code"),
    ("code", "code"),
    ("pre", "code"),
    ("kbd", "code"),
    ("samp", "code"),
    ("textarea", "form"),
    ("template", "code"),
    ("svg", "picture"),
    ("math", "picture"),
    ("canvas", "picture"),
    ("object", "picture"),
    ("audio", "media"),
    ("video", "media"),
    ("iframe", "media"),
];

/// Elements with addresses that are no links to click.
const EMBEDS: [&str; 17] = [
    "script",
    "link",
    "iframe",
    "embed",
    "object",
    "source",
    "video",
    "audio",
    "track",
    "form",
    "base",
    "body",
    "table",
    "td",
    "mj-include",
    "input",
    "frame",
];

/// The attributes that hold them.
const ADDRESSES: [&str; 10] =
    ["src", "href", "action", "formaction", "poster", "data", "srcset", "background", "path", "srcdoc"];

/// Longer code is said by its digest.
const LONGEST: usize = 4000;

/// Adds what `asset` gives its readers besides running text.
pub fn add(asset: &Asset, source: &str, entries: &mut Entries) {
    inputs(asset, entries);
    let mut add = |kind: PartKind, name: &str, text: &str, span: Span| {
        let text = match text.len() > LONGEST {
            true => Digest::of(text.as_bytes()).to_string(),
            false => text.to_owned(),
        };
        if !text.is_empty() {
            let place = Place::new(asset.file.clone(), span);
            entries.add(kind, Item { name: name.to_owned(), text, place });
        }
    };
    if asset.format == Format::Eml {
        for (kind, digest, span) in attachments(source, asset.span) {
            add(kind, "attachment", &digest, span);
        }
    }
    let is_markup = matches!(asset.format, Format::Html | Format::Mjml | Format::Markdown);
    if !is_markup {
        return;
    }
    let mut tags = Tags { text: source, at: asset.span.start() as usize };
    while let Some(tag) = tags.next() {
        for (name, value) in tag.attributes() {
            let address = ADDRESSES.contains(&name.as_str()) && EMBEDS.contains(&tag.name.as_str());
            let leads = tag.name == "meta" && name == "content" && tag.says("http-equiv", "refresh");
            if address || leads {
                add(PartKind::Links, &format!("{} {name}", tag.name), &link::split(value).0, tag.span());
            } else if name.starts_with("on") {
                add(PartKind::Copy, "script", &normal::text(value), tag.span());
            }
        }
        if let Some((_, called)) = CONTENTS.iter().find(|(element, _)| *element == tag.name) {
            add(PartKind::Copy, called, &normal::text(tags.content(&tag.name)), tag.span());
        }
    }
    if asset.format == Format::Markdown {
        for (code, span) in code(source, asset.span) {
            add(PartKind::Copy, "code", &normal::text(code), span);
        }
    }
}

/// The parts of an email message that are no text, each with the digest of how it is encoded, line breaks apart.
fn attachments(source: &str, span: Span) -> Vec<(PartKind, String, Span)> {
    let mut found: Vec<(PartKind, String, Span)> = Vec::new();
    let mut at = span.start() as usize;
    let mut is_inside = false;
    for line in span.slice(source).split_inclusive('\n') {
        let kind = line.get(..13).filter(|start| start.eq_ignore_ascii_case("content-type:"));
        let kind = kind.map(|_| line.get(13..).unwrap_or_default().trim().to_ascii_lowercase());
        let is_text =
            |kind: &String| ["text/", "multipart/", "message/"].iter().any(|text| kind.starts_with(text));
        if line.starts_with("--") {
            is_inside = false;
        } else if let Some(kind) = kind.filter(|kind| !is_text(kind)) {
            is_inside = true;
            let part = if kind.starts_with("image/") { PartKind::Images } else { PartKind::Copy };
            found.push((part, String::new(), Span::of(at..at + line.len())));
        }
        if let Some((_, words, _)) = found.last_mut().filter(|_| is_inside) {
            words.push_str(line.trim());
        }
        at += line.len();
    }
    let digest = |words: String| Digest::of(words.as_bytes()).to_string();
    found.into_iter().map(|(kind, words, span)| (kind, digest(words), span)).collect()
}

/// The fields of forms: a box that is ticked beforehand says something.
fn inputs(asset: &Asset, entries: &mut Entries) {
    for input in asset.parts.iter().filter(|part| part.kind == Found::Input) {
        let text = |name: &str| match input.field(name) {
            Some(Value::Text(range)) => normal::text(asset.slice(*range)),
            _ => String::new(),
        };
        let ticked = matches!(input.field(names::CHECKED), Some(Value::Bool(true)));
        let state = if ticked { "ticked" } else { "" };
        let words = [text(names::KIND), text(names::NAME), text(names::LABEL), state.to_owned()];
        let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
        let place = Place::new(asset.file.clone(), input.span);
        entries.add(PartKind::Copy, Item { name: "form".to_owned(), text: words.join(" "), place });
    }
}

/// The start tags of a text, comments left out.
pub struct Tags<'t> {
    text: &'t str,
    at: usize,
}

/// A start tag.
pub struct Tag<'t> {
    name: String,
    /// What stands between the name and the `>`.
    inner: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Tags<'t> {
    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            let start = self.at + self.text.get(self.at..)?.find('<')?;
            let rest = self.text.get(start + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at = start + 4 + comment.find("-->").unwrap_or(comment.len());
                continue;
            }
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | ':');
            let len = rest.find(|letter: char| !is_name(letter)).unwrap_or(rest.len());
            self.at = start + 1;
            if rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                let (name, rest) = rest.split_at(len);
                let inner = rest.get(..end_of_tag(rest)).unwrap_or_default();
                self.at = start + 1 + len + inner.len();
                return Some(Tag { name: name.to_ascii_lowercase(), inner, start, end: self.at });
            }
        }
    }

    /// What stands between the tag that was read last and its end tag, which is passed over.
    fn content(&mut self, name: &str) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let rest = rest.strip_prefix('>').unwrap_or(rest);
        let is_end = |at: &usize| {
            let after = rest.get(at + 2..at + 2 + name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(name))
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(rest.len());
        self.at = self.text.len() - rest.len() + end;
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
    fn span(&self) -> Span {
        Span::of(self.start..self.end)
    }

    fn says(&self, name: &str, value: &str) -> bool {
        self.attributes().iter().any(|(own, words)| own == name && words.trim().eq_ignore_ascii_case(value))
    }

    /// Names in lower case, with their values, which may be empty; in order of name, since they may stand in any.
    fn attributes(&self) -> Vec<(String, &'t str)> {
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
                found.push((name.to_ascii_lowercase(), ""));
                rest = after;
                continue;
            };
            let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''));
            let value = quote.map_or(value, |_| value.get(1..).unwrap_or_default());
            let is_end = |letter: char| quote.map_or(letter.is_whitespace(), |quote| letter == quote);
            let (value, after) = value.split_at(value.find(is_end).unwrap_or(value.len()));
            found.push((name.to_ascii_lowercase(), value));
            rest = after.strip_prefix(['"', '\'']).unwrap_or(after);
        }
        found.sort();
        found
    }
}

/// Blocks of code between fences, and code between backticks, of Markdown at `span`.
fn code(source: &str, span: Span) -> Vec<(&str, Span)> {
    let text = span.slice(source);
    let mut found = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut at = span.start() as usize;
    let mut add = |start: usize, words: &str, place: Span| {
        if !words.trim().is_empty() {
            found.push((start, start + words.len(), place));
        }
    };
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let mark = ['`', '~'].into_iter().find(|mark| words.starts_with(&mark.to_string().repeat(3)));
        match (fence, mark) {
            (Some((open, _)), Some(mark)) if mark == open && words.trim_start_matches(mark).is_empty() => {
                fence = None
            }
            (Some(_), _) => add(at, line, Span::of(at..at + line.len())),
            (None, Some(mark)) => fence = Some((mark, at)),
            (None, None) => {
                inline(line).for_each(|(start, code)| add(at + start, code, Span::of(at..at + line.len())))
            }
        }
        at += line.len();
    }
    found.into_iter().filter_map(|(start, end, place)| Some((source.get(start..end)?, place))).collect()
}

/// Every second piece between backticks.
fn inline(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let pieces = line.split('`').map(move |piece| {
        let start = at;
        at += piece.len() + 1;
        (start, piece)
    });
    pieces.skip(1).step_by(2)
}

/// What Outlook shows and nobody else: the source with spaces in place of all but the content of conditional comments;
/// `None` when there is none.
pub fn for_outlook(source: &str) -> Option<String> {
    let mut shown: Vec<u8> = Vec::new();
    let mut at = 0;
    while let Some(open) = source.get(at..).and_then(|rest| rest.find("<!--")).map(|open| at + open) {
        let rest = source.get(open + 4..).unwrap_or_default();
        let comment = rest.get(..rest.find("-->").unwrap_or(rest.len())).unwrap_or_default();
        at = open + 4 + comment.len();
        let Some(start) = comment.trim_start().strip_prefix("[if").and(comment.find('>')) else { continue };
        let end = comment.rfind("<!").unwrap_or(comment.len());
        let Some(inner) = comment.get(start + 1..end).filter(|inner| !inner.trim().is_empty()) else {
            continue;
        };
        let from = open + 4 + start + 1;
        shown.resize(from, b' ');
        shown.extend_from_slice(inner.as_bytes());
    }
    String::from_utf8(shown).ok().filter(|shown| !shown.is_empty())
}

#[cfg(test)]
mod tests {
    use mktlint_asset::{Kind, Spec, extract};

    use super::*;
    use crate::content::assemble;

    #[track_caller]
    fn check(format: Format, text: &str, expected: &[&str]) {
        let extraction = extract(&"a".into(), text, &Spec::new(Kind::Page, format));
        let asset = &extraction.assets[0];
        let mut entries = Entries::default();
        add(asset, text, &mut entries);
        let content = assemble::content(&"a".into(), vec![(asset, entries)]);
        let items = content.parts.values().flat_map(|part| &part.items);
        let shown: Vec<String> = items.map(|item| format!("{}: {}", item.name, item.text)).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn what_a_page_runs_and_embeds_is_said() {
        check(
            Format::Html,
            "<script>let a =\n 1</script><p onclick='go()'>x",
            &["script: let a = 1", "script: go()"],
        );
        check(
            Format::Html,
            "<iframe class=x src=\"https://a.example/b\"></iframe>",
            &["iframe src: https://a.example/b"],
        );
        check(Format::Html, "<META CONTENT='0; url=/b' HTTP-EQUIV=refresh>", &["meta content: 0; url=/b"]);
        check(
            Format::Html,
            "<a href='/x' title='a > b'>x</a> <img src=/y> 1 < 2 <!-- <script>no</script> -->",
            &[],
        );
        check(Format::Html, "<pre>a  b</pre", &["code: a b"]);
        check(
            Format::Html,
            "<label><input type=checkbox name=news checked> News</label>",
            &["form: checkbox news News ticked"],
        );
        check(Format::Html, "<td background='/x.png' = \"\" <td", &["td background: /x.png"]);
    }

    #[test]
    fn attachments_are_said_by_their_digest() {
        let mail = |pdf: &str| {
            format!(
                "Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nb\n--x\n\
                 Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{pdf}\n--x--\n"
            )
        };
        let digests = |pdf: &str| {
            let mail = mail(pdf);
            let found = attachments(&mail, Span::of(0..mail.len()));
            found.into_iter().map(|(_, digest, _)| digest).collect::<Vec<_>>()
        };
        assert_eq!(digests("AAAA").len(), 1);
        assert_eq!(digests("AA\r\nAA"), digests("AAAA"));
        assert_ne!(digests("AAAB"), digests("AAAA"));
    }

    #[test]
    fn code_in_markdown_is_said() {
        check(
            Format::Markdown,
            "a `b  c` d\n\n```text\ne\nf\n```\n~~~\n",
            &["code: b c", "code: e", "code: f"],
        );
    }

    #[test]
    fn conditional_comments_are_for_outlook() {
        let text = "é<p>a</p><!--[if mso]><b>c</b><![endif]--><!--[if !mso]><!-->d<!--<![endif]-->";
        let shown = for_outlook(text).expect("there is one");
        assert_eq!(shown.trim(), "<b>c</b>");
        assert_eq!(text.find("<b>c"), shown.find("<b>c"));
        assert_eq!(for_outlook("<p>a</p><!-- b -->"), None);
    }
}
