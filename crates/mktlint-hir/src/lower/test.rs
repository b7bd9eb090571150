//! `test`.

use mktlint_syntax::ast::{Block, Clause, Expr, ExprKind as Tree, Lead};
use smol_str::SmolStr;

use super::{Cursor, Lower, block_of, list_behind, only_value};
use crate::codes;
use crate::infer::phrase::{literal, word};
use crate::mention::{Meant, Role};
use crate::model::DeclPath;
use crate::model::expr::ExprId;
use crate::model::item::{ItemKind, Meaning};
use crate::model::test::{Case, Expect, Fixture, Test};
use crate::names::{self, Namespace};

const CASES: [&str; 6] = ["fires", "silent", "undecided", "includes", "excludes", "at"];

impl Lower<'_, '_> {
    /// `test NAME { fires on … silent on … includes { … } }`
    pub fn test(&mut self) -> Meaning {
        let name = self.tree.segments.first().and_then(|segment| segment.value.as_ref());
        let Some((name, tree)) = name.and_then(test_name) else {
            self.malformed_header("test no_fake_reply { fires on Email { subject: \"Re: hi\" } }");
            return Meaning::Error;
        };
        let Some(target) = self.test_target(&name, tree) else { return Meaning::Error };
        self.contact_scene_if_declared();
        let mut test = Test { target, at: None, cases: Vec::new() };
        for clause in self.clauses() {
            let head = clause.head.text.as_str();
            if head == "at" {
                test.at = Cursor::new(&clause.segments).date();
                if test.at.is_none() {
                    self.malformed(clause, "at 2026-11-22");
                }
                continue;
            }
            if head == "fixed" {
                self.fixed_behind(clause, &mut test);
                continue;
            }
            if !CASES.contains(&head) {
                self.unknown_clause(&clause.head);
                continue;
            }
            if let Some(expect) = self.expectation(clause) {
                test.cases.push(Case { expect, span: clause.span });
            }
        }
        Meaning::Test(test)
    }

    /// `fixed "…"` as a clause of its own speaks of the case before it.
    fn fixed_behind(&mut self, clause: &Clause, test: &mut Test) {
        match (test.cases.last_mut(), only_value(clause).and_then(literal)) {
            (Some(Case { expect: Expect::Fires { fixed, .. }, .. }), Some(text)) => *fixed = Some(text),
            _ => self.malformed(clause, "fires on Email { subject: \"Re: hi\" } fixed \"hi\""),
        }
    }

    fn test_target(&mut self, name: &SmolStr, tree: &Expr) -> Option<DeclPath> {
        let infer = &self.infer;
        let space = Namespace::Values;
        let entry = names::resolve(infer.db, infer.project, infer.file, name.clone(), space);
        match entry {
            Some(entry) if matches!(entry.kind, ItemKind::Audience | ItemKind::Suppress) => {
                self.infer.mention_declaration(tree, entry.kind, &entry.path, Role::Pointer);
                Some(entry.path)
            }
            _ => self.any_rule(name, tree),
        }
    }

    fn expectation(&mut self, clause: &Clause) -> Option<Expect> {
        match clause.head.text.as_str() {
            "includes" => self.contact_case(clause).map(Expect::Includes),
            "excludes" => self.contact_case(clause).map(Expect::Excludes),
            head => {
                let (fixture, fixed) = self.fixture(clause)?;
                Some(match head {
                    "fires" => Expect::Fires { fixture, fixed },
                    "silent" => Expect::Silent(fixture),
                    _ => Expect::Undecided(fixture),
                })
            }
        }
    }

    fn contact_case(&mut self, clause: &Clause) -> Option<Vec<(SmolStr, ExprId)>> {
        let block = only_value(clause).and_then(block_of);
        let (Some(block), Some(contact)) =
            (block, crate::signature::contact(self.infer.db, self.infer.project))
        else {
            self.malformed(clause, "includes { stage: lapsed, country: DE }");
            return None;
        };
        // `unless` asks about the campaign.
        let records: Vec<DeclPath> =
            [Some(contact), self.infer.prelude_record("Campaign")].into_iter().flatten().collect();
        let values = self.infer.record_values(block, &records);
        Some(values.into_iter().filter_map(|(name, id)| Some((name, id?))).collect())
    }

    /// `on Email { subject: "Re: hi" } fixed "hi"`
    fn fixture(&mut self, clause: &Clause) -> Option<(Fixture, Option<SmolStr>)> {
        const SHAPE: &str = "fires on Email { subject: \"Re: hi\" }";
        let value = list_behind(&clause.segments, Lead::On).first().copied();
        let items: &[Expr] = match value.map(|value| &value.kind) {
            Some(Tree::Phrase(items)) => items,
            Some(_) => value.map(std::slice::from_ref).unwrap_or_default(),
            None => &[],
        };
        let mut rest = items.iter();
        let kind = rest.next().and_then(word);
        let Some(kind) = kind else {
            self.malformed(clause, SHAPE);
            return None;
        };
        let Some((of, record)) = self.kind_of_record(&kind.text) else {
            let near = self.nearest_record(&kind.text);
            self.report(codes::unknown_name::kind_of_asset(kind, near.as_deref()));
            return None;
        };
        self.infer.mention(kind.span, Meant::Declaration(of, record.clone()), Role::Need);
        let mut fixture = Fixture { kind: kind.text.clone(), fields: Vec::new(), text: None };
        let mut fixed = None;
        while let Some(item) = rest.next() {
            match &item.kind {
                Tree::Block(block) => fixture.fields = self.fixture_fields(block, &record),
                Tree::String(_) => fixture.text = literal(item),
                Tree::Word(name) if name.text == "fixed" => {
                    fixed = rest.next().and_then(literal);
                    if fixed.is_none() {
                        self.malformed(clause, "fires on Email { subject: \"Re: hi\" } fixed \"hi\"");
                    }
                }
                Tree::Error => {}
                _ => {
                    self.malformed(clause, SHAPE);
                    return None;
                }
            }
        }
        Some((fixture, fixed))
    }

    fn fixture_fields(&mut self, block: &Block, record: &DeclPath) -> Vec<(SmolStr, Option<ExprId>)> {
        let mut records = vec![record.clone()];
        records.extend(self.infer.prelude_record("Campaign"));
        self.infer.record_values(block, &records)
    }
}

/// What is tested, and the words that say so.
fn test_name(value: &Expr) -> Option<(SmolStr, &Expr)> {
    match &value.kind {
        Tree::Phrase(items) => items.first().and_then(test_name),
        Tree::String(_) => {
            let text = literal(value)?;
            let lower = text.to_lowercase();
            let words: Vec<&str> =
                lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            Some((words.join("_").into(), value))
        }
        _ => Some((names::dotted_path(value)?.0, value)),
    }
}
