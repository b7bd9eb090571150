//! What can be wrong with the text of a policy. One file for each code; its page is in `explain/`.
//!
//! Each type holds facts, with places from the start of the declaration; `show` words them.

mod bad_escape;
mod bad_literal;
mod foreign_spelling;
mod stray_doc;
mod too_deep;
mod unclosed_bracket;
mod unclosed_comment;
mod unclosed_pattern;
mod unclosed_string;
mod unexpected;
mod unknown_character;
mod unknown_declaration;
mod unopened_bracket;

use mktlint_diag::{Code, Diagnostic, FilePath, Place};
use mktlint_text::Span;

pub use bad_escape::BadEscape;
pub use bad_literal::BadLiteral;
pub use foreign_spelling::ForeignSpelling;
pub use stray_doc::StrayDoc;
pub use too_deep::TooDeep;
pub use unclosed_bracket::UnclosedBracket;
pub use unclosed_comment::UnclosedComment;
pub use unclosed_pattern::UnclosedPattern;
pub use unclosed_string::UnclosedString;
pub use unexpected::{Expected, Unexpected};
pub use unknown_character::UnknownCharacter;
pub use unknown_declaration::UnknownDeclaration;
pub use unopened_bracket::UnopenedBracket;

/// Where a declaration stands, so that its places can be shown.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'f> {
    /// The file.
    pub file: &'f FilePath,
    /// Where the declaration starts in it: [`crate::ast::Chunk::offset`].
    pub offset: u32,
}

impl Origin<'_> {
    /// The place in the file of `span`, which counts from the start of the declaration.
    pub fn place(self, span: Span) -> Place {
        Place::new(self.file.clone(), span.shift(self.offset))
    }
}

macro_rules! problems {
    ($($module:ident $name:ident $span:ident)*) => {
        /// One mistake in the text of a policy.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum SyntaxProblem {
            $(#[allow(missing_docs, reason = "the type says it")] $name($name),)*
        }

        $(impl From<$name> for SyntaxProblem {
            fn from(problem: $name) -> Self {
                Self::$name(problem)
            }
        })*

        impl SyntaxProblem {
            /// The words that are wrong, from the start of the declaration.
            pub fn span(&self) -> Span {
                match self { $(Self::$name(it) => it.$span,)* }
            }

            /// The code.
            pub fn code(&self) -> &'static Code {
                match self { $(Self::$name(_) => &$module::CODE,)* }
            }

            /// The problem in words.
            pub fn show(&self, origin: Origin<'_>) -> Diagnostic {
                match self { $(Self::$name(it) => it.show(origin),)* }
            }
        }

        /// Every code of this crate, in the order of their numbers.
        pub static CODES: &[&Code] = &[$(&$module::CODE),*];
    };
}

problems! {
    unexpected Unexpected span
    unclosed_bracket UnclosedBracket open
    unopened_bracket UnopenedBracket span
    unclosed_string UnclosedString open
    unclosed_comment UnclosedComment open
    unclosed_pattern UnclosedPattern open
    unknown_character UnknownCharacter span
    foreign_spelling ForeignSpelling span
    bad_literal BadLiteral span
    bad_escape BadEscape span
    too_deep TooDeep span
    unknown_declaration UnknownDeclaration span
    stray_doc StrayDoc span
}
