//! A brief as data: what a campaign will be judged by, before anyone writes.

use jiff::civil::Date;
use mktlint_diag::Level;

use super::desk::Desk;
use super::{content, decide, facts, links, plan, proof, who};

/// Everything that will judge a campaign.
#[derive(Debug)]
pub struct Brief {
    /// The id of the campaign.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// Its manifest, as it is shown; `None` when there is none yet.
    pub manifest: Option<String>,
    /// The day that counts: when it is sent first, else that of the run.
    pub day: Date,
    /// What is planned, in short: `channels`, `email, sms`.
    pub planned: Vec<(&'static str, String)>,
    /// In the order of work.
    pub sections: Vec<Section>,
}

/// Lines on one question.
#[derive(Debug)]
pub struct Section {
    /// For tools: `limits`.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// In order of weight.
    pub lines: Vec<Line>,
}

/// How things stand with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is wrong as planned.
    Wrong,
    /// It cannot be judged as planned, because an input is missing.
    Open,
    /// Whoever writes has to see to it.
    Todo,
    /// It holds as planned.
    Done,
    /// Good to know; nothing to do.
    Note,
}

impl State {
    /// The word that tools read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Open => "open",
            Self::Todo => "todo",
            Self::Done => "done",
            Self::Note => "note",
        }
    }
}

/// One thing to see to.
#[derive(Clone, Debug)]
pub struct Line {
    /// How it stands.
    pub state: State,
    /// What it is, one line of prose.
    pub text: String,
    /// What helps to see to it, prose.
    pub notes: Vec<String>,
    /// What judges it.
    pub rule: Option<Source>,
}

/// What judges a line, and where it comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its full name.
    pub name: String,
    /// How bad a violation is.
    pub level: Option<Level>,
    /// Where it looks, in the words of the policy.
    pub looks_at: Option<String>,
    /// The law, the guide, the house rule.
    pub because: Option<String>,
    /// `from 2026-09-27`; empty when it has no dates.
    pub dates: String,
    /// `policy/claims.mkt:41`
    pub at: String,
}

impl Line {
    /// A line that nothing else is known of.
    pub fn new(state: State, text: impl Into<String>) -> Self {
        Self { state, text: text.into(), notes: Vec::new(), rule: None }
    }

    /// The same, judged by `source`.
    #[must_use]
    pub fn by(self, source: Source) -> Self {
        Self { rule: Some(source), ..self }
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Grave and open things first, then by name.
    fn weight(&self) -> (State, std::cmp::Reverse<Option<Level>>, &str, &str) {
        let level = self.rule.as_ref().and_then(|rule| rule.level);
        let name = self.rule.as_ref().map_or("", |rule| rule.name.as_str());
        (self.state, std::cmp::Reverse(level), name, &self.text)
    }
}

impl Section {
    /// A section with its lines in order of weight.
    pub fn new(id: &'static str, title: &'static str, mut lines: Vec<Line>) -> Self {
        lines.sort_by(|a, b| a.weight().cmp(&b.weight()));
        Self { id, title, lines }
    }

    /// The same with `first` before all other lines.
    #[must_use]
    pub fn led_by(mut self, first: Vec<Line>) -> Self {
        self.lines.splice(0..0, first);
        self
    }
}

impl Brief {
    /// The brief of what lies on `desk`.
    pub fn of(desk: &Desk<'_>) -> Self {
        let content = content::Content::of(desk);
        let mut sections = vec![who::section(desk), plan::section(desk)];
        sections.extend([content.must_be(), links::section(desk)]);
        sections.extend([content.must_not_be(), content.limits()]);
        sections.extend([facts::section(desk), proof::section(desk)]);
        sections.extend(decide::sections(desk));
        sections.retain(|section| !section.lines.is_empty());
        Self {
            id: desk.draft.id.clone(),
            name: desk.text("name"),
            manifest: desk.draft.shown(desk),
            day: desk.day(),
            planned: plan::planned(desk),
            sections,
        }
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }
}
