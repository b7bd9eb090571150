//! From the tree of an expression to a typed expression.

mod call;
mod name;
mod operator;
pub mod phrase;
mod record;
mod units;

use mktlint_syntax::ast::{self, BinaryOp, ExprKind as Tree, StringPart};
use mktlint_text::Span;
use smol_str::SmolStr;

pub use name::{PARTS, optional};
pub use units::{civil_date, civil_time};

use crate::codes;
use crate::db::{Db, Project, SourceFile};
use crate::draft::Draft;
use crate::mention::Mention;
use crate::model::DeclPath;
use crate::model::expr::{Body, Const, Expr, ExprId, ExprKind, Segment};
use crate::model::item::Message;
use crate::model::types::Type;
use crate::{names, places};

/// What the names of an expression can refer to besides declarations.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The type of `it`; `None` where there is no `it`.
    pub it: Option<Type>,
    /// Records whose fields are visible by bare name, nearest first. Of one group every record must have the field.
    pub groups: Vec<Group>,
    /// Whether `match` can be used.
    pub matched: bool,
    /// Whether `change` can be used.
    pub changed: bool,
}

impl Scene {
    /// Attributes of `contacts` by bare name, of the first that has it.
    pub fn of_contacts(contacts: &[DeclPath]) -> Self {
        let group = |contact: &DeclPath| Group { root: ExprKind::It, records: vec![contact.clone()] };
        Self {
            it: contacts.first().cloned().map(Type::Record),
            groups: contacts.iter().map(group).collect(),
            matched: false,
            changed: false,
        }
    }
}

/// Records whose fields are visible by bare name, and what stands for them.
#[derive(Clone, Debug)]
pub struct Group {
    /// `it`, the asset, the campaign, or the contact.
    pub root: ExprKind,
    /// The `asset`, `part` or `contact` declarations that it can be.
    pub records: Vec<DeclPath>,
}

/// Which declarations a bare name can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of the file, what it brings in with `use`, and the prelude.
    File,
    /// Those of every policy of the project too, and the regions of the standard library.
    Project,
}

/// A parameter, or the variable of a quantifier.
#[derive(Clone, Debug)]
pub struct Local {
    /// Its name; `it` where a quantifier gives none.
    pub name: SmolStr,
    /// The type of its values.
    pub ty: Type,
    /// Where its name stands; nowhere for `it`.
    pub span: Option<Span>,
}

/// Types the expressions of one declaration.
pub struct Infer<'db> {
    /// The database.
    pub db: &'db dyn Db,
    /// The project.
    pub project: Project,
    /// The file, for names.
    pub file: SourceFile,
    /// How far names reach.
    pub reach: Reach,
    /// What names can refer to.
    pub scene: Scene,
    /// The expressions so far.
    pub body: Body,
    /// The problems so far.
    pub problems: Vec<Draft>,
    /// Parameters and quantifier variables, by number.
    pub locals: Vec<Local>,
    /// What words name.
    pub mentions: Vec<Mention>,
    /// What is known to be there at this point: behind `x is known and`.
    pub narrowed: Vec<ExprKind>,
}

impl<'db> Infer<'db> {
    /// Nothing typed yet.
    pub fn new(db: &'db dyn Db, project: Project, file: SourceFile) -> Self {
        Self {
            db,
            project,
            file,
            reach: Reach::File,
            scene: Scene::default(),
            body: Body::default(),
            problems: Vec::new(),
            locals: Vec::new(),
            mentions: Vec::new(),
            narrowed: Vec::new(),
        }
    }

    /// Adds an expression. One that is known to be there has its type without `?`.
    pub fn push(&mut self, kind: ExprKind, ty: Type, span: Span) -> ExprId {
        let ty = match ty {
            Type::Optional(inner) if self.is_narrowed(&kind) => *inner,
            ty => ty,
        };
        self.body.push(Expr { kind, ty, span })
    }

    /// Whether `kind` reads something that is known to be there. Operands are compared by what they read, not by id.
    fn is_narrowed(&self, kind: &ExprKind) -> bool {
        self.narrowed.iter().any(|known| self.same_read(known, kind))
    }

    fn same_read(&self, a: &ExprKind, b: &ExprKind) -> bool {
        match (a, b) {
            (ExprKind::Field(x, one), ExprKind::Field(y, other)) => {
                one == other && self.same_read(&self.body.get(*x).kind, &self.body.get(*y).kind)
            }
            _ => {
                a == b
                    && matches!(
                        a,
                        ExprKind::It
                            | ExprKind::Asset
                            | ExprKind::Campaign
                            | ExprKind::Local(_)
                            | ExprKind::Let(_)
                            | ExprKind::Fact(_)
                    )
            }
        }
    }

    /// Adds the expression that stands for one that is wrong.
    pub fn error(&mut self, span: Span) -> ExprId {
        self.push(ExprKind::Error, Type::Error, span)
    }

