//! Style sheets, as far as they are followed: rules for one element, one class or one id alone.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Declared, declare};

/// What style sheets say of the look of text.
///
/// Of other selectors only the last part is read: elements that it fits may or may not have the look. Rules in `@media`
/// and other blocks, and those for a state (`:hover`), are left out.
#[derive(Debug, Default)]
pub(in crate::markup) struct Sheet {
    elements: Rules,
    classes: Rules,
    ids: Rules,
    /// Whether rules that are not in the file may say more.
    pub foreign: bool,
}

/// Rules by the name that they are for.
type Rules = FxHashMap<String, Vec<Rule>>;

/// What all rules with one key say.
#[derive(Clone, Debug)]
struct Rule {
    /// Only of this element.
    tag: Option<String>,
    look: Look,
}

/// What is said of an element, without and with `!important`.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::markup) struct Look {
    /// Less than a `style` attribute.
    pub normal: Declared,
    /// More than a `style` attribute.
    pub important: Declared,
}

/// For how many elements one class can have looks of its own; hostile sheets have more.
const TAGS: usize = 16;

impl Sheet {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.classes.is_empty() && self.ids.is_empty() && !self.foreign
    }

    /// Adds the rules in `text`.
    pub fn read(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_ref();
        while let Some(open) = memchr::memchr(b'{', rest.as_bytes()) {
            let prelude = rest.get(..open).unwrap_or_default();
            let block = rest.get(open + 1..).unwrap_or_default();
            let end = block_end(block);
            rest = block.get(end + 1..).unwrap_or_default();
            // `@import …;` and the like end before the selector.
            let before = memchr::memrchr(b';', prelude.as_bytes()).map_or(0, |at| at + 1);
            let selectors = prelude.get(before..).unwrap_or_default().trim();
            if !selectors.starts_with('@') {
                self.rule(selectors, block.get(..end).unwrap_or_default());
            }
        }
    }

    fn rule(&mut self, selectors: &str, block: &str) {
        let look = Look::of(block);
        if !look.normal.is_set() && !look.important.is_set() {
            return;
        }
        for selector in selectors.split(',') {
            let Some(selector) = Selector::of(selector) else { continue };
            let look = if selector.alone { look } else { look.perhaps() };
            let rules = match selector.kind {
                Some('.') => &mut self.classes,
                Some(_) => &mut self.ids,
                None => &mut self.elements,
            };
            let rules = rules.entry(selector.key).or_default();
            match rules.iter().position(|rule| rule.tag == selector.tag) {
                Some(at) => rules[at].look = rules[at].look.then(look),
                None if rules.len() < TAGS => rules.push(Rule { tag: selector.tag, look }),
                None => {}
            }
        }
    }

    /// What is said of the element `name` with these values of `class` and `id`; `None` when nothing is.
    pub fn look(&self, name: &str, class: &str, id: &str) -> Option<Look> {
        let mut look = looks(&self.elements, name, name);
        if !class.is_empty() && !self.classes.is_empty() {
            let classes =
                class.split_ascii_whitespace().filter_map(|class| looks(&self.classes, class, name));
            look = after(look, classes.reduce(Look::beside));
        }
        if !id.is_empty() && !self.ids.is_empty() {
            look = after(look, looks(&self.ids, id.trim(), name));
        }
        let elsewhere = || Look { normal: Declared::UNKNOWN, ..Look::default() };
        after(look, self.foreign.then(elsewhere))
    }
}

/// What `rules` for `key` say of the element `name`.
fn looks(rules: &Rules, key: &str, name: &str) -> Option<Look> {
    let fits = |rule: &&Rule| rule.tag.as_deref().is_none_or(|tag| tag == name);
    rules.get(key)?.iter().filter(fits).map(|rule| rule.look).reduce(Look::then)
}

/// What holds when `second` is said after `first`.
fn after(first: Option<Look>, second: Option<Look>) -> Option<Look> {
    match (first, second) {
        (Some(first), Some(second)) => Some(first.then(second)),
        (one, other) => one.or(other),
    }
}

impl Look {
    fn of(block: &str) -> Self {
        let mut look = Self::default();
        for declaration in block.as_bytes().split(|byte| *byte == b';') {
            let declaration = declaration.trim_ascii_start();
            // As all properties of the look of text start.
            if !declaration.first().is_some_and(|first| matches!(first | 0x20, b'b' | b'c' | b'f' | b'o')) {
                continue;
            }
            let Some(colon) = memchr::memchr(b':', declaration) else { continue };
            let (property, value) = declaration.split_at(colon);
            let value = value.get(1..).unwrap_or_default().trim_ascii();
            let important = memchr::memchr(b'!', value).is_some();
            let into = if important { &mut look.important } else { &mut look.normal };
            declare(into, property.trim_ascii_end(), value);
        }
        look
    }

