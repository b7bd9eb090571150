//! What readers or their browsers get besides running text: code, scripts, forms, what a page embeds.
//!
//! Rules do not look at it, and neither phrases nor claims are found in it; yet a change of it is no formatting. It is
//! taken from the source by a scan that knows just enough of HTML and Markdown, and takes too much rather than too little.

use mktlint_asset::{Asset, Format, PartKind as Found, Value, mail_parts, names};
use mktlint_diag::Place;
use mktlint_text::Span;

use super::assemble::Entries;
use super::tags::{Page, Tag};
use super::{field, link, normal, style};
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

/// Elements whose addresses are looked at as links and pictures.
const READ: [&str; 6] = ["a", "area", "img", "mj-button", "mj-image", "v:roundrect"];

/// The attributes that hold addresses.
const ADDRESSES: [&str; 10] =
    ["src", "href", "action", "formaction", "poster", "data", "background", "path", "srcdoc", "srcset"];

/// Elements whose addresses are those of pictures.
const PICTURES: [&str; 8] =
    ["amp-img", "amp-anim", "v:fill", "v:image", "v:imagedata", "image", "source", "feimage"];

/// Attributes that are shown, read aloud, sent, or decide what is shown.
const SHOWN: [&str; 20] = [
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "aria-placeholder",
    "aria-hidden",
    "label",
    "summary",
    "value",
    "selected",
    "open",
    "start",
    "reversed",
    "dir",
    "method",
    "popover",
    "download",
    "disabled",
];

/// What `<meta>` says to programs, or is looked at as a field.
const META: [&str; 20] = [
    "viewport",
    "generator",
    "format-detection",
    "x-apple-disable-message-reformatting",
    "color-scheme",
    "supported-color-schemes",
    "theme-color",
    "robots",
    "author",
    "keywords",
    "content-type",
    "x-ua-compatible",
    "referrer",
    "csrf-token",
    "google-site-verification",
    "msapplication-tilecolor",
    "charset",
    "progid",
    "originator",
    "color-mode",
];

/// Longer code is said by its digest.
const LONGEST: usize = 4000;

/// Adds what `asset` gives its readers besides running text, where it is no markup.
pub fn add(asset: &Asset, source: &str, entries: &mut Entries) {
    inputs(asset, entries);
    if asset.format == Format::Eml {
        for (kind, digest, span) in attachments(source, asset.span) {
            put(asset, (kind, "attachment"), &digest, span, entries);
        }
        for part in mail_parts(source).into_iter().filter(|part| !part.is_read) {
            let span = part.mapped.source(0..part.mapped.len());
            put(asset, (PartKind::Copy, &part.kind), &normal::text(part.mapped.text()), span, entries);
        }
        headers(asset, source, entries);
    }
    if asset.format == Format::Markdown {
        for (code, span) in code(source, asset.span) {
            put(asset, (PartKind::Copy, "code"), &normal::text(code), span, entries);
        }
    }
}

/// Adds one thing; of a long one the digest.
pub fn put(asset: &Asset, (kind, name): (PartKind, &str), text: &str, span: Span, entries: &mut Entries) {
    let text = match text.len() > LONGEST {
        true => Digest::of(text.as_bytes()).to_string(),
        false => text.to_owned(),
    };
    if !text.is_empty() {
        let place = Place::new(asset.file.clone(), span);
        entries.add(kind, Item { name: name.to_owned(), text, place });
    }
}

/// Adds what the tags of `page`, the markup of `asset`, tell besides running text.
pub fn markup(asset: &Asset, page: &Page<'_>, entries: &mut Entries) {
    let mut tags = page.tags();
    while let Some(tag) = tags.next_open() {
        let span = page.place(tag.span());
        for (name, value) in tag.attributes() {
            attribute(asset, &tag, (&name, &value), span, entries);
        }
        meta(asset, &tag, span, entries);
        if matches!(tag.name.as_str(), "style" | "mj-style") {
            sheet(asset, tags.content(&tag.name), span, entries);
        } else if tag.name == "option" {
            put(asset, (PartKind::Copy, "option"), &normal::text(tags.words()), span, entries);
        } else if let Some((_, called)) = CONTENTS.iter().find(|(element, _)| *element == tag.name) {
            put(asset, (PartKind::Copy, called), &normal::text(tags.content(&tag.name)), span, entries);
        }
    }
}

