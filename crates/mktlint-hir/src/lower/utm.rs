//! `utm`, `merge`.

use mktlint_measure::channel_group::ChannelGroup;
use mktlint_measure::utm::Key;
use mktlint_syntax::ast::{Clause, Expr, ExprKind as Tree, Lead};
use smol_str::SmolStr;

use super::needle::needle;
use super::{Cursor, Lower, Shared, only_value, values};
use crate::codes;
use crate::infer::phrase::{literal, word};
use crate::model::item::{Allowed, Meaning, Merge, Presence, Utm, UtmParam};

/// Whether `name` is a parameter that GA4 reads, without `utm_`.
fn is_param(name: &str) -> bool {
    Key::ALL.iter().any(|key| key.short_name() == name)
}

impl Lower<'_, '_> {
    /// `utm email { hosts [..] source in [..] medium = email … }`
    pub fn utm(&mut self) -> Meaning {
        let on = self.header_list(Lead::On);
        let mut channels = self.channels(&on);
        if on.is_empty() {
            channels.extend(self.channel_of_name());
        }
        self.campaign_scene();
        let mut utm = Utm {
            channels,
            hosts: Vec::new(),
            params: Vec::new(),
            group: None,
            others_allowed: false,
            order: Vec::new(),
            level: crate::model::DEFAULT_LEVEL,
            terms: crate::model::item::Terms::default(),
        };
        let mut shared = Shared::default();
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "hosts" if self.once(clause) => self.hosts(clause, &mut utm),
                "group" if self.once(clause) => self.group(clause, &mut utm),
                "others" => self.others(clause, &mut utm),
                "order" if self.once(clause) => self.order(clause, &mut utm),
                "hosts" | "group" | "order" => {}
                name if is_param(name) => {
                    if self.once(clause) {
                        let param = self.param(clause);
                        utm.params.push(param);
                    }
                }
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        utm.level = Self::level_or_default(&shared);
        utm.terms = shared.terms;
        Meaning::Utm(utm)
    }

    /// `utm email` speaks of the channel `email`; `utm house_style` of every channel.
    fn channel_of_name(&mut self) -> Option<SmolStr> {
        let (name, _) = crate::names::declared_name(self.tree)?;
        let infer = &self.infer;
        let space = crate::names::Namespace::Values;
        let entry = crate::names::resolve(infer.db, infer.project, infer.file, "Channel".into(), space)?;
        infer.members(&entry.path)?.contains(&name).then_some(name)
    }

    fn hosts(&mut self, clause: &Clause, utm: &mut Utm) {
        let found = values(clause).unwrap_or_default();
        for value in &found {
            match literal(value) {
                Some(host) => utm.hosts.push((host.to_lowercase().into(), value.span)),
                None => self.malformed(clause, "hosts [\"acme.example\", \"*.acme.example\"]"),
            }
        }
        if found.is_empty() {
            self.malformed(clause, "hosts [\"acme.example\", \"*.acme.example\"]");
        }
    }

    fn group(&mut self, clause: &Clause, utm: &mut Utm) {
        let value = clause.segments.first().and_then(|segment| segment.value.as_ref());
        match value.and_then(|value| Some((literal(value)?, value.span))) {
            Some((name, span)) => {
                if ChannelGroup::ALL.iter().all(|group| group.name() != name) {
                    let near =
                        mktlint_diag::closest(&name, ChannelGroup::ALL.iter().map(|group| group.name()));
                    self.report(codes::unknown_name::channel_group(span, &name, near));
                }
                utm.group = Some((name, span));
            }
            None => self.malformed(clause, "group = \"Email\""),
        }
    }

    fn others(&mut self, clause: &Clause, utm: &mut Utm) {
        utm.others_allowed = Cursor::new(&clause.segments).words(&["allowed"]);
        if !utm.others_allowed {
            self.malformed(clause, "others allowed");
        }
    }

    fn order(&mut self, clause: &Clause, utm: &mut Utm) {
        for value in values(clause).unwrap_or_default() {
            match word(value) {
                Some(name) if is_param(&name.text) => utm.order.push(name.text.clone()),
                _ => self.malformed(clause, "order source, medium, campaign"),
            }
        }
    }

