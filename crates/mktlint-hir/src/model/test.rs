//! `test` declarations.

use mktlint_text::Span;
use smol_str::SmolStr;

use super::DeclPath;
use super::expr::ExprId;

/// `test NAME { fires on … silent on … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The rule, claim, term, convention or audience under test.
    pub target: DeclPath,
    /// `at DATE`: the date of the run inside the test; 2026-01-01 when it is not given.
    pub at: Option<jiff::civil::Date>,
    /// In order.
    pub cases: Vec<Case>,
}

/// One expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What must happen.
    pub expect: Expect,
    /// The clause, from the start of the declaration.
    pub span: Span,
}

/// What must happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// `fires on Email { subject: "Re: hi" } fixed "hi"`.
    Fires {
        /// What is judged.
        fixture: Fixture,
        /// The text of the judged field after the fix.
        fixed: Option<SmolStr>,
    },
    /// `silent on Email { … }`.
    Silent(Fixture),
    /// `undecided on Email { … }`: an input is missing.
    Undecided(Fixture),
    /// `includes { stage: lapsed }`: the audience or suppression has this contact.
    Includes(Vec<(SmolStr, ExprId)>),
    /// `excludes { … }`.
    Excludes(Vec<(SmolStr, ExprId)>),
}

/// An asset or part that is written in a policy.
///
/// `Email { body: "<p>…</p>", subject: "…", regions: [DE] }`: fields of the kind; fields that only `Campaign` has set
/// the campaign. The body of an `Email` or `Page` is HTML, of a `Post` Markdown, of anything else plain text. A fixture
/// of a part (`Image { alt: missing }`) stands alone in a `Post`, or in the kind of asset that the rule's scope names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture {
    /// The kind of asset or part.
    pub kind: SmolStr,
    /// Fields by name; `None` for `missing`.
    pub fields: Vec<(SmolStr, Option<ExprId>)>,
    /// The text itself, when the fixture is a text: `fires on Email "Re: hi"` is the scope's field or the body.
    pub text: Option<SmolStr>,
}
