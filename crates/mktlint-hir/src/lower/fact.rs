//! `fact`, `given`: inputs that no file shows.

use mktlint_syntax::ast::Lead;

use super::Lower;
use crate::codes;
use crate::infer::phrase::word;
use crate::model::item::{ItemKind, Meaning};
use crate::model::types::Type;
use crate::names;
use crate::signature::{Signature, signature};

/// Whether files can say a value of the type: one value, or a list of such.
fn is_of_files(ty: &Type) -> bool {
    let is_one = |ty: &Type| {
        !matches!(ty, Type::Record(_) | Type::Pattern | Type::List(_) | Type::Set(_) | Type::Optional(_))
    };
    match ty.present() {
        Type::List(item) | Type::Set(item) => is_one(item),
        ty => is_one(ty),
    }
}

impl Lower<'_, '_> {
    /// `fact unsubscribe_valid_for: Duration`
    pub fn fact(&mut self) -> Meaning {
        let Some(tree) = self.header(Lead::Type) else {
            self.malformed_header("fact contains_alcohol: Bool");
            return Meaning::Error;
        };
        self.declared_elsewhere();
        self.can_be_given();
        let ty = self.type_of(tree);
        if !is_of_files(&ty) {
            self.report(codes::malformed_clause::not_in_files(tree.span, &ty));
            return Meaning::Error;
        }
        Meaning::Fact(ty)
    }

    /// A name that no file can give the fact by, or by which a rule means something else.
    fn can_be_given(&mut self) {
        let name = self.path.name().to_owned();
        let span = self.name_span();
        if name.chars().any(char::is_uppercase) {
            self.report(codes::malformed_clause::not_a_key(span, &name));
        }
        let kind = self.every_asset().into_iter().find(|kind| self.infer.field_type(kind, &name).is_some());
        if let Some(kind) = kind {
            self.report(codes::duplicate_declaration::fact_or_field(span, &name, kind.name()));
        }
    }

    /// Manifests give facts by name alone, so two of one name would be one.
    fn declared_elsewhere(&mut self) {
        if let Some(first) = self.first_of(ItemKind::Fact) {
            let span = self.name_span();
            self.report(codes::duplicate_declaration::fact(span, self.path.name(), &first.path));
        }
    }

    /// Two values of one fact leave it to the names of files which one counts. What the project gives goes before what a
    /// pack does.
    fn given_elsewhere(&mut self) {
        let db = self.infer.db;
        let first = self.first_of(ItemKind::Given).filter(|first| {
            let file = self.infer.project.modules(db).get(first.path.module());
            file.is_some_and(|file| file.is_pack(db) == self.infer.file.is_pack(db))
        });
        if let Some(first) = first {
            let span = self.name_span();
            self.report(codes::duplicate_declaration::given(span, self.path.name(), &first.path));
        }
    }

    /// The declaration of this name and of `kind` that counts, when it is one of another module.
    fn first_of(&self, kind: ItemKind) -> Option<names::Entry> {
        let first = names::global(self.infer.db, self.infer.project, self.path.name().into(), kind);
        first.filter(|first| first.path.module() != self.path.module())
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
        let value = infer.check(value, ty.present());
        self.given_elsewhere();
        Meaning::Given(fact, value)
    }
}
