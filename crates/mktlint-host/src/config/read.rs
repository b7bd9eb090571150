//! Reads `mktlint.toml`, with a place for everything that is wrong.

use std::ops::Range;

use globset::Glob;
use mktlint_asset::{FieldSource, Format, Kind, Spec};
use mktlint_diag::{Diagnostic, FilePath, Level, Place, closest};
use mktlint_text::Span;
use smol_str::SmolStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{AssetFiles, Config, PackPlace};
use crate::codes;

const KEYS: [&str; 12] = [
    "name", "version", "policy", "exclude", "fail-on", "select", "ignore", "baseline", "assets", "contacts",
    "packs", "results",
];
const PACK_KEYS: [&str; 2] = ["path", "rev"];
const CONTACTS_KEYS: [&str; 2] = ["table", "columns"];
const RESULTS_KEYS: [&str; 1] = ["include"];
const ASSET_KEYS: [&str; 7] = ["kind", "files", "format", "items", "delimiter", "columns", "fields"];
const FORMATS: [(&str, Format); 9] = [
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("mjml", Format::Mjml),
    ("text", Format::Text),
    ("csv", Format::Csv),
    ("json", Format::Json),
    ("yaml", Format::Yaml),
    ("toml", Format::Toml),
    ("eml", Format::Eml),
];

type Value<'i> = Spanned<DeValue<'i>>;

/// What `text`, the content of `file`, says, and what is wrong with it. Wrong keys count as not given.
pub fn read(file: &FilePath, text: &str) -> (Config, Vec<Diagnostic>) {
    let mut reader = Reader { file, config: Config::default(), problems: Vec::new() };
    match DeTable::parse(text) {
        Ok(table) => reader.top(table.get_ref()),
        Err(error) => {
            let span = error.span().map_or(Span::at(0), Span::of);
            let message = error.message().lines().next().unwrap_or("this is not TOML").to_lowercase();
            reader.problem(span, message, None);
        }
    }
    (reader.config, reader.problems)
}

