//! `rule`.

use mktlint_diag::{Level, closest};
use mktlint_syntax::ast::{Clause, Expr, ExprKind as Tree, Lead};
use smol_str::SmolStr;

use super::needle::needles;
use super::{Lower, Shared, only_value, values};
use crate::codes;
use crate::infer::Group;
use crate::infer::phrase::word;
use crate::mention::{Meant, Role, dotted_words};
use crate::model::expr::ExprKind;
use crate::model::item::{ItemKind, Judgement, Meaning, Message, Needle, Repair, RepairAction, Rule, Scope};
use crate::model::types::Type;
use crate::model::{DEFAULT_LEVEL, DeclPath};
use crate::names::{self, Namespace};

/// A scope with the records behind its names.
struct Place {
    scope: Scope,
    asset: Option<DeclPath>,
    part: Option<DeclPath>,
    it: Type,
}

impl Lower<'_, '_> {
    /// `rule NAME on SCOPE where CONDITION { … }`
    pub fn rule(&mut self) -> Meaning {
        let places = self.places();
        self.rule_scene(&places);
        let clauses = self.clauses();
        let is_match = clauses.iter().any(|clause| clause.head.text == "match");
        self.infer.scene.matched = is_match;
        let guard = self.header(Lead::Where).map(|tree| self.infer.condition(tree));
        let mut shared = Shared::default();
        let mut judgement: Option<(Judgement, mktlint_text::Span)> = None;
        let mut fix = None;
        for clause in clauses {
            match clause.head.text.as_str() {
                "match" | "require" | "forbid" => self.judgement(clause, &mut judgement),
                "fix" if self.once(clause) => fix = self.repair(clause, is_match),
                "fix" => {}
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        let Some((judgement, judgement_span)) = judgement else {
            if !self.has_clause(&["match", "require", "forbid"]) {
                self.missing_clause("match, require or forbid", "require length(it) <= 60");
            }
            return Meaning::Error;
        };
        let (level, message) = self.level_and_message(&shared);
        Meaning::Rule(Rule {
            scopes: places.into_iter().map(|place| place.scope).collect(),
            guard,
            judgement,
            judgement_span,
            level,
            message,
            fix,
            terms: shared.terms,
        })
    }

    fn has_clause(&self, heads: &[&str]) -> bool {
        let Some(body) = &self.tree.body else { return false };
        body.entries.iter().any(|entry| match entry {
            mktlint_syntax::ast::Entry::Clause(clause) => heads.contains(&clause.head.text.as_str()),
            mktlint_syntax::ast::Entry::Expr(_) => false,
        })
    }

    fn level_and_message(&mut self, shared: &Shared) -> (Level, Message) {
        match &shared.level {
            Some((level, Some(message))) => (*level, message.clone()),
            Some((level, None)) => (*level, Message::default()),
            None => {
                self.missing_clause("error, warning or info", "error \"the image has no alt text\"");
                (DEFAULT_LEVEL, Message::default())
            }
        }
    }

    fn judgement(&mut self, clause: &Clause, into: &mut Option<(Judgement, mktlint_text::Span)>) {
        if let Some((_, first)) = into {
            let first = *first;
            self.report(codes::duplicate_clause::judgement(&clause.head, first));
            return;
        }
        let found = match clause.head.text.as_str() {
            "match" => self.match_needles(clause).map(Judgement::Match),
            "require" => self.condition_clause(clause, "require length(it) <= 60").map(Judgement::Require),
            _ => self.condition_clause(clause, "forbid length(it) > 60").map(Judgement::Forbid),
        };
        *into = found.map(|judgement| (judgement, clause.span));
    }

    fn match_needles(&mut self, clause: &Clause) -> Option<Vec<Needle>> {
        let Some(values) = values(clause).filter(|values| !values.is_empty()) else {
            self.malformed(clause, "match \"act now\" | /^re:/i");
            return None;
        };
        Some(values.into_iter().flat_map(|value| needles(value, &mut self.infer.problems)).collect())
    }

    fn repair(&mut self, clause: &Clause, is_match: bool) -> Option<Repair> {
        const SHAPE: &str = "fix remove match, or fix replace match with \"…\"";
        let mut items: &[Expr] = match only_value(clause).map(|value| &value.kind) {
            Some(Tree::Phrase(items)) => items,
            _ => {
                self.malformed(clause, SHAPE);
                return None;
            }
        };
        let is_unsafe = items.first().and_then(word).is_some_and(|name| name.text == "unsafe");
        if is_unsafe {
            items = items.get(1..).unwrap_or_default();
        }
        let words: Vec<&str> = items.iter().map(|item| word(item).map_or("", |name| &name.text)).collect();
        let about_match = words.get(1) == Some(&"match");
        let action = match (words.as_slice(), items) {
            (["remove", "match"], _) => RepairAction::RemoveMatch,
            (["replace", "match", "with", _], [.., text]) => {
                RepairAction::ReplaceMatch(self.infer.message(text))
            }
            (["replace", "it", "with", _], [.., text]) => RepairAction::ReplaceIt(self.infer.message(text)),
            _ => {
                self.malformed(clause, SHAPE);
                return None;
            }
        };
        if about_match && !is_match {
            self.report(codes::malformed_clause::nothing_matched(clause.span));
            return None;
        }
        Some(Repair { is_unsafe, action })
    }

    fn places(&mut self) -> Vec<Place> {
        let trees = self.header_list(Lead::On);
        trees.into_iter().filter_map(|tree| self.place(tree)).collect()
    }

    /// `Email.subject`, `Image`, `Email.Link`, `Email.Link.url`
    fn place(&mut self, tree: &Expr) -> Option<Place> {
        if matches!(tree.kind, Tree::Error) {
            return None;
        }
        let Some((path, span)) = names::dotted_path(tree) else {
            self.report(codes::malformed_clause::needs_scope(tree.span));
            return None;
        };
        let mut words = path.split('.');
        let first = words.next().unwrap_or_default();
        let mut scope = Scope { asset: None, part: None, field: None, span };
        let (mut asset, mut part) = (None, None);
        match self.kind_of_record(first) {
            Some((ItemKind::Asset, record)) => {
                scope.asset = Some(first.into());
                asset = Some(record);
            }
            Some((_, record)) => {
                scope.part = Some(first.into());
                part = Some(record);
            }
            None => {
                self.unknown_scope(first, span);
                return None;
            }
        }
        for word in words {
            match self.kind_of_record(word) {
                Some((ItemKind::Part, record)) if part.is_none() && scope.field.is_none() => {
                    scope.part = Some(word.into());
                    part = Some(record);
                }
                _ if scope.field.is_none() => scope.field = Some(word.into()),
                _ => {
                    self.report(codes::malformed_clause::needs_scope(span));
                    return None;
                }
            }
        }
        let it = self.type_of_place(&scope, asset.as_ref(), part.as_ref())?;
        self.mention_place(tree, part.as_ref().or(asset.as_ref()));
        Some(Place { scope, asset, part, it })
    }

    /// Notes what the words of a scope name; a field is one of `record`.
    fn mention_place(&mut self, tree: &Expr, record: Option<&DeclPath>) {
        for word in dotted_words(tree).unwrap_or_default() {
            let what = match (self.kind_of_record(&word.text), record) {
                (Some((kind, path)), _) => Meant::Declaration(kind, path),
                (None, Some(record)) => Meant::Field(record.clone(), word.text.clone()),
                (None, None) => continue,
            };
            self.infer.mention(word.span, what, Role::Need);
        }
    }

    fn type_of_place(
        &mut self,
        scope: &Scope,
        asset: Option<&DeclPath>,
        part: Option<&DeclPath>,
    ) -> Option<Type> {
        let record = part.or(asset)?;
        let Some(field) = &scope.field else { return Some(Type::Record(record.clone())) };
        match self.infer.field_type(record, field) {
            Some(ty) => Some(match ty.present() {
                Type::List(item) | Type::Set(item) => (**item).clone(),
                present => present.clone(),
            }),
            None => {
                let known = self.infer.field_names(record);
                let name = mktlint_syntax::ast::Name { text: field.clone(), span: scope.span };
                self.report(codes::unreachable_rule::of(&name, record, &known));
                None
            }
        }
    }

    /// The kind of asset or part that `word` names.
    pub fn kind_of_record(&self, word: &str) -> Option<(ItemKind, DeclPath)> {
        let infer = &self.infer;
        let entry = names::resolve(infer.db, infer.project, infer.file, word.into(), Namespace::Values)?;
        matches!(entry.kind, ItemKind::Asset | ItemKind::Part).then_some((entry.kind, entry.path))
    }

    fn unknown_scope(&mut self, word: &str, span: mktlint_text::Span) {
        let near = self.nearest_record(word);
        self.report(codes::unreachable_rule::unknown(span, word, near.as_deref()));
    }

    /// The kind of asset or part that was probably meant by `word`.
    pub fn nearest_record(&self, word: &str) -> Option<SmolStr> {
        let infer = &self.infer;
        let names: Vec<SmolStr> =
            names::visible_names(infer.db, infer.project, infer.file, Namespace::Values);
        let scopes: Vec<&str> =
            names.iter().map(SmolStr::as_str).filter(|name| self.kind_of_record(name).is_some()).collect();
        closest(word, scopes.iter().copied()).map(SmolStr::new)
    }

    /// Lets what a rule's header says be named, for places in it that are looked at alone.
    pub fn scene_of_rule(&mut self) {
        let places = self.places();
        self.rule_scene(&places);
        self.infer.scene.matched = self.has_clause(&["match"]);
    }

    /// Lets the fields of what is judged, of its asset and of the campaign be named.
    fn rule_scene(&mut self, places: &[Place]) {
        let mut groups: Vec<Group> = Vec::new();
        let parts: Vec<DeclPath> = places.iter().filter_map(|place| place.part.clone()).collect();
        let has_field = places.iter().any(|place| place.scope.field.is_some());
        if !parts.is_empty() && !has_field && parts.len() == places.len() {
            groups.push(Group { root: ExprKind::It, records: parts });
        }
        let assets: Vec<DeclPath> = places.iter().filter_map(|place| place.asset.clone()).collect();
        let records =
            if assets.len() == places.len() && !assets.is_empty() { assets } else { self.every_asset() };
        groups.push(Group { root: ExprKind::Asset, records });
        self.infer.scene.groups = groups;
        self.infer.scene.it = match places {
            [] => Some(Type::Text),
            [one] => Some(one.it.clone()),
            [first, rest @ ..] if rest.iter().all(|place| place.it == first.it) => Some(first.it.clone()),
            _ if self.are_texts(places) => Some(Type::Text),
            [first, ..] => Some(first.it.clone()),
        };
        self.campaign_scene();
    }

    /// Whether what is judged is a text in some places, and has words in all others.
    fn are_texts(&self, places: &[Place]) -> bool {
        let is_text = |ty: &Type| matches!(ty, Type::Text | Type::Url);
        let has_words = |ty: &Type| match ty {
            Type::Record(record) => self.infer.field_type(record, "text").is_some(),
            ty => is_text(ty),
        };
        places.iter().any(|place| is_text(&place.it)) && places.iter().all(|place| has_words(&place.it))
    }

    /// Every kind of asset of the prelude.
    pub fn every_asset(&self) -> Vec<DeclPath> {
        let infer = &self.infer;
        let Some(prelude) = infer.project.modules(infer.db).get(names::PRELUDE) else { return Vec::new() };
        let scope = names::file_scope(infer.db, *prelude);
        let assets = scope.names.values().filter(|entry| entry.kind == ItemKind::Asset);
        assets.map(|entry| entry.path.clone()).collect()
    }
}
