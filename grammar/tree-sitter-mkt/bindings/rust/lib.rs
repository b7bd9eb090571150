//! The grammar of policies for tree-sitter.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_mkt() -> *const ();
}

/// The grammar. A parser takes it as `&LANGUAGE.into()`.
// SAFETY: `tree_sitter_mkt` is generated: it takes nothing and returns a table that lives as long as the program.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_mkt) };

/// What an editor colours, and as what.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Where another language is spoken: regular expressions and documentation.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");

/// Which names are defined where.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// What a file declares.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");
