//! `audience`, `suppress`, `cap`, `quiet_hours`, `prove`.

use mktlint_syntax::ast::{Clause, Expr, ExprKind as Tree, Lead};

use super::{Cursor, Lower, Shared};
use crate::codes;
use crate::infer::Group;
use crate::infer::phrase::word;
use crate::model::expr::{ExprId, ExprKind, Length};
use crate::model::item::{Cap, Meaning, Prove, QuietHours, Suppress, Terms};
use crate::signature::contacts_for;

impl Lower<'_, '_> {
    /// Lets attributes of the contact be named, and fields of the campaign behind them.
    pub fn contact_scene(&mut self) {
        let (db, project) = (self.infer.db, self.infer.project);
        let contacts = contacts_for(db, project, self.infer.file);
        if contacts.is_empty() {
            let span = self.name_span();
            self.report(codes::missing_clause::contact(span, self.kind_word()));
        }
        self.infer.scene = crate::infer::Scene::of_contacts(&contacts);
        self.campaign_scene();
    }

    /// Lets fields of the campaign be named.
    pub fn campaign_scene(&mut self) {
        if let Some(campaign) = self.infer.prelude_record("Campaign") {
            self.infer.scene.groups.push(Group { root: ExprKind::Campaign, records: vec![campaign] });
        }
    }

    /// `audience lapsed_eu "title" = CONDITION`
    pub fn audience(&mut self) -> Meaning {
        let Some(value) = self.header(Lead::Assign) else {
            self.malformed_header("audience name = condition");
            return Meaning::Error;
        };
        self.contact_scene();
        Meaning::Audience(self.infer.condition(value))
    }

    /// `suppress NAME on email, sms { who … unless … }`
    pub fn suppress(&mut self) -> Meaning {
        let channels = self.header_list(Lead::On);
        let channels = self.channels(&channels);
        self.contact_scene();
        let (mut who, mut unless, mut shared) = (None, None, Shared::default());
        let mut who_span = self.name_span();
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "who" if self.once(clause) => {
                    who_span = clause.span;
                    who = self.condition_clause(clause, "who email_consent != granted");
                    if let Some(value) = unless_behind(clause) {
                        unless = Some(self.infer.condition(value));
                    }
                }
                "unless" if self.once(clause) => {
                    unless = self.condition_clause(clause, "unless purpose == transactional");
                }
                "who" | "unless" => {}
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        if who.is_none() && !self.tree.body.as_ref().is_some_and(|body| body.entries.iter().any(is_who)) {
            self.missing_clause("who", "who email_consent != granted");
        }
        let level = Self::level_or_default(&shared);
        Meaning::Suppress(Suppress { channels, who, unless, who_span, level, terms: shared.terms })
    }

    /// The condition of a clause.
    pub fn condition_clause(&mut self, clause: &Clause, shape: &str) -> Option<ExprId> {
        let first = clause.segments.first().filter(|segment| segment.lead.is_none());
        match first.and_then(|segment| segment.value.as_ref()) {
            Some(value) => Some(self.infer.contact_condition_of_pack(value)),
            None => {
                self.malformed(clause, shape);
                None
            }
        }
    }

    /// `cap weekly { at most 3 email per 7 days unless … }`
    pub fn cap(&mut self) -> Meaning {
        self.campaign_scene();
        let mut shared = Shared::default();
        let mut cap = None;
        let (mut who, mut unless) = (None, None);
        let mut at_most_span = self.name_span();
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "at" if self.once(clause) => {
                    at_most_span = clause.span;
                    cap = self.at_most(clause);
                    if let Some(value) = unless_behind(clause) {
                        unless = Some(self.infer.condition(value));
                    }
                }
                "unless" if self.once(clause) => {
                    unless = self.condition_clause(clause, "unless purpose == transactional");
                }
                "who" if self.once(clause) => who = self.who(clause),
                "at" | "unless" | "who" => {}
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        let Some((at_most, channels, per)) = cap else {
            if self.tree.body.as_ref().is_none_or(|body| body.entries.is_empty()) {
                self.missing_clause("at most", "at most 3 email per 7 days");
            }
            return Meaning::Error;
        };
        let level = Self::level_or_default(&shared);
        Meaning::Cap(Cap { at_most, channels, per, who, unless, at_most_span, level, terms: shared.terms })
    }

    /// Whom a cap or quiet hours protect: the only clause of these that speaks of contacts.
    fn who(&mut self, clause: &Clause) -> Option<ExprId> {
        let outer = std::mem::take(&mut self.infer.scene);
        self.contact_scene();
        let who = self.condition_clause(clause, "who country == US");
        self.infer.scene = outer;
        who
    }

    fn at_most(&mut self, clause: &Clause) -> Option<(u32, Vec<smol_str::SmolStr>, Length)> {
        const SHAPE: &str = "at most 3 email per 7 days";
        let mut cursor = Cursor::new(&clause.segments);
        let count = cursor.words(&["most"]).then(|| cursor.count()).flatten();
        let Some(count) = count else {
            self.malformed(clause, SHAPE);
            return None;
        };
        let mut values: Vec<&Expr> = Vec::new();
        while !cursor.words(&["per"]) {
            match cursor.value() {
                Some(value) if word(value).is_some_and(|name| name.text == "messages") => {}
                Some(value) => values.push(value),
                None if cursor.lead(Lead::Comma) => {}
                None => {
                    self.malformed(clause, SHAPE);
                    return None;
                }
            }
        }
        let channels = self.channels(&values);
        match cursor.length() {
            Some(length) => Some((count, channels, length)),
            None => {
                self.malformed(clause, SHAPE);
                None
            }
        }
    }

