//! Words that cannot stand as a bare column name everywhere.

/// What one of the six databases reserves, in alphabetical order. From `pg_get_keywords()` of PostgreSQL 15,
/// `duckdb_keywords()` of DuckDB 2.0, the keyword pages of SQLite, BigQuery and Snowflake, the ANSI keywords of Spark 4,
/// and the names of types, which some parsers take for the start of a literal.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "abort", "account", "action", "add", "after", "all", "alter", "always", "analyse", "analyze", "and",
    "anti", "any", "array", "as", "asc", "asof", "assert_rows_modified", "asymmetric", "at", "attach",
    "authorization", "autoincrement", "before", "begin", "between", "bigint", "binary", "bit",
    "boolean", "both", "by", "call", "cascade", "case", "cast", "char", "character", "check",
    "coalesce", "collate", "collation", "collations", "column", "columns", "commit", "concurrently",
    "conflict", "connect", "connection", "constraint", "contains", "create", "cross", "cube", "current",
    "current_catalog", "current_date", "current_role", "current_schema", "current_time",
    "current_timestamp", "current_user", "database", "date", "datetime", "day", "dec", "decimal",
    "default", "deferrable", "deferred", "define", "delete", "desc", "describe", "detach", "distinct",
    "div", "do", "double", "drop", "each", "else", "end", "enum", "escape", "except", "exclude",
    "exclusive", "execute", "exists", "explain", "extract", "fail", "false", "fetch", "filter", "first",
    "float", "following", "for", "foreign", "freeze", "from", "full", "function", "generated", "glob",
    "grant", "group", "grouping", "grouping_id", "groups", "gscluster", "hash", "having", "hour", "if",
    "ignore", "ilike", "immediate", "in", "increment", "index", "indexed", "initially", "inner",
    "inout", "insert", "instead", "int", "integer", "intersect", "interval", "into", "is", "isnull",
    "issue", "join", "key", "lambda", "last", "lateral", "leading", "left", "like", "limit",
    "localtime", "localtimestamp", "lookup", "map", "match", "materialized", "merge", "minus", "minute",
    "month", "national", "natural", "nchar", "new", "no", "none", "not", "nothing", "notnull", "null",
    "nullif", "nulls", "numeric", "of", "offset", "on", "only", "or", "order", "organization", "others",
    "out", "outer", "over", "overlaps", "overlay", "partition", "percent", "pivot", "pivot_longer",
    "pivot_wider", "placing", "plan", "position", "positional", "pragma", "preceding", "precision",
    "primary", "proto", "qualify", "query", "raise", "range", "real", "recursive", "references",
    "regexp", "reindex", "release", "rename", "replace", "respect", "restrict", "returning", "revoke",
    "right", "rlike", "rollback", "rollup", "row", "rows", "sample", "savepoint", "schema", "second",
    "select", "semi", "session_user", "set", "setof", "show", "similar", "smallint", "some", "sql",
    "start", "string", "struct", "substring", "summarize", "symmetric", "sysdate", "system_user",
    "table", "tablesample", "temp", "temporary", "text", "then", "ties", "time", "timestamp", "tinyint",
    "to", "top", "trailing", "transaction", "transform", "treat", "trigger", "trim", "true", "try_cast",
    "tuple", "type", "unbounded", "union", "unique", "unknown", "unnest", "unpack", "unpivot", "update",
    "user", "using", "vacuum", "value", "values", "varchar", "variadic", "variant", "verbose", "view",
    "virtual", "when", "whenever", "where", "window", "with", "within", "without", "xmlattributes",
    "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi",
    "xmlroot", "xmlserialize", "xmltable", "year",
];

/// Whether `name` means something else when it is not quoted.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// Whether `name` is a word that every database reads as one identifier: ASCII letters in lower case, digits, `_`.
pub fn is_plain(name: &str) -> bool {
    let is_start = |c: char| c.is_ascii_lowercase() || c == '_';
    name.starts_with(is_start) && name.chars().all(|c| is_start(c) || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(RESERVED.is_sorted());
        assert!(is_reserved("order") && !is_reserved("country"));
    }

    #[test]
    fn only_words_in_lower_case_are_plain() {
        assert!(is_plain("last_order2") && !is_plain("lastOrder") && !is_plain("2nd") && !is_plain(""));
    }
}