    /// Reports a problem.
    pub fn report(&mut self, draft: Draft) {
        self.problems.push(draft);
    }

    /// Reports a problem and stands in for the expression.
    pub fn fail(&mut self, draft: Draft) -> ExprId {
        let span = draft.span;
        self.report(draft);
        self.error(span)
    }

    /// The type of an expression.
    pub fn ty(&self, id: ExprId) -> Type {
        self.body.get(id).ty.clone()
    }

    /// The place of an expression.
    pub fn span(&self, id: ExprId) -> Span {
        self.body.get(id).span
    }

    /// A condition: must be a `Bool` that is always there.
    pub fn condition(&mut self, tree: &ast::Expr) -> ExprId {
        let id = self.infer(tree, Some(&Type::Bool));
        match self.ty(id) {
            Type::Bool | Type::Error => id,
            Type::Optional(inner) if *inner == Type::Bool => {
                let words = tree.span;
                self.fail(codes::unguarded_optional::of(words, "this condition"))
            }
            other => {
                let words = names::dotted_path(tree).map_or_else(|| "…".into(), |(path, _)| path);
                self.fail(codes::wrong_type::no_condition(tree.span, &other, &words))
            }
        }
    }

    /// Adds to `draft` what to write when `tree` is a text in quotes and a value of type `wanted` is needed.
    fn without_quotes(&self, draft: Draft, tree: &ast::Expr, wanted: &Type) -> Draft {
        let Tree::String(parts) = &tree.kind else { return draft };
        let word = match parts.as_slice() {
            [StringPart::Text(word, _)] => Some(word.trim()),
            _ => None,
        };
        let is_value = |word: &&str| match wanted.present() {
            Type::Country => places::country(word).is_some(),
            Type::Language => places::language(word).is_some(),
            Type::Int => word.parse::<i64>().is_ok(),
            Type::Enum(path) => {
                self.members(path).is_some_and(|members| members.iter().any(|member| member == word))
            }
            _ => false,
        };
        codes::wrong_type::in_quotes(draft, tree.span, wanted, word.filter(is_value))
    }

    /// An expression that must have type `wanted`; reports when it has another.
    pub fn check(&mut self, tree: &ast::Expr, wanted: &Type) -> ExprId {
        let id = self.infer(tree, Some(wanted));
        self.demand(id, wanted)
    }

    /// Reports when `id` does not have type `wanted`.
    pub fn demand(&mut self, id: ExprId, wanted: &Type) -> ExprId {
        let found = self.ty(id);
        if fits(&found, wanted) {
            return id;
        }
        let span = self.span(id);
        if fits(found.present(), wanted) {
            return self.fail(codes::unguarded_optional::of(span, "this value"));
        }
        self.fail(codes::wrong_type::of(span, &format!("`{wanted}`"), &found))
    }

    /// Types `tree`; `wanted` helps to understand words (`lapsed` as a stage) and is not a demand.
    pub fn infer(&mut self, tree: &ast::Expr, wanted: Option<&Type>) -> ExprId {
        let span = tree.span;
        match &tree.kind {
            Tree::Error => self.error(span),
            Tree::Word(name) => self.word(name, wanted),
            Tree::Bool(value) => self.constant(Const::Bool(*value), Type::Bool, span),
            Tree::Int { value, .. } => self.integer(*value, wanted, span),
            Tree::Decimal { value, .. } => self.constant(Const::Decimal(*value), Type::Decimal, span),
            Tree::Percent { value, .. } => self.constant(Const::Percent(*value), Type::Percent, span),
            Tree::Date(date) => self.date(*date, wanted, span),
            Tree::DateTime(at) => self.date_time(*at, span),
            Tree::Time(time) => self.time(*time, span),
            Tree::String(parts) => self.string(parts, wanted, span),
            Tree::Pattern { .. } => self.fail(codes::wrong_type::stray_pattern(span)),
            Tree::List(items) => self.list(items, wanted, span),
            Tree::Block(_) => self.fail(codes::malformed_clause::stray_block(span)),
            Tree::Paren(inner) => self.infer(inner, wanted),
            Tree::Field { base, name } => self.field(base, name, span),
            Tree::Select { .. } | Tree::Apply { .. } | Tree::Range { .. } => {
                self.fail(codes::malformed_clause::not_a_value(span))
            }
            Tree::Call { callee, args } => self.call(callee, args, span),
            Tree::Optional(inner) => self.guard(inner, span),
            Tree::Unary { op, operand, .. } => self.unary(*op, operand, span),
            Tree::Binary { op: BinaryOp::Sub, left, right, .. }
                if wanted.map(Type::present) == Some(&Type::Language) =>
            {
                self.language_of_region(left, right, span)
            }
            Tree::Binary { op, left, right, .. } => self.binary(*op, left, right, span),
            Tree::Is { subject, negated, what, .. } => self.is(subject, *negated, what, span),
            Tree::OrElse { value, default, .. } => self.or_else(value, default, wanted, span),
            Tree::Chain { op, items, .. } => self.chain(*op, items, span),
            Tree::Phrase(items) => self.phrase(items, wanted, span),
            Tree::If { condition, then, otherwise } => self.if_else(condition, then, otherwise, wanted, span),
            Tree::Quantifier { kind, variable, list, condition, .. } => {
                self.quantifier(*kind, variable.as_ref(), list, condition.as_deref(), span)
            }
        }
    }

