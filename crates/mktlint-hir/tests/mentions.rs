//! What words name: on a few declarations in full, and by a law on every policy there is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use mktlint_hir::db::{Declaration, declarations, parsed};
use mktlint_hir::mention::{Meant, definition};
use mktlint_hir::model::expr::Length;
use mktlint_hir::{Database, Project, Source, mentions};
use mktlint_syntax::ast;
use mktlint_syntax::lex::{Kind, lex};
use mktlint_text::Span;

/// The mentions of a policy, one per line: the word, what it does there, what it names.
fn shown(text: &str) -> String {
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: text.into() };
    let project = db.project([source], date(2026, 11, 22), BTreeMap::new());
    let mut out = String::new();
    for &declaration in declarations(&db, project.modules(&db)["acme.main"]) {
        for mention in mentions(&db, project, declaration) {
            let word = mention.span.slice(declaration.text(&db));
            let (role, what) = (mention.role, &mention.what);
            out.push_str(&format!("{word}: {role:?} {}\n", name(what)));
            let introduced = definition(&db, project, declaration, what);
            let is_introduced = !matches!(
                what,
                Meant::Function(_)
                    | Meant::Module(_)
                    | Meant::Country(_)
                    | Meant::Language(_)
                    | Meant::Type(_)
                    | Meant::Shape(_)
                    | Meant::Special(_)
            );
            assert_eq!(introduced.is_some(), is_introduced, "{word} {what:?}");
        }
    }
    out
}

fn name(what: &Meant) -> String {
    match what {
        Meant::Declaration(kind, path) => format!("{kind:?} {path}"),
        Meant::Field(path, name) | Meant::Member(path, name) => format!("{path} {name}"),
        Meant::Local(span) => format!("local at {}", span.start()),
        Meant::Parts(path) => format!("parts {path}"),
        Meant::Function(name) | Meant::Type(name) | Meant::Shape(name) | Meant::Special(name) => {
            (*name).into()
        }
        Meant::Module(name) | Meant::Country(name) | Meant::Language(name) => name.to_string(),
    }
}

