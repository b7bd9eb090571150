//! Calls of functions.

use mktlint_diag::closest;
use mktlint_syntax::ast::{self, Arg, ChainOp, ExprKind as Tree};
use mktlint_text::Span;

use super::{Infer, fits};
use crate::codes;
use crate::infer::phrase::word;
use crate::lower::needle;
use crate::mention::{Meant, Role};
use crate::model::builtin::{Builtin, Signature, Slot};
use crate::model::expr::{ExprId, ExprKind};
use crate::model::item::ItemKind;
use crate::model::types::Type;
use crate::signature::signature;

impl Infer<'_> {
    /// `length(it)`: a `fn` of a policy, else a function of the library, so that a new function breaks no policy.
    pub fn call(&mut self, callee: &ast::Expr, args: &[Arg], span: Span) -> ExprId {
        let Some(name) = word(callee) else {
            return self.fail(codes::wrong_arguments::not_a_function(callee.span));
        };
        let is_declared = || self.resolve_quietly(&name.text).is_some_and(|entry| entry.kind == ItemKind::Fn);
        if let Some(builtin) = Builtin::from_name(&name.text).filter(|_| !is_declared()) {
            self.mention(name.span, Meant::Function(builtin.name), Role::Need);
            return self.builtin(builtin, args, span);
        }
        if let Some(draft) = self.ambiguous(name) {
            return self.fail(draft);
        }
        match self.resolve(name) {
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
    pub fn has_text(&self, ty: &Type) -> bool {
        matches!(ty, Type::Record(record) if self.field_type(record, "text") == Some(Type::Text))
    }

    fn builtin(&mut self, function: &Signature, args: &[Arg], span: Span) -> ExprId {
        if args.len() != function.params.len() {
            let draft = codes::wrong_arguments::count(span, function.name, function.params.len(), args.len());
            return self.fail(draft);
        }
        let mut ids = Vec::with_capacity(args.len());
        for (arg, (_, slot)) in args.iter().zip(function.params) {
            match (slot, ids.as_slice()) {
                (Slot::Sought, [text]) if is_needle(&arg.value) => {
                    let needles = needle::needles(&arg.value, &mut self.problems);
                    return self.push(ExprKind::CountMatches(*text, needles), function.result.ty(), span);
                }
                _ => ids.push(self.argument(function.builtin, &arg.value, &slot.ty())),
            }
        }
        let types: Vec<Type> = ids.iter().map(|id| self.ty(*id)).collect();
        let is_choice = matches!(function.builtin, Builtin::Min | Builtin::Max);
        let result = match () {
            () if types.contains(&Type::Error) => Type::Error,
            () if is_choice && types.iter().all(|ty| *ty == Type::Int) => Type::Int,
            () => function.result.ty(),
        };
        self.push(ExprKind::Call(function.builtin, ids), result, span)
    }

    /// An argument where `wanted` is needed.
    fn argument(&mut self, builtin: Builtin, tree: &ast::Expr, wanted: &Type) -> ExprId {
        let id = self.infer(tree, Some(wanted));
        let found = self.ty(id);
        let counts_items = builtin == Builtin::Length && found.item().is_some();
        let is_url_text = *wanted == Type::Url && found == Type::Text;
        if counts_items || is_url_text {
            id
        } else if *wanted == Type::Text && self.has_text(&found) {
            self.push(ExprKind::Field(id, "text".into()), Type::Text, tree.span)
        } else if found.is_optional() && fits(found.present(), wanted) {
            self.demand_present(id, tree);
            self.error(tree.span)
        } else {
            self.demand(id, wanted)
        }
    }
}

/// Whether `tree` is a pattern or phrases, rather than a text: `/b/`, `"a" | /b/`.
fn is_needle(tree: &ast::Expr) -> bool {
    match &tree.kind {
        Tree::Pattern { .. } | Tree::Chain { op: ChainOp::Pipe, .. } => true,
        Tree::Paren(inner) => is_needle(inner),
        _ => false,
    }
}
