//! How words are shown, where that changes what they say: what may hide them, and what strikes them out.

use std::collections::BTreeSet;

use mktlint_asset::{Asset, Format, Text};
use mktlint_diag::Place;
use mktlint_text::Span;

use super::assemble::Entries;
use super::style::{self, Declared};
use super::tags::{Event, Page, Tag};
use crate::{Digest, Item, PartKind};

/// Elements that change what the words in them mean, and how that is said.
const MARKS: [(&str, &str); 6] = [
    ("del", "struck"),
    ("s", "struck"),
    ("strike", "struck"),
    ("ins", "inserted"),
    ("q", "quoted"),
    ("bdo", "turned"),
];

/// Elements that are told apart by more than what a sheet says of them, or by nothing at all.
const PLAIN: [&str; 28] = [
    "html", "head", "body", "center", "table", "tbody", "thead", "tr", "td", "th", "div", "p", "a", "b", "i",
    "u", "em", "strong", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "img",
];

/// Elements whose content is not shown as it is.
const OPAQUE: [&str; 5] = ["script", "style", "mj-style", "title", "textarea"];

/// Longer chains of styles are said by their digest.
const LONGEST: usize = 300;

/// An end tag that fits none of so many open elements is a stray.
const MOST_OPEN: usize = 64;

/// What a page does to its words.
#[derive(Default)]
pub struct Look {
    /// What sheets say that may hide something.
    sheet: Vec<(String, Span)>,
    /// Where another style begins, in order: the byte of the file, and what may hide words from there on.
    runs: Vec<(u32, String)>,
    /// Words that are struck out, in bytes of the file.
    marks: Vec<(u32, u32, &'static str)>,
}

struct Open {
    name: String,
    chain: String,
    has_own: bool,
    n_words: usize,
    start: usize,
}

/// What is known of the sheets before elements are looked at.
struct Sheets {
    names: BTreeSet<String>,
    /// Whether there are others that nobody sees here, so that any class may hide something.
    has_others: bool,
}

impl Look {
    /// That of `page`.
    pub fn of(page: &Page<'_>, format: Format) -> Self {
        let mut look = Self::default();
        let sheets = look.sheets(page);
        look.elements(page, &sheets);
        if format == Format::Markdown {
            look.tildes(page);
        }
        look.marks.sort_unstable();
        look
    }

    fn sheets(&mut self, page: &Page<'_>) -> Sheets {
        let mut sheets = Sheets { names: BTreeSet::new(), has_others: false };
        let mut tags = page.tags();
        while let Some(tag) = tags.next_open() {
            sheets.has_others |= tag.name == "link" && tag.says("rel", "stylesheet");
            if !matches!(tag.name.as_str(), "style" | "mj-style") {
                continue;
            }
            for it in style::declarations(tags.content(&tag.name)) {
                sheets.has_others |= it.property.starts_with("@import") || style::is_capped(&it.selector);
                if style::may_hide(&it.property, &it.value) {
                    sheets.names.extend(style::names(&it.selector).map(str::to_owned));
                    let Declared { selector, property, value } = it;
                    self.sheet
                        .push((format!("{selector} {{ {property}: {value} }}"), page.place(tag.span())));
                }
            }
        }
        sheets
    }

    fn elements(&mut self, page: &Page<'_>, sheets: &Sheets) {
        let mut open: Vec<Open> = Vec::new();
        let mut n_words = 0;
        let mut tags = page.tags();
        while let Some(event) = tags.event() {
            match event {
                Event::Words(at) => {
                    n_words += 1;
                    let chain = open.last().map_or("", |open| open.chain.as_str());
                    self.run(page.offset(at), chain);
                }
                Event::Close(name, at) => {
                    let near = open.iter().rev().take(MOST_OPEN).position(|open| open.name == name);
                    let keep = near.map_or(open.len(), |near| open.len() - near - 1);
                    for element in open.drain(keep..).rev() {
                        self.close(page, &element, at, n_words);
                    }
                }
                Event::Open(tag) => {
                    let own = own(&tag, sheets);
                    let before = open.last().map_or("", |open| open.chain.as_str());
                    let chain = chained(before, &own);
                    let start = tag.span().end() as usize;
                    if OPAQUE.contains(&tag.name.as_str()) {
                        tags.content(&tag.name);
                    } else if !tag.is_void() {
                        open.push(Open { name: tag.name, chain, has_own: !own.is_empty(), n_words, start });
                    } else if !own.is_empty() && (tag.name != "img" || is_over(&own)) {
                        self.run(page.offset(start), &chain);
                    }
                }
            }
        }
        for element in open.into_iter().rev() {
            self.close(page, &element, page.text.len(), n_words);
        }
    }

    fn close(&mut self, page: &Page<'_>, element: &Open, at: usize, n_words: usize) {
        // Nothing in it, and yet it may lie over the words.
        if element.has_own && element.n_words == n_words {
            self.run(page.offset(element.start), &element.chain);
        }
        if let Some((_, mark)) = MARKS.iter().find(|(name, _)| *name == element.name) {
            self.marks.push((page.offset(element.start), page.offset(at), mark));
        }
    }

    fn run(&mut self, at: u32, chain: &str) {
        if self.runs.last().map_or("", |(_, last)| last.as_str()) != chain {
            self.runs.push((at, chain.to_owned()));
        }
    }

