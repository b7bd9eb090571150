//! Rules of Vale.
//!
//! Vale is a linter of prose. A style is a folder of rules, each a YAML file that extends one of twelve checks;
//! `.vale.ini` says which styles and rules are on. What a check means here is what version 3 of Vale does with it.

mod check;
mod definition;
mod dictionary;
mod formula;
mod ini;
mod message;
mod scope;
mod vocabulary;

use std::collections::BTreeSet;

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;

use crate::codes;
use crate::draft::{Draft, Entry};
use crate::name::snake;
use crate::yaml;
use definition::{Definition, Refusal, Surroundings};
pub use dictionary::Dictionary;
pub use ini::Config;
use ini::Setting;
pub use vocabulary::Vocabulary;

/// The most bytes of a rule. The longest that people publish has 60 KB.
pub const LONGEST_RULE: usize = 1 << 20;

/// The function that knows the words that are accepted everywhere.
const ACCEPTED: &str = "accepted";

/// A file of a style.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// The file, as it is shown.
    pub path: FilePath,
    /// `Microsoft`
    pub style: String,
    /// `Terms`
    pub name: String,
    /// What it holds, or why it cannot be read.
    pub text: Result<String, String>,
}

/// All that an import looks at.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// `.vale.ini`, when there is one.
    pub config: Option<Config>,
    /// The rules, in any order.
    pub rules: Vec<RuleFile>,
    /// The vocabularies that are in use, together.
    pub vocabulary: Vocabulary,
    /// Vocabularies of the styles, by name.
    pub known_vocabularies: BTreeSet<String>,
    /// The words of the language, when they were given.
    pub dictionary: Option<Dictionary>,
    /// Files that look like rules and that Vale does not read: those that end in `.yaml`.
    pub passed_over: Vec<String>,
}

/// The rules of `source` as a policy.
pub fn import(mut source: Source) -> Draft {
    source.rules.sort_by(|a, b| (&a.style, &a.name, &a.path).cmp(&(&b.style, &b.name, &b.path)));
    let mut import = Import {
        draft: Draft::new("Rules of Vale.".to_owned(), "rule"),
        names: BTreeSet::new(),
        source: &source,
    };
    import.head();
    for file in &source.rules {
        import.file(file);
    }
    import.built_in();
    import.shared();
    import.notes();
    import.draft
}

struct Import<'s> {
    draft: Draft,
    names: BTreeSet<String>,
    source: &'s Source,
}

