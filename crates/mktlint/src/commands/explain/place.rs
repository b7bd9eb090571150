//! Why rules fired or did not at a place of an asset.

use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_check::{Explanation, Outcome};
use mktlint_diag::{FilePath, Place};
use mktlint_host::{Explained, Settings};
use mktlint_measure::personal::mask;
use mktlint_report::Sources as _;
use mktlint_text::LineIndex;

use crate::args::Global;
use crate::console::Console;
use crate::home::Home;
use crate::status::{Status, Stop};
use crate::texts::Texts;
use crate::words::counted;

/// A place as people type it.
#[derive(Debug, PartialEq, Eq)]
pub struct At {
    file: String,
    /// From 1.
    line: u32,
    /// From 1.
    column: Option<u32>,
}

/// `campaigns/email.html:41:18`.
pub fn parse(what: &str) -> Option<At> {
    let (rest, last) = what.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    let with_column = rest.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    Some(match with_column {
        Some((file, line)) => At { file: file.to_owned(), line, column: Some(last) },
        None => At { file: rest.to_owned(), line: last, column: None },
    })
}

/// Says of each rule that looks at such assets why it fired there or did not.
pub fn explain(at: &At, global: &Global, console: &Console) -> Result<Status, Stop> {
    let home = Home::find(global)?;
    let settings = Settings { paths: vec![at.file.as_str().into()], ..home.settings(global) };
    let Some(explained) = mktlint_host::explain(&settings, at.line, at.column)? else {
        return match home.compile(global, console)? {
            Ok(_) => Err(Stop::Usage(format!("`{}` is no asset", at.file))),
            Err(status) => Ok(status),
        };
    };
    let page = Page { at, explained: &explained, console, texts: Lines::new(&explained) };
    console.show(&page.text())?;
    Ok(Status::OK)
}

/// The texts of the files that are spoken of, each read once.
struct Lines(BTreeMap<FilePath, (Arc<str>, LineIndex)>);

impl Lines {
    fn new(explained: &Explained) -> Self {
        let texts = Texts { shown: &explained.shown, show_personal_data: false };
        let mut lines = Self(BTreeMap::new());
        lines.add(&explained.place, &texts);
        for it in &explained.explanations {
            let places = [Some(&it.place), it.about.as_ref(), it.nearest.as_ref()];
            let observed = it.observed.iter().map(|observed| &observed.place);
            places.into_iter().flatten().chain(observed).for_each(|place| lines.add(place, &texts));
        }
        lines
    }

    fn add(&mut self, place: &Place, texts: &Texts<'_>) {
        if !self.0.contains_key(&place.file) {
            let text = texts.text(&place.file).unwrap_or_default();
            let index = LineIndex::new(&text);
            self.0.insert(place.file.clone(), (text, index));
        }
    }

    /// `path:line:column`.
    fn at(&self, place: &Place) -> String {
        let found = self.0.get(&place.file).map(|(text, index)| index.line_column(text, place.span.start()));
        found.map_or_else(|| place.file.to_string(), |at| format!("{}:{}:{}", place.file, at.line, at.column))
    }

    fn text(&self, file: &FilePath) -> &str {
        self.0.get(file).map_or("", |(text, _)| text)
    }
}

struct Page<'a> {
    at: &'a At,
    explained: &'a Explained,
    console: &'a Console,
    texts: Lines,
}

impl Page<'_> {
    fn text(&self) -> String {
        let place = &self.explained.place;
        let column = self.at.column.map(|column| format!(":{column}")).unwrap_or_default();
        let title = format!("{}:{}{column}", place.file, self.at.line);
        let mut text = format!("{}\n", self.console.bold(&title));
        text.push_str(&format!("    {}\n", place.span.slice(self.texts.text(&place.file)).trim()));
        for (word, is_in) in GROUPS {
            let group: Vec<&Explanation> =
                self.explained.explanations.iter().filter(|it| is_in(&it.outcome)).collect();
            self.group(word, &group, &mut text);
        }
        text
    }

    fn group(&self, word: &str, group: &[&Explanation], text: &mut String) {
        let is_long = matches!(group, [first, ..] if matches!(first.outcome, Outcome::NotApplicable(_)));
        if group.is_empty() {
            return;
        }
        if is_long && !self.console.verbose {
            text.push_str(&format!("\nnot applicable: {}; `-v` lists them\n", counted(group.len(), "rule")));
            return;
        }
        text.push_str(&format!("\n{}\n", self.console.bold(word)));
        for it in group {
            self.rule(it, text);
        }
    }

    fn rule(&self, it: &Explanation, text: &mut String) {
        text.push_str(&format!("  {}  ({})\n", it.rule, self.texts.at(&it.place)));
        for found in &it.findings {
            text.push_str(&format!("    {}\n", mask(&found.message)));
        }
        match &it.outcome {
            Outcome::Undecided(input) => text.push_str(&format!("    needs a person: {input}\n")),
            Outcome::NotApplicable(condition) => text.push_str(&format!("    {condition}\n")),
            Outcome::Fired | Outcome::Held => {}
        }
        for observed in &it.observed {
            text.push_str(&format!("    {}\n", mask(&observed.line(self.texts.text(&observed.place.file)))));
        }
        if let Some(nearest) = &it.nearest {
            text.push_str(&format!(
                "    the nearest wording it looks for is at {}\n",
                self.texts.at(nearest)
            ));
        }
        for help in it.findings.iter().flat_map(|found| &found.help) {
            text.push_str(&format!("    help: {}\n", mask(help)));
        }
    }
}

type IsIn = fn(&Outcome) -> bool;

/// How rules can end, those that matter most first.
const GROUPS: [(&str, IsIn); 4] = [
    ("fired", |outcome| *outcome == Outcome::Fired),
    ("undecided", |outcome| matches!(outcome, Outcome::Undecided(_))),
    ("held", |outcome| *outcome == Outcome::Held),
    ("not applicable", |outcome| matches!(outcome, Outcome::NotApplicable(_))),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_a_line_and_maybe_a_column() {
        let at = |file: &str, line, column| Some(At { file: file.to_owned(), line, column });
        assert_eq!(parse("a/b.html:41:18"), at("a/b.html", 41, Some(18)));
        assert_eq!(parse("a/b.html:41"), at("a/b.html", 41, None));
        assert_eq!(parse("acme.claims"), None);
    }
}
