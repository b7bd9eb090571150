//! Conditions as their authors wrote them, and what they name.

use std::collections::BTreeSet;
use std::sync::Arc;

use mktlint_decide::{Formula, needed};
use mktlint_hir::model::expr::ExprId;
use mktlint_hir::model::item::{ItemKind, Meaning};
use mktlint_hir::model::program::Placed;

use super::{Crowd, Group, attributes};

/// The clauses of an audience or suppression, on one line each.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Who is in it.
    pub condition: String,
    /// When it does not count.
    pub unless: Option<String>,
}

impl Crowd {
    /// The clauses of `group` as the policy has them.
    pub fn written(&self, group: &Group<'_>) -> Written {
        let kind = if group.suppression.is_some() { ItemKind::Suppress } else { ItemKind::Audience };
        let is_it = |placed: &&Placed| placed.item.kind == kind && placed.item.path.0 == group.name;
        let Some(placed) = self.program.items.iter().find(is_it) else { return Written::default() };
        let words = |id: ExprId| self.words(placed, id);
        match &placed.item.meaning {
            Meaning::Audience(condition) => Written { condition: words(*condition), unless: None },
            Meaning::Suppress(it) => {
                Written { condition: it.who.map(words).unwrap_or_default(), unless: it.unless.map(words) }
            }
            _ => Written::default(),
        }
    }

    fn words(&self, placed: &Placed, id: ExprId) -> String {
        let place = placed.place(placed.item.body.get(id).span);
        let text = place.span.slice(self.policies().text(&place.file));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The definitions that `name` needs, directly or not, in order of name.
    pub fn parts(&self, name: &str) -> Vec<(&str, &Formula)> {
        let all = self.closure(name).filter(|(part, _)| *part != name);
        all.map(|(part, formula)| (part, formula.as_ref())).collect()
    }

    /// The definition `name` and those that it needs, in order of name.
    pub fn closure(&self, name: &str) -> impl Iterator<Item = (&str, &Arc<Formula>)> {
        let definitions = self.definitions();
        let own = definitions.get_key_value(name);
        let parts = own.map(|(_, formula)| needed(formula, definitions)).unwrap_or_default();
        let names = parts.into_iter().map(|(name, _)| name).chain(own.map(|(name, _)| name.as_str()));
        let names: BTreeSet<&str> = names.collect();
        names.into_iter().filter_map(|name| Some((name, definitions.get(name)?)))
    }

    /// The attributes that the definition `name` looks at, directly or not, in order of name.
    pub fn looked_at(&self, name: &str) -> BTreeSet<&str> {
        self.closure(name).flat_map(|(_, formula)| attributes(formula)).collect()
    }
}
