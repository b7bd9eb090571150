//! What elements of HTML, VML and MJML are to their reader.

use smol_str::SmolStr;

/// What an element is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Part of a line: `b`, `span`, anything unknown.
    Inline,
    /// A box of its own.
    Block,
    /// `p`.
    Paragraph,
    /// `li`.
    Item,
    /// `ul`, `ol`.
    List,
    /// `table`.
    Table,
    /// `tbody`.
    Section,
    /// `tr`.
    Row,
    /// `td`.
    Cell,
    /// `h1` to `h6`.
    Heading(u8),
    /// `a`, and what MJML makes into one.
    Link,
    /// `button`, `mj-button`, a VML button.
    Button,
    /// `area`.
    Area,
    /// `input`.
    Input,
    /// `label`.
    Label,
    /// `img`, `mj-image`.
    Image,
    /// `br`.
    Break,
    /// `hr`: without content, between blocks.
    Rule,
    /// Without content, part of a line.
    Void,
    /// Whose content is no text: `code`, `svg`.
    Skipped,
    /// The same in a box of its own: `pre`, `style`.
    SkippedBlock,
    /// `title`, `mj-title`.
    Title,
    /// `mj-preview`.
    Preview,
    /// `meta`.
    Meta,
    /// `link`.
    Relation,
    /// `html`, `mjml`.
    Root,
    /// `mj-include`.
    Include,
}

impl Class {
    /// Whether text before it and in it are not one line.
    pub const fn breaks(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Link
                | Self::Button
                | Self::Area
                | Self::Input
                | Self::Label
                | Self::Image
                | Self::Break
                | Self::Void
                | Self::Skipped
                | Self::Meta
                | Self::Relation
        )
    }

    /// Whether it stands in a line as a box, apart from the words around it.
    pub const fn is_box(self) -> bool {
        matches!(self, Self::Button | Self::Input | Self::Image)
    }

    /// Whether it never holds anything.
    pub const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Input
                | Self::Image
                | Self::Break
                | Self::Rule
                | Self::Void
                | Self::Meta
                | Self::Relation
                | Self::Include
        )
    }

    /// Whether an end tag of it leaves what was opened inside alone.
    pub const fn floats(self) -> bool {
        matches!(self, Self::Inline | Self::Label | Self::Link | Self::Button | Self::Skipped)
    }

    /// Whether it is part of the structure of a table.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Section | Self::Row | Self::Cell)
    }
}

/// An element's number and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// Equal for equal names.
    pub id: u16,
    /// What it is.
    pub class: Class,
}