    /// `quiet_hours sms { from 21:00 to 08:00 recipient_time }`
    pub fn quiet_hours(&mut self) -> Meaning {
        let mut named: Vec<&Expr> =
            self.tree.segments.iter().filter_map(|segment| segment.value.as_ref()).collect();
        let on = self.header_list(Lead::On);
        if !on.is_empty() {
            named = on;
        }
        let channels = self.channels(&named);
        self.campaign_scene();
        let mut shared = Shared::default();
        let mut hours = QuietHours {
            channels,
            from: None,
            to: None,
            recipient_time: false,
            who: None,
            unless: None,
            hours_span: self.name_span(),
            level: Self::level_or_default(&shared),
            terms: Terms::default(),
        };
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "from" if self.once(clause) => {
                    hours.hours_span = clause.span;
                    self.hours(clause, &mut hours);
                }
                "unless" if self.once(clause) => {
                    hours.unless = self.condition_clause(clause, "unless purpose == transactional");
                }
                "who" if self.once(clause) => hours.who = self.who(clause),
                "from" | "unless" | "who" => {}
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        if hours.from.is_none() && self.tree.body.as_ref().is_none_or(|body| body.entries.is_empty()) {
            self.missing_clause("from", "from 21:00 to 08:00 recipient_time");
        }
        hours.level = Self::level_or_default(&shared);
        hours.terms = shared.terms;
        Meaning::QuietHours(hours)
    }

    fn hours(&mut self, clause: &Clause, hours: &mut QuietHours) {
        let mut cursor = Cursor::new(&clause.segments);
        hours.from = cursor.time();
        let to = cursor.words(&["to"]);
        hours.to = cursor.time();
        hours.recipient_time = cursor.words(&["recipient_time"]);
        let sender = !hours.recipient_time && cursor.words(&["sender_time"]);
        let _ = sender;
        if hours.from.is_none() || !to || hours.to.is_none() || !cursor.is_done() {
            self.malformed(clause, "from 21:00 to 08:00 recipient_time");
        }
    }

    /// `prove A disjoint from B`
    pub fn prove(&mut self) -> Meaning {
        const SHAPE: &str = "prove lapsed_eu disjoint from (age? < 18)";
        self.contact_scene();
        let condition = self.header(Lead::Where).map(|tree| self.infer.condition(tree));
        let value = self.tree.segments.first().and_then(|segment| segment.value.as_ref());
        let Some(Tree::Phrase(items)) = value.map(|value| &value.kind) else {
            self.malformed_header(SHAPE);
            return Meaning::Error;
        };
        let words: Vec<&str> = items.iter().map(|item| word(item).map_or("", |name| &name.text)).collect();
        let prove = match (items.as_slice(), words.as_slice()) {
            ([a, .., b], [_, "subset", "of", _]) => {
                Prove::Subset(self.infer.condition(a), self.infer.condition(b))
            }
            ([a, .., b], [_, "disjoint", "from", _]) => {
                Prove::Disjoint(self.infer.condition(a), self.infer.condition(b))
            }
            ([a, .., b], [_, "equivalent", "to", _]) => {
                Prove::Equivalent(self.infer.condition(a), self.infer.condition(b))
            }
            ([list, ..], [_, "cover", "contact"]) => {
                let Tree::List(audiences) = &list.kind else {
                    self.malformed_header("prove [prospects, active] cover contact");
                    return Meaning::Error;
                };
                let ids = audiences.iter().map(|item| self.infer.condition(item)).collect();
                Prove::Cover(ids, condition)
            }
            ([a, _, block], [_, "never", _]) => {
                let a = self.infer.condition(a);
                let b = match &block.kind {
                    Tree::Block(block) => self.infer.block_condition(block),
                    _ => self.infer.condition(block),
                };
                Prove::Never(a, b)
            }
            _ => {
                let known = ["subset", "disjoint", "equivalent", "cover", "never"];
                let near = words.get(1).and_then(|word| mktlint_diag::closest(word, known));
                let at = items.get(1).map_or(self.tree.kind.span, |item| item.span);
                self.report(codes::malformed_clause::not_a_proof(at, near));
                return Meaning::Error;
            }
        };
        Meaning::Prove(prove)
    }
}

/// The condition behind `unless` on the same line.
fn unless_behind(clause: &Clause) -> Option<&Expr> {
    let mut segments = clause.segments.iter();
    segments.find(|segment| matches!(segment.lead, Some((Lead::Unless, _))))?.value.as_ref()
}

fn is_who(entry: &mktlint_syntax::ast::Entry) -> bool {
    matches!(entry, mktlint_syntax::ast::Entry::Clause(clause) if clause.head.text == "who")
}
