//! What the help of a finding tells to type, as edits.

mod clauses;
mod guards;
mod names;
mod people;
mod spelling;

use mktlint_diag::Diagnostic;
use mktlint_text::Span;

use super::Repair;
use super::edit::{replace, ticked};
use super::site::Site;

/// Makes the repairs of one code. Nothing where the finding is worded in a way that it does not know.
type Repairs = fn(&Site<'_>, &Diagnostic) -> Vec<Repair>;

/// Each code that has repairs besides its own fix.
const REPAIRS: &[(&str, Repairs)] = &[
    ("MKT0001", spelling::missing_sign),
    ("MKT0002", spelling::unclosed_bracket),
    ("MKT0003", spelling::stray),
    ("MKT0004", spelling::unclosed_string),
    ("MKT0005", spelling::unclosed_comment),
    ("MKT0006", spelling::unclosed_pattern),
    ("MKT0007", spelling::character),
    ("MKT0008", spelling::foreign),
    ("MKT0009", spelling::day),
    ("MKT0010", spelling::escape),
    ("MKT0013", spelling::stray_doc),
    ("MKT0102", clauses::unknown),
    ("MKT0103", clauses::missing),
    ("MKT0104", clauses::duplicate),
    ("MKT0105", clauses::malformed),
    ("MKT0106", clauses::nameless),
    ("MKT0110", names::unknown),
    ("MKT0112", names::duplicate),
    ("MKT0113", names::private),
    ("MKT0115", names::unused),
    ("MKT0201", clauses::compared),
    ("MKT0202", spelling::unit),
    ("MKT0203", guards::unguarded),
    ("MKT0204", written),
    ("MKT0301", spelling::flag),
    ("MKT0311", clauses::document),
    ("MKT0316", clauses::declaration),
    ("MKT0319", written),
    ("MKT0402", people::everyone),
    ("MKT0403", people::same),
    ("MKT0404", people::idle),
    ("MKT0405", clauses::declaration),
    ("MKT0406", people::stage),
    ("MKT0407", spelling::limit),
    ("MKT0410", people::refuted),
    ("MKT0421", clauses::yields),
];

/// The repairs of `found` besides its own fix.
pub fn of(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let meant = did_you_mean(site, found);
    let own = REPAIRS.iter().find(|(code, _)| *code == found.code);
    meant.into_iter().chain(own.into_iter().flat_map(|(_, repairs)| repairs(site, found))).collect()
}

/// ``did you mean `needs`?``
fn did_you_mean(site: &Site<'_>, found: &Diagnostic) -> Option<Repair> {
    let help = found.help.first().filter(|help| found.fix.is_none() && help.starts_with("did you mean `"))?;
    let word = *ticked(help).first()?;
    // Of `Email.subjekt` only the last word is meant, unless the answer has a full stop, too.
    let span = found.primary.place.span;
    let before = span.slice(site.text).rfind('.').filter(|_| !word.contains('.')).map_or(0, |at| at + 1);
    let span = Span::new(span.start() + before as u32, span.end());
    Some(Repair::here(site, format!("write `{word}`"), [replace(span, word)]))
}

/// What can be written in place of the words: ``write `x` ``, ``write one of `x`, `y` ``, ``it has `x`, `y` ``,
/// ``… `enforce x` ``.
fn written(site: &Site<'_>, found: &Diagnostic) -> Vec<Repair> {
    let Some(help) = found.help.first() else { return Vec::new() };
    let words = ticked(help);
    let is_choice = ["write one of `", "it has `"].iter().any(|start| help.starts_with(start));
    let is_only = words.len() == 1 && help.ends_with('`') && !help.contains('…');
    if !is_choice && !is_only {
        return Vec::new();
    }
    let write = |word: &&str| {
        let word = word.strip_prefix("enforce ").unwrap_or(word);
        Repair::here(site, format!("write `{word}`"), [replace(found.primary.place.span, word)])
    };
    words.iter().map(write).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_exists() {
        let known: Vec<&str> =
            mktlint_hir::codes::CODES.iter().chain(mktlint_syntax::CODES).map(|code| code.id).collect();
        let unknown: Vec<&str> =
            REPAIRS.iter().map(|(code, _)| *code).filter(|code| !known.contains(code)).collect();
        assert_eq!(unknown, [""; 0]);
        assert!(REPAIRS.is_sorted_by_key(|(code, _)| *code));
    }
}
