//! Programs, built by hand.

use std::sync::Arc;

use mktlint_diag::Level;
use mktlint_hir::model::DeclPath;
use mktlint_hir::model::expr::{Body, Const, Expr, ExprId, ExprKind, Segment};
use mktlint_hir::model::item::{
    Item, ItemKind, Judgement, Meaning, Message, Needle, Record, RecordField, Rule, Scope, Terms, Waivable,
};
use mktlint_hir::model::program::{Force, Placed, Program};
use mktlint_hir::model::types::Type;
use mktlint_text::Span;

/// A body that expressions are added to.
#[derive(Default)]
pub struct Exprs {
    pub body: Body,
}

impl Exprs {
    pub fn add(&mut self, kind: ExprKind) -> ExprId {
        // The place of an expression is its number, so that dumps and observers can tell them apart.
        let at = self.body.iter().count() as u32;
        self.body.push(Expr { kind, ty: Type::Error, span: Span::new(at, at + 1) })
    }

    pub fn text(&mut self, words: &str) -> ExprId {
        self.add(ExprKind::Const(Const::Text(words.into())))
    }

    pub fn int(&mut self, value: i64) -> ExprId {
        self.add(ExprKind::Const(Const::Int(value)))
    }

    pub fn bool(&mut self, value: bool) -> ExprId {
        self.add(ExprKind::Const(Const::Bool(value)))
    }

    pub fn field(&mut self, of: ExprKind, name: &str) -> ExprId {
        let record = self.add(of);
        self.add(ExprKind::Field(record, name.into()))
    }
}

/// A declaration in force, in the file `a.mkt`.
pub fn declare(kind: ItemKind, path: &str, body: Body, meaning: Meaning) -> Placed {
    let item = Item {
        path: DeclPath(path.into()),
        kind,
        public: true,
        title: None,
        docs: "".into(),
        name_span: Span::new(0, 1),
        body,
        meaning,
    };
    let force = Force { level: None, from: None, until: None, waivable: Waivable::Anyone };
    Placed { item: Arc::new(item), file: "a.mkt".into(), offset: 100, force: Some(force) }
}

/// A program; the declarations may come in any order.
pub fn program(mut items: Vec<Placed>) -> Program {
    items.sort_by(|a, b| (&a.item.path.0, a.item.kind).cmp(&(&b.item.path.0, b.item.kind)));
    Program { items }
}

pub fn rule(scope: (&str, &str, &str), judgement: Judgement, message: Vec<Segment>) -> Rule {
    let word = |word: &str| (!word.is_empty()).then(|| word.into());
    let scope = Scope { asset: word(scope.0), part: word(scope.1), field: word(scope.2), span: Span::at(0) };
    Rule {
        scopes: vec![scope],
        guard: None,
        judgement,
        judgement_span: Span::new(7, 9),
        level: Level::Error,
        message: Message { segments: message, span: Span::at(0) },
        fix: None,
        terms: Terms::default(),
    }
}

/// A rule that requires `id` of the email.
pub fn require(exprs: Exprs, id: ExprId) -> Placed {
    let rule = rule(("Email", "", ""), Judgement::Require(id), Vec::new());
    declare(ItemKind::Rule, "acme.r", exprs.body, Meaning::Rule(rule))
}

pub fn phrase(text: &str) -> Needle {
    Needle { text: text.into(), flags: None, part_of_speech: None, span: Span::at(0) }
}

pub fn pattern(text: &str, flags: &str) -> Needle {
    Needle { flags: Some(flags.into()), ..phrase(text) }
}

fn record(kind: ItemKind, name: &str, fields: &[(&str, Type)]) -> Placed {
    let fields = fields.iter().map(|(name, ty)| RecordField {
        name: (*name).into(),
        ty: ty.clone(),
        docs: "".into(),
        range: None,
        span: Span::at(0),
    });
    let record = Record { fields: fields.collect() };
    declare(kind, &format!("std.prelude.{name}"), Body::default(), Meaning::Record(record))
}

fn optional(ty: Type) -> Type {
    Type::Optional(Box::new(ty))
}

/// As much of the prelude as the tests need.
pub fn prelude() -> Vec<Placed> {
    let purpose = DeclPath("std.prelude.Purpose".into());
    let members = ["marketing", "transactional", "never_asked"].map(Into::into).to_vec();
    let countries = || Type::Set(Box::new(Type::Country));
    vec![
        declare(ItemKind::Enum, "std.prelude.Purpose", Body::default(), Meaning::Enum(members)),
        record(
            ItemKind::Asset,
            "Campaign",
            &[
                ("id", Type::Text),
                ("purpose", Type::Enum(purpose.clone())),
                ("regions", countries()),
                ("budget", optional(Type::Money(Some("EUR".into())))),
                ("send_at", Type::DateTime),
                ("offer_end", optional(Type::Date)),
                ("complaints", optional(Type::Percent)),
            ],
        ),
        record(
            ItemKind::Asset,
            "Email",
            &[
                ("subject", optional(Type::Text)),
                ("preheader", optional(Type::Text)),
                ("title", Type::Text),
                ("body", optional(Type::Text)),
                ("purpose", Type::Enum(purpose)),
                ("regions", countries()),
                ("size", optional(Type::Int)),
                ("sent", optional(Type::Date)),
                ("tags", optional(Type::List(Box::new(Type::Text)))),
            ],
        ),
        record(ItemKind::Asset, "Ad", &[("headlines", optional(Type::List(Box::new(Type::Text))))]),
        record(
            ItemKind::Part,
            "Link",
            &[
                ("url", Type::Url),
                ("text", optional(Type::Text)),
                ("host", optional(Type::Text)),
                ("is_tagged", Type::Bool),
                ("group", Type::Text),
            ],
        ),
        record(ItemKind::Part, "Utm", &[("source", optional(Type::Text)), ("group", Type::Text)]),
        record(
            ItemKind::Part,
            "Sentence",
            &[("text", Type::Text), ("words", Type::Int), ("length", Type::Int)],
        ),
        record(ItemKind::Part, "Image", &[("alt", optional(Type::Text)), ("decorative", Type::Bool)]),
    ]
}
