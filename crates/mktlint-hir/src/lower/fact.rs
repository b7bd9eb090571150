//! `fact`, `given`: inputs that no file shows.

use mktlint_syntax::ast::Lead;

use super::Lower;
use crate::codes;
use crate::infer::phrase::word;
use crate::model::item::{ItemKind, Meaning};
use crate::names;
use crate::signature::{Signature, signature};

impl Lower<'_, '_> {
    /// `fact unsubscribe_valid_for: Duration`
    pub fn fact(&mut self) -> Meaning {
        let Some(tree) = self.header(Lead::Type) else {
            self.malformed_header("fact contains_alcohol: Bool");
            return Meaning::Error;
        };
        self.declared_elsewhere();
        Meaning::Fact(self.type_of(tree))
    }

    /// Manifests give facts by name alone, so two of one name would be one.
    fn declared_elsewhere(&mut self) {
        let (db, project) = (self.infer.db, self.infer.project);
        let first = names::global(db, project, self.path.name().into(), ItemKind::Fact);
        if let Some(first) =
            first.filter(|first| first.path != self.path && first.path.module() != self.path.module())
        {
            let span = self.name_span();
            self.report(codes::duplicate_declaration::fact(span, self.path.name(), &first.path));
        }
    }

    /// `given contains_alcohol = false`
    pub fn given(&mut self) -> Meaning {
        const SHAPE: &str = "given contains_alcohol = false";
        let name = self.tree.segments.first().and_then(|segment| segment.value.as_ref()).and_then(word);
        let (Some(name), Some(value)) = (name, self.header(Lead::Assign)) else {
            self.malformed_header(SHAPE);
            return Meaning::Error;
        };
        let Some(fact) = self.global_reference(name, ItemKind::Fact) else { return Meaning::Error };
        let infer = &mut self.infer;
        let Some(Signature::Value(ty)) =
            signature(infer.db, infer.project, fact.0.clone()).as_deref().cloned()
        else {
            return Meaning::Error;
        };
        Meaning::Given(fact, infer.check(value, ty.present()))
    }
}
