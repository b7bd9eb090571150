//! Kinds of SQL: their names, and how they quote.

use std::fmt;

use crate::reserved;

/// A kind of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// PostgreSQL.
    Postgres,
    /// SQLite; sets are JSON arrays in text columns.
    Sqlite,
    /// BigQuery, standard SQL.
    BigQuery,
    /// Snowflake.
    Snowflake,
    /// Spark SQL, Databricks.
    Spark,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::DuckDb, Self::Postgres, Self::Sqlite, Self::BigQuery, Self::Snowflake, Self::Spark];

    /// `duckdb`, as it is given on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite",
            Self::BigQuery => "bigquery",
            Self::Snowflake => "snowflake",
            Self::Spark => "spark",
        }
    }

    /// `DuckDB`, as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::DuckDb => "DuckDB",
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
            Self::BigQuery => "BigQuery",
            Self::Snowflake => "Snowflake",
            Self::Spark => "Spark",
        }
    }

    /// The dialect of [`Dialect::name`].
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// `name` as an identifier: bare when it is a plain word in lower case, else quoted.
    ///
    /// Snowflake reads bare words in upper case, so a reserved word is quoted in upper case there, to be the column
    /// that the bare word would be. What no database takes in a name becomes U+FFFD, which none will find.
    pub(crate) fn identifier(self, name: &str) -> String {
        if !reserved::is_plain(name) {
            return self.quoted_identifier(name);
        }
        match (reserved::is_reserved(name), self) {
            (false, _) => name.to_owned(),
            (true, Self::Snowflake) => self.quoted_identifier(&name.to_ascii_uppercase()),
            (true, _) => self.quoted_identifier(name),
        }
    }

    /// SQLite takes `"name"` for a text when there is no such column, so backticks are used there.
    fn quoted_identifier(self, name: &str) -> String {
        let name = name.replace('\0', "\u{fffd}");
        match self {
            Self::DuckDb | Self::Postgres | Self::Snowflake => format!("\"{}\"", name.replace('"', "\"\"")),
            Self::Sqlite => format!("`{}`", name.replace('`', "``")),
            Self::Spark => format!("`{}`", name.replace('`', "``").replace("${", "\u{fffd}{")),
            Self::BigQuery => format!("`{}`", escaped(&name, '`')),
        }
    }

    /// The parts of `table` between dots, each as an identifier.
    pub(crate) fn table(self, table: &str) -> String {
        let parts: Vec<String> = table.split('.').map(|part| self.identifier(part)).collect();
        parts.join(".")
    }

    /// `words` as a text; they hold no U+0000.
    pub(crate) fn text(self, words: &str) -> String {
        match self {
            Self::DuckDb | Self::Postgres | Self::Sqlite => format!("'{}'", words.replace('\'', "''")),
            Self::Snowflake => format!("'{}'", words.replace('\\', "\\\\").replace('\'', "''")),
            Self::BigQuery => format!("'{}'", escaped(words, '\'')),
            // `${env:HOME}` is replaced before Spark parses anything, inside of quotes, too.
            Self::Spark => format!("'{}'", escaped(words, '\'').replace("${", "\\u0024{")),
        }
    }

    /// `words` as the rest of a line: nothing in them ends the comment or makes it go on with the next line.
    pub(crate) fn comment(words: &str) -> String {
        let mut out = String::from("--");
        for word in
            words.split(|c: char| c.is_control() || c.is_whitespace() || "\u{2028}\u{2029}".contains(c))
        {
            if !word.is_empty() {
                // Spark joins a comment that ends in a backslash with the next line, and replaces `${…}` in comments.
                out.push(' ');
                out.push_str(&word.replace('\\', "/").replace("${", "{"));
            }
        }
        out
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// `words` with `quote`, backslashes and everything that could end a line behind backslashes.
fn escaped(words: &str, quote: char) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ if c == quote => {
                out.push('\\');
                out.push(c);
            }
            _ if c.is_control() || "\u{2028}\u{2029}".contains(c) => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_find_their_dialect() {
        for dialect in Dialect::ALL {
            assert_eq!(Dialect::find(dialect.name()), Some(dialect));
        }
        assert_eq!(Dialect::find("oracle"), None);
    }

    #[test]
    fn texts_stay_in_their_quotes() {
        let nasty = "it's \\' ${env:HOME}\n--";
        assert_eq!(Dialect::Postgres.text(nasty), "'it''s \\'' ${env:HOME}\n--'");
        assert_eq!(Dialect::Snowflake.text(nasty), "'it''s \\\\'' ${env:HOME}\n--'");
        assert_eq!(Dialect::BigQuery.text(nasty), r"'it\'s \\\' ${env:HOME}\n--'");
        assert_eq!(Dialect::Spark.text(nasty), r"'it\'s \\\' \u0024{env:HOME}\n--'");
    }

    #[test]
    fn names_stay_in_their_quotes() {
        let names =
            |dialect: Dialect| ["age", "Age", "order", "a\"b`c\0"].map(|name| dialect.identifier(name));
        let quoted = ["age", "\"Age\"", "\"order\"", "\"a\"\"b`c\u{fffd}\""].map(str::to_owned);
        assert_eq!(names(Dialect::Postgres), quoted);
        assert_eq!(names(Dialect::Sqlite), ["age", "`Age`", "`order`", "`a\"b``c\u{fffd}`"]);
        assert_eq!(names(Dialect::BigQuery), ["age", "`Age`", "`order`", "`a\"b\\`c\u{fffd}`"]);
        assert_eq!(Dialect::Snowflake.identifier("order"), "\"ORDER\"");
        assert_eq!(Dialect::Spark.identifier("${x}"), "`\u{fffd}{x}`");
        assert_eq!(Dialect::DuckDb.table("crm.The people"), "crm.\"The people\"");
    }

    #[test]
    fn comments_stay_on_their_line() {
        assert_eq!(Dialect::comment("a\nDROP TABLE b; \\"), "-- a DROP TABLE b; /");
        assert_eq!(Dialect::comment("\u{2028}x\r\u{85}${y}"), "-- x {y}");
    }
}
