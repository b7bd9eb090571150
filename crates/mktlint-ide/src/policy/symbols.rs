//! The outline of a policy file, and declarations by name.

use mktlint_diag::FilePath;
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::mention::{Meant, Role, mentions};
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::names::{declared_name, is_nameless, kind_of_word};
use mktlint_syntax::ast::{self, Clause, Entry};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::View;

/// So many declarations are listed by name at most.
const MOST_FOUND: usize = 500;

/// So many letters of a header or clause are shown.
const MOST_LETTERS: usize = 60;

/// Clauses that an outline shows: what is judged, of whom, and what is needed.
const CLAUSES: [&str; 14] = [
    "match", "require", "forbid", "who", "unless", "at", "says", "needs", "never", "only", "when", "approve",
    "document", "not",
];

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A declaration.
    Declaration(ItemKind),
    /// A field of a record.
    Field,
    /// A member of an enum, a stage.
    Member,
    /// A clause.
    Clause,
}

/// A line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name; of what has none, the first words.
    pub name: String,
    /// More of it, in its own words: a title, a type, a scope.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub full: Span,
    /// Its name.
    pub span: Span,
    /// What is in it.
    pub children: Vec<Symbol>,
}

/// A declaration that is looked for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: SmolStr,
    /// Its module.
    pub module: SmolStr,
    /// Its kind.
    pub kind: ItemKind,
    /// The file.
    pub file: FilePath,
    /// Its name in the file.
    pub span: Span,
}

/// The outline of `file`, in order.
pub fn outline(view: View<'_>, file: SourceFile) -> Vec<Symbol> {
    declarations(view.db, file).iter().filter_map(|own| symbol(view, *own)).collect()
}

fn symbol(view: View<'_>, declaration: Declaration<'_>) -> Option<Symbol> {
    let tree = view.tree(declaration)?;
    let kind = kind_of_word(&tree.kind.text)?;
    let text = declaration.text(view.db);
    let header = header(tree);
    let declared = declared_name(tree).filter(|_| !is_nameless(kind)).map(|(_, span)| span);
    let (name, detail) = match declared {
        Some(span) => (short(span.slice(text)), Span::new(span.end(), header.end().max(span.end()))),
        None => (short(header.slice(text)), Span::at(header.end())),
    };
    let mut children = members(view, declaration, text);
    children.extend(tree.body.iter().flat_map(|body| &body.entries).filter_map(|entry| clause(entry, text)));
    children.sort_by_key(|child| child.span);
    let mut symbol = Symbol {
        name,
        detail: Some(short(detail.slice(text))).filter(|detail| !detail.is_empty()),
        kind: SymbolKind::Declaration(kind),
        full: whole(text),
        span: declared.unwrap_or(tree.kind.span),
        children,
    };
    symbol.shift(declaration.offset(view.db));
    Some(symbol)
}

impl Symbol {
    fn shift(&mut self, by: u32) {
        self.full = self.full.shift(by);
        self.span = self.span.shift(by);
        self.children.iter_mut().for_each(|child| child.shift(by));
    }
}

/// From the kind to the body.
fn header(tree: &ast::Declaration) -> Span {
    let end = tree.segments.last().map_or(tree.kind.span.end(), |segment| segment.span.end());
    Span::new(tree.kind.span.start(), end)
}

/// A declaration without the white space behind it.
fn whole(text: &str) -> Span {
    Span::of(0..text.trim_end().len())
}

/// Fields, members and stages that a declaration introduces.
fn members(view: View<'_>, declaration: Declaration<'_>, text: &str) -> Vec<Symbol> {
    let all = mentions(view.db, view.project, declaration).iter();
    let introduced = all.filter(|mention| mention.role == Role::Definition);
    let member = |mention: &mktlint_hir::Mention| {
        let (kind, name) = match &mention.what {
            Meant::Field(_, name) => (SymbolKind::Field, name),
            Meant::Member(_, name) => (SymbolKind::Member, name),
            _ => return None,
        };
        let full = match kind {
            SymbolKind::Field => field(view, declaration, mention.span),
            _ => mention.span,
        };
        let behind = Span::new(mention.span.end(), full.end()).slice(text);
        let detail = short(behind.trim_start_matches(':'));
        let detail = Some(detail).filter(|detail| !detail.is_empty());
        Some(Symbol { name: name.to_string(), detail, kind, full, span: mention.span, children: Vec::new() })
    };
    introduced.filter_map(member).collect()
}

/// The clause of a field whose name stands at `name`.
fn field(view: View<'_>, declaration: Declaration<'_>, name: Span) -> Span {
    let body = view.tree(declaration).and_then(|tree| tree.body.as_ref());
    let mut entries = body.into_iter().flat_map(|body| &body.entries);
    let found = entries.find_map(|entry| match entry {
        Entry::Clause(clause) if clause.head.span == name => Some(clause.span),
        _ => None,
    });
    found.unwrap_or(name)
}

