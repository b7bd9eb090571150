//! Style sheets, as far as they are followed: rules for one element, one class or one id alone.

use rustc_hash::FxHashMap;

use super::{Declared, declare};

/// What style sheets say of the look of text.
///
/// Of other selectors only the last part is read: elements that it fits may or may not have the look. Rules in `@media`
/// and other blocks, and those for a state (`:hover`), are left out.
#[derive(Debug, Default)]
pub(in crate::markup) struct Sheet {
    /// By the name of an element, `.class` or `#id`.
    rules: FxHashMap<String, Vec<Rule>>,
    /// Whether rules that are not in the file may say more.
    pub foreign: bool,
}

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
        self.rules.is_empty() && !self.foreign
    }

    /// Adds the rules in `text`.
    pub fn read(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some(open) = memchr::memchr(b'{', rest.as_bytes()) {
            let (prelude, block) =
                (rest.get(..open).unwrap_or_default(), rest.get(open + 1..).unwrap_or_default());
            let end = block_end(block);
            rest = block.get(end + 1..).unwrap_or_default();
            // `@import …;` and the like end before the selector.
            let selectors = prelude.rsplit(';').next().unwrap_or_default().trim();
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
            let rules = self.rules.entry(selector.key).or_default();
            match rules.iter().position(|rule| rule.tag == selector.tag) {
                Some(at) => rules[at].look = rules[at].look.then(look),
                None if rules.len() < TAGS => rules.push(Rule { tag: selector.tag, look }),
                None => {}
            }
        }
    }

    /// What is said of the element `name` with these values of `class` and `id`.
    pub fn look(&self, name: &str, class: &str, id: &str) -> Look {
        let none = Look::default();
        if self.is_empty() {
            return none;
        }
        let classes = class.split_ascii_whitespace().map(|class| self.of(&format!(".{class}"), name));
        let class = classes.fold(none, Look::beside);
        let id = if id.is_empty() { none } else { self.of(&format!("#{}", id.trim()), name) };
        let elsewhere = if self.foreign { Look { normal: Declared::UNKNOWN, ..none } } else { none };
        self.of(name, name).then(class).then(id).then(elsewhere)
    }

    fn of(&self, key: &str, name: &str) -> Look {
        let rules = self.rules.get(key).map_or(&[][..], Vec::as_slice);
        let fits = |rule: &&Rule| rule.tag.as_deref().is_none_or(|tag| tag == name);
        rules.iter().filter(fits).fold(Look::default(), |look, rule| look.then(rule.look))
    }
}

impl Look {
    fn of(block: &str) -> Self {
        let mut look = Self::default();
        for declaration in block.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let important = value.contains('!');
            let into = if important { &mut look.important } else { &mut look.normal };
            declare(into, property.trim().as_bytes(), value.trim().as_bytes());
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

    fn perhaps(self) -> Self {
        Self { normal: self.normal.perhaps(), important: self.important.perhaps() }
    }
}

/// The last part of a selector.
struct Selector {
    key: String,
    tag: Option<String>,
    /// Whether there is no other part.
    alone: bool,
}

impl Selector {
    /// `None` of states and of what fits any element.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("<!--").trim();
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
        match rest.get(..1) {
            Some(mark) if !first.is_empty() => Some(Self { key: format!("{mark}{first}"), tag, alone }),
            _ => Some(Self { key: tag?, tag: None, alone }),
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
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
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
        let look = sheet.look(name, class, "");
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
