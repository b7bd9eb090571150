//! `.vale.ini`.

use mktlint_diag::{Diagnostic, FilePath, Level, Place};
use mktlint_text::Span;

use crate::codes;

/// What `.vale.ini` says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file.
    pub(super) file: Option<FilePath>,
    /// The folder of styles, from the file; `styles` when it says none.
    pub styles_path: String,
    /// The vocabularies that are in use.
    pub vocabularies: Vec<String>,
    /// What is turned on or off, and with which level, in order.
    pub(super) switches: Vec<Switch>,
    /// The globs of sections other than `[*]`.
    pub(super) globs: Vec<String>,
    /// Keys that have no place in a policy.
    pub(super) others: Vec<String>,
    /// What is wrong with it.
    pub(super) problems: Vec<Diagnostic>,
}

/// One setting of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Switch {
    /// `*` or the glob of the section.
    pub glob: String,
    /// `Microsoft`, or `Microsoft.Terms`.
    pub name: String,
    pub to: Setting,
    pub span: Span,
}

/// What a style or rule is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    On,
    Off,
    At(Level),
}

impl Config {
    /// Reads `text`. Lines that mean nothing are problems; the others count.
    pub fn parse(file: &FilePath, text: &str) -> Self {
        let mut config =
            Self { file: Some(file.clone()), styles_path: "styles".to_owned(), ..Self::default() };
        let mut section: Option<String> = None;
        for (span, line) in lines(text) {
            if let Some(glob) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                if !matches!(glob, "*" | "formats" | "asciidoctor")
                    && !config.globs.iter().any(|own| own == glob)
                {
                    config.globs.push(glob.to_owned());
                }
                section = Some(glob.to_owned());
                continue;
            }
            match line.split_once('=') {
                Some((key, value)) => config.setting(section.as_deref(), key.trim(), value.trim(), span),
                None => config.problem(span, format!("`{line}` is no `key = value`")),
            }
        }
        config
    }

    fn problem(&mut self, span: Span, reason: String) {
        let file = self.file.clone().unwrap_or_else(|| FilePath::new(""));
        self.problems.push(codes::unread_rule::line(Place::new(file, span), &reason));
    }

    fn setting(&mut self, section: Option<&str>, key: &str, value: &str, span: Span) {
        let names = || value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        match (section, key) {
            (None, "StylesPath") => self.styles_path = value.trim_end_matches(['/', '\\']).to_owned(),
            (None, "Vocab" | "Project") => self.vocabularies.extend(names()),
            (Some(glob), "BasedOnStyles") => {
                let switch = |name| Switch { glob: glob.to_owned(), name, to: Setting::On, span };
                self.switches.extend(names().map(switch));
            }
            (Some(glob), name) if name.contains('.') => {
                let to = match value.to_lowercase().as_str() {
                    "no" => Setting::Off,
                    "yes" => Setting::On,
                    "error" => Setting::At(Level::Error),
                    "warning" => Setting::At(Level::Warning),
                    "suggestion" => Setting::At(Level::Info),
                    _ => {
                        return self.problem(
                            span,
                            format!("`{name}` is neither YES, NO nor a level, but `{value}`"),
                        );
                    }
                };
                self.switches.push(Switch { glob: glob.to_owned(), name: name.to_owned(), to, span });
            }
            // Which packages were fetched is seen in the styles.
            (None, "Packages") | (Some("formats" | "asciidoctor"), _) => {}
            _ if !self.others.iter().any(|own| own == key) => self.others.push(key.to_owned()),
            _ => {}
        }
    }

    /// What the rule `style.name` is set to, the last one counting; `None` when nothing turns it on or off. What only
    /// some files have does not turn a rule off.
    pub(super) fn of_rule(&self, style: &str, name: &str) -> Option<Setting> {
        let full = format!("{style}.{name}");
        let mut found = None;
        for switch in &self.switches {
            let is_own = switch.name == full;
            if !is_own && switch.name != style {
                continue;
            }
            match switch.to {
                Setting::Off if switch.glob != "*" && !self.has_one_section() => {}
                // `BasedOnStyles` of a later section does not undo what was said of the rule itself.
                Setting::On if !is_own && found.is_some() => {}
                to => found = Some(to),
            }
        }
        found
    }

    /// The settings that only some files have, in words.
    pub(super) fn of_some_files(&self, style: &str, name: &str) -> Option<String> {
        let full = format!("{style}.{name}");
        let own: Vec<&str> = self
            .switches
            .iter()
            .filter(|it| it.name == full && it.glob != "*")
            .map(|it| it.glob.as_str())
            .collect();
        (!self.has_one_section() && !own.is_empty()).then(|| {
            format!("`.vale.ini` sets it otherwise for `{}`, which is not carried", own.join("`, `"))
        })
    }

    /// Whether there are no other files than those of one section.
    fn has_one_section(&self) -> bool {
        self.globs.len() + usize::from(self.switches.iter().any(|it| it.glob == "*")) <= 1
    }
}

