//! Conditions on contacts as formulas that can be decided.

use std::sync::Arc;

use mktlint_decide::{Formula, Schema};

use crate::model::DeclPath;
use crate::model::expr::{Body, ExprId};
use crate::model::item::{Item, ItemKind};

/// Finds declarations; both the database and a finished [`crate::model::program::Program`] can.
pub trait Items {
    /// The declaration of `kind` at `path`.
    fn item(&self, kind: ItemKind, path: &DeclPath) -> Option<Arc<Item>>;
}

/// The attributes of a contact, then those of a campaign as `campaign.purpose`.
pub fn schema(items: &dyn Items, contact: Option<&Item>, campaign: Option<&Item>) -> Schema {
    let _ = (items, contact, campaign);
    Schema::default()
}

/// The condition `id` as a formula.
///
/// Tags are the numbers of expressions in `body`. Audiences and suppressions become [`Formula::Named`] with their full
/// path; `let`, `fn` and regions are entered, with the tag of the expression that names them. What has no formula
/// becomes [`Formula::Opaque`].
pub fn formula(items: &dyn Items, schema: &Schema, body: &Body, id: ExprId) -> Formula {
    let _ = (items, schema, body, id);
    Formula::Const(false)
}