    fn param(&mut self, clause: &Clause) -> UtmParam {
        let mut param = UtmParam {
            name: clause.head.text.clone(),
            presence: Presence::Required,
            allowed: Allowed::Any,
            span: clause.span,
        };
        for segment in &clause.segments {
            let Some(value) = &segment.value else { continue };
            match segment.lead {
                Some((Lead::In, _)) => param.allowed = self.one_of(value),
                Some((Lead::Assign, _)) => param.allowed = self.equal(value),
                None => self.presence(value, clause, &mut param),
                Some(_) => self.malformed(clause, SHAPE),
            }
        }
        if clause.segments.is_empty() {
            self.malformed(clause, SHAPE);
        }
        param
    }

    fn presence(&mut self, value: &Expr, clause: &Clause, param: &mut UtmParam) {
        let items = match &value.kind {
            Tree::Phrase(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut rest = items;
        while let [first, tail @ ..] = rest {
            rest = tail;
            match word(first).map(|name| name.text.as_str()) {
                Some("required") => param.presence = Presence::Required,
                Some("optional") => param.presence = Presence::Optional,
                Some("forbidden") => param.presence = Presence::Forbidden,
                Some("matches") => match tail {
                    [one] => {
                        rest = &[];
                        param.allowed = self.shape_or_pattern(one);
                    }
                    _ => return self.malformed(clause, SHAPE),
                },
                _ => return self.malformed(clause, SHAPE),
            }
        }
    }

    fn shape_or_pattern(&mut self, tree: &Expr) -> Allowed {
        if let Some(name) = word(tree) {
            return self.infer.shape(name).map_or(Allowed::Any, Allowed::Shape);
        }
        needle(tree, &mut self.infer.problems).map_or(Allowed::Any, Allowed::Pattern)
    }

    fn one_of(&mut self, tree: &Expr) -> Allowed {
        let Tree::List(items) = &tree.kind else {
            self.report(codes::malformed_clause::needs_list(tree.span));
            return Allowed::Any;
        };
        let texts = items.iter().filter_map(|item| {
            plain_value(item).or_else(|| {
                self.infer.report(codes::malformed_clause::needs_text(item));
                None
            })
        });
        Allowed::OneOf(texts.collect())
    }

    fn equal(&mut self, tree: &Expr) -> Allowed {
        if let Some(text) = plain_value(tree) {
            return Allowed::OneOf(vec![text]);
        }
        Allowed::Equal(self.infer.message(tree))
    }

    /// `merge first_name { length 1..=14 fallback "there" }`
    pub fn merge(&mut self) -> Meaning {
        let mut merge = Merge { length: None, fallback: None, fallback_required: false };
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "length" | "fallback" if !self.once(clause) => {}
                "length" => match only_value(clause).and_then(bounds) {
                    Some((least, most)) if least <= most => merge.length = Some((least, most)),
                    Some(_) => self.report(codes::malformed_clause::empty_range(clause.span)),
                    None => self.malformed(clause, "length 1..=14"),
                },
                "fallback" => match only_value(clause) {
                    Some(value) if word(value).is_some_and(|name| name.text == "required") => {
                        merge.fallback_required = true;
                    }
                    Some(value) if literal(value).is_some() => merge.fallback = literal(value),
                    _ => self.malformed(clause, "fallback \"there\""),
                },
                _ => self.unknown_clause(&clause.head),
            }
        }
        Meaning::Merge(merge)
    }
}

const SHAPE: &str = "source in [newsletter], medium = email, or content optional matches kebab";

/// A value that is written as a word, or as a text without interpolation.
fn plain_value(tree: &Expr) -> Option<SmolStr> {
    word(tree).map(|name| name.text.clone()).or_else(|| literal(tree))
}

/// `1..=14`, `..=14`
fn bounds(tree: &Expr) -> Option<(u32, u32)> {
    let Tree::Range { start, end, inclusive } = &tree.kind else { return None };
    let number = |tree: &Expr| match &tree.kind {
        Tree::Int { value, .. } => u32::try_from(*value).ok(),
        _ => None,
    };
    let least = start.as_ref().map_or(Some(0), |tree| number(tree))?;
    let most = number(end.as_ref()?)?;
    Some((least, if *inclusive { most } else { most.checked_sub(1)? }))
}
