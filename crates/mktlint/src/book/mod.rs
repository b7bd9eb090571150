//! What there is to say about a rule, a fact or a pack, as data; and the rule book in Markdown and HTML.
//!
//! `mktlint explain` shows one page on a terminal, `mktlint rules` all of them.

mod chapter;
mod example;
mod force;
pub mod html;
pub mod markdown;
mod needs;
mod page;
mod prose;
mod shelf;

pub use chapter::Book;
pub use example::{Example, Expectation, Shown};
pub use needs::{FactPage, Giver, Need, given, reach};
pub use page::Page;
pub use prose::{paragraphs, title_of};
pub use shelf::{Shelf, Versions};
