//! Calls of functions.

use mktlint_diag::closest;
use mktlint_syntax::ast::{self, Arg};
use mktlint_text::Span;

use super::{Infer, fits};
use crate::codes;
use crate::infer::phrase::word;
use crate::model::builtin::{Builtin, Signature};
use crate::model::expr::{ExprId, ExprKind};
use crate::model::item::ItemKind;
use crate::model::types::Type;
use crate::signature::signature;

impl Infer<'_> {
    /// `length(it)`: a function of the library, else a `fn` of a policy.
    pub fn call(&mut self, callee: &ast::Expr, args: &[Arg], span: Span) -> ExprId {
        let Some(name) = word(callee) else {
            return self.fail(codes::wrong_arguments::not_a_function(callee.span));
        };
        if let Some(builtin) = Builtin::from_name(&name.text) {
            return self.builtin(builtin, args, span);
        }
        if let Some(draft) = self.ambiguous(name) {
            return self.fail(draft);
        }
        match self.resolve(&name.text) {
            Some(entry) if entry.kind == ItemKind::Fn => {
                let found = signature(self.db, self.project, entry.path.0.clone());
                let Some(crate::signature::Signature::Function(params, result)) = found.as_deref() else {
                    return self.error(span);
                };
                if args.len() != params.len() {
                    return self.fail(codes::wrong_arguments::count(
                        span,
                        &name.text,
                        params.len(),
                        args.len(),
                    ));
                }
                let ids = args.iter().zip(params).map(|(arg, (_, ty))| self.check(&arg.value, ty)).collect();
                self.push(ExprKind::CallFn(entry.path, ids), result.clone(), span)
            }
            Some(entry) => self.fail(codes::wrong_kind::of(name, ItemKind::Fn, entry.kind)),
            None => {
                let near = closest(&name.text, Self::function_names());
                self.fail(codes::unknown_name::function(name, near))
            }
        }
    }

    /// Whether values of this type are parts with a text, which stands for them where a text is wanted.
    fn has_text(&self, ty: &Type) -> bool {
        matches!(ty, Type::Record(record) if self.field_type(record, "text") == Some(Type::Text))
    }

    fn builtin(&mut self, function: &Signature, args: &[Arg], span: Span) -> ExprId {
        if args.len() != function.params.len() {
            let draft = codes::wrong_arguments::count(span, function.name, function.params.len(), args.len());
            return self.fail(draft);
        }
        let mut ids = Vec::with_capacity(args.len());
        let mut result = function.result.clone();
        for (arg, (_, wanted)) in args.iter().zip(function.params) {
            let id = self.infer(&arg.value, Some(wanted));
            let found = self.ty(id);
            let counts_items = function.builtin == Builtin::Length && found.item().is_some();
            let is_url_text = *wanted == Type::Url && found == Type::Text;
            let id = if counts_items || is_url_text {
                id
            } else if *wanted == Type::Text && self.has_text(&found) {
                self.push(ExprKind::Field(id, "text".into()), Type::Text, arg.value.span)
            } else if found.is_optional() && fits(found.present(), wanted) {
                self.demand_present(id, &arg.value);
                self.error(arg.value.span)
            } else {
                self.demand(id, wanted)
            };
            if self.ty(id) == Type::Error {
                result = Type::Error;
            }
            ids.push(id);
        }
        if matches!(function.builtin, Builtin::Min | Builtin::Max)
            && ids.iter().all(|id| self.ty(*id) == Type::Int)
        {
            result = Type::Int;
        }
        self.push(ExprKind::Call(function.builtin, ids), result, span)
    }
}
