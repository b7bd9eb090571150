//! The cases of a rule's tests, as people read them.

use jiff::civil::Date;
use mktlint_hir::model::expr::{Const, ExprId, ExprKind};
use mktlint_hir::model::item::Meaning;
use mktlint_hir::model::program::Placed;
use mktlint_hir::model::test::{Case, Expect, Fixture};
use smol_str::SmolStr;

use super::shelf::Shelf;
use crate::catalog::Rule;

/// What must come of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expectation {
    /// There is a finding.
    Fires,
    /// There is none.
    Silent,
    /// An input is missing.
    Undecided,
    /// The suppression keeps this person out.
    Includes,
    /// It does not.
    Excludes,
}

impl Expectation {
    /// In the order of pages.
    pub const ALL: [Self; 5] = [Self::Fires, Self::Silent, Self::Undecided, Self::Includes, Self::Excludes];

    /// What stands above the examples.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Fires => "Fires on",
            Self::Silent => "Silent on",
            Self::Undecided => "Undecided on",
            Self::Includes => "Keeps out",
            Self::Excludes => "Lets through",
        }
    }
}

/// A value of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Words that people read.
    Words(String),
    /// HTML.
    Markup(String),
    /// Anything else, as policies write it.
    Value(String),
    /// Several texts.
    Several(Vec<String>),
    /// The field is left out.
    Missing,
}

impl Shown {
    /// The same with white space that looks like a space or like nothing as its code, since rules are about just that.
    fn visible(self) -> Self {
        match self {
            Self::Words(text) => Self::Words(visible(&text)),
            Self::Markup(text) => Self::Markup(visible(&text)),
            Self::Several(texts) => Self::Several(texts.iter().map(|text| visible(text)).collect()),
            other @ (Self::Value(_) | Self::Missing) => other,
        }
    }
}

/// One case of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What must come of it.
    pub expectation: Expectation,
    /// What is judged: `Email`, `Link`, `contact`.
    pub kind: SmolStr,
    /// The day of the run where the rule depends on it.
    pub day: Option<Date>,
    /// By name, in order.
    pub fields: Vec<(SmolStr, Shown)>,
    /// What people read after the fix.
    pub fixed: Option<String>,
}

/// The cases of all tests of `rule`, in order of expectation.
pub fn examples(rule: &Rule<'_>, shelf: &Shelf<'_>) -> Vec<Example> {
    let depends_on_day = rule.days() != (None, None) || asks_for_day(rule.placed);
    let mut examples: Vec<Example> = Vec::new();
    for placed in shelf.tests(&rule.placed.item.path) {
        let Meaning::Test(test) = &placed.item.meaning else { continue };
        let reader = Reader { placed, shelf, day: test.at.filter(|_| depends_on_day) };
        examples.extend(test.cases.iter().map(|case| reader.example(case)));
    }
    examples.sort_by_key(|example| example.expectation);
    examples
}

/// Whether a declaration compares something with the day of the run.
fn asks_for_day(placed: &Placed) -> bool {
    use ExprKind::{Ago, Now, Temporal};
    placed.item.body.iter().any(|(_, expr)| matches!(expr.kind, Now | Temporal(..) | Ago(..)))
}

struct Reader<'r, 'a> {
    placed: &'r Placed,
    shelf: &'r Shelf<'a>,
    day: Option<Date>,
}

impl Reader<'_, '_> {
    fn example(&self, case: &Case) -> Example {
        match &case.expect {
            Expect::Fires { fixture, fixed } => {
                let fixed = fixed.as_deref().map(visible);
                Example { fixed, ..self.of_fixture(Expectation::Fires, fixture) }
            }
            Expect::Silent(fixture) => self.of_fixture(Expectation::Silent, fixture),
            Expect::Undecided(fixture) => self.of_fixture(Expectation::Undecided, fixture),
            Expect::Includes(fields) => self.of_contact(Expectation::Includes, fields),
            Expect::Excludes(fields) => self.of_contact(Expectation::Excludes, fields),
        }
    }

    fn of_fixture(&self, expectation: Expectation, fixture: &Fixture) -> Example {
        let holds_html = matches!(fixture.kind.as_str(), "Email" | "Page");
        let value = |name: &SmolStr, value: &Option<ExprId>| match value {
            None => Shown::Missing,
            Some(id) => match self.value(*id) {
                Shown::Words(text) if holds_html && name == "body" => words_of(text).visible(),
                other => other.visible(),
            },
        };
        let mut fields: Vec<(SmolStr, Shown)> =
            fixture.fields.iter().map(|(name, id)| (name.clone(), value(name, id))).collect();
        if let Some(text) = &fixture.text {
            fields.insert(0, ("text".into(), words_of(text.to_string()).visible()));
        }
        Example { expectation, kind: fixture.kind.clone(), day: self.day, fields, fixed: None }
    }

    fn of_contact(&self, expectation: Expectation, fields: &[(SmolStr, ExprId)]) -> Example {
        let fields = fields.iter().map(|(name, id)| (name.clone(), self.value(*id).visible())).collect();
        Example { expectation, kind: "contact".into(), day: self.day, fields, fixed: None }
    }

    fn value(&self, id: ExprId) -> Shown {
        let body = &self.placed.item.body;
        let text = |id: &ExprId| match &body.get(*id).kind {
            ExprKind::Const(Const::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        let expr = body.get(id);
        let several = match &expr.kind {
            ExprKind::List(items) if !items.is_empty() => items.iter().map(text).collect(),
            _ => None,
        };
        match (text(&id), several) {
            (Some(text), _) => Shown::Words(text),
            (_, Some(texts)) => Shown::Several(texts),
            _ => Shown::Value(self.shelf.words(self.placed, expr.span)),
        }
    }
}

/// See [`Shown::visible`].
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_word = false;
    for c in text.chars() {
        let is_odd_space = c.is_whitespace() && !matches!(c, ' ' | '\n');
        // Emoji are joined by the same character that hides in words.
        let is_hidden = c == '\u{ad}' || matches!(c, '\u{200c}' | '\u{200d}') && after_word;
        if is_odd_space || is_hidden {
            out.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            out.push(c);
        }
        after_word = c.is_alphanumeric();
    }
    out
}

/// The words of HTML that has nothing but paragraphs, each on a line; any other as it is.
fn words_of(html: String) -> Shown {
    let words = html.replace("<p>", "").replace("<br>", "\n").replace("</p>", "\n");
    let is_plain = words.len() < html.len() && !words.contains(['<', '>', '&']);
    match (is_plain, html.contains('<')) {
        (true, _) => {
            Shown::Words(words.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned())
        }
        (false, true) => Shown::Markup(html),
        (false, false) => Shown::Words(html),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_shown() {
        assert_eq!(visible("a\u{a0}b\u{ad}c\u{200d}d\n"), "a<U+00A0>b<U+00AD>c<U+200D>d\n");
        assert_eq!(visible("👩\u{200d}🔬 x"), "👩\u{200d}🔬 x");
    }

    #[test]
    fn paragraphs_are_words_and_the_rest_is_markup() {
        let words = |html: &str| words_of(html.to_owned());
        assert_eq!(words("<p>One.</p><p>Two<br>lines.</p>"), Shown::Words("One.\nTwo\nlines.".into()));
        assert_eq!(words("Plain & simple"), Shown::Words("Plain & simple".into()));
        let link = "<p><a href=\"x\">Out</a></p>";
        assert_eq!(words(link), Shown::Markup(link.into()));
        assert_eq!(words("<p>a &amp; b</p>"), Shown::Markup("<p>a &amp; b</p>".into()));
    }
}
