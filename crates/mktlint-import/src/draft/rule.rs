//! The text of a rule.

use std::fmt::Write as _;

use mktlint_diag::Level;

/// A text as policies write it, with its quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", string_text(text))
}

/// What stands between the quotes.
pub(crate) fn string_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '{' | '}' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if is_hidden(letter) => {
                let _ = write!(out, "\\u{{{:X}}}", letter as u32);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// Whether a character shows nothing or reorders what is around it, so that nobody could review a policy with it.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A rule, clause by clause.
#[derive(Clone, Debug)]
pub(crate) struct RuleText {
    pub name: String,
    /// What it documents itself with.
    pub docs: String,
    /// `Heading`, or nothing for everything.
    pub on: Vec<String>,
    /// Conditions that must all hold.
    pub guards: Vec<String>,
    /// `match …`, `require …` or `forbid …`.
    pub judgement: String,
    pub level: Level,
    /// Between the quotes, with `{…}` for values.
    pub message: String,
    pub help: Option<String>,
    pub because: Option<String>,
    pub fix: Option<String>,
    pub is_off: bool,
}

impl RuleText {
    /// The declaration, not formatted.
    pub fn write(&self) -> String {
        let mut out = String::new();
        if !self.docs.is_empty() {
            let _ = writeln!(out, "/// {}", super::one_line(&self.docs));
        }
        let _ = write!(out, "rule {}", self.name);
        if !self.on.is_empty() {
            let _ = write!(out, " on {}", self.on.join(", "));
        }
        if !self.guards.is_empty() {
            let _ = write!(out, " where {}", self.guards.join(" and "));
        }
        let _ = write!(out, " {{\n{}\n{} \"{}\"\n", self.judgement, self.level.as_str(), self.message);
        let quoted_clauses = [("help", &self.help), ("because", &self.because)];
        for (head, text) in quoted_clauses.into_iter().filter_map(|(head, text)| Some((head, text.as_ref()?)))
        {
            let _ = writeln!(out, "{head} {}", quoted(text));
        }
        if let Some(fix) = &self.fix {
            let _ = writeln!(out, "fix {fix}");
        }
        if self.is_off {
            out.push_str("off by default\n");
        }
        out.push_str("}\n");
        out
    }
}