/// The lines that say something, each with its place; a backslash at the end joins the next.
fn lines(text: &str) -> Vec<(Span, String)> {
    let mut found: Vec<(Span, String)> = Vec::new();
    let mut goes_on = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let trimmed = line.trim().trim_start_matches('\u{FEFF}');
        if !goes_on && (trimmed.is_empty() || trimmed.starts_with(['#', ';'])) {
            continue;
        }
        let (words, is_open) = match trimmed.strip_suffix('\\') {
            Some(words) => (words.trim_end(), true),
            None => (trimmed, false),
        };
        match found.last_mut().filter(|_| goes_on) {
            Some((_, own)) => {
                own.push(' ');
                own.push_str(words);
            }
            None => found.push((Span::of(start..start + line.len()), words.to_owned())),
        }
        goes_on = is_open;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        Config::parse(&".vale.ini".into(), text)
    }

    #[test]
    fn settings_are_read() {
        let config = config(
            "# ours\nStylesPath = .github/styles/\nMinAlertLevel = warning\nVocab = Base, \\\n  Acme\n\n[*]\n\
             BasedOnStyles = Vale, Acme\nAcme.Terms = NO\nAcme.Will = suggestion\n",
        );
        assert_eq!(config.styles_path, ".github/styles");
        assert_eq!(config.vocabularies, ["Base", "Acme"]);
        assert_eq!(config.others, ["MinAlertLevel"]);
        assert_eq!(config.of_rule("Acme", "Terms"), Some(Setting::Off));
        assert_eq!(config.of_rule("Acme", "Will"), Some(Setting::At(Level::Info)));
        assert_eq!(config.of_rule("Acme", "Other"), Some(Setting::On));
        assert_eq!(config.of_rule("Google", "Other"), None);
        assert!(config.problems.is_empty() && config.globs.is_empty());
    }

    #[test]
    fn what_holds_for_some_files_turns_nothing_off() {
        let text = "[*.md]\nBasedOnStyles = Acme\nAcme.Terms = NO\n";
        assert_eq!(config(text).of_rule("Acme", "Terms"), Some(Setting::Off), "there are no other files");
        let text = format!("{text}[*.html]\nBasedOnStyles = Acme\n");
        let config = config(&text);
        assert_eq!(config.of_rule("Acme", "Terms"), Some(Setting::On));
        assert!(config.of_some_files("Acme", "Terms").is_some());
        assert_eq!(config.globs, ["*.md", "*.html"]);
    }

    #[test]
    fn lines_that_mean_nothing_are_told() {
        let config = config("[*]\nBasedOnStyles\nAcme.Terms = maybe\n");
        let messages: Vec<&str> = config.problems.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "this line was not imported: `BasedOnStyles` is no `key = value`",
                "this line was not imported: `Acme.Terms` is neither YES, NO nor a level, but `maybe`",
            ]
        );
    }
}
