//! The rule book: a chapter for each module.

use std::collections::BTreeMap;

use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::program::{Placed, Program};
use mktlint_plan::{lower, tier_words};

use super::needs::{FactPage, Giver};
use super::page::{Page, is_definition};
use super::shelf::{Shelf, Versions};
use crate::catalog::Rule;
use crate::words::counted;

/// Modules that every rule stands on; the reference describes them.
const GROUND: [&str; 2] = ["std.prelude", "std.contact"];

/// The pages of the rules of one module, and of the words that they use.
#[derive(Debug, Default)]
pub struct Chapter<'a> {
    /// Its full name: `std.us.can_spam`.
    pub module: String,
    /// The version of the pack that it belongs to.
    pub version: Option<String>,
    /// What it says of itself, Markdown.
    pub docs: String,
    /// Its rules.
    pub pages: Vec<Page<'a>>,
    /// Its facts that some rule of the book asks for.
    pub facts: Vec<FactPage<'a>>,
    /// Its tiers, from harmless to grave.
    pub tiers: Vec<TierPage<'a>>,
    /// Its definitions that some rule of the book uses.
    pub definitions: Vec<&'a Placed>,
}

/// A risk tier.
#[derive(Debug)]
pub struct TierPage<'a> {
    /// The declaration.
    pub placed: &'a Placed,
    /// What it is for and whom it asks, a sentence each.
    pub words: Vec<String>,
}

impl Chapter<'_> {
    /// `3 rules`; of one without rules `2 tiers`, or `words` that other rules need.
    pub fn size(&self) -> String {
        match self.pages.len() {
            0 if !self.tiers.is_empty() => counted(self.tiers.len(), "tier"),
            0 => "words".to_owned(),
            n => counted(n, "rule"),
        }
    }

    /// How many of its rules are in force.
    pub fn n_in_force(&self) -> usize {
        self.pages.iter().filter(|page| page.rule.is_in_force()).count()
    }
}

/// The rules of a workspace, module by module.
#[derive(Debug)]
pub struct Book<'a> {
    /// In order of name.
    pub chapters: Vec<Chapter<'a>>,
}

impl<'a> Book<'a> {
    /// The book of `rules`.
    pub fn new(rules: &[Rule<'a>], shelf: &Shelf<'a>, versions: &Versions) -> Self {
        let mut chapters: BTreeMap<String, Chapter<'a>> = BTreeMap::new();
        for rule in rules {
            let page = Page::of(*rule, shelf);
            for placed in words_of(&page, shelf) {
                let chapter = chapters.entry(placed.item.path.module().to_owned()).or_default();
                chapter.add(placed, shelf);
            }
            chapters.entry(rule.module().to_owned()).or_default().pages.push(page);
        }
        for tier in tiers(shelf.program) {
            chapters.entry(tier.placed.item.path.module().to_owned()).or_default().tiers.push(tier);
        }
        let chapters = chapters.into_iter().filter(|(module, _)| !GROUND.contains(&module.as_str()));
        let finished = chapters.map(|(module, chapter)| chapter.finished(module, shelf, versions));
        Self { chapters: finished.collect() }
    }

    /// All pages, in order of module and name.
    pub fn pages(&self) -> impl Iterator<Item = &Page<'a>> {
        self.chapters.iter().flat_map(|chapter| &chapter.pages)
    }

    /// How many of the rules are in force.
    pub fn n_in_force(&self) -> usize {
        self.chapters.iter().map(Chapter::n_in_force).sum()
    }

    /// Whether a chapter holds the fact or definition `path`.
    pub fn holds(&self, path: &str) -> bool {
        let module = path.rsplit_once('.').map_or("", |(module, _)| module);
        self.chapters.iter().any(|chapter| chapter.module == module)
    }
}

impl<'a> Chapter<'a> {
    fn add(&mut self, placed: &'a Placed, shelf: &Shelf<'a>) {
        match FactPage::of(placed, shelf) {
            Some(fact) => self.facts.push(fact),
            None => self.definitions.push(placed),
        }
    }

    fn finished(mut self, module: String, shelf: &Shelf<'_>, versions: &Versions) -> Self {
        let key = |placed: &Placed| (placed.item.path.clone(), placed.item.kind);
        self.facts.sort_by_key(|fact| key(fact.placed));
        self.facts.dedup_by_key(|fact| key(fact.placed));
        self.definitions.sort_by_key(|placed| key(placed));
        self.definitions.dedup_by_key(|placed| key(placed));
        self.docs = shelf.module_docs(&module);
        self.version = versions.find(&module).map(str::to_owned);
        Self { module, ..self }
    }
}

/// The tiers in force, in order of place: whatever the rules of the book, a change must pass them.
fn tiers(program: &Program) -> Vec<TierPage<'_>> {
    let is_tier = |placed: &&Placed| placed.item.kind == ItemKind::Tier && placed.force.is_some();
    let mut placed: Vec<&Placed> = program.items.iter().filter(is_tier).collect();
    if placed.is_empty() {
        return Vec::new();
    }
    placed.sort_by_key(|placed| (placed.file.clone(), placed.offset));
    let plan = lower(program);
    let words = |placed: &Placed| {
        let tier = plan.tiers.iter().find(|tier| plan.str(tier.name) == placed.item.path.0);
        tier.map(|tier| tier_words(&plan, tier)).unwrap_or_default()
    };
    placed.into_iter().map(|placed| TierPage { placed, words: words(placed) }).collect()
}

/// The facts and definitions that a page speaks of.
fn words_of<'a>(page: &Page<'a>, shelf: &Shelf<'a>) -> Vec<&'a Placed> {
    let facts = page.needs.iter().filter(|need| need.giver == Giver::Fact);
    let path = |path: &str| mktlint_hir::model::DeclPath(path.into());
    let facts = facts.filter_map(|need| shelf.program.find(ItemKind::Fact, &path(&need.path)));
    let definitions = page.definitions.iter().copied().filter(|placed| is_definition(placed));
    facts.chain(definitions).collect()
}