/// HTML, MJML and the layout elements of Inky, in order of name.
const KNOWN: [(&str, Class); 131] = [
    ("a", Class::Link),
    ("address", Class::Block),
    ("area", Class::Area),
    ("article", Class::Block),
    ("aside", Class::Block),
    ("audio", Class::Skipped),
    ("b", Class::Inline),
    ("base", Class::Void),
    ("big", Class::Inline),
    ("block-grid", Class::Block),
    ("blockquote", Class::Block),
    ("body", Class::Block),
    ("br", Class::Break),
    ("button", Class::Button),
    ("callout", Class::Block),
    ("canvas", Class::Skipped),
    ("caption", Class::Block),
    ("center", Class::Block),
    ("code", Class::Skipped),
    ("col", Class::Void),
    ("colgroup", Class::Block),
    ("column", Class::Block),
    ("columns", Class::Block),
    ("container", Class::Block),
    ("datalist", Class::Skipped),
    ("dd", Class::Block),
    ("details", Class::Block),
    ("dialog", Class::Block),
    ("dir", Class::List),
    ("div", Class::Block),
    ("dl", Class::Block),
    ("dt", Class::Block),
    ("embed", Class::Void),
    ("fieldset", Class::Block),
    ("figcaption", Class::Block),
    ("figure", Class::Block),
    ("footer", Class::Block),
    ("form", Class::Block),
    ("frame", Class::Void),
    ("frameset", Class::SkippedBlock),
    ("h1", Class::Heading(1)),
    ("h2", Class::Heading(2)),
    ("h3", Class::Heading(3)),
    ("h4", Class::Heading(4)),
    ("h5", Class::Heading(5)),
    ("h6", Class::Heading(6)),
    ("head", Class::Block),
    ("header", Class::Block),
    ("hgroup", Class::Block),
    ("hr", Class::Rule),
    ("html", Class::Root),
    ("iframe", Class::Skipped),
    ("image", Class::Image),
    ("img", Class::Image),
    ("input", Class::Input),
    ("item", Class::Link),
    ("label", Class::Label),
    ("legend", Class::Block),
    ("li", Class::Item),
    ("link", Class::Relation),
    ("main", Class::Block),
    ("math", Class::Skipped),
    ("menu", Class::List),
    ("meta", Class::Meta),
    ("mj-accordion-text", Class::Block),
    ("mj-accordion-title", Class::Block),
    ("mj-attributes", Class::SkippedBlock),
    ("mj-body", Class::Block),
    ("mj-breakpoint", Class::Void),
    ("mj-button", Class::Button),
    ("mj-carousel-image", Class::Image),
    ("mj-column", Class::Block),
    ("mj-divider", Class::Rule),
    ("mj-font", Class::Void),
    ("mj-group", Class::Block),
    ("mj-head", Class::Block),
    ("mj-hero", Class::Block),
    ("mj-html-attributes", Class::SkippedBlock),
    ("mj-image", Class::Image),
    ("mj-include", Class::Include),
    ("mj-navbar", Class::Block),
    ("mj-navbar-link", Class::Link),
    ("mj-preview", Class::Preview),
    ("mj-raw", Class::SkippedBlock),
    ("mj-section", Class::Block),
    ("mj-social", Class::Block),
    ("mj-social-element", Class::Link),
    ("mj-spacer", Class::Rule),
    ("mj-style", Class::SkippedBlock),
    ("mj-table", Class::Table),
    ("mj-text", Class::Block),
    ("mj-title", Class::Title),
    ("mj-wrapper", Class::Block),
    ("mjml", Class::Root),
    ("nav", Class::Block),
    ("noembed", Class::Skipped),
    ("noscript", Class::Skipped),
    ("ol", Class::List),
    ("optgroup", Class::Block),
    ("option", Class::Block),
    ("p", Class::Paragraph),
    ("param", Class::Void),
    ("pre", Class::SkippedBlock),
    ("row", Class::Block),
    ("samp", Class::Skipped),
    ("script", Class::SkippedBlock),
    ("section", Class::Block),
    ("select", Class::Block),
    ("small", Class::Inline),
    ("source", Class::Void),
    ("spacer", Class::Rule),
    ("strong", Class::Inline),
    ("style", Class::SkippedBlock),
    ("summary", Class::Block),
    ("svg", Class::Skipped),
    ("table", Class::Table),
    ("tbody", Class::Section),
    ("td", Class::Cell),
    ("template", Class::SkippedBlock),
    ("textarea", Class::Skipped),
    ("tfoot", Class::Section),
    ("th", Class::Cell),
    ("thead", Class::Section),
    ("title", Class::Title),
    ("tr", Class::Row),
    ("track", Class::Void),
    ("ul", Class::List),
    ("v:roundrect", Class::Button),
    ("video", Class::Skipped),
    ("wbr", Class::Void),
    ("wrapper", Class::Block),
];

/// Slots of [`TABLE`].
const SLOTS: usize = 512;

/// No element.
const EMPTY: u8 = u8::MAX;

/// Where each name is in [`KNOWN`], by [`slot`]; names that meet there take the next free slot. A binary search was
/// tried: comparing names was a tenth of the time that HTML takes.
const TABLE: [u8; SLOTS] = {
    let mut table = [EMPTY; SLOTS];
    let mut at = 0;
    while at < KNOWN.len() {
        let mut place = slot(KNOWN[at].0.as_bytes());
        while table[place] != EMPTY {
            place = (place + 1) % SLOTS;
        }
        table[place] = at as u8;
        at += 1;
    }
    table
};

