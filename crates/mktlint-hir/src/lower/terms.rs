//! Clauses that every enforceable declaration can have: why, help, dates, waivers, level.

use mktlint_diag::Level;
use mktlint_syntax::ast::{Clause, Lead};
use mktlint_text::Span;

use super::{Cursor, Lower, only_value};
use crate::codes;
use crate::infer::phrase::{literal, word};
use crate::model::item::{ItemKind, Message, Terms, Waivable};

/// What the shared clauses of a declaration say.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Why, help, dates, waivers.
    pub terms: Terms,
    /// `error`, `warning`, `info`, with the message when there is one.
    pub level: Option<(Level, Option<Message>)>,
    dates: (Option<Span>, Option<Span>),
}

/// The words of the shared clauses.
pub fn known(kind: ItemKind) -> &'static [&'static str] {
    match kind {
        ItemKind::Rule | ItemKind::Claim | ItemKind::Term | ItemKind::Utm => &[
            "because", "help", "from", "until", "never", "waivable", "absolute", "off", "error", "warning",
            "info",
        ],
        ItemKind::Suppress | ItemKind::Cap => &[
            "because", "help", "from", "until", "never", "waivable", "absolute", "off", "error", "warning",
            "info",
        ],
        // `from` says the hours.
        ItemKind::QuietHours => {
            &["because", "help", "until", "never", "waivable", "absolute", "off", "error", "warning", "info"]
        }
        _ => &[],
    }
}

impl Lower<'_, '_> {
    /// Reads `clause` when it is one of the shared ones; false when it is not.
    pub fn shared(&mut self, clause: &Clause, shared: &mut Shared) -> bool {
        let head = clause.head.text.as_str();
        if !known(self.kind).contains(&head) {
            return false;
        }
        match head {
            "because" => self.because(clause, shared),
            "help" => self.help(clause, shared),
            "from" => self.first_day(clause, shared),
            "until" => self.last_day(clause, shared),
            "never" => return self.never_waivable(clause, shared),
            "waivable" => self.waivable(clause, shared),
            "absolute" => shared.terms.waivable = Waivable::Absolute,
            "off" => self.off(clause, shared),
            _ => self.level(clause, shared),
        }
        true
    }

    fn because(&mut self, clause: &Clause, shared: &mut Shared) {
        match only_value(clause).and_then(literal) {
            Some(text) if self.once(clause) => shared.terms.because = Some(text),
            Some(_) => {}
            None => self.malformed(clause, "because \"the source of the rule\""),
        }
    }

    fn help(&mut self, clause: &Clause, shared: &mut Shared) {
        match only_value(clause) {
            Some(value) if self.once(clause) => shared.terms.help = Some(self.infer.message(value)),
            Some(_) => {}
            None => self.malformed(clause, "help \"what to write instead\""),
        }
    }

    fn first_day(&mut self, clause: &Clause, shared: &mut Shared) {
        let mut cursor = Cursor::new(&clause.segments);
        let date = cursor.date();
        shared.terms.from = date;
        shared.dates.0 = Some(clause.span);
        if cursor.lead(Lead::Until) {
            shared.terms.until = cursor.date();
            shared.dates.1 = Some(clause.span);
        }
        if date.is_none() || !cursor.is_done() {
            self.malformed(clause, "from 2026-09-27");
        }
        self.check_order(shared);
    }

    fn last_day(&mut self, clause: &Clause, shared: &mut Shared) {
        let mut cursor = Cursor::new(&clause.segments);
        shared.terms.until = cursor.date();
        shared.dates.1 = Some(clause.span);
        if shared.terms.until.is_none() || !cursor.is_done() {
            self.malformed(clause, "until 2027-01-31");
        }
        self.check_order(shared);
    }

    fn check_order(&mut self, shared: &Shared) {
        if let (Some(from), Some(until)) = (shared.terms.from, shared.terms.until)
            && until < from
            && let (Some(first), Some(last)) = shared.dates
        {
            self.report(codes::dates_out_of_order::of(last, first, from, until));
        }
    }

    fn never_waivable(&mut self, clause: &Clause, shared: &mut Shared) -> bool {
        let mut cursor = Cursor::new(&clause.segments);
        let found = cursor.words(&["waivable"]) && cursor.is_done();
        if found {
            shared.terms.waivable = Waivable::Never;
        }
        // `never in [DE]` and `never on sms` belong to claims.
        if !found && self.kind != ItemKind::Claim {
            self.malformed(clause, "never waivable");
            return true;
        }
        found
    }

    fn waivable(&mut self, clause: &Clause, shared: &mut Shared) {
        let mut cursor = Cursor::new(&clause.segments);
        let mut roles = Vec::new();
        if cursor.words(&["by"]) {
            while let Some(name) = cursor.name() {
                if self.global_reference(name, ItemKind::Role).is_some() {
                    roles.push(name.text.clone());
                }
                if !cursor.lead(Lead::Comma) {
                    break;
                }
            }
        }
        if !cursor.is_done() {
            self.malformed(clause, "waivable by legal");
        }
        shared.terms.waivable = Waivable::By(roles);
    }

    fn off(&mut self, clause: &Clause, shared: &mut Shared) {
        let mut cursor = Cursor::new(&clause.segments);
        if cursor.words(&["by", "default"]) && cursor.is_done() {
            shared.terms.off_by_default = true;
        } else {
            self.malformed(clause, "off by default");
        }
    }

    fn level(&mut self, clause: &Clause, shared: &mut Shared) {
        let Some(level) = Self::level_of(&clause.head.text) else { return };
        if let Some((first, _)) = &shared.level {
            let first = first.as_str();
            self.report(codes::duplicate_clause::levels(&clause.head, first));
            return;
        }
        let message = match only_value(clause) {
            Some(value) => Some(self.infer.message(value)),
            None if clause.segments.is_empty() => None,
            None => {
                self.malformed(clause, "error \"what is wrong\"");
                None
            }
        };
        shared.level = Some((level, message));
    }

    /// The level of the clause, else an error.
    pub fn level_or_default(shared: &Shared) -> Level {
        shared.level.as_ref().map_or(crate::model::DEFAULT_LEVEL, |(level, _)| *level)
    }

    /// `as warning` in a header.
    pub fn header_level(&mut self) -> Option<Level> {
        let value = self.header(Lead::As)?;
        match word(value).and_then(|name| Self::level_of(&name.text)) {
            Some(level) => Some(level),
            None => {
                self.report(codes::malformed_clause::needs_level(value.span));
                None
            }
        }
    }
}