struct Reader<'f> {
    file: &'f FilePath,
    config: Config,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let mut found = Diagnostic::new(&codes::config::CODE, Place::new(self.file.clone(), span), message);
        found.help.extend(help);
        self.problems.push(found);
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match name {
                "name" => self.name(value),
                "policy" => self.config.policy = self.globs(name, value),
                "exclude" => self.config.exclude = self.globs(name, value),
                "fail-on" => self.fail_on(value),
                "select" => self.config.select = self.rules(name, value),
                "ignore" => self.config.ignore = self.rules(name, value),
                "baseline" => self.baseline(value),
                "assets" => self.assets(value),
                "contacts" => self.contacts(value),
                "packs" => self.packs(value),
                "results" => self.results(value),
                "version" => self.config.version = self.text(name, value),
                _ => self.unknown(name, key.span(), &KEYS),
            }
        }
        self.pack_called_as_the_workspace();
    }

    /// Its modules would be called as those of the workspace, and one of two would not be seen.
    fn pack_called_as_the_workspace(&mut self) {
        let own = self.config.name.clone();
        if let Some(at) = self.config.packs.iter().position(|pack| pack.name == own) {
            let pack = self.config.packs.remove(at);
            let help = format!("the modules of this workspace are called `{own}`; call the pack otherwise");
            self.problem(pack.span, format!("no pack can be called `{own}` here"), Some(help));
        }
    }

    fn unknown(&mut self, name: &str, span: Range<usize>, known: &[&str]) {
        let near = closest(name, known.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "it can be {}",
                known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        self.problem(Span::of(span), format!("there is no key `{name}`"), Some(help));
    }

    fn expected(&mut self, value: &Value<'_>, what: &str, example: &str) {
        self.problem(Span::of(value.span()), format!("expected {what}"), Some(format!("write `{example}`")));
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<SmolStr> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref().into()),
            _ => {
                self.expected(value, "a text", &format!("{key} = \"…\""));
                None
            }
        }
    }

    fn texts(&mut self, key: &str, value: &Value<'_>) -> Vec<(SmolStr, Span)> {
        let items: Vec<&Value<'_>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let text = |item: &Value<'_>| Some((self.text(key, item)?, Span::of(item.span())));
        items.into_iter().filter_map(text).collect()
    }

    fn rules(&mut self, key: &str, value: &Value<'_>) -> Vec<(SmolStr, Span)> {
        self.texts(key, value)
    }

    fn globs(&mut self, key: &str, value: &Value<'_>) -> Vec<SmolStr> {
        let mut globs = Vec::new();
        for (text, span) in self.texts(key, value) {
            if text.starts_with('/') || text.split('/').any(|part| part == "..") {
                self.problem(
                    span,
                    format!("`{text}` leaves the workspace"),
                    Some("write a path from the root".into()),
                );
                continue;
            }
            match Glob::new(&text) {
                Ok(_) => globs.push(text),
                Err(error) => self.problem(span, format!("`{text}` is no glob: {}", error.kind()), None),
            }
        }
        globs
    }

    fn baseline(&mut self, value: &Value<'_>) {
        let Some(path) = self.text("baseline", value) else { return };
        if path.is_empty() || path.starts_with('/') || path.split('/').any(|part| part == "..") {
            self.expected(value, "a file inside the workspace", "baseline = \"mktlint-baseline.json\"");
        } else {
            self.config.baseline = Some(path);
        }
    }

    fn name(&mut self, value: &Value<'_>) {
        let Some(name) = self.text("name", value) else { return };
        if is_word(&name) {
            self.config.name = name;
        } else {
            self.expected(value, "one word of letters, digits and `_`", "name = \"acme\"");
        }
    }

    fn packs(&mut self, value: &Value<'_>) {
        const EXAMPLE: &str = "legal = { path = \"../legal-pack\" }";
        let DeValue::Table(entries) = value.get_ref() else {
            return self.expected(value, "a table", "[packs]");
        };
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let DeValue::Table(entry) = value.get_ref() else {
                self.expected(value, "a table", EXAMPLE);
                continue;
            };
            let span = Span::of(key.span());
            if !is_word(name) || name == "std" {
                let message = format!("no pack can be called `{name}`");
                self.problem(
                    span,
                    message,
                    Some("use one word of letters, digits and `_`; `std` is taken".into()),
                );
                continue;
            }
            let (mut path, mut rev) = (None, None);
            for (key, value) in entry {
                match key.get_ref().as_ref() {
                    "path" => path = self.text("path", value),
                    "rev" => rev = self.text("rev", value),
                    other => self.unknown(other, key.span(), &PACK_KEYS),
                }
            }
            match path {
                Some(path) => self.config.packs.push(PackPlace { name: name.into(), span, path, rev }),
                None => self.expected(value, "the folder of the pack", EXAMPLE),
            }
        }
        self.config.packs.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn fail_on(&mut self, value: &Value<'_>) {
        match self.text("fail-on", value).as_deref() {
            Some("error") => self.config.fail_on = Level::Error,
            Some("warning") => self.config.fail_on = Level::Warning,
            Some("info") => self.config.fail_on = Level::Info,
            Some(_) => self.expected(value, "`error`, `warning` or `info`", "fail-on = \"error\""),
            None => {}
        }
    }

    fn assets(&mut self, value: &Value<'_>) {
        let DeValue::Array(tables) = value.get_ref() else {
            return self.expected(value, "tables", "[[assets]]");
        };
        for table in tables.iter() {
            match table.get_ref() {
                DeValue::Table(entries) => self.asset(entries, Span::of(table.span())),
                _ => self.expected(table, "a table", "[[assets]]"),
            }
        }
    }

    fn asset(&mut self, entries: &DeTable<'_>, span: Span) {
        let mut files = Vec::new();
        let mut kind = None;
        let mut format = None;
        let mut spec = Spec::new(Kind::Post, Format::Text);
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            match name {
                "kind" => kind = self.kind(value),
                "files" => files = self.globs(name, value),
                "format" => format = self.format(value),
                "items" => spec.items = self.text(name, value),
                "delimiter" => spec.delimiter = self.delimiter(value),
                "columns" | "fields" => self.fields(name, value, &mut spec),
                _ => self.unknown(name, key.span(), &ASSET_KEYS),
            }
        }
        let missing = match (kind, files.is_empty()) {
            (None, _) if !entries.keys().any(|key| key.get_ref().as_ref() == "kind") => {
                Some(("kind", "kind = \"Ad\""))
            }
            (_, true) if !entries.keys().any(|key| key.get_ref().as_ref() == "files") => {
                Some(("files", "files = \"ads/*.csv\""))
            }
            _ => None,
        };
        if let Some((key, example)) = missing {
            self.problem(span, format!("this table has no `{key}`"), Some(format!("add `{example}`")));
        }
        let Some(kind) = kind else { return };
        spec.kind = kind;
        spec.format = format.unwrap_or(Format::Text);
        self.config.assets.push(AssetFiles { files, spec, has_format: format.is_some() });
    }

    fn kind(&mut self, value: &Value<'_>) -> Option<Kind> {
        let text = self.text("kind", value)?;
        let kind = Kind::from_word(&text);
        if kind.is_none() {
            let near = closest(&text, Kind::ALL.map(Kind::as_str));
            let help = near.map(|near| format!("did you mean `{near}`?")).or_else(|| {
                Some(format!("it can be {}", Kind::ALL.map(|kind| format!("`{}`", kind.as_str())).join(", ")))
            });
            self.problem(Span::of(value.span()), format!("no kind of asset is called `{text}`"), help);
        }
        kind
    }

    fn format(&mut self, value: &Value<'_>) -> Option<Format> {
        let text = self.text("format", value)?;
        let format = FORMATS.iter().find(|(word, _)| *word == text).map(|(_, format)| *format);
        if format.is_none() {
            let near = closest(&text, FORMATS.map(|(word, _)| word));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            self.problem(Span::of(value.span()), format!("no format is called `{text}`"), help);
        }
        format
    }

    fn delimiter(&mut self, value: &Value<'_>) -> Option<char> {
        let text = self.text("delimiter", value)?;
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(delimiter), None) if delimiter.is_ascii() => Some(delimiter),
            _ => {
                self.expected(value, "one character", "delimiter = \";\"");
                None
            }
        }
    }

    fn fields(&mut self, key: &str, value: &Value<'_>, spec: &mut Spec) {
        for (name, text, _) in self.pairs(value, "columns = { headlines = \"Headline *\" }") {
            let source = if key == "columns" { FieldSource::Column(text) } else { FieldSource::Path(text) };
            spec.fields.insert(name, source);
        }
    }

    fn contacts(&mut self, value: &Value<'_>) {
        let DeValue::Table(entries) = value.get_ref() else {
            return self.expected(value, "a table", "[contacts]");
        };
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            match name {
                "table" => self.config.contacts.table = self.text(name, value).filter(|it| !it.is_empty()),
                "columns" => {
                    let pairs = self.pairs(value, "columns = { country = \"country_code\" }");
                    let pairs = pairs.into_iter().map(|(name, column, span)| (name, (column, span)));
                    self.config.contacts.columns = pairs.collect();
                }
                _ => self.unknown(name, key.span(), &CONTACTS_KEYS),
            }
        }
    }

    fn results(&mut self, value: &Value<'_>) {
        let DeValue::Table(entries) = value.get_ref() else {
            return self.expected(value, "a table", "[results]");
        };
        for (key, value) in entries {
            match key.get_ref().as_ref() {
                "include" => self.config.results = self.globs("include", value),
                other => self.unknown(other, key.span(), &RESULTS_KEYS),
            }
        }
    }

    /// The texts of a table with their keys and where those are written.
    fn pairs(&mut self, value: &Value<'_>, example: &str) -> Vec<(SmolStr, SmolStr, Span)> {
        let DeValue::Table(entries) = value.get_ref() else {
            self.expected(value, "a table", example);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (name, text) in entries {
            let at = Span::of(name.span());
            let text = self.text(name.get_ref(), text);
            pairs.extend(text.map(|text| (name.get_ref().as_ref().into(), text, at)));
        }
        pairs
    }
}