fn attribute(asset: &Asset, tag: &Tag<'_>, (name, value): (&str, &str), span: Span, entries: &mut Entries) {
    let called = format!("{} {name}", tag.name);
    let is_read = READ.contains(&tag.name.as_str());
    let is_link = tag.name == "a" || tag.name == "img";
    if name == "srcset" || PICTURES.contains(&tag.name.as_str()) && ADDRESSES.contains(&name) {
        put(asset, (PartKind::Images, &called), &normal::text(value), span, entries);
    } else if ADDRESSES.contains(&name) && !is_read {
        put(asset, (PartKind::Links, &called), &link::split(value).0, span, entries);
    } else if name.starts_with("on") {
        put(asset, (PartKind::Copy, "script"), &normal::text(value), span, entries);
    } else if name == "style" {
        sheet(asset, value, span, entries);
    } else if SHOWN.contains(&name) && !(is_link && name == "title") {
        let value = normal::text(value);
        let value = if value.is_empty() { name } else { &value };
        put(asset, (PartKind::Copy, &called), value, span, entries);
    } else if tag.name == "input" && name == "type" && value.trim().eq_ignore_ascii_case("hidden") {
        put(asset, (PartKind::Copy, &called), "hidden", span, entries);
    } else if matches!(name, "lang" | "xml:lang") && !matches!(tag.name.as_str(), "html" | "mjml") {
        put(asset, (PartKind::Regions, "lang"), &normal::text(value).to_ascii_lowercase(), span, entries);
    }
}

/// What `<meta>` tells those who share or search a page.
fn meta(asset: &Asset, tag: &Tag<'_>, span: Span, entries: &mut Entries) {
    if tag.name != "meta" {
        return;
    }
    let attributes = tag.attributes();
    let of = |name: &str| attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim());
    let name = ["name", "property", "itemprop", "http-equiv"].into_iter().find_map(of);
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let Some(content) = of("content") else { return };
    if tag.says("http-equiv", "refresh") {
        put(asset, (PartKind::Links, "meta content"), &link::split(content).0, span, entries);
        return;
    }
    let is_field = name.starts_with("mktlint:") || asset.fields.contains_key(name.as_str());
    if is_field || META.contains(&name.as_str()) || name.is_empty() {
        return;
    }
    let words: Vec<&str> = name.split([':', '_', '-', '.']).collect();
    let has = |all: &[&str]| words.iter().any(|word| all.contains(word));
    let (kind, text) = match () {
        () if has(&["image", "video", "audio", "alt"]) => (PartKind::Images, normal::text(content)),
        () if has(&["url", "player"]) => (PartKind::Links, link::split(content).0),
        () if has(&["locale"]) => (PartKind::Regions, normal::text(content)),
        () => (PartKind::Copy, normal::text(content)),
    };
    put(asset, (kind, &format!("meta {name}")), &text, span, entries);
}

/// Words and pictures that a style sheet puts beside the text.
fn sheet(asset: &Asset, text: &str, span: Span, entries: &mut Entries) {
    for it in style::declarations(text) {
        let called = format!("style {}", it.selector);
        if it.property == "content" {
            put(asset, (PartKind::Copy, called.trim()), &normal::text(&it.value), span, entries);
        } else if it.property.starts_with("@import") {
            put(asset, (PartKind::Links, "style"), &it.property, span, entries);
        } else if it.value.to_ascii_lowercase().contains("url(") && !it.selector.starts_with("@font-face") {
            put(asset, (PartKind::Images, called.trim()), &it.value, span, entries);
        }
    }
}

/// Headers that carry a message, or are looked at as fields.
const CARRIED: [&str; 29] = [
    "received",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-id",
    "return-path",
    "dkim-signature",
    "domainkey-signature",
    "authentication-results",
    "arc-seal",
    "arc-message-signature",
    "arc-authentication-results",
    "received-spf",
    "delivered-to",
    "x-mailer",
    "user-agent",
    "x-received",
    "feedback-id",
    "subject",
    "from",
    "reply-to",
    "to",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "in-reply-to",
    "references",
];

/// Adds the headers of a message that are not known to carry it only.
fn headers(asset: &Asset, source: &str, entries: &mut Entries) {
    let head = source.trim_start_matches('\u{FEFF}');
    let mut at = source.len() - head.len();
    let mut found: Vec<(String, String, Span)> = Vec::new();
    for line in head.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
        let span = Span::of(at..at + line.trim_end().len());
        at += line.len();
        match (line.starts_with([' ', '\t']), line.split_once(':'), found.last_mut()) {
            (true, _, Some((_, value, _))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (false, Some((name, value)), _)
                if name.trim_end().bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                found.push((name.trim_end().to_ascii_lowercase(), value.trim().to_owned(), span));
            }
            _ => break,
        }
    }
    // They may stand in any order.
    found.sort();
    for (name, value, span) in found {
        let is_read =
            CARRIED.contains(&name.as_str()) || asset.fields.contains_key(name.replace('-', "_").as_str());
        let kind = if field::is_of_people(&name) { PartKind::Audience } else { PartKind::Copy };
        if !is_read {
            put(asset, (kind, &name), &normal::text(&value), span, entries);
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
        markup(asset, &Page { text, from: 0, map: None }, &mut entries);
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