    /// `de-AT`, which looks like a subtraction.
    fn language_of_region(&mut self, left: &ast::Expr, right: &ast::Expr, span: Span) -> ExprId {
        let words = [left, right].map(|side| phrase::word(side).map_or("", |name| &name.text));
        let found = self.language(&words.join("-"), span);
        found.unwrap_or_else(|| self.binary(BinaryOp::Sub, left, right, span))
    }

    /// Adds a value.
    pub fn constant(&mut self, value: Const, ty: Type, span: Span) -> ExprId {
        self.push(ExprKind::Const(value), ty, span)
    }

    fn integer(&mut self, value: i64, wanted: Option<&Type>, span: Span) -> ExprId {
        match wanted.map(Type::present) {
            Some(Type::Decimal) => self.constant(Const::Decimal(value.into()), Type::Decimal, span),
            _ => self.constant(Const::Int(value), Type::Int, span),
        }
    }

    fn list(&mut self, items: &[ast::Expr], wanted: Option<&Type>, span: Span) -> ExprId {
        let wanted = wanted.and_then(|ty| ty.present().item().cloned());
        let mut item_type = wanted;
        let mut ids = Vec::with_capacity(items.len());
        for item in items {
            let id = self.infer(item, item_type.as_ref());
            let found = self.ty(id);
            match &item_type {
                None if found != Type::Error => item_type = Some(found),
                Some(wanted) if !fits(&found, wanted) => {
                    let draft = codes::wrong_type::of(item.span, &format!("`{wanted}`"), &found);
                    self.report(self.without_quotes(draft, item, wanted));
                }
                _ => {}
            }
            ids.push(id);
        }
        let ty = Type::List(Box::new(item_type.unwrap_or(Type::Error)));
        self.push(ExprKind::List(ids), ty, span)
    }

    fn string(&mut self, parts: &[StringPart], wanted: Option<&Type>, span: Span) -> ExprId {
        let plain = plain_text(parts);
        let ty = match wanted.map(Type::present) {
            Some(Type::Url) => Type::Url,
            _ => Type::Text,
        };
        match plain {
            Some(text) => self.constant(Const::Text(text), ty, span),
            None => {
                let segments = self.segments(parts);
                self.push(ExprKind::Interpolate(segments), ty, span)
            }
        }
    }

    fn segments(&mut self, parts: &[StringPart]) -> Vec<Segment> {
        let mut segments = Vec::with_capacity(parts.len());
        for part in parts {
            segments.push(match part {
                StringPart::Text(text, _) => Segment::Text(text.clone()),
                StringPart::Interpolation(expr) => Segment::Expr(self.infer(expr, None)),
            });
        }
        segments
    }

    /// A text for people, with values in it. Anything but a string is reported.
    pub fn message(&mut self, tree: &ast::Expr) -> Message {
        match &tree.kind {
            Tree::String(parts) => Message { segments: self.segments(parts), span: tree.span },
            Tree::Error => Message { segments: Vec::new(), span: tree.span },
            _ => {
                self.report(codes::malformed_clause::needs_text(tree));
                Message { segments: Vec::new(), span: tree.span }
            }
        }
    }
}

/// The text of a string without interpolations.
pub fn plain_text(parts: &[StringPart]) -> Option<SmolStr> {
    match parts {
        [] => Some(SmolStr::default()),
        [StringPart::Text(text, _)] => Some(text.clone()),
        _ => {
            let texts: Option<Vec<&str>> = parts
                .iter()
                .map(|part| match part {
                    StringPart::Text(text, _) => Some(text.as_str()),
                    StringPart::Interpolation(_) => None,
                })
                .collect();
            texts.map(|texts| texts.concat().into())
        }
    }
}

/// Whether a value of type `found` can stand where `wanted` is needed.
pub fn fits(found: &Type, wanted: &Type) -> bool {
    match (found, wanted) {
        (Type::Error, _) | (_, Type::Error) => true,
        (Type::Int, Type::Decimal) | (Type::Url, Type::Text) | (Type::Date, Type::DateTime) => true,
        (Type::Money(_), Type::Money(None)) | (Type::Money(None), Type::Money(_)) => true,
        (Type::List(found) | Type::Set(found), Type::List(wanted) | Type::Set(wanted)) => fits(found, wanted),
        (Type::Optional(found), Type::Optional(wanted)) => fits(found, wanted),
        (found, Type::Optional(wanted)) => fits(found, wanted),
        (found, wanted) => found == wanted,
    }
}
