//! Text tests without regard to case.
//!
//! A text test compares the lower case of both sides as Rust has it. Databases differ in the lower case of letters
//! beyond ASCII (SQLite knows none, PostgreSQL goes by locale), and nearly all turn `İ` into one letter where Unicode
//! has two. So the column is lowered only as far as the pattern can see: letters that end up as one of its letters.

use std::collections::BTreeSet;

use mktlint_decide::TextTest;
use smol_str::{SmolStr, format_smolstr};

use crate::dialect::Dialect;
use crate::literal;

/// Nested calls of `replace` that SQLite may get: its parser before 3.46 has room for 30.
const REPLACEMENTS: usize = 20;

/// Letters with a lower case that has another upper case; `İ` apart, whose lower case is two characters.
const ODD: &[char] = &['\u{1e9e}', '\u{2126}', '\u{212a}', '\u{212b}', '\u{3f4}'];

/// The one letter whose lower case is longer than itself, and its lower case.
const DOTTED: (&str, &str) = ("İ", "i\u{307}");

/// `column` is like `part`; never NULL unless `column` is.
pub fn text_test(
    column: &str,
    test: TextTest,
    part: &str,
    negated: bool,
    dialect: Dialect,
) -> Result<String, SmolStr> {
    let part = part.to_lowercase();
    let like = Like::new(test, &part);
    let column = folded(column, &like, dialect)?;
    let word = if negated { "NOT LIKE" } else { "LIKE" };
    let (pattern, escape) = like.pattern(dialect);
    Ok(format!("{column} {word} {}{escape}", literal::text(&pattern, dialect)?))
}

/// A pattern in lower case.
struct Like<'a> {
    part: &'a str,
    is_glob: bool,
    open_start: bool,
    open_end: bool,
}

impl<'a> Like<'a> {
    fn new(test: TextTest, part: &'a str) -> Self {
        let is_glob = test == TextTest::Glob;
        Self {
            part,
            is_glob,
            open_start: matches!(test, TextTest::EndsWith | TextTest::Contains),
            open_end: matches!(test, TextTest::StartsWith | TextTest::Contains),
        }
    }

    fn is_wild(&self, c: char) -> bool {
        self.is_glob && matches!(c, '*' | '?')
    }

    /// The letters that a text must have.
    fn letters(&self) -> BTreeSet<char> {
        self.part.chars().filter(|c| !self.is_wild(*c)).collect()
    }

    /// Whether the number of characters counts.
    fn counts(&self) -> bool {
        self.is_glob && self.part.contains('?')
    }

    /// The pattern of `LIKE`, and the words behind it.
    fn pattern(&self, dialect: Dialect) -> (String, &'static str) {
        let is_special = |c: char| matches!(c, '%' | '_' | '\\');
        let needs_escape = self.part.chars().any(|c| is_special(c) && !self.is_wild(c));
        // BigQuery has no `ESCAPE`, and always takes a backslash for one.
        let (escape, words) = match dialect {
            Dialect::BigQuery => ('\\', ""),
            _ if needs_escape => ('!', " ESCAPE '!'"),
            _ => ('\0', ""),
        };
        let mut out = String::from(if self.open_start { "%" } else { "" });
        for c in self.part.chars() {
            match c {
                '*' if self.is_glob && out.ends_with('%') => {}
                '*' if self.is_glob => out.push('%'),
                '?' if self.is_glob => out.push('_'),
                _ if c == escape || matches!(c, '%' | '_') => out.extend([escape, c]),
                _ => out.push(c),
            }
        }
        if self.open_end {
            out.push('%');
        }
        (out, words)
    }
}

/// `column` in lower case, as far as `like` can tell.
fn folded(column: &str, like: &Like<'_>, dialect: Dialect) -> Result<String, SmolStr> {
    let letters = like.letters();
    if letters.contains(&'σ') || letters.contains(&'ς') {
        return Err("the lower case of `Σ` depends on where in a word it stands".into());
    }
    let mut column = column.to_owned();
    if like.counts() || letters.contains(&'i') || letters.contains(&'\u{307}') {
        column = replaced(&column, DOTTED.0, DOTTED.1, dialect);
    }
    let capitals: Vec<(char, char)> = letters.iter().flat_map(|small| capitals(*small)).collect();
    let (ascii, beyond): (Vec<_>, Vec<_>) = capitals.into_iter().partition(|(capital, _)| capital.is_ascii());
    match dialect {
        Dialect::Postgres if !beyond.is_empty() => column = translated(&column, &beyond, dialect),
        Dialect::Sqlite if beyond.len() > REPLACEMENTS => {
            return Err(format_smolstr!(
                "SQLite has no lower case beyond ASCII, and the pattern more than {REPLACEMENTS} such letters"
            ));
        }
        Dialect::Sqlite => {
            for (capital, small) in &beyond {
                column = replaced(&column, &capital.to_string(), &small.to_string(), dialect);
            }
        }
        _ if !beyond.is_empty() => return Ok(format!("lower({column})")),
        _ => {}
    }
    Ok(match dialect {
        _ if ascii.is_empty() => column,
        // Of the letters of ASCII and no others, whatever the locale of the database.
        Dialect::Postgres => format!("lower({column} COLLATE \"C\")"),
        _ => format!("lower({column})"),
    })
}