impl Import<'_> {
    /// What is wrong with the configuration.
    fn head(&mut self) {
        let Some(config) = &self.source.config else { return };
        self.draft.problems.extend(config.problems.iter().cloned());
        let file = config.file.clone().unwrap_or_else(|| FilePath::new(""));
        let styles: BTreeSet<&str> = self.source.rules.iter().map(|rule| rule.style.as_str()).collect();
        let mut told = BTreeSet::new();
        for switch in &config.switches {
            let (style, rule) = switch.name.split_once('.').unwrap_or((&switch.name, ""));
            let is_known = styles.contains(style);
            let named = if is_known { switch.name.as_str() } else { style };
            if style == "Vale" || !told.insert(named) {
                continue;
            }
            let place = Place::new(file.clone(), switch.span);
            if !is_known {
                self.draft.problems.push(codes::unknown_style::of(
                    place,
                    "style",
                    style,
                    styles.iter().copied(),
                ));
                continue;
            }
            let own = self.source.rules.iter().filter(|file| file.style == style);
            let known: Vec<String> = own.map(|file| format!("{style}.{}", file.name)).collect();
            if !rule.is_empty() && !known.contains(&switch.name) {
                let known = known.iter().map(String::as_str);
                self.draft.problems.push(codes::unknown_style::of(place, "rule", &switch.name, known));
            }
        }
        for name in &config.vocabularies {
            if !self.source.known_vocabularies.contains(name) {
                let known = self.source.known_vocabularies.iter().map(String::as_str);
                let place = Place::new(file.clone(), Span::at(0));
                self.draft.problems.push(codes::unknown_style::of(place, "vocabulary", name, known));
            }
        }
    }

    fn file(&mut self, file: &RuleFile) {
        let source = format!("{}.{}", file.style, file.name);
        let setting = match &self.source.config {
            None => Some(Setting::On),
            Some(config) => config.of_rule(&file.style, &file.name),
        };
        // A rule that nothing turns on is no rule of this project.
        let Some(setting) = setting else { return };
        let text = match &file.text {
            Ok(text) if text.len() > LONGEST_RULE => Err("it is larger than 1 MB".to_owned()),
            Ok(text) => Ok(text),
            Err(why) => Err(why.clone()),
        };
        let root = text.map_err(|why| (why, Span::at(0))).and_then(|text| {
            yaml::parse(text.trim_start_matches('\u{FEFF}')).map_err(|error| (error.message, error.span))
        });
        match root {
            Ok(root) => self.rule(source, file, &root, setting),
            Err((why, span)) => {
                let place = Place::new(file.path.clone(), span);
                self.draft.problems.push(codes::unread_rule::of(place, &why));
                self.draft
                    .entries
                    .push(Entry::not_carried(&source, format!("the file cannot be read: {why}")));
            }
        }
    }

    fn rule(&mut self, source: String, file: &RuleFile, root: &yaml::Node, setting: Setting) {
        let name = self.name(&source);
        let entry = match self.entry(&source, &name, &file.path, root, setting) {
            Ok(mut entry) => {
                let config = self.source.config.as_ref();
                entry.notes.extend(config.and_then(|config| config.of_some_files(&file.style, &file.name)));
                entry
            }
            Err(Refusal::Inexpressible(why)) => Entry::not_carried(&source, why),
            Err(Refusal::Incomplete(why, span)) => {
                let place = Place::new(file.path.clone(), span);
                self.draft.problems.push(codes::incomplete_rule::of(place, &why));
                Entry::not_carried(&source, why)
            }
        };
        self.draft.entries.push(entry);
    }

    fn entry(
        &mut self,
        source: &str,
        name: &str,
        file: &FilePath,
        root: &yaml::Node,
        setting: Setting,
    ) -> Result<Entry, Refusal> {
        let Some(check) = root.get("extends").and_then(yaml::Node::text) else {
            let why = "the rule has no `extends`, as in `extends: existence`".to_owned();
            return Err(Refusal::Incomplete(why, root.span));
        };
        let mut definition = Definition::read(source.to_owned(), name.to_owned(), root)?;
        match setting {
            Setting::On => {}
            Setting::Off => definition.is_off = true,
            Setting::At(level) => definition.level = level,
        }
        let around =
            Surroundings { vocabulary: &self.source.vocabulary, dictionary: self.source.dictionary.as_ref() };
        let Some(built) = check::build(check, &definition, &around) else {
            let span = root.get("extends").map_or(root.span, |node| node.span);
            let place = Place::new(file.clone(), span);
            self.draft.problems.push(codes::unknown_check::of(place, check, check::NAMES));
            return Err(format!("Vale has no check `{check}`").into());
        };
        let built = built?;
        let mut entry = Entry::carried(source, name, built.text, built.tests);
        built.remarks.into_iter().for_each(|remark| entry.remark(remark));
        entry.notes = built.notes;
        if definition.is_off {
            entry.notes.push("`.vale.ini` turns it off, so it is off by default".to_owned());
        }
        Ok(entry)
    }

    /// A name that no other rule has.
    fn name(&mut self, source: &str) -> String {
        let plain = snake(source);
        let mut name = plain.clone();
        let mut n = 2;
        while name == ACCEPTED || !self.names.insert(name.clone()) {
            name = format!("{plain}_{n}");
            n += 1;
        }
        name
    }

    /// The rules that Vale brings itself.
    fn built_in(&mut self) {
        let Some(config) = &self.source.config else { return };
        for name in ["Avoid", "Repetition", "Spelling", "Terms"] {
            let setting = config.of_rule("Vale", name).filter(|setting| *setting != Setting::Off);
            let Some(setting) = setting else { continue };
            let Some(text) = built_in(name, &self.source.vocabulary) else { continue };
            let file = RuleFile {
                path: FilePath::new(&format!("Vale/{name}.yml")),
                style: "Vale".to_owned(),
                name: name.to_owned(),
                text: Ok(text),
            };
            if let Ok(root) =
                file.text.as_deref().map_err(|_| ()).and_then(|text| yaml::parse(text).map_err(|_| ()))
            {
                self.rule(format!("Vale.{name}"), &file, &root, setting);
            }
        }
    }

    /// What several rules share.
    fn shared(&mut self) {
        let call = format!("{ACCEPTED}(match)");
        if self.draft.entries.iter().any(|entry| entry.text.contains(&call)) {
            let accept = &self.source.vocabulary.accept;
            let excepted = vocabulary::Excepted::of(accept.iter().map(String::as_str));
            if let Some(pattern) = excepted.pattern() {
                self.draft.shared = format!(
                    "/// Words that are fine everywhere.\nfn {ACCEPTED}(found: Text) -> Bool = found matches {pattern}\n"
                );
            }
        }
    }

    fn notes(&mut self) {
        if !self.source.passed_over.is_empty() {
            let files = check::listed(&self.source.passed_over);
            self.draft
                .notes
                .push(format!("Vale reads files that end in `.yml`, so these were not read: {files}"));
        }
        let Some(config) = &self.source.config else { return };
        if !config.globs.is_empty() {
            self.draft.notes.push(format!(
                "the rules hold for all assets, not only for {}",
                check::listed(&config.globs)
            ));
        }
        for key in &config.others {
            let note = match key.as_str() {
                "MinAlertLevel" => {
                    "`MinAlertLevel` is not carried: `fail-on` in `mktlint.toml` says what fails a run"
                }
                _ => &format!("`{key}` of `.vale.ini` is not carried"),
            };
            self.draft.notes.push(note.to_owned());
        }
    }
}