    /// What holds when `other` says something after this.
    fn then(self, other: Self) -> Self {
        Self { normal: self.normal.then(other.normal), important: self.important.then(other.important) }
    }

    fn beside(self, other: Self) -> Self {
        Self { normal: self.normal.beside(other.normal), important: self.important.beside(other.important) }
    }

    /// What holds when a template decides whether it is said.
    pub fn perhaps(self) -> Self {
        Self { normal: self.normal.perhaps(), important: self.important.perhaps() }
    }
}

/// The last part of a selector.
struct Selector {
    /// `.` of a class, `#` of an id.
    kind: Option<char>,
    key: String,
    tag: Option<String>,
    /// Whether there is no other part.
    alone: bool,
}

impl Selector {
    /// `None` of states and of what fits any element.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("<!--").unwrap_or(text).trim();
        let last =
            text.rsplit(|letter: char| letter.is_ascii_whitespace() || "><+~".contains(letter)).next()?;
        let plain = last.split('[').next().unwrap_or_default();
        if text.contains(':') || plain.is_empty() {
            return None;
        }
        let marks = |letter: char| letter == '.' || letter == '#';
        let at = plain.find(marks).unwrap_or(plain.len());
        let (tag, rest) = plain.split_at_checked(at)?;
        let tag = Some(tag.to_ascii_lowercase()).filter(|tag| !tag.is_empty() && tag != "*");
        let simple = rest.get(1..).is_none_or(|name| !name.contains(marks));
        let first = rest.get(1..).and_then(|name| name.split(marks).next()).unwrap_or_default();
        let alone = simple && text.len() == plain.len();
        match rest.chars().next() {
            kind @ Some(_) if !first.is_empty() => Some(Self { kind, key: first.to_owned(), tag, alone }),
            _ => Some(Self { kind: None, key: tag?, tag: None, alone }),
        }
    }
}

/// Where the block that starts at `text` ends, blocks in it included.
fn block_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let braces = memchr::memchr2_iter(b'{', b'}', text.as_bytes());
    for at in braces {
        match (text.as_bytes().get(at), depth) {
            (Some(b'{'), _) => depth += 1,
            (_, 0) => return at,
            _ => depth -= 1,
        }
    }
    text.len()
}

/// `text` without `/* … */`.
fn without_comments(text: &str) -> Cow<'_, str> {
    let find = |text: &str, sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes());
    if find(text, "/*").is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = find(rest, "/*").and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let end = find(after, "*/").map_or(after.len(), |at| at + 2);
        rest = after.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::*;

    /// The colour and size of an element of that name and class.
    #[track_caller]
    fn check(css: &str, name: &str, class: &str, expected: &str) {
        let mut sheet = Sheet::default();
        sheet.read(css);
        let look = sheet.look(name, class, "").unwrap_or_default();
        let style = Style::default().inherit(&look.normal.then(look.important));
        let color = style.color().map_or("?".into(), |color| color.hex());
        let size = style.font_size().map_or("?".into(), |size| size.to_string());
        assert_eq!(format!("{color} {size}"), expected, "{css}");
    }

    #[test]
    fn rules_for_one_thing_alone() {
        check(".muted { color: #999; font-size: 11px }", "p", "a muted", "#999999 11");
        check("TD{color:red} td{color:blue}", "td", "", "#0000ff ?");
        check("p, td { color: red }", "td", "", "#ff0000 ?");
        check("td.x{color:red}", "td", "x", "#ff0000 ?");
        check("td.x{color:red}", "p", "x", "? ?");
        check("td{color:red} .x{color:blue}", "td", "x", "#0000ff ?");
        check("/* a { */ p /* b */ {/* color:blue */color:red/* ; */}", "p", "", "#ff0000 ?");
        check("@import url(a.css); @charset \"x\"; p{color:red}", "p", "", "#ff0000 ?");
        check("<!-- p{color:red} -->", "p", "", "#ff0000 ?");
    }

    #[test]
    fn what_may_apply_is_unknown() {
        check("p{color:red;font-size:12px} .foot p{color:blue}", "p", "", "? 12");
        check(".a.b{color:red}", "p", "a", "? ?");
        check(".a{color:red} .b{color:blue}", "p", "a b", "? ?");
        check(".a{color:red} .b{color:red}", "p", "a b", "#ff0000 ?");
        check("p[align]{color:red}", "p", "", "? ?");
    }

    #[test]
    fn what_is_left_out() {
        check("@media (max-width:600px){p{color:red} .a{color:red}} p{font-size:12px}", "p", "a", "? 12");
        check("p:hover{color:red} *{color:red}", "p", "", "? ?");
        check("p{color:red", "p", "", "#ff0000 ?");
        check("}}{{}p{", "p", "", "? ?");
    }
}
