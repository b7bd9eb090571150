//! Conditions on contacts as formulas that can be decided.

mod compare;
mod condition;
pub(crate) mod day;
mod key;
mod linear;
mod point;
pub mod query;
mod schema;
mod segment;
mod sets;
mod term;
pub mod tier;
mod value;

use std::cell::Cell;
use std::sync::Arc;

use mktlint_decide::{Formula, Schema, Tag};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::db::{Db, Project};
use crate::model::DeclPath;
use crate::model::expr::{Body, ExprId};
use crate::model::item::{Item, ItemKind};
use crate::model::program::Program;
use crate::names;
use term::Cases;

pub use schema::schema;
pub use segment::{Segment, SegmentProblem, segment};

/// Conditions and values that one formula may be made of, counting what it names: a policy that a person writes stays
/// far below, and a formula ten times as long still takes less than a millisecond to make.
const LONGEST: u32 = 100_000;

/// How deeply conditions and values may be nested, through `let` and `fn` too. A guess that leaves room on the smallest
/// stack; people nest three deep.
const DEEPEST: u32 = 64;

/// Why a condition with a mistake in it is not understood. The mistake itself is reported where it is.
pub const MISTAKE: &str = "there is a mistake in it";

/// Finds declarations; both the database and a finished [`Program`] can.
pub trait Items {
    /// The declaration of `kind` at `path`.
    fn item(&self, kind: ItemKind, path: &DeclPath) -> Option<Arc<Item>>;
}

impl Items for Program {
    fn item(&self, kind: ItemKind, path: &DeclPath) -> Option<Arc<Item>> {
        self.find(kind, path).map(|placed| placed.item.clone())
    }
}

/// The declarations of a project, each analysed when it is asked for.
#[derive(Clone, Copy)]
pub struct Declared<'db> {
    /// The database.
    pub db: &'db dyn Db,
    /// The project.
    pub project: Project,
}

impl Items for Declared<'_> {
    fn item(&self, kind: ItemKind, path: &DeclPath) -> Option<Arc<Item>> {
        let declaration = names::declaration_at(self.db, self.project, kind, path.0.clone())?;
        Some(crate::analyze::analysis(self.db, self.project, declaration).item.clone())
    }
}

/// The condition `id` as a formula.
///
/// Tags are the numbers of expressions in `body`; [`span`] tells where one stands. Audiences and suppressions become
/// [`Formula::Named`] with their full path; `let`, `fn` and regions are entered, with the tag of the expression that
/// names them. What has no formula becomes [`Formula::Opaque`].
pub fn formula(items: &dyn Items, schema: &Schema, body: &Body, id: ExprId) -> Formula {
    lowered(items, schema, (body, id), &[], None)
}

/// The condition `id` as a formula, as if these operands of `and` and `or` were not there.
pub fn formula_without(
    items: &dyn Items,
    schema: &Schema,
    body: &Body,
    id: ExprId,
    left_out: &[ExprId],
) -> Formula {
    lowered(items, schema, (body, id), left_out, None)
}

/// The condition `id` of a tier as a formula; see [`tier::formula`].
fn formula_of_tier(
    items: &dyn Items,
    schema: &Schema,
    claims: &tier::NamedClaims,
    body: &Body,
    id: ExprId,
) -> Formula {
    lowered(items, schema, (body, id), &[], Some(claims))
}

fn lowered(
    items: &dyn Items,
    schema: &Schema,
    (body, id): (&Body, ExprId),
    left_out: &[ExprId],
    tier: Option<&tier::NamedClaims>,
) -> Formula {
    let left = Cell::new(LONGEST);
    Lowering {
        items,
        schema,
        body,
        locals: Vec::new(),
        tag: None,
        within: SmolStr::default(),
        depth: &Cell::new(0),
        left: &left,
        left_out,
        tier,
    }
    .condition(id)
}

/// Where the condition of `tag` is written, from the start of the declaration that `body` belongs to.
pub fn span(body: &Body, tag: Tag) -> Span {
    body.get(ExprId(tag.0)).span
}

/// The tags of a formula, each once, in order of number: the places in its declaration that an answer can point at.
pub fn tags(formula: &Formula) -> Vec<Tag> {
    let mut found: Vec<Tag> = formula.parts().filter_map(Formula::tag).collect();
    found.sort();
    found.dedup();
    found
}

/// Makes a formula of the expressions of one body.
struct Lowering<'a> {
    items: &'a dyn Items,
    schema: &'a Schema,
    body: &'a Body,
    /// What parameters and quantifier variables stand for, by number.
    locals: Vec<Cases>,
    /// The expression of the outermost body that names what this body belongs to.
    tag: Option<Tag>,
    /// Tells the conditions of one call from those of another; empty outside of calls.
    within: SmolStr,
    /// How deep this is.
    depth: &'a Cell<u32>,
    /// What is left of [`LONGEST`].
    left: &'a Cell<u32>,
    /// Operands of the outermost body that count as not there.
    left_out: &'a [ExprId],
    /// The claims that count one by one, in the condition of a tier; elsewhere nothing is known of changes and claims.
    tier: Option<&'a tier::NamedClaims>,
}

/// Why something has no formula, to follow "cannot be decided: ".
type Why = SmolStr;

impl Lowering<'_> {
    fn tag(&self, id: ExprId) -> Tag {
        self.tag.unwrap_or(Tag(id.0))
    }

    /// Goes one level deeper for `make`.
    fn deeper<T>(&self, make: impl FnOnce() -> Result<T, Why>) -> Result<T, Why> {
        let depth = self.depth.get();
        if depth >= DEEPEST {
            return Err("it is nested too deeply, once everything that it names is put in".into());
        }
        self.depth.set(depth + 1);
        let made = make();
        self.depth.set(depth);
        made
    }

    /// Notes that `n` more conditions or values are made.
    fn spend(&self, n: u32) -> Result<(), Why> {
        match self.left.get().checked_sub(n) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.left.set(0);
                Err("it is too long once everything that it names is put in".into())
            }
        }
    }
}
