//! Policy text to tree, and back to canonical text.

pub mod ast;
mod brackets;
mod chunks;
pub mod codes;
mod dump;
mod format;
mod kinds;
mod layout;
pub mod lex;
mod literal;
mod parse;

pub use chunks::chunks;
pub use codes::{CODES, Origin, SyntaxProblem};
pub use dump::{dump, dump_expr};
pub use format::{Formatted, format};
pub use kinds::{KINDS, has_body, is_kind};
pub use parse::{File, Parse, parse_chunk, parse_file};