fn replaced(column: &str, from: &str, to: &str, dialect: Dialect) -> String {
    format!("replace({column}, {}, {})", dialect.text(from), dialect.text(to))
}

fn translated(column: &str, letters: &[(char, char)], dialect: Dialect) -> String {
    let from: String = letters.iter().map(|(capital, _)| *capital).collect();
    let to: String = letters.iter().map(|(_, small)| *small).collect();
    format!("translate({column}, {}, {})", dialect.text(&from), dialect.text(&to))
}

/// The letters whose lower case is `small` alone, each with `small`.
fn capitals(small: char) -> Vec<(char, char)> {
    let mut upper = small.to_uppercase();
    let single = upper.next().filter(|_| upper.next().is_none());
    let title = match small {
        'ǆ' => Some('ǅ'),
        'ǉ' => Some('ǈ'),
        'ǌ' => Some('ǋ'),
        'ǳ' => Some('ǲ'),
        _ => None,
    };
    let candidates = single.into_iter().chain(title).chain(ODD.iter().copied()).chain(titlecase_greek(small));
    let mut found: Vec<char> =
        candidates.filter(|capital| *capital != small && capital.to_lowercase().eq([small])).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|capital| (capital, small)).collect()
}

/// The letter with iota beside it that `small` is the lower case of: its upper case is two letters.
fn titlecase_greek(small: char) -> Option<char> {
    let first =
        matches!(small, '\u{1f80}'..='\u{1faf}').then(|| char::from_u32(u32::from(small) + 8)).flatten();
    let second = matches!(small, '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}')
        .then(|| char::from_u32(u32::from(small) + 9))
        .flatten();
    first.or(second)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_capital_is_known() {
        let mut all: BTreeMap<char, Vec<(char, char)>> = BTreeMap::new();
        for capital in '\u{41}'..=char::MAX {
            let mut lower = capital.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(small), None) if small != capital => {
                    all.entry(small).or_default().push((capital, small))
                }
                (Some(_), Some(_)) => assert_eq!(capital.to_string(), DOTTED.0),
                _ => {}
            }
        }
        for (small, expected) in all {
            assert_eq!(capitals(small), expected, "{small}");
        }
    }

    fn check(test: TextTest, part: &str, dialect: Dialect, expected: &str) {
        assert_eq!(text_test("x", test, part, false, dialect).as_deref(), Ok(expected));
    }

    #[test]
    fn the_column_is_lowered_as_far_as_the_pattern_sees() {
        check(TextTest::EndsWith, "@ACME.DE", Dialect::Sqlite, "lower(x) LIKE '%@acme.de'");
        check(TextTest::StartsWith, "2026-", Dialect::Postgres, "x LIKE '2026-%'");
        check(TextTest::Contains, "shop", Dialect::Postgres, "lower(x COLLATE \"C\") LIKE '%shop%'");
        check(TextTest::Contains, "Ä", Dialect::Postgres, "translate(x, 'Ä', 'ä') LIKE '%ä%'");
        check(TextTest::Contains, "Ä", Dialect::Sqlite, "replace(x, 'Ä', 'ä') LIKE '%ä%'");
        check(TextTest::Contains, "Ä", Dialect::DuckDb, "lower(x) LIKE '%ä%'");
        check(TextTest::Contains, "i", Dialect::DuckDb, "lower(replace(x, 'İ', 'i\u{307}')) LIKE '%i%'");
        assert!(text_test("x", TextTest::Contains, "ΣΑ", false, Dialect::DuckDb).is_err());
    }

    #[test]
    fn what_like_would_read_is_escaped() {
        check(TextTest::Contains, "5%!", Dialect::DuckDb, "x LIKE '%5!%!!%' ESCAPE '!'");
        check(TextTest::Contains, "5!", Dialect::DuckDb, "x LIKE '%5!%'");
        check(TextTest::Contains, "5%\\", Dialect::BigQuery, r"x LIKE '%5\\%\\\\%'");
        check(
            TextTest::Glob,
            "a**_?\\",
            Dialect::Spark,
            r"lower(replace(x, 'İ', 'i̇')) LIKE 'a%!__\\' ESCAPE '!'",
        );
    }
}