    /// Words between `~~` or `~` of Markdown.
    fn tildes(&mut self, page: &Page<'_>) {
        let mut at = page.from;
        for line in page.text.get(page.from..).unwrap_or_default().split_inclusive('\n') {
            let mut open: Option<(usize, usize)> = None;
            for (start, len) in tildes(line) {
                match open.take() {
                    Some((from, size)) if size == len => {
                        self.marks.push((page.offset(at + from + len), page.offset(at + start), "struck"));
                    }
                    _ => open = Some((start, len)),
                }
            }
            at += line.len();
        }
    }

    /// What may hide the words at the byte `at` of the file.
    pub fn style_at(&self, at: u32) -> &str {
        let before = self.runs.partition_point(|(start, _)| *start <= at);
        before.checked_sub(1).and_then(|last| self.runs.get(last)).map_or("", |(_, chain)| chain)
    }

    /// The places of `text` where words begin and end that are struck out, and how that is said there.
    pub fn marks(&self, text: &Text) -> Vec<(u32, String)> {
        let mut found = Vec::new();
        for (start, end, mark) in &self.marks {
            let (from, to) = (position(text, *start), position(text, *end));
            if from < to {
                found.extend([(from, format!(" [{mark}] ")), (to, format!(" [/{mark}] "))]);
            }
        }
        found
    }

    /// Adds what may hide words: to the copy, and to the small print of what has any.
    pub fn add(&self, asset: &Asset, entries: &mut Entries) {
        let sheet = self.sheet.iter().map(|(words, span)| (words.as_str(), *span));
        let runs = self
            .runs
            .iter()
            .map(|(at, chain)| (if chain.is_empty() { "none" } else { chain.as_str() }, Span::at(*at)));
        let has_small_print = entries.has(PartKind::Disclosures);
        for (words, span) in sheet.chain(runs) {
            let place = Place::new(asset.file.clone(), span);
            let item = Item { name: "style".to_owned(), text: words.to_owned(), place };
            if has_small_print {
                entries.add(PartKind::Disclosures, item.clone());
            }
            entries.add(PartKind::Copy, item);
        }
    }
}

/// `sentence` without what says that words are struck out.
pub fn unmarked(sentence: &str) -> String {
    if !sentence.contains('[') {
        return sentence.to_owned();
    }
    let is_mark = |word: &&str| {
        let word = word.trim_start_matches('[').trim_start_matches('/').trim_end_matches(']');
        MARKS.iter().any(|(_, mark)| *mark == word)
    };
    let words: Vec<&str> =
        sentence.split(' ').filter(|word| !(word.starts_with('[') && is_mark(word))).collect();
    words.join(" ")
}

/// Where runs of one or two tildes stand in a line, and how long they are.
fn tildes(line: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in line.match_indices('~') {
        match found.last_mut() {
            Some((start, len)) if *start + *len == at => *len += 1,
            _ => found.push((at, 1)),
        }
    }
    found.retain(|(_, len)| *len <= 2);
    found
}

/// Where in `text` the bytes of the file from `at` on begin.
fn position(text: &Text, at: u32) -> u32 {
    let (mut low, mut high) = (0, text.mapped.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if text.mapped.source(middle..middle + 1).start() < at {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while !text.mapped.text().is_char_boundary(low as usize) {
        low += 1;
    }
    low
}

fn is_over(own: &str) -> bool {
    ["position", "z-index", "transform", "margin"].iter().any(|word| own.contains(word))
}

/// What `tag` itself says that may hide words.
fn own(tag: &Tag<'_>, sheets: &Sheets) -> String {
    let mut own = Vec::new();
    let is_mjml = tag.name.starts_with("mj-");
    for (name, value) in tag.attributes() {
        match name.as_str() {
            "style" => {
                let hiding = style::declarations(&value).into_iter();
                let hiding = hiding.filter(|it| style::may_hide(&it.property, &it.value));
                own.extend(hiding.map(|it| format!("{}:{}", it.property, it.value)));
            }
            "hidden" | "bgcolor" | "color" => own.push(format!("{name}:{}", value.trim())),
            "size" if tag.name == "font" => own.push(format!("size:{}", value.trim())),
            "class" | "css-class" | "mj-class" => own.extend(classes(&value, ".", sheets)),
            "id" => own.extend(classes(&value, "#", sheets)),
            _ if is_mjml && tag.name != "mj-image" && style::may_hide(&name, &value) => {
                own.push(format!("{name}:{}", value.trim()));
            }
            _ => {}
        }
    }
    if !PLAIN.contains(&tag.name.as_str()) && sheets.names.contains(&tag.name) {
        own.push(tag.name.clone());
    }
    own.join(";")
}

fn classes(value: &str, sign: &str, sheets: &Sheets) -> Vec<String> {
    let mut names: Vec<String> = value.split_whitespace().map(|name| format!("{sign}{name}")).collect();
    names.retain(|name| sheets.has_others && sign == "." || sheets.names.contains(name));
    names.sort();
    names.dedup();
    names
}

fn chained(before: &str, own: &str) -> String {
    if own.is_empty() {
        return before.to_owned();
    }
    let gap = if before.is_empty() { "" } else { " > " };
    let chain = format!("{before}{gap}{own}");
    if chain.len() > LONGEST { Digest::of(chain.as_bytes()).to_string() } else { chain }
}