/// A rule that Vale brings itself, as a file; `None` when there is nothing for it to do.
fn built_in(name: &str, vocabulary: &Vocabulary) -> Option<String> {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    match name {
        "Avoid" if !vocabulary.reject.is_empty() => {
            let tokens: Vec<String> = vocabulary.reject.iter().map(|word| quoted(word)).collect();
            let tokens = tokens.join(", ");
            Some(format!("extends: existence\nmessage: \"Avoid using '%s'.\"\nlevel: error\nvocab: false\ntokens: [{tokens}]\n"))
        }
        "Terms" => {
            let phrases = vocabulary.accept.iter().filter(|term| vocabulary::is_phrase(term));
            let swap: Vec<String> = phrases
                .filter(|term| **term != term.to_lowercase())
                .map(|term| format!("  {}: {}\n", quoted(&term.to_lowercase()), quoted(term)))
                .collect();
            (!swap.is_empty()).then(|| {
                format!(
                    "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nlevel: error\nignorecase: true\n\
                     vocab: false\naction:\n  name: replace\nswap:\n{}",
                    swap.concat()
                )
            })
        }
        "Repetition" => Some(
            "extends: repetition\nmessage: \"'%s' is repeated!\"\nlevel: error\nalpha: true\ntokens: ['[^\\s]+']\n"
                .to_owned(),
        ),
        "Spelling" => {
            Some("extends: spelling\nmessage: \"Did you really mean '%s'?\"\nlevel: error\nscope: text\n".to_owned())
        }
        _ => None,
    }
}

/// Whether `text` reads like a rule of Vale: it has the key `extends`, or `message`.
pub fn is_rule(text: &str) -> bool {
    let starts = |line: &str| {
        let line = line.trim_start_matches('\u{FEFF}').to_lowercase();
        line.starts_with("extends:") || line.starts_with("message:")
    };
    text.lines().any(starts)
}

/// The problem of a file beside the rules that cannot be read.
pub fn unread(file: &FilePath, why: &str) -> Diagnostic {
    codes::unread_rule::of(Place::new(file.clone(), Span::at(0)), why)
}

#[cfg(test)]
mod tests;
