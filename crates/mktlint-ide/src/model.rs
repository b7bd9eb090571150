//! What features return.

use mktlint_diag::{Edit, FilePath};
use mktlint_text::Span;
use smol_str::SmolStr;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words that it is about.
    pub span: Span,
    /// Markdown.
    pub markdown: String,
}

/// What a completion stands for, for its icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A word of the language: a declaration, a clause, a lead.
    Keyword,
    /// A skeleton with places to fill.
    Snippet,
    /// An audience, a suppression, a rule, a claim and other declarations.
    Declaration,
    /// A function.
    Function,
    /// A type: an enum, a lifecycle, a built-in one.
    Type,
    /// A `let`, a `fact`, a variable.
    Value,
    /// A field of a record.
    Field,
    /// A member of an enum, a stage.
    Member,
    /// A module or pack.
    Module,
    /// A country, a language, a unit, a text.
    Constant,
    /// A file.
    File,
}

/// Something that can be typed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows, and what typed letters are compared with.
    pub label: String,
    /// Its icon.
    pub kind: CompletionKind,
    /// Behind the label: a type, a module.
    pub detail: Option<String>,
    /// Markdown.
    pub docs: Option<String>,
    /// What is written in place of `replace`.
    pub insert: String,
    /// Whether `insert` has places to fill: `$1`, `${2:name}`, `$0`; then `$`, `}` and `\` in texts are escaped.
    pub is_snippet: bool,
    /// The letters typed so far.
    pub replace: Span,
    /// Edits elsewhere in the file: a `use` that the name needs.
    pub edits: Vec<Edit>,
    /// Lower comes first.
    pub rank: u16,
}

/// Edits of one file; no two overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file.
    pub file: FilePath,
    /// In order of position.
    pub edits: Vec<Edit>,
}

/// What an action is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionKind {
    /// Repairs a finding.
    QuickFix,
    /// Moves words into a declaration of their own.
    Extract,
    /// Puts a value where its name stands.
    Inline,
    /// Any other change that keeps the meaning.
    Rewrite,
    /// Puts the `use` declarations in order.
    OrganizeUses,
    /// Applies every safe fix of the file.
    FixAll,
}

/// A change that the editor offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeAction {
    /// What it does, in the imperative.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind,
    /// The changes.
    pub edits: Vec<FileEdits>,
    /// The code and the span of the finding that it repairs.
    pub repairs: Option<(SmolStr, Span)>,
    /// Whether it is the one to apply without looking: a safe fix.
    pub is_preferred: bool,
}

/// What an inlay hint says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintKind {
    /// A type.
    Type,
    /// A parameter.
    Parameter,
    /// Anything else: a date, a count, a measure.
    Note,
}

/// Words that the editor shows between those of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where.
    pub offset: u32,
    /// The words, without padding.
    pub label: String,
    /// What they say.
    pub kind: HintKind,
    /// Markdown.
    pub tooltip: Option<String>,
    /// Whether they stand before `offset`'s word (`true`) or behind the word that ends there.
    pub before: bool,
}

/// What a lens does when it is clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensAction {
    /// Runs the tests and proofs of a declaration.
    RunTest {
        /// Its full name.
        name: SmolStr,
    },
    /// Shows the witness of an audience or a refuted proof.
    ShowWitness {
        /// The full name of the declaration.
        name: SmolStr,
    },
    /// Lists the findings of a rule.
    ShowFindings {
        /// The full name of the rule.
        name: SmolStr,
    },
    /// Lists the references of a declaration.
    ShowReferences {
        /// The full name of the declaration.
        name: SmolStr,
    },
}

/// A line above a declaration that can be clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The name of the declaration.
    pub span: Span,
    /// The words.
    pub title: String,
    /// What a click does; `None` when there is nothing to do.
    pub action: Option<LensAction>,
}
