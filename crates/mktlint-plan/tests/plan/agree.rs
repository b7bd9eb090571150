//! The interpreter agrees with the reference on random programs and assets.

use jiff::civil;
use mktlint_asset::{Asset, Kind, PartKind, Role, Value as Given, names};
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::change::{ChangeKind, Changes};
use mktlint_hir::model::expr::{
    Arithmetic, Comparison, Const, ExprId, ExprKind, Length, Meeting, Quantifier, Segment, Temporal, TextTest,
};
use mktlint_hir::model::item::{ItemKind, Meaning, Needle};
use mktlint_hir::model::program::{Placed, Program};
use mktlint_hir::model::types::Type;
use mktlint_match::Scratch;
use mktlint_measure::text::Shape;
use mktlint_plan::file::{from_bytes, to_bytes};
use mktlint_plan::{
    ClaimFacts, ClaimId, Context, Facts, Judgement, Truth, Unknown, Value, eval, lower, reference, verify,
};
use proptest::prelude::*;

use crate::assets::Draft;
use crate::policy::{Exprs, declare, pattern, phrase, prelude, program, require};

/// Choices, one byte each; zeros when there are no more, which are always the simplest choice.
struct Choices<'b>(std::slice::Iter<'b, u8>);

impl<'b> Choices<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self(bytes.iter())
    }

    fn pick(&mut self, n: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % n)
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.pick(items.len())].clone()
    }

    fn chance(&mut self) -> bool {
        self.pick(2) == 1
    }
}

/// The types that expressions are made of.
#[derive(Clone, Copy, PartialEq)]
enum Ty {
    Bool,
    Number,
    Percent,
    Money,
    Duration,
    Day,
    Text,
    Country,
    Purpose,
    Countries,
    Texts,
    Link,
    Links,
}

/// Makes the expressions of one declaration.
struct Maker<'c, 'b> {
    choices: &'c mut Choices<'b>,
    exprs: Exprs,
    /// Types of parameters and variables.
    locals: Vec<Ty>,
    /// Whether other declarations may be used.
    names: bool,
}

const WORDS: &[&str] =
    &["", "sale", "Sale now", "clinically proven", "50% off", "ünder", "kebab-case", "2026-11-22"];

impl Maker<'_, '_> {
    fn add(&mut self, kind: ExprKind) -> ExprId {
        self.exprs.add(kind)
    }

    fn literal(&mut self, value: Const) -> ExprId {
        self.add(ExprKind::Const(value))
    }

