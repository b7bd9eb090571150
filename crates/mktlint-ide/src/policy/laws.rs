//! What must hold of every feature, whatever is typed.

use std::collections::BTreeMap;

use mktlint_diag::{Edit, FilePath};
use mktlint_hir::{Database, Project, Source, SourceFile};
use mktlint_text::Span;
use salsa::Setter;

use super::{
    actions, definition, folding, formatting, hierarchy, highlight, hints, implementations, lens, linked,
    links, moved, rename, selection, symbols, tokens,
};
use crate::fixture::{TODAY, applied};
use crate::{Assets, CodeAction, View};

/// Policies of which pieces are mutated: every kind of declaration, most clauses, most expressions.
const TOUR: &str = include_str!("../../../../tests/syntax/tour.mkt");

/// Mutated texts in each run; 2 000 took a minute without optimization and found no more.
const CASES: usize = 500;

/// A workspace whose first file is edited.
struct Bench {
    db: Database,
    project: Project,
    file: SourceFile,
    assets: Assets,
}

impl Bench {
    fn new(sources: &[(&str, &str)]) -> Self {
        let db = Database::default();
        let source = |(path, text): &(&str, &str)| Source {
            path: FilePath::new(&format!("policy/{path}.mkt")),
            module: format!("acme.{path}").into(),
            text: (*text).into(),
        };
        let project = db.project(sources.iter().map(source), TODAY, BTreeMap::new());
        let file = project.files(&db)[0];
        Self { db, project, file, assets: Assets::default() }
    }

    fn text(&self) -> String {
        self.file.text(&self.db).to_string()
    }

    fn set(&mut self, text: &str) {
        self.file.set_text(&mut self.db).to(text.into());
    }

    /// Asks every feature, at `offset` where they take one.
    fn ask(&self, offset: u32, end: u32) {
        let texts: BTreeMap<FilePath, std::sync::Arc<str>> = BTreeMap::new();
        let view = View { db: &self.db, project: self.project, assets: &self.assets, texts: &texts };
        let text = self.text();
        let spans = selection::selections(view, self.file, offset);
        assert!(spans.windows(2).all(|pair| pair[1].contains(pair[0])), "{spans:?}");
        linked::linked(view, self.file, offset);
        self.ask_names(view, offset);
        for letter in ['\n', '}'] {
            fits(&text, &formatting::format_typed(view, self.file, offset, letter));
        }
        let range = Span::new(offset, end);
        fits(&text, &formatting::format_range(view, self.file, range));
        for action in actions::actions(view, self.file, range) {
            self.check(view, &action);
        }
    }

    /// Asks what names at `offset` lead to.
    fn ask_names(&self, view: View<'_>, offset: u32) {
        definition::definition(view, self.file, offset);
        definition::type_definition(view, self.file, offset);
        implementations::implementations(view, self.file, offset);
        let found = highlight::highlights(view, self.file, offset);
        assert!(found.windows(2).all(|pair| pair[0].span < pair[1].span), "{found:?}");
        for node in hierarchy::prepare(view, self.file, offset) {
            hierarchy::outgoing(view, self.file, node.target.name.start());
        }
        if let Ok((span, name)) = rename::prepare(view, self.file, offset) {
            assert_eq!(span.slice(&self.text()), name);
        }
    }

    /// Asks every feature of a whole file.
    fn ask_whole(&self) {
        let texts: BTreeMap<FilePath, std::sync::Arc<str>> = BTreeMap::new();
        let view = View { db: &self.db, project: self.project, assets: &self.assets, texts: &texts };
        let text = self.text();
        let tokens = tokens::tokens(view, self.file, None);
        assert!(tokens.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()), "{text}");
        assert!(tokens.iter().all(|token| text.get(token.span.range()).is_some()), "{text}");
        let whole = Span::new(0, text.len() as u32);
        let hints = hints::hints(view, self.file, whole);
        assert!(hints.iter().all(|hint| text.is_char_boundary(hint.offset as usize)), "{text}");
        folding::folds(view, self.file);
        let outline = symbols::outline(view, self.file);
        assert!(outline.iter().all(|own| !own.name.is_empty() && own.full.contains(own.span)), "{text}");
        moved::moved(view, &[("acme.tour".into(), "acme.other".into())]);
        links::links(view, self.file);
        for lens in lens::lenses(view, self.file) {
            lens::resolve(view, &lens);
        }
        let edits = formatting::format(view, self.file);
        assert_eq!(applied(&text, &edits), mktlint_syntax::format(&text).text, "{text}");
        for action in
            [actions::organize_uses(view, self.file), actions::fix_all(view, self.file)].iter().flatten()
        {
            self.check(view, action);
        }
    }

    /// The edits of an action fit the files that they are for.
    fn check(&self, view: View<'_>, action: &CodeAction) {
        for edits in &action.edits {
            let file = view.policy(&edits.file).expect("a policy");
            fits(file.text(&self.db), &edits.edits);
        }
    }
}

