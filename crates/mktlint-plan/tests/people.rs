//! What the algebra of audiences says of a person is what the reference evaluator says.
//!
//! Audiences are made up as text, so that everything between is under test: names, types, formulas, and the way back
//! from a formula to text.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{DateTime, date};
use mktlint_asset::{Asset, Format, Kind};
use mktlint_decide::{
    Contact, Definitions, Formula, Limits, Schema, Solver, Value as Known, Verdict, eval, show_formula,
};
use mktlint_diag::FilePath;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::expr::Length;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::Program;
use mktlint_hir::people::{self, Declared};
use mktlint_hir::{Database, Project, Source, program};
use mktlint_plan::{Context, Datum, Record, TextValue, Truth, Value, lower, reference};
use mktlint_text::Span;
use proptest::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;

const POLICY: &str = r#"
contact {
  country: Country
  billing: Country?
  language: Language
  age: Int? in 0..=130
  score: Decimal
  spend: Money<EUR>
  refunds: Money<EUR>?
  share: Percent?
  stage: Stage
  plan: Stage?
  vip: Bool
  opted: Bool?
  last_order: Date?
  signup: Date
  seen_at: DateTime?
  joined_at: DateTime
  wakes: Time?
  email: String
  tags: Set<String>?
  seen_stages: Set<Stage>
  wait: Duration?
}
lifecycle Stage { lead -> customer -> lapsed -> customer }
region dach = [DE, AT, CH]
let limit = 18
let grown = age? >= limit
let old_hand = if vip then 30 days else 7 days
fn between(n: Int, least: Int, most: Int) -> Bool = least <= n and n <= most
fn is_one(s: Stage, other: Stage) -> Bool = s == other
"#;

/// The moment at which everything is judged.
const NOW: DateTime = date(2026, 11, 22).at(9, 30, 0, 0);

/// Small and repeatable choices (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len())]
    }

    /// A template with a choice for each `{…}`, which names a list of [`CHOICES`].
    fn fill(&mut self, template: &str) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').expect("templates are closed");
            let (_, of) = CHOICES.iter().find(|(own, _)| *own == name).expect("the list is there");
            out.push_str(before);
            out.push_str(self.pick(of));
            rest = after;
        }
        out + rest
    }
}

/// Words for templates.
const CHOICES: &[(&str, &[&str])] = &[
    ("op", &["==", "!=", "<", "<=", ">", ">="]),
    ("eq", &["==", "!="]),
    ("in", &["in", "not in"]),
    ("cc", &["DE", "AT", "FR", "US"]),
    ("lang", &["en", "de", "de-AT", "fr"]),
    ("n", &["0", "17", "18", "19", "65", "130"]),
    ("few", &["0", "1", "2", "3"]),
    ("dec", &["0", "0.5", "1", "1.25"]),
    ("eur", &["EUR 0", "EUR 10", "EUR 19.99", "EUR 20"]),
    ("pct", &["0%", "0.5%", "3%"]),
    ("stage", &["lead", "customer", "lapsed"]),
    ("days", &["0 days", "1 day", "7 days", "36 hours", "1 week", "1 month", "30 days"]),
    ("span", &["3 hours", "90 minutes", "1 day", "7 days", "1 month"]),
    ("day", &["2026-11-15", "2026-11-22", "7 days ago", "1 day from now", "now", "today", "36 hours ago"]),
    ("at", &["2026-11-15T09:30", "2026-11-22T09:30", "2026-11-22", "now", "1 day ago", "7 days ago"]),
    ("time", &["07:00", "08:00", "21:30"]),
    ("when", &["within", "older than", "within the next"]),
    ("side", &["before", "after"]),
    ("d", &["last_order?", "signup"]),
    ("m", &["seen_at?", "joined_at"]),
    ("text", &["\"a\"", "\"ACME\"", "\".de\"", "\"\"", "\"a@acme.de\""]),
    ("has", &["contains", "starts with", "ends with"]),
    ("tag", &["\"vip\"", "\"gold\"", "\"x\""]),
    ("tags", &["[\"vip\"]", "[\"vip\", \"gold\"]", "[\"x\", \"gold\"]"]),
    ("stages", &["[lead]", "[lead, customer]", "[lapsed]"]),
    ("meet", &["has any of", "has all of", "has none of"]),
    ("quant", &["any", "all", "none"]),
];