/// Whether `text` can be the first word of a module.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_')
        && text.chars().next().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let (_, problems) = read(&"mktlint.toml".into(), text);
        let show = |found: Diagnostic| {
            let span = found.primary.place.span;
            format!("{span:?} {} [{}]", found.message, found.help.join("; "))
        };
        problems.into_iter().map(show).collect()
    }

    #[test]
    fn a_full_file_is_read() {
        let (config, problems) = read(
            &"mktlint.toml".into(),
            "name = \"acme\"\nfail-on = \"warning\"\nexclude = \"old/**\"\n[[assets]]\nkind = \"Ad\"\n\
             files = \"ads/*.csv\"\ncolumns = { headlines = \"Headline *\" }\ndelimiter = \";\"\n",
        );
        assert_eq!(problems, []);
        assert_eq!((config.name.as_str(), config.fail_on), ("acme", Level::Warning));
        let ads = &config.assets[0];
        assert_eq!((ads.spec.kind, ads.spec.delimiter, ads.has_format), (Kind::Ad, Some(';'), false));
        assert_eq!(ads.spec.fields["headlines"], FieldSource::Column("Headline *".into()));
    }

    #[test]
    fn a_wrong_key_is_named_with_its_place_and_repair() {
        assert_eq!(problems("exlude = []"), ["0..6 there is no key `exlude` [did you mean `exclude`?]"]);
        assert_eq!(
            problems("[[assets]]\nkind = \"Emial\"\nfiles = \"a\""),
            ["18..25 no kind of asset is called `Emial` [did you mean `Email`?]"]
        );
    }

    #[test]
    fn contacts_have_a_table_and_columns() {
        let text = "[contacts]\ntable = \"crm.people\"\ncolumns = { country = \"country_code\" }\n";
        let (config, found) = read(&"mktlint.toml".into(), text);
        assert_eq!(found, []);
        assert_eq!(config.contacts.table.as_deref(), Some("crm.people"));
        assert_eq!(config.contacts.columns["country"].0, "country_code");
        assert_eq!(
            problems("[contacts]\ncolums = {}\ntable = 1\ncolumns = \"a\""),
            [
                "43..46 expected a table [write `columns = { country = \"country_code\" }`]",
                "11..17 there is no key `colums` [did you mean `columns`?]",
                "31..32 expected a text [write `table = \"…\"`]"
            ]
        );
    }

    #[test]
    fn results_are_where_the_table_says() {
        let (config, found) = read(&"mktlint.toml".into(), "[results]\ninclude = \"measured/*.csv\"\n");
        assert_eq!((config.results, found), (vec!["measured/*.csv".into()], Vec::new()));
        assert_eq!(
            problems("[results]\ninclud = 1"),
            ["10..16 there is no key `includ` [did you mean `include`?]"]
        );
    }

    #[test]
    fn a_baseline_stays_inside() {
        let (config, found) = read(&"mktlint.toml".into(), "baseline = \"qa/old.json\"");
        assert_eq!((config.baseline.as_deref(), found), (Some("qa/old.json"), Vec::new()));
        let words = "expected a file inside the workspace [write `baseline = \"mktlint-baseline.json\"`]";
        assert_eq!(problems("baseline = \"../x\""), [format!("11..17 {words}")]);
    }

    #[test]
    fn a_glob_stays_inside() {
        assert_eq!(
            problems("policy = \"../secret/*\""),
            ["9..22 `../secret/*` leaves the workspace [write a path from the root]"]
        );
    }

    #[test]
    fn broken_toml_is_a_problem_at_its_place() {
        assert_eq!(problems("name = ").len(), 1);
    }
}