#[test]
fn words_of_expressions_name_what_they_mean() {
    insta::assert_snapshot!(shown(
        "use std.regions.{EU}
contact { country: Country  stage: Stage? }
lifecycle Stage { lead -> customer -> lead }
fn far(limit: Int) -> Bool = limit > 3
audience near \"near\" = country in EU + [UK] and stage? == Stage.lead and far(3)
suppress nobody on email { who not near and country == std.regions.EU }
"
    ), @r"
    std: Pointer std
    regions: Pointer std.regions
    EU: Pointer Region std.regions.EU
    contact: Definition Contact acme.main.contact_1
    country: Definition acme.main.contact_1 country
    Country: Need Country
    stage: Definition acme.main.contact_1 stage
    Stage: Need Lifecycle acme.main.Stage
    Stage: Definition Lifecycle acme.main.Stage
    lead: Definition acme.main.Stage lead
    customer: Definition acme.main.Stage customer
    lead: Need acme.main.Stage lead
    far: Definition Fn acme.main.far
    limit: Definition local at 7
    Int: Need Int
    Bool: Need Bool
    limit: Need local at 7
    near: Definition Audience acme.main.near
    country: Need acme.main.contact_1 country
    EU: Need Region std.regions.EU
    UK: Need GB
    stage: Need acme.main.contact_1 stage
    Stage: Need Lifecycle acme.main.Stage
    lead: Need acme.main.Stage lead
    far: Need Fn acme.main.far
    nobody: Definition Suppress acme.main.nobody
    email: Need std.prelude.Channel email
    near: Need Audience acme.main.near
    country: Need acme.main.contact_1 country
    std: Pointer std
    regions: Pointer std.regions
    EU: Need Region std.regions.EU
    ");
}

#[test]
fn words_of_rules_name_what_they_mean() {
    insta::assert_snapshot!(shown(
        "role legal { members [\"a@b.example\"] }
rule plain on Email.subject where purpose == marketing {
  require any l in links where l.url matches kebab or length(it) > 3
  error \"{length(it)}\"
  waivable by legal
}
test plain { silent on Email { subject: \"x\", purpose: marketing } }
waive main.plain until 2099-01-01 { by legal  because \"x\" }
enforce std.us.can_spam except [postal_address]
"
    ), @r"
    legal: Definition Role acme.main.legal
    plain: Definition Rule acme.main.plain
    Email: Need Asset std.prelude.Email
    subject: Need std.prelude.Email subject
    purpose: Need std.prelude.Email purpose
    marketing: Need std.prelude.Purpose marketing
    l: Definition local at 71
    links: Need parts std.prelude.Link
    l: Need local at 71
    url: Need std.prelude.Link url
    kebab: Need kebab
    length: Need length
    it: Need it
    length: Need length
    it: Need it
    legal: Need Role acme.main.legal
    plain: Need Rule acme.main.plain
    Email: Need Asset std.prelude.Email
    subject: Need std.prelude.Email subject
    purpose: Need std.prelude.Email purpose
    marketing: Need std.prelude.Purpose marketing
    main: Pointer acme.main
    plain: Need Rule acme.main.plain
    legal: Pointer Role acme.main.legal
    std: Pointer std
    us: Pointer std.us
    can_spam: Pointer std.us.can_spam
    postal_address: Pointer Rule std.us.can_spam.postal_address
    ");
}

#[test]
fn another_name_is_told_from_its_own() {
    insta::assert_snapshot!(shown("use std.regions.EU as union\nregion all = union + [CH]\n"), @r"
    std: Pointer std
    regions: Pointer std.regions
    EU: Pointer Region std.regions.EU
    union: Alias Region std.regions.EU
    all: Definition Region acme.main.all
    union: Need Region std.regions.EU
    CH: Need CH
    ");
}

/// Words of the grammar inside expressions and clauses that name nothing. Each stands for itself, so that a name that is
/// forgotten still shows.
const GRAMMAR: &str = "known missing older than within the next before after starts with ends contains matches mentions \
    has any of all none touch touches ago from now count most per to recipient_time sender_time subset disjoint \
    equivalent cover contact never waivable by absolute default evidence disclosure sentence sentences paragraph \
    paragraphs word words same anywhere document required optional forbidden allowed remove replace unsafe it match with \
    fixed sensitive verb noun could include audience uses claims regulated change only error warning info for messages";

macro_rules! policies {
    ($folder:literal $($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../tests/", $folder, "/", $name, ".mkt")))),*]
    };
}

const ACME: &[(&str, &str)] = &policies!("workspaces/acme/policy" "audiences" "brand" "claims" "contact" "governance" "links" "main" "merges" "suppressions" "terms" "tests" "waivers");
const TOUR: &[(&str, &str)] = &policies!("syntax" "tour");

/// Where the grammar itself wants a word: the kind, the heads of clauses that are no fields, `pub`.
fn heads(tree: &ast::Declaration) -> BTreeSet<Span> {
    let entries = tree.body.iter().flat_map(|body| &body.entries);
    let clauses = entries.filter_map(|entry| match entry {
        ast::Entry::Clause(clause) => Some(clause.head.span),
        ast::Entry::Expr(_) => None,
    });
    let is_member = matches!(tree.kind.text.as_str(), "enum" | "lifecycle" | "contact" | "asset" | "part");
    let clauses = clauses.filter(|_| !is_member);
    clauses.chain([tree.kind.span]).chain(tree.public).collect()
}

/// What stands in a `utm` and in quantities: values that name nothing, lengths of time, sums.
fn is_value(kind: &str, word: &str) -> bool {
    let is_currency = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_currency || Length::UNITS.contains(&word) || kind == "utm"
}

/// The words of a declaration that name nothing and that the grammar does not know, one per line with the place.
fn forgotten_words(db: &Database, project: Project, declaration: Declaration<'_>) -> String {
    let text = declaration.text(db);
    let Some(tree) = &parsed(db, declaration).declaration else { return "no tree\n".into() };
    let heads = heads(tree);
    let known: BTreeSet<Span> =
        mentions(db, project, declaration).iter().map(|mention| mention.span).collect();
    let words = lex(text).into_iter().filter(|token| token.kind == Kind::Word).map(|token| token.span);
    // `fr-CA` is one name of two words.
    let is_named = |span: &Span| heads.contains(span) || known.iter().any(|known| known.contains(*span));
    let is_grammar = |word: &str| GRAMMAR.split_whitespace().any(|own| own == word);
    words
        .filter(|span| !is_named(span))
        .map(|span| span.slice(text))
        .filter(|word| !is_grammar(word) && !is_value(&tree.kind.text, word))
        .map(|word| format!("{} {}: {word}\n", declaration.file(db).module(db), tree.kind.text))
        .collect()
}

/// Every word of every policy names something, introduces something, or is one of the language's own.
#[test]
fn no_word_of_any_policy_is_forgotten() {
    let mut forgotten = String::new();
    // The library by itself: packs speak of the contact that a project declares.
    for (workspace, policies) in [("acme", ACME), ("std", &[]), ("tour", TOUR)] {
        let db = Database::default();
        let source = |(name, text): &(&str, &str)| Source {
            path: format!("policy/{name}.mkt").as_str().into(),
            module: format!("{workspace}.{name}").into(),
            text: (*text).into(),
        };
        let project = db.project(policies.iter().map(source), date(2026, 11, 22), BTreeMap::new());
        let files = project.files(&db).iter().filter(|file| file.module(&db).starts_with(workspace));
        for &declaration in files.flat_map(|file| declarations(&db, *file)) {
            forgotten.push_str(&forgotten_words(&db, project, declaration));
        }
    }
    // What `change only [...]` can say is declared nowhere, and the tour does not declare all that it names.
    insta::assert_snapshot!(forgotten, @r"
    acme.governance tier: formatting
    acme.governance tier: metadata
    acme.governance tier: schedule
    tour.tour prove: prospects
    tour.tour prove: active
    tour.tour prove: lapsed_any
    tour.tour tier: formatting
    tour.tour tier: metadata
    tour.tour tier: schedule
    tour.tour tier: marketing
    tour.tour tier: brand
    tour.tour waive: brand
    ");
}