/// Conditions on one or two attributes.
const ATOMS: &[&str] = &[
    "country {eq} {cc}",
    "country {in} [{cc}, {cc}]",
    "billing? {in} dach",
    "country {eq} billing?",
    "{cc} in [country, billing?]",
    "any c in [{cc}, {cc}] where c == country",
    "(billing or else {cc}) {eq} {cc}",
    "language {eq} {lang}",
    "age? {op} {n}",
    "{n} {op} age?",
    "age? + 1 {op} {n}",
    "2 * age? - 3 {op} {n}",
    "-age? {op} -{n}",
    "(age or else {n}) {op} {n}",
    "age? in {n}..=130",
    "age? in 17..{n}",
    "age? in [17, {n}]",
    "age is known",
    "age is missing",
    "between(age?, 17, {n})",
    "grown",
    "score {op} {dec}",
    "score / 4 {op} {dec}",
    "spend {op} {eur}",
    "spend {op} refunds?",
    "spend - refunds? {op} {eur}",
    "refunds? * 50% {op} {eur}",
    "share? {op} {pct}",
    "stage {eq} {stage}",
    "plan? {eq} stage",
    "is_one(plan?, {stage})",
    "stage in {stages}",
    "vip",
    "not vip",
    "opted?",
    "not opted?",
    "vip {eq} opted?",
    "opted? == false",
    "(opted or else true)",
    "if vip then opted? else age? {op} {n}",
    "{d} {when} {days}",
    "{d} older than old_hand",
    "{d} {side} {day}",
    "{d} {op} {day}",
    "last_order? - signup {op} {days}",
    "last_order? {op} signup",
    "now - {d} {op} {days}",
    "{d} + 7 days {op} now",
    "{m} {when} {span}",
    "{m} {side} {at}",
    "{m} {op} {at}",
    "now - {m} {op} {days}",
    "seen_at? {op} joined_at",
    "wakes? {op} {time}",
    "wakes? in {time}..{time}",
    "email {has} {text}",
    "email {eq} {text}",
    "tags? has {tag}",
    "tags? {meet} {tags}",
    "length(tags?) {op} {few}",
    "(count t in tags?) {op} {few}",
    "{quant} t in tags? where t {eq} {tag}",
    "{quant} t in tags? where t {has} {text} or t in {tags}",
    "seen_stages {meet} {stages}",
    "stage in seen_stages",
    "{quant} s in seen_stages where s in {stages}",
    "wait? {op} {span}",
    "wait? + 1 day {op} {span}",
    "email matches /a+/",
];

/// A condition, which can name the first `n` audiences.
fn condition(dice: &mut Dice, depth: usize, n: usize) -> String {
    let next = |dice: &mut Dice| condition(dice, depth - 1, n);
    match if depth == 0 { 0 } else { dice.roll(7) } {
        1 | 2 => format!("({} and {})", next(dice), next(dice)),
        3 => format!("({} or {})", next(dice), next(dice)),
        4 => format!("(not ({}))", next(dice)),
        5 => format!("(if {} then {} else {})", next(dice), next(dice), next(dice)),
        6 if n > 0 => format!("a{}", dice.roll(n)),
        _ => {
            let at = dice.roll(ATOMS.len());
            format!("({})", dice.fill(ATOMS[at]))
        }
    }
}

/// A person, as both sides have one.
struct Person {
    known: Contact,
    fields: Vec<(SmolStr, Value<'static>)>,
}

fn person(dice: &mut Dice) -> Person {
    let mut person = Person { known: Contact::new(), fields: Vec::new() };
    for name in ["billing", "country"] {
        let code = dice.pick(&["DE", "AT", "FR", "US"]);
        person.give(dice, name, Known::Name(code.into()), Datum::Country(code.into()));
    }
    let tag = dice.pick(&["en", "de", "de-AT", "fr"]);
    person.give(dice, "language", Known::Name(tag.into()), Datum::Language(tag.into()));
    let age = [0, 16, 17, 18, 19, 65, 130][dice.roll(7)];
    person.give(dice, "age", Known::Number(age.into()), Datum::Int(age));
    let score = [0, 50, 100, 125, 200, 400][dice.roll(6)];
    person.give(dice, "score", Known::Number(cents(score)), Datum::Decimal(cents(score)));
    for name in ["spend", "refunds"] {
        let amount = cents([0, 1000, 1999, 2000, 4000][dice.roll(5)]);
        person.give(dice, name, Known::Number(amount), Datum::Money(amount, "EUR".into()));
    }
    let share = cents([0, 50, 300][dice.roll(3)]);
    person.give(dice, "share", Known::Number(share), Datum::Percent(share));
    for name in ["plan", "stage"] {
        let stage = dice.pick(&["lead", "customer", "lapsed"]);
        person.give(dice, name, Known::Name(stage.into()), Datum::Member(stage.into()));
    }
    for name in ["opted", "vip"] {
        let truth = dice.roll(2) == 0;
        person.give(dice, name, Known::Bool(truth), Datum::Bool(truth));
    }
    times(dice, &mut person);
    let email = dice.pick(&["a@acme.de", "ACME", "", "b"]);
    person.give(dice, "email", Known::Text(email.into()), text(email));
    sets(dice, &mut person);
    person.fields.sort_by(|one, other| one.0.cmp(&other.0));
    person
}

fn cents(n: i64) -> Decimal {
    Decimal::new(n, 2).normalize()
}

fn text(words: &str) -> Datum<'static> {
    Datum::Text(TextValue::new(words.to_owned()))
}