fn clause(entry: &Entry, text: &str) -> Option<Symbol> {
    let Entry::Clause(Clause { head, colon: None, span, .. }) = entry else { return None };
    let is_shown = CLAUSES.contains(&head.text.as_str());
    is_shown.then(|| Symbol {
        name: head.text.to_string(),
        detail: Some(short(Span::new(head.span.end(), span.end()).slice(text))).filter(|it| !it.is_empty()),
        kind: SymbolKind::Clause,
        full: *span,
        span: head.span,
        children: Vec::new(),
    })
}

/// `words` on one line, cut where they are long.
fn short(words: &str) -> String {
    let mut line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(MOST_LETTERS) {
        line.truncate(at);
        line.push('…');
    }
    line
}

/// Declarations whose names have the letters of `query` in this order: the project's own before those of packs, better
/// matches first. All of them, up to a bound, when `query` is empty.
pub fn find(view: View<'_>, query: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for file in view.project.files(view.db) {
        // Packs that nobody named yet are parsed for this; a query that none of their letters fit spares that.
        let of_file = declarations(view.db, *file).iter().filter_map(|own| named(view, *own));
        let is_pack = file.is_pack(view.db);
        let rows = of_file.filter_map(|own| Some(((is_pack, fit(&own.name, query)?), own)));
        found.extend(rows);
    }
    found.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.name.cmp(&other.name)));
    found.truncate(MOST_FOUND);
    found.into_iter().map(|(_, own)| own).collect()
}

fn named(view: View<'_>, declaration: Declaration<'_>) -> Option<Found> {
    let kind = kind_of_word(declaration.kind(view.db)).filter(|kind| !is_nameless(*kind))?;
    let (name, span) = declared_name(view.tree(declaration)?)?;
    let file = declaration.file(view.db);
    Some(Found {
        name,
        module: file.module(view.db).clone(),
        kind,
        file: file.path(view.db).clone(),
        span: span.shift(declaration.offset(view.db)),
    })
}

/// How well `name` fits `query`, lower is better: the same, a start, the start of a word, a part, letters in order.
fn fit(name: &str, query: &str) -> Option<(u8, usize)> {
    let (name, query) = (name.to_lowercase(), query.trim().to_lowercase());
    let rank = match name.find(&query) {
        Some(_) if name == query => 0,
        Some(0) => 1,
        Some(_) if name.contains(&format!("_{query}")) => 2,
        Some(_) => 3,
        None => {
            let mut letters = name.chars();
            let is_in_order = query.chars().all(|wanted| letters.any(|letter| letter == wanted));
            is_in_order.then_some(4)?
        }
    };
    Some((rank, name.chars().count()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::fixture::Fixture;

    fn show(symbols: &[Symbol], text: &str, depth: usize, out: &mut String) {
        for symbol in symbols {
            assert!(symbol.full.contains(symbol.span), "{symbol:?}");
            let detail = symbol.detail.as_deref().unwrap_or("-");
            let _ = writeln!(
                out,
                "{}{} | {detail} | {}",
                "  ".repeat(depth),
                symbol.name,
                symbol.span.slice(text)
            );
            show(&symbol.children, text, depth + 1, out);
        }
    }

    #[test]
    fn an_outline_shows_declarations_and_what_is_in_them() {
        let fixture = Fixture::new(
            "use std.regions.{EU}\n\ncontact { age: Int? in 0..=130  stage: Stage }\nlifecycle Stage { lead -> customer -> lead }\n\
             /// Old.\naudience old \"old people\" = age? > 60\n\
             rule short on Email.subject {\n  require length(it) <= 60\n  error \"long\"\n}\nprove old subset of old\n\
             rule ",
        );
        let mut out = String::new();
        let text = fixture.text("policy/main.mkt");
        show(&outline(fixture.view(), fixture.policy()), text, 0, &mut out);
        insta::assert_snapshot!(out, @r#"
        use std.regions.{EU} | - | use
        contact | - | contact
          age | Int? in 0..=130 | age
          stage | Stage | stage
        Stage | - | Stage
          lead | - | lead
          customer | - | customer
        old | "old people" = age? > 60 | old
        short | on Email.subject | short
          require | length(it) <= 60 | require
        prove old subset of old | - | prove
        rule | - | rule
        "#);
    }

    fn names(text: &str, query: &str) -> Vec<String> {
        let fixture = Fixture::new(text);
        let found = find(fixture.view(), query);
        found.into_iter().take(4).map(|own| format!("{}.{}", own.module, own.name)).collect()
    }

    #[test]
    fn own_declarations_come_first_and_better_ones_before_others() {
        let text = "audience late_payers = true\naudience payers = true\naudience p_a_y = true\n";
        assert_eq!(names(text, "PAYER")[..2], ["acme.main.payers", "acme.main.late_payers"]);
        assert_eq!(names(text, "pay")[..3], ["acme.main.payers", "acme.main.late_payers", "acme.main.p_a_y"]);
        assert_eq!(names(text, "eea")[..1], ["std.regions.EEA"]);
        assert!(names(text, "no such name at all").is_empty());
        assert_eq!(find(Fixture::new(text).view(), "").len(), MOST_FOUND);
    }
}