const fn slot(name: &[u8]) -> usize {
    match name {
        [] => 0,
        [first, .., last] => (*first as usize * 7 + *last as usize * 31 + name.len() * 57) % SLOTS,
        [only] => *only as usize % SLOTS,
    }
}

/// The element called `name`, in lower case, or `None` when it is a part of a line like any other.
pub(crate) fn known(name: &[u8]) -> Option<Element> {
    let mut place = slot(name);
    loop {
        let at = TABLE[place];
        let (own, class) = KNOWN.get(at as usize)?;
        if own.as_bytes() == name {
            return Some(Element { id: u16::from(at), class: *class });
        }
        place = (place + 1) % SLOTS;
    }
}

/// Numbers of elements without a meaning of their own that matter because they are hidden.
#[derive(Debug, Default)]
pub(crate) struct Unknown(Vec<SmolStr>);

impl Unknown {
    /// How many different ones are told apart. More are treated as one, which only hostile files have.
    const LIMIT: usize = 64;

    /// The element called `name` when it was met before.
    pub fn find(&self, name: &[u8]) -> Option<Element> {
        let at = self.0.iter().position(|own| own.as_bytes() == name)?;
        Some(Element { id: (KNOWN.len() + at) as u16, class: Class::Inline })
    }

    /// The element called `name`.
    pub fn add(&mut self, name: &[u8]) -> Element {
        self.find(name).unwrap_or_else(|| {
            if self.0.len() < Self::LIMIT {
                self.0.push(String::from_utf8_lossy(name).into());
            }
            Element { id: (KNOWN.len() + self.0.len() - 1) as u16, class: Class::Inline }
        })
    }
}

/// How many numbers there are.
pub(crate) const COUNT: usize = KNOWN.len() + Unknown::LIMIT;

/// The numbers of elements that more than their class is known of.
pub(crate) mod id {
    use super::KNOWN;

    const fn of(name: &str) -> u16 {
        let mut at = 0;
        while at < KNOWN.len() {
            if is_same(KNOWN[at].0.as_bytes(), name.as_bytes()) {
                return at as u16;
            }
            at += 1;
        }
        u16::MAX
    }

    const fn is_same(one: &[u8], other: &[u8]) -> bool {
        let mut at = 0;
        while at < one.len() && at < other.len() {
            if one[at] != other[at] {
                return false;
            }
            at += 1;
        }
        one.len() == other.len()
    }

    /// `a`.
    pub const A: u16 = of("a");
    /// `p`.
    pub const P: u16 = of("p");
    /// `li`.
    pub const LI: u16 = of("li");
    /// `tr`.
    pub const TR: u16 = of("tr");
    /// `th`.
    pub const TH: u16 = of("th");
    /// `body`.
    pub const BODY: u16 = of("body");
    /// `select`.
    pub const SELECT: u16 = of("select");
    /// `textarea`.
    pub const TEXTAREA: u16 = of("textarea");
    /// `style`.
    pub const STYLE: u16 = of("style");
    /// `mj-style`.
    pub const MJ_STYLE: u16 = of("mj-style");
    /// `mj-attributes`.
    pub const MJ_ATTRIBUTES: u16 = of("mj-attributes");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(KNOWN.is_sorted_by(|one, other| one.0.as_bytes() < other.0.as_bytes()));
        for (name, class) in KNOWN {
            assert_eq!(known(name.as_bytes()).map(|element| element.class), Some(class), "{name}");
        }
        assert_eq!(known(b"a").map(|element| element.id), Some(id::A));
        assert_eq!(known(b"p").map(|element| element.id), Some(id::P));
        assert_eq!(known(b"li").map(|element| element.id), Some(id::LI));
        assert_eq!(known(b"tr").map(|element| element.id), Some(id::TR));
        assert_eq!(known(b"mj-attributes").map(|element| element.id), Some(id::MJ_ATTRIBUTES));
        assert_eq!(known(b"span"), None);
    }
}
