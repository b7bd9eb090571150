//! Whole queries.

use mktlint_decide::Formula;

use crate::dialect::Dialect;
use crate::lower::{Comments, checked, lower};
use crate::tree::Node;
use crate::{Source, Unsupported, layout};

/// A condition that a query names in a comment.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// `audience lapsed_eu: customers who stopped buying`; may hold anything.
    pub title: &'a str,
    /// Whom it describes.
    pub formula: &'a Formula,
}

/// `SELECT * FROM table WHERE …`: the contacts of `audience` without those of each of `minus`, one condition a line,
/// comments that name the parts and the definitions they use, and no semicolon.
///
/// # Errors
/// As [`crate::condition`].
pub fn query(source: &Source<'_>, audience: &Part<'_>, minus: &[Part<'_>]) -> Result<String, Unsupported> {
    let mut parts = vec![titled(audience.title, lower(source, audience.formula, Comments::With)?)];
    for part in minus {
        let others = Formula::Not(Box::new(part.formula.clone()));
        let title = if part.title.is_empty() { String::new() } else { format!("not {}", part.title) };
        parts.push(titled(&title, lower(source, &others, Comments::With)?));
    }
    let table = source.dialect.table(source.table);
    let text = format!("SELECT *\nFROM {table}\nWHERE\n{}", layout::clause(&parts));
    checked(text, audience.formula)
}

fn titled(title: &str, node: Node) -> Node {
    if title.is_empty() { node } else { Node::Note { words: Dialect::comment(title), node: Box::new(node) } }
}
