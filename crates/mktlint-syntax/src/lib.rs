//! Policy text to tree, and back to canonical text.
//!
//! Text is cut into tokens without loss ([`lex`]), tokens into declarations ([`chunks()`]), and each declaration is laid
//! out and parsed alone ([`parse_chunk`]), so that a mistake stays where it is made and an edit costs one declaration.
//! Parsing never fails: it returns a tree and a list of problems, each with a code ([`codes`]). The same tokens make
//! the canonical text ([`format()`]). Nothing here knows names, types, files or time.

pub mod ast;
mod brackets;
mod chunks;
pub mod codes;
mod docs;
mod dump;
mod format;
mod kinds;
mod layout;
pub mod lex;
mod literal;
mod parse;

pub use brackets::{CLOSERS, OPENERS};
pub use chunks::chunks;
pub use codes::{CODES, Origin, SyntaxProblem};
pub use dump::{dump, dump_expr};
pub use format::{Formatted, format};
pub use kinds::{KINDS, has_body, is_kind};
pub use layout::laid_out;
pub use parse::{File, Parse, parse_chunk, parse_file};
