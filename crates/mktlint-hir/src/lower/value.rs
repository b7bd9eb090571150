//! `use`, `let`, `fn`.

use mktlint_syntax::ast::{Arg, ExprKind as Tree, Lead};
use mktlint_text::Span;
use smol_str::{SmolStr, format_smolstr};

use super::Lower;
use crate::codes;
use crate::infer::Local;
use crate::infer::phrase::word;
use crate::mention::{Meant, Role, dotted_words};
use crate::model::DeclPath;
use crate::model::expr::ExprKind;
use crate::model::item::Meaning;
use crate::model::types::Type;
use crate::names::{self, Found, Namespace};

impl Lower<'_, '_> {
    /// `use std.regions.{EU, EEA}`
    pub fn imports(&mut self) -> Meaning {
        let imports = names::imports_of(self.tree);
        if imports.is_empty() {
            self.malformed_header("use std.regions.{EU, EEA}");
            return Meaning::Error;
        }
        let mut found = Vec::with_capacity(imports.len());
        for import in imports {
            if self.find_import(&import) {
                found.push((DeclPath(import.target.clone()), import.local.clone()));
            }
        }
        self.mention_imports();
        Meaning::Use(found)
    }

    /// Notes what the words of a `use` name.
    fn mention_imports(&mut self) {
        let Some(value) = self.tree.segments.first().and_then(|segment| segment.value.as_ref()) else {
            return;
        };
        if let Tree::Select { base, names } = &value.kind {
            let Some((module, words)) = names::dotted_path(base).zip(dotted_words(base)) else { return };
            let module = module.0;
            self.infer.mention_words(&words, &module, Meant::Module(module.clone()), Role::Pointer);
            for name in names {
                let found = self.found(format_smolstr!("{module}.{}", name.text));
                found.into_iter().for_each(|what| self.infer.mention(name.span, what, Role::Pointer));
            }
            return;
        }
        let Some(((path, _), words)) = names::dotted_path(value).zip(dotted_words(value)) else { return };
        let Some(what) = self.found(path.clone()) else { return };
        if let Some(alias) = self.header(Lead::As).and_then(word) {
            self.infer.mention(alias.span, what.clone(), Role::Alias);
        }
        self.infer.mention_words(&words, &path, what, Role::Pointer);
    }

    fn found(&self, path: SmolStr) -> Option<Meant> {
        Some(match names::find_path(self.infer.db, self.infer.project, path, Namespace::Values)? {
            Found::Declaration(entry) => Meant::Declaration(entry.kind, entry.path),
            Found::Module(module) => Meant::Module(module),
        })
    }

    fn find_import(&mut self, import: &names::Import) -> bool {
        let (db, project) = (self.infer.db, self.infer.project);
        match names::find_path(db, project, import.target.clone(), Namespace::Values) {
            Some(Found::Declaration(entry)) if !entry.public && !self.is_own_module(&entry.path) => {
                self.report(codes::private_declaration::of(import.span, &entry.path, entry.kind));
                true
            }
            Some(_) => true,
            None => {
                let path = DeclPath(import.target.clone());
                let module = project.modules(db).get(path.module());
                let draft = match module {
                    Some(file) => {
                        let scope = names::file_scope(db, *file);
                        let own = scope
                            .names
                            .iter()
                            .filter(|(_, entry)| entry.public)
                            .map(|((_, name), _)| name.as_str());
                        let near = mktlint_diag::closest(path.name(), own);
                        codes::unknown_name::in_module(import.span, &path, near)
                    }
                    None => {
                        let modules = project.modules(db).keys().map(SmolStr::as_str);
                        codes::unknown_module::of(
                            import.span,
                            &import.target,
                            mktlint_diag::closest(&import.target, modules),
                        )
                    }
                };
                self.report(draft);
                false
            }
        }
    }

    fn is_own_module(&self, path: &DeclPath) -> bool {
        path.module() == self.path.module()
    }

    /// `let adults = age? >= 18`
    pub fn binding(&mut self) -> Meaning {
        let Some(value) = self.header(Lead::Assign) else {
            self.malformed_header("let name = value");
            return Meaning::Error;
        };
        self.contact_scene_if_declared();
        let id = self.infer.infer(value, None);
        Meaning::Let(id)
    }

    /// `fn too_long(text: Text, limit: Int) -> Bool = length(text) > limit`
    pub fn function(&mut self) -> Meaning {
        let call = self.tree.segments.first().and_then(|segment| segment.value.as_ref());
        let (Some(Tree::Call { args, .. }), Some(value)) =
            (call.map(|value| &value.kind), self.header(Lead::Assign))
        else {
            self.malformed_header("fn name(text: Text) -> Bool = value");
            return Meaning::Error;
        };
        let params = self.parameters(args);
        let result = self.header(Lead::Arrow).map(|tree| self.type_of(tree));
        let id = match &result {
            Some(ty) => self.infer.check(value, ty),
            None => self.infer.infer(value, None),
        };
        self.unused_parameters(&params, args);
        Meaning::Fn(params, id)
    }

    /// The parameters of a `fn`, which its value can name.
    pub fn parameters(&mut self, args: &[Arg]) -> Vec<(SmolStr, Type)> {
        let mut params = Vec::with_capacity(args.len());
        for arg in args {
            let Some(name) = &arg.name else {
                self.report(codes::malformed_clause::needs_parameter(arg.value.span));
                continue;
            };
            let ty = self.type_of(&arg.value);
            params.push((name.text.clone(), ty));
        }
        let spans = args.iter().filter_map(|arg| arg.name.as_ref()).map(|name| name.span);
        let local = |((name, ty), span): (&(SmolStr, Type), Span)| Local {
            name: name.clone(),
            ty: ty.clone(),
            span: Some(span),
        };
        self.infer.locals = params.iter().zip(spans).map(local).collect();
        self.infer.introduce_locals(0);
        params
    }

    fn unused_parameters(&mut self, params: &[(SmolStr, Type)], args: &[Arg]) {
        let used = |at: usize| {
            self.infer
                .body
                .iter()
                .any(|(_, expr)| matches!(expr.kind, ExprKind::Local(local) if local as usize == at))
        };
        let unused: Vec<usize> = (0..params.len()).filter(|at| !used(*at)).collect();
        for at in unused {
            if let Some(name) = args.iter().filter_map(|arg| arg.name.as_ref()).nth(at) {
                self.report(codes::unused_declaration::parameter(name));
            }
        }
    }

    /// Lets contact attributes be named, when the project declares a contact.
    pub fn contact_scene_if_declared(&mut self) {
        let (db, project) = (self.infer.db, self.infer.project);
        let contacts = crate::signature::contacts_for(db, project, self.infer.file);
        self.infer.scene = crate::infer::Scene::of_contacts(&contacts);
    }
}