fn times(dice: &mut Dice, person: &mut Person) {
    for name in ["last_order", "signup"] {
        let back = [-1, 0, 1, 2, 6, 7, 8, 29, 30, 31, 32][dice.roll(11)];
        let day = NOW.date().saturating_sub(back.days());
        person.give(dice, name, Known::Date(day), Datum::Date(day));
    }
    for name in ["seen_at", "joined_at"] {
        let minutes =
            [-1440, -1, 0, 1, 89, 90, 91, 180, 1440, 1441, 10_079, 10_080, 10_081, 43_200][dice.roll(14)];
        let at = NOW.saturating_sub(minutes.minutes());
        person.give(dice, name, Known::DateTime(at), Datum::DateTime(at));
    }
    let time = jiff::civil::time([6, 7, 8, 21][dice.roll(4)], [0, 30][dice.roll(2)], 0, 0);
    person.give(dice, "wakes", Known::Time(time), Datum::Time(time));
    let seconds = [0, 10_800, 86_400, 86_401, 604_800][dice.roll(5)];
    let length = Length { seconds, ..Length::default() };
    person.give(dice, "wait", Known::Number(seconds.into()), Datum::Duration(length));
}

fn sets(dice: &mut Dice, person: &mut Person) {
    let some = |dice: &mut Dice, of: &[&'static str]| -> Vec<&'static str> {
        of.iter().copied().filter(|_| dice.roll(2) == 0).collect()
    };
    let tags = some(dice, &["gold", "vip", "y"]);
    let known = tags.iter().map(|tag| Known::Text((*tag).into())).collect();
    let given = Value::list(tags.iter().map(|tag| Value::Known(text(tag))).collect());
    person.put(dice, "tags", Known::Set(known), given);
    let stages = some(dice, &["customer", "lapsed", "lead"]);
    let known = stages.iter().map(|stage| Known::Name((*stage).into())).collect();
    let given =
        Value::list(stages.iter().map(|stage| Value::Known(Datum::Member((*stage).into()))).collect());
    person.put(dice, "seen_stages", Known::Set(known), given);
}

impl Person {
    fn give(&mut self, dice: &mut Dice, name: &str, known: Known, given: Datum<'static>) {
        self.put(dice, name, known, Value::Known(given));
    }

    /// Gives an attribute a value; one that can be missing is missing one time in four.
    fn put(&mut self, dice: &mut Dice, name: &str, known: Known, given: Value<'static>) {
        let required = [
            "country",
            "language",
            "score",
            "spend",
            "stage",
            "vip",
            "signup",
            "joined_at",
            "email",
            "seen_stages",
        ];
        if dice.roll(4) > 0 || required.contains(&name) {
            self.known.insert(name.into(), known);
            self.fields.push((name.into(), given));
        }
    }
}

/// Made-up audiences `a0`, `a1`, …
struct World {
    program: Program,
    definitions: Definitions,
    texts: Vec<String>,
}

fn world(dice: &mut Dice, n: usize) -> World {
    let texts: Vec<String> = (0..n).map(|own| condition(dice, 3, own)).collect();
    let lines = texts.iter().enumerate().map(|(n, text)| format!("audience a{n} = {text}\n"));
    let source = Source {
        path: "policy/main.mkt".into(),
        module: "acme.main".into(),
        text: (POLICY.to_owned() + &lines.collect::<String>()).as_str().into(),
    };
    let db = Database::default();
    let project = db.project([source], NOW.date(), BTreeMap::new());
    let program = program(&db, project);
    let contact = program.items.iter().find(|placed| placed.item.kind == ItemKind::Contact);
    let schema = people::schema(&program, contact.map(|placed| &*placed.item), None);
    let definitions =
        texts.iter().enumerate().map(|(n, text)| (path(n).0, formula(&program, &schema, n, text)));
    let definitions = definitions.map(|(name, formula)| (name, formula.into())).collect();
    World { program, definitions, texts }
}

fn path(n: usize) -> DeclPath {
    DeclPath(format!("acme.main.a{n}").into())
}

fn formula(program: &Program, schema: &Schema, n: usize, text: &str) -> Formula {
    let placed = program.find(ItemKind::Audience, &path(n)).expect("the audience is there");
    let Meaning::Audience(id) = placed.item.meaning else { panic!("it is an audience") };
    let formula = people::formula(program, schema, &placed.item.body, id);
    assert!(!whys(&formula).contains(people::MISTAKE), "not well typed: {text}");
    formula
}

/// Why parts of a formula are not understood.
fn whys(formula: &Formula) -> BTreeSet<SmolStr> {
    match formula {
        Formula::Opaque { why, .. } => BTreeSet::from([why.clone()]),
        Formula::Not(inner) => whys(inner),
        Formula::And(parts) | Formula::Or(parts) => parts.iter().flat_map(whys).collect(),
        _ => BTreeSet::new(),
    }
}

impl World {
    /// Holds what both evaluators say of some people against each other; how often the algebra had an answer.
    fn evaluators_agree(&self, dice: &mut Dice, n_people: usize) -> (usize, usize) {
        let plan = lower(&self.program);
        let nothing = Asset::new(FilePath::new("contact"), Kind::Post, Format::Json, Span::default());
        let (mut answered, mut asked) = (0, 0);
        for _ in 0..n_people {
            let person = person(dice);
            let mut context = Context::new(&plan, &nothing, NOW);
            context.it = Value::record(Record::Contact(&person.fields));
            for (n, text) in self.texts.iter().enumerate() {
                let placed = self.program.find(ItemKind::Audience, &path(n)).expect("it is there");
                let Meaning::Audience(id) = placed.item.meaning else { panic!("it is an audience") };
                let meant = reference::eval(&self.program, &placed.item.body, id, &context);
                let found = eval(&self.definitions[&path(n).0], &self.definitions, &person.known, NOW);
                asked += 1;
                if let Some(found) = found {
                    answered += 1;
                    let wanted = if found { Truth::True } else { Truth::False };
                    assert_eq!(meant.truth(), wanted, "a{n} = {text}\n{:#?}\n{meant:?}", person.known);
                }
            }
        }
        (answered, asked)
    }
}

/// What is shown of a condition reads back as the same people.
fn reads_back(db: &Database, project: Project, text: &str) -> Result<(), String> {
    let schema = people::query::schema_of(db, project);
    let read = |text: &str| -> Result<Formula, String> {
        let segment =
            people::segment(db, project, text).map_err(|problems| format!("{text}: {problems:?}"))?;
        Ok(people::formula(&Declared { db, project }, &schema, &segment.body, segment.condition))
    };
    let formula = read(text)?;
    if text.contains("matches") {
        return if whys(&formula).is_empty() { Err(format!("{text} is understood")) } else { Ok(()) };
    }
    let none = Definitions::new();
    let shown = show_formula(&formula, &schema, &none);
    let again = read(&shown)?;
    if !whys(&formula).is_empty() {
        return Err(format!("{text}: {:?}", whys(&formula)));
    }
    let mut solver = Solver::new(&schema, &none, Limits::default());
    let (Ok(a), Ok(b)) = (solver.people(&formula, NOW), solver.people(&again, NOW)) else {
        return Err(format!("{text} is too complex"));
    };
    match solver.is_equivalent(&a, &b) {
        Verdict::Holds => Ok(()),
        verdict => Err(format!("{text} is shown as {shown}: {verdict:?}")),
    }
}

#[test]
fn every_kind_of_condition_is_understood_and_reads_back() {
    let mut dice = Dice(1);
    let db = Database::default();
    let source = Source { path: "policy/main.mkt".into(), module: "acme.main".into(), text: POLICY.into() };
    let project = db.project([source], NOW.date(), BTreeMap::new());
    let mut wrong = Vec::new();
    for atom in ATOMS {
        for _ in 0..8 {
            let text = dice.fill(atom);
            wrong.extend(reads_back(&db, project, &text).err());
            wrong.extend(reads_back(&db, project, &format!("not ({text}) and vip")).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_algebra_and_the_reference_agree(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let world = world(&mut dice, 20);
        let (answered, asked) = world.evaluators_agree(&mut dice, 30);
        prop_assert!(answered * 2 > asked, "only {answered} of {asked} were answered");
    }
}