/// Edits are in order, do not overlap, and stand between characters.
fn fits(text: &str, edits: &[Edit]) {
    assert!(edits.iter().all(|edit| text.get(edit.span.range()).is_some()), "{edits:?} in {text}");
    assert!(edits.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()), "{edits:?} in {text}");
}

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }

    /// Takes something away, doubles it, or puts something in.
    fn mutate(&mut self, text: &mut String) {
        let start = self.place(text);
        let end = text.floor_char_boundary((start + self.below(12)).min(text.len()));
        const ODD: [&str; 14] = [
            "{",
            "}",
            "(",
            "\"",
            "/",
            "\n",
            "/*",
            "//",
            "é",
            "?",
            " and ",
            "rule ",
            "\r\n",
            "use std.regions.",
        ];
        match self.below(3) {
            0 => text.replace_range(start..end, ""),
            1 => {
                let copy = text[start..end].to_owned();
                text.insert_str(end, &copy);
            }
            _ => text.insert_str(start, ODD[self.below(ODD.len())]),
        }
    }
}

#[test]
fn mutated_policies_break_nothing() {
    let pieces: Vec<&str> = TOUR.split("\n\n").collect();
    let mut bench = Bench::new(&[("aa", "")]);
    let mut numbers = Numbers(7);
    for _ in 0..CASES {
        let first = numbers.below(pieces.len());
        let mut text = pieces[first..(first + 3).min(pieces.len())].join("\n\n");
        for _ in 0..=numbers.below(4) {
            numbers.mutate(&mut text);
        }
        bench.set(&text);
        bench.ask_whole();
        let (start, end) = (numbers.place(&text), numbers.place(&text));
        bench.ask(start.min(end) as u32, start.max(end) as u32);
    }
}

#[test]
fn every_place_of_a_policy_can_be_asked() {
    macro_rules! acme {
        ($($name:literal)*) => {
            [$(($name, include_str!(concat!("../../../../tests/workspaces/acme/policy/", $name, ".mkt")))),*]
        };
    }
    let all = acme!["audiences" "brand" "claims" "contact" "governance" "links" "main" "merges" "suppressions" "terms" "tests" "waivers"];
    let mut bench = Bench::new(&all);
    for file in bench.project.files(&bench.db).clone().into_iter().take(all.len()) {
        bench.file = file;
        bench.ask_whole();
        let text = bench.text();
        let places = text.char_indices().map(|(at, _)| at).filter(|at| at % 11 == 0);
        places.for_each(|at| bench.ask(at as u32, at as u32));
    }
}

/// The `mkt` fences of a page, each with those above its first section.
fn fences(page: &str) -> Vec<String> {
    let mut fences = Vec::new();
    let (mut shared, mut is_shared, mut open) = (String::new(), true, None::<String>);
    for line in page.lines() {
        match (&mut open, line) {
            (Some(_), "```") => {
                let text = open.take().unwrap_or_default();
                if is_shared { shared.push_str(&text) } else { fences.push(format!("{shared}{text}")) }
            }
            (Some(text), line) => text.push_str(&format!("{line}\n")),
            (None, "```mkt") => open = Some(String::new()),
            (None, line) => is_shared &= !line.starts_with("## "),
        }
    }
    fences
}

/// Codes with help that no edit can follow: it asks for a decision, or names several ways.
const BEYOND_EDITS: [&str; 17] = [
    "MKT0009", // a number that is too large; 24:00
    "MKT0105", // of a `waive`, a digest, a type
    "MKT0112", // a name of its own
    "MKT0116", // a circle
    "MKT0202", // two currencies
    "MKT0302", // a pattern for nothing
    "MKT0310", // evidence to renew
    "MKT0313", // two conventions
    "MKT0314", // nothing is close
    "MKT0407", // quiet hours of no length
    "MKT0412", // what is too complex
    "MKT0420", // the tier of all other changes
    "MKT0422", // what a tier is for
    "MKT0423", // when a change has a tier
    "MKT0424", // who approves
    "MKT0425", // which tier goes first
    "MKT0426", // what a rule judges instead
];

#[test]
fn what_help_tells_to_type_is_offered() {
    let codes = mktlint_hir::codes::CODES.iter().chain(mktlint_syntax::CODES);
    let pages = codes.map(|code| code.page).chain([include_str!("../../../../tests/language/mistakes.md")]);
    let mut bench = Bench::new(&[("aa", "")]);
    let mut missing = std::collections::BTreeSet::new();
    for text in pages.flat_map(fences) {
        bench.set(&text);
        let texts: BTreeMap<FilePath, std::sync::Arc<str>> = BTreeMap::new();
        let view = View { db: &bench.db, project: bench.project, assets: &bench.assets, texts: &texts };
        for found in mktlint_hir::diagnostics(&bench.db, bench.project, bench.file) {
            let span = found.primary.place.span;
            let actions = actions::actions(view, bench.file, span);
            let repairs = Some((found.code.clone(), span));
            if !found.help.is_empty() && !actions.iter().any(|action| action.repairs == repairs) {
                missing.insert(found.code);
            }
        }
    }
    assert_eq!(missing.iter().map(|code| code.as_str()).collect::<Vec<_>>(), BEYOND_EDITS);
}