    fn expr(&mut self, ty: Ty, depth: u32) -> ExprId {
        let local = self.locals.iter().rposition(|own| *own == ty);
        if let Some(at) = local.filter(|_| self.choices.chance()) {
            return self.add(ExprKind::Local(at as u32));
        }
        if depth == 0 {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        match self.choices.pick(8) {
            0 => self.leaf(ty),
            1 => {
                let (condition, then, otherwise) =
                    (self.expr(Ty::Bool, depth), self.expr(ty, depth), self.expr(ty, depth));
                self.add(ExprKind::If(condition, then, otherwise))
            }
            2 => {
                let (value, otherwise) = (self.expr(ty, depth), self.expr(ty, depth));
                self.add(ExprKind::OrElse(value, otherwise))
            }
            _ => self.operation(ty, depth),
        }
    }

    /// A condition on a change, or one that nobody can judge.
    fn change(&mut self) -> ExprId {
        let kinds = vec![self.choices.of(&[ChangeKind::Formatting, ChangeKind::Copy]), ChangeKind::Price];
        match self.choices.pick(3) {
            0 => self.add(ExprKind::Deferred("something else".into())),
            1 => self.add(ExprKind::ChangeTouches(kinds)),
            _ => self.add(ExprKind::ChangeOnly(kinds)),
        }
    }

    fn leaf(&mut self, ty: Ty) -> ExprId {
        let field = self.choices.chance();
        let pick = self.choices.pick(4);
        match (ty, field) {
            (Ty::Bool, _) => match pick {
                0 => self.literal(Const::Bool(true)),
                1 => self.literal(Const::Bool(false)),
                2 => self.change(),
                _ => self.add(ExprKind::UsesRegulatedClaims),
            },
            (Ty::Number, true) => self.exprs.field(ExprKind::It, "size"),
            (Ty::Number, false) => self.literal(if pick == 0 {
                Const::Decimal("2.5".parse().expect("a number"))
            } else {
                Const::Int(pick as i64 * 3 - 4)
            }),
            (Ty::Percent, true) => self.exprs.field(ExprKind::Campaign, "complaints"),
            (Ty::Percent, false) => self.literal(Const::Percent((pick as i64).into())),
            (Ty::Money, true) => self.exprs.field(ExprKind::Campaign, "budget"),
            (Ty::Money, false) => {
                let currency = if pick == 3 { "USD" } else { "EUR" };
                self.literal(Const::Money((pick as i64 * 100).into(), currency.into()))
            }
            (Ty::Duration, _) => self.literal(Const::Duration(Length {
                months: i32::from(pick == 1),
                days: pick as i32 * 3,
                seconds: i64::from(pick == 2) * 3600,
            })),
            (Ty::Day, true) => match pick {
                0 => self.add(ExprKind::Now),
                1 => self.exprs.field(ExprKind::Campaign, "send_at"),
                2 => self.exprs.field(ExprKind::Campaign, "offer_end"),
                _ => self.exprs.field(ExprKind::It, "sent"),
            },
            (Ty::Day, false) => self.literal(Const::Date(civil::date(2026, 11, 20 + pick as i8))),
            (Ty::Text, true) => match pick {
                0 => self.exprs.field(ExprKind::It, "body"),
                1 => self.exprs.field(ExprKind::It, "title"),
                2 => self.add(ExprKind::Match),
                _ => self.exprs.field(ExprKind::Asset, "subject"),
            },
            (Ty::Text, false) => {
                let words = self.choices.of(WORDS);
                self.exprs.text(words)
            }
            (Ty::Country, _) => {
                let code = self.choices.of(&["DE", "FR", "US"]);
                self.literal(Const::Country(code.into()))
            }
            (Ty::Purpose, true) => self.exprs.field(ExprKind::It, "purpose"),
            (Ty::Purpose, false) => {
                let member = self.choices.of(&["marketing", "transactional"]);
                self.literal(Const::Member(DeclPath("std.prelude.Purpose".into()), member.into()))
            }
            (Ty::Countries, true) => self.exprs.field(ExprKind::It, "regions"),
            (Ty::Countries, false) if self.names => self.add(ExprKind::Region(DeclPath("acme.EU".into()))),
            (Ty::Countries, false) => self.list(Ty::Country, 0),
            (Ty::Texts, true) => self.exprs.field(ExprKind::It, "tags"),
            (Ty::Texts, false) => self.list(Ty::Text, 0),
            // A link that is nowhere: its fields are unknown.
            (Ty::Link, _) => self.add(ExprKind::It),
            (Ty::Links, _) => {
                let part = self.choices.of(&["Link", "Utm", "Image", "Sentence", "Link"]);
                self.add(ExprKind::Parts(part.into()))
            }
        }
    }

    fn list(&mut self, item: Ty, depth: u32) -> ExprId {
        let n = self.choices.pick(4);
        let items = (0..n).map(|_| self.expr(item, depth)).collect();
        self.add(ExprKind::List(items))
    }

    fn operation(&mut self, ty: Ty, depth: u32) -> ExprId {
        match ty {
            Ty::Bool => self.condition(depth),
            Ty::Number => self.number(depth),
            Ty::Text => self.text(depth),
            Ty::Percent | Ty::Money | Ty::Duration => {
                let (left, right) = (self.expr(ty, depth), self.expr(ty, depth));
                let operator = self.choices.of(&[Arithmetic::Add, Arithmetic::Subtract]);
                self.add(ExprKind::Arithmetic(operator, left, right))
            }
            Ty::Day => {
                let length = self.expr(Ty::Duration, depth);
                let past = self.choices.chance();
                self.add(ExprKind::Ago(length, past))
            }
            Ty::Countries => self.list(Ty::Country, depth),
            Ty::Texts if self.choices.chance() => self.found_texts(depth),
            Ty::Texts => self.list(Ty::Text, depth),
            Ty::Country | Ty::Purpose | Ty::Link | Ty::Links => self.leaf(ty),
        }
    }

    fn found_texts(&mut self, depth: u32) -> ExprId {
        let text = self.expr(Ty::Text, depth);
        let function = self.choices.of(&[Builtin::RepeatedWords, Builtin::Urls, Builtin::Hashtags]);
        self.add(ExprKind::Call(function, vec![text]))
    }

    fn number(&mut self, depth: u32) -> ExprId {
        match self.choices.pick(9) {
            0 => {
                let value = self.expr(Ty::Number, depth);
                self.add(ExprKind::Negate(value))
            }
            6 => {
                let text = self.expr(Ty::Text, depth);
                let needles = self.needles();
                self.add(ExprKind::CountMatches(text, needles))
            }
            7 => {
                let texts = self.expr(Ty::Texts, depth);
                self.add(ExprKind::Call(Builtin::Distinct, vec![texts]))
            }
            8 => {
                let days = vec![self.expr(Ty::Day, depth), self.expr(Ty::Day, depth)];
                self.add(ExprKind::Call(Builtin::BusinessDays, days))
            }
            1 => {
                let text = self.expr(Ty::Text, depth);
                let function = self.choices.of(&[
                    Builtin::Length,
                    Builtin::Words,
                    Builtin::LongestLength,
                    Builtin::LongestWidth,
                    Builtin::EmojiCount,
                    Builtin::WeightedLength,
                    Builtin::LongWords,
                ]);
                self.add(ExprKind::Call(function, vec![text]))
            }
            2 => self.quantifier(Some(Quantifier::Count), depth),
            3 => {
                let args = vec![self.expr(Ty::Number, depth), self.expr(Ty::Number, depth)];
                let function = self.choices.of(&[Builtin::Min, Builtin::Max]);
                self.add(ExprKind::Call(function, args))
            }
            4 if self.names => self.add(ExprKind::Let(DeclPath("acme.limit".into()))),
            _ => {
                let (left, right) = (self.expr(Ty::Number, depth), self.expr(Ty::Number, depth));
                use Arithmetic::{Add, Divide, Multiply, Subtract};
                let operator = self.choices.of(&[Add, Subtract, Multiply, Divide]);
                self.add(ExprKind::Arithmetic(operator, left, right))
            }
        }
    }

    fn text(&mut self, depth: u32) -> ExprId {
        match self.choices.pick(6) {
            4 => {
                let args = vec![self.expr(Ty::Text, depth), self.expr(Ty::Number, depth)];
                let function = self.choices.of(&[Builtin::First, Builtin::Last]);
                self.add(ExprKind::Call(function, args))
            }
            5 => {
                let args = vec![self.expr(Ty::Texts, depth), self.expr(Ty::Text, depth)];
                self.add(ExprKind::Call(Builtin::Join, args))
            }
            0 => {
                let text = self.expr(Ty::Text, depth);
                let function = self.choices.of(&[
                    Builtin::Lower,
                    Builtin::Trim,
                    Builtin::Host,
                    Builtin::NotGsm7,
                    Builtin::Site,
                ]);
                self.add(ExprKind::Call(function, vec![text]))
            }
            1 => {
                let link = self.expr(Ty::Link, depth);
                let name = self.choices.of(&["url", "text", "host", "group"]);
                self.add(ExprKind::Field(link, name.into()))
            }
            _ => {
                let ty = self.choices.of(&[Ty::Text, Ty::Number, Ty::Money, Ty::Day, Ty::Texts]);
                let value = self.expr(ty, depth);
                self.add(ExprKind::Interpolate(vec![Segment::Text("a ".into()), Segment::Expr(value)]))
            }
        }
    }

    fn quantifier(&mut self, fixed: Option<Quantifier>, depth: u32) -> ExprId {
        let (list_ty, item) =
            self.choices.of(&[(Ty::Links, Ty::Link), (Ty::Texts, Ty::Text), (Ty::Countries, Ty::Country)]);
        let list = self.expr(list_ty, depth);
        let local = self.locals.len() as u32;
        self.locals.push(item);
        let condition = self.expr(Ty::Bool, depth);
        self.locals.pop();
        use Quantifier::{All, Any, None};
        let quantifier = fixed.unwrap_or_else(|| self.choices.of(&[Any, All, None]));
        self.add(ExprKind::Quantifier(quantifier, list, local, condition))
    }

    fn condition(&mut self, depth: u32) -> ExprId {
        let kind = match self.choices.pick(14) {
            0 => ExprKind::Not(self.expr(Ty::Bool, depth)),
            1 | 2 => {
                let n = self.choices.pick(4);
                let conditions = (0..n).map(|_| self.expr(Ty::Bool, depth)).collect();
                if self.choices.chance() { ExprKind::And(conditions) } else { ExprKind::Or(conditions) }
            }
            3 => self.compare(depth),
            4 => {
                let (item, list) = self.choices.of(&[(Ty::Country, Ty::Countries), (Ty::Text, Ty::Texts)]);
                let (item, list) = (self.expr(item, depth), self.expr(list, depth));
                if self.choices.chance() { ExprKind::In(item, list) } else { ExprKind::Has(list, item) }
            }
            5 => {
                let value = self.expr(Ty::Number, depth);
                let least = self.choices.chance().then(|| self.expr(Ty::Number, depth));
                let greatest = self.choices.chance().then(|| self.expr(Ty::Number, depth));
                ExprKind::InRange(value, least, greatest, self.choices.chance())
            }
            6 => {
                let ty = self.choices.of(&[Ty::Text, Ty::Money, Ty::Day, Ty::Purpose, Ty::Texts, Ty::Number]);
                ExprKind::IsKnown(self.expr(ty, depth))
            }
            7 => self.temporal(depth),
            8 => {
                let (text, part) = (self.expr(Ty::Text, depth), self.expr(Ty::Text, depth));
                let test = self.choices.of(&[TextTest::Contains, TextTest::StartsWith, TextTest::EndsWith]);
                ExprKind::TextTest(test, text, part)
            }
            9 => ExprKind::Matches(self.expr(Ty::Text, depth), self.needles()),
            10 => {
                let shape = self.choices.of(&[Shape::Kebab, Shape::Lower, Shape::IsoDate]);
                ExprKind::HasShape(self.expr(Ty::Text, depth), shape)
            }
            11 => {
                let (left, right) = (self.expr(Ty::Countries, depth), self.expr(Ty::Countries, depth));
                let meeting = self.choices.of(&[Meeting::Any, Meeting::All, Meeting::None]);
                ExprKind::Meets(meeting, left, right)
            }
            12 if self.names => {
                let args = vec![self.expr(Ty::Number, depth), self.expr(Ty::Text, depth)];
                ExprKind::CallFn(DeclPath("acme.check".into()), args)
            }
            _ => return self.quantifier(None, depth),
        };
        self.add(kind)
    }

    fn compare(&mut self, depth: u32) -> ExprKind {
        use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
        let ordered = [Ty::Number, Ty::Percent, Ty::Money, Ty::Day, Ty::Text];
        let ty =
            self.choices.of(&[&ordered[..], &[Ty::Bool, Ty::Purpose, Ty::Country, Ty::Countries]].concat());
        let (left, right) = (self.expr(ty, depth), self.expr(ty, depth));
        let comparison = if ordered.contains(&ty) {
            self.choices.of(&[Equal, NotEqual, Less, AtMost, Greater, AtLeast])
        } else {
            self.choices.of(&[Equal, NotEqual])
        };
        ExprKind::Compare(comparison, left, right)
    }

    fn temporal(&mut self, depth: u32) -> ExprKind {
        use Temporal::{After, Before, InTheNext, OlderThan, Within};
        let test = self.choices.of(&[Within, OlderThan, InTheNext, Before, After]);
        let other = if matches!(test, Before | After) { Ty::Day } else { Ty::Duration };
        ExprKind::Temporal(test, self.expr(Ty::Day, depth), self.expr(other, depth))
    }

    fn needles(&mut self) -> Vec<Needle> {
        let n = 1 + self.choices.pick(2);
        let choices =
            [phrase("sale"), phrase("clinically proven"), pattern("^sale", "i"), pattern("[0-9]+%", "")];
        (0..n).map(|_| self.choices.of(&choices)).collect()
    }
}

/// `let limit`, `fn check(x, y)`, `region EU`, and a rule that requires an expression of some type.
fn make_program(choices: &mut Choices<'_>) -> Program {
    let mut items = prelude();
    let countries = Meaning::Region(vec!["DE".into(), "FR".into()]);
    items.push(declare(ItemKind::Region, "acme.EU", Exprs::default().body, countries));
    let (body, id) = make(choices, Ty::Number, 2, Vec::new(), false);
    items.push(declare(ItemKind::Let, "acme.limit", body.body, Meaning::Let(id)));
    let (body, id) = make(choices, Ty::Bool, 2, vec![Ty::Number, Ty::Text], false);
    let params = vec![("x".into(), Type::Int), ("y".into(), Type::Text)];
    items.push(declare(ItemKind::Fn, "acme.check", body.body, Meaning::Fn(params, id)));
    let ty = choices.of(&[Ty::Bool, Ty::Bool, Ty::Number, Ty::Text, Ty::Countries]);
    let (body, id) = make(choices, ty, 5, Vec::new(), true);
    items.push(require(body, id));
    items.push(claim());
    program(items)
}

/// A claim of the highest tier, so that `uses regulated claims` has something to look for.
fn claim() -> Placed {
    let claim = mktlint_hir::model::item::Claim {
        says: vec![phrase("clinically proven")],
        evidence: Vec::new(),
        disclosures: Vec::new(),
        regions: Vec::new(),
        channels: Vec::new(),
        tier: Some("high".into()),
        regulated: false,
        level: mktlint_diag::Level::Error,
        terms: Default::default(),
        says_span: mktlint_text::Span::at(0),
    };
    declare(ItemKind::Claim, "acme.proven", Exprs::default().body, Meaning::Claim(claim))
}

fn make(choices: &mut Choices<'_>, ty: Ty, depth: u32, locals: Vec<Ty>, names: bool) -> (Exprs, ExprId) {
    let mut maker = Maker { choices, exprs: Exprs::default(), locals, names };
    let id = maker.expr(ty, depth);
    (maker.exprs, id)
}

const BLOCKS: &[&str] =
    &["Sale now.", "It is clinically proven. Sale 50% off!", "presale", "sale", "clinically", "proven"];

fn make_email(choices: &mut Choices<'_>) -> Asset {
    let mut draft = Draft::new(Kind::Email);
    let blocks: Vec<&str> = (0..choices.pick(4)).map(|_| choices.of(BLOCKS)).collect();
    draft.body(&blocks);
    for _ in 0..choices.pick(3) {
        let url = choices.of(&[
            "https://a.example/sale?utm_medium=email&utm_source=x",
            "mailto:a@b.example",
            "{{ url }}",
        ]);
        draft.link(choices.of(BLOCKS), url);
    }
    if choices.chance() {
        let text = draft.text(Role::PartField(names::ALT.into()), "a sale");
        draft.part(PartKind::Image, text, vec![(names::ALT, Given::Text(text))]);
    }
    if choices.chance() {
        draft.words("subject", choices.of(WORDS));
    }
    match choices.pick(4) {
        0 => {}
        1 => draft.value("size", Given::Int(3)),
        2 => draft.words("size", "many"),
        _ => draft.words("size", "-7"),
    }
    if choices.chance() {
        draft.words("purpose", choices.of(&["marketing", "Transactional", "spam"]));
    }
    if choices.chance() {
        draft.list("tags", &["sale", "50% off"]);
    }
    draft.words("regions", choices.of(&["DE", "DE, US", "EU, FR"]));
    if choices.chance() {
        draft.value("sent", Given::Date(civil::date(2026, 11, 16 + choices.pick(10) as i8)));
    }
    draft.asset
}

fn make_campaign(choices: &mut Choices<'_>) -> Asset {
    let mut draft = Draft::new(Kind::Campaign);
    if choices.chance() {
        draft.words("purpose", "marketing");
    }
    if choices.chance() {
        draft.words("budget", choices.of(&["100", "EUR 200", "USD 3"]));
    }
    if choices.chance() {
        draft.words("send_at", "2026-11-22T09:30");
    }
    if choices.chance() {
        draft.words("offer_end", choices.of(&["2026-11-25", "soon"]));
    }
    draft.words("complaints", "2%");
    draft.asset
}

/// Whether interpreter and reference agree; what they say when they do not.
fn check(policy: &[u8], world: &[u8]) -> Result<(), TestCaseError> {
    let program = make_program(&mut Choices::new(policy));
    let plan = lower(&program);
    prop_assert_eq!(verify(&plan), Ok(()));
    let plan = from_bytes(&to_bytes(&plan)).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let mut choices = Choices::new(world);
    let (email, campaign) = (make_email(&mut choices), make_campaign(&mut choices));
    let facts = Facts::scan(&plan, &email, &mut Scratch::default());
    let claims = ClaimFacts::new(vec![ClaimId(0); choices.pick(2)]);
    let changes = Changes::from([choices.of(&[ChangeKind::Formatting, ChangeKind::Copy, ChangeKind::Utm])]);
    let plain = Context {
        campaign: choices.chance().then_some(&campaign),
        matched: choices.chance().then(|| email.parts.first().and_then(|part| part.text)).flatten(),
        claims: choices.chance().then_some(&claims),
        changes: choices.chance().then_some(&changes),
        ..Context::new(&plan, &email, civil::date(2026, 11, 22).at(9, 0, 0, 0))
    };
    let fast = Context { facts: Some(&facts), ..plain.clone() };
    let Judgement::Require(code) = plan.rules[0].judgement else { panic!("a requirement") };
    let rule = program.items.iter().find(|placed| placed.item.kind == ItemKind::Rule).expect("the rule");
    let Meaning::Rule(meaning) = &rule.item.meaning else { panic!("a rule") };
    let mktlint_hir::model::item::Judgement::Require(id) = meaning.judgement else { panic!("a requirement") };
    let found = eval(&plan, code, &fast);
    let of_any = Context { it: Value::unknown(Unknown::AnySubject), matched: None, ..fast.clone() };
    let for_all = eval(&plan, code, &of_any).truth();
    prop_assert!(
        for_all == Truth::Unknown || for_all == found.truth(),
        "{for_all:?} of every subject, {found:?} of one: {}",
        mktlint_plan::dump::text(&plan)
    );
    let expected = reference::eval(&program, &rule.item.body, id, &plain);
    prop_assert_eq!(found, expected, "{}", mktlint_plan::dump::text(&plan));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn interpreter_and_reference_agree(
        policy in proptest::collection::vec(any::<u8>(), 0..250),
        world in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        check(&policy, &world)?;
    }
}
