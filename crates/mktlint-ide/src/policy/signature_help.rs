//! Which function is being called, and which parameter comes next.

use mktlint_hir::model::builtin::{self, Builtin, Slot};
use mktlint_hir::model::item::ItemKind;
use mktlint_hir::model::types::Type;
use mktlint_hir::names::{self, Namespace};
use mktlint_hir::signature::{Signature, signature};
use mktlint_hir::{SourceFile, infer::Infer};
use mktlint_syntax::lex::Kind;
use smol_str::SmolStr;

use super::context::Context;
use crate::view::View;

/// The signature of the call around the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureHelp {
    /// `length(text: Text) -> Int`
    pub label: String,
    /// Where each parameter stands in the label, as bytes.
    pub parameters: Vec<std::ops::Range<usize>>,
    /// The parameter that the cursor is at; may be past the last one.
    pub active: usize,
    /// Markdown; may be empty.
    pub docs: String,
}

/// A function that can be called.
#[derive(Clone, Debug)]
pub struct Callee {
    /// Its name.
    pub name: SmolStr,
    /// Its parameters: name, type, and how that is written.
    pub params: Vec<(SmolStr, Type, String)>,
    /// The type of its result, as it is written.
    pub result: String,
    /// Markdown; may be empty.
    pub docs: String,
}

/// The call around `offset`.
pub fn signature_help(view: View<'_>, file: SourceFile, offset: u32) -> Option<SignatureHelp> {
    let context = Context::at(view, file, offset).or_else(|| behind_word(view, file, offset))?;
    let depth = context.frames().iter().rposition(|frame| frame.open == Kind::CallOpen)?;
    let (callee, active) = call_at(&context, depth)?;
    Some(callee.help(active))
}

/// In a text or a number the place before it says as much.
fn behind_word(view: View<'_>, file: SourceFile, offset: u32) -> Option<Context<'_>> {
    let text: &str = file.text(view.db);
    let before = text.get(..offset as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let start = before.get(line..)?.rfind(['(', ','])? + line + 1;
    Context::at(view, file, u32::try_from(start).ok()?)
}

/// The function whose call is the open bracket at `depth`, and the number of the argument that is being written.
pub fn call_at(context: &Context<'_>, depth: usize) -> Option<(Callee, usize)> {
    let frame = context.frames().get(depth)?;
    let name = frame.at.checked_sub(1)?;
    let callee = callee(context.view, context.file, context.source(name..frame.at))?;
    let end = context.frames().get(depth + 1).map_or(context.n_tokens(), |inner| inner.at);
    let mut active = 0;
    let mut at = frame.at + 1;
    while at < end {
        let is_comma = context.tokens(at..at + 1).first().is_some_and(|token| token.kind == Kind::Comma);
        active += usize::from(is_comma);
        at = context.behind(at);
    }
    Some((callee, active))
}

/// The function that `name` calls in `file`: one of a policy, else one of the library.
pub fn callee(view: View<'_>, file: SourceFile, name: &str) -> Option<Callee> {
    let declared = names::resolve(view.db, view.project, file, name.into(), Namespace::Values);
    match declared.filter(|entry| entry.kind == ItemKind::Fn) {
        Some(entry) => {
            let found = signature(view.db, view.project, entry.path.0.clone())?;
            let Signature::Function(params, result) = &*found else { return None };
            let docs = super::completion::docs(view, entry.kind, &entry.path).unwrap_or_default();
            let written = |(name, ty): &(SmolStr, Type)| (name.clone(), ty.clone(), ty.to_string());
            let params = params.iter().map(written).collect();
            Some(Callee { name: name.into(), params, result: result.to_string(), docs })
        }
        None => Builtin::from_name(name).map(Callee::of_library),
    }
}

impl Callee {
    /// A function of the library.
    pub fn of_library(own: &builtin::Signature) -> Self {
        let param = |(name, slot): &(&str, Slot)| (SmolStr::new(*name), slot.ty(), written(slot));
        Self {
            name: own.name.into(),
            params: own.params.iter().map(param).collect(),
            result: written(&own.result),
            docs: own.docs.to_owned(),
        }
    }

    /// `length(text: Text) -> Int`
    pub fn label(&self) -> String {
        self.help(0).label
    }

    fn help(&self, active: usize) -> SignatureHelp {
        let mut label = format!("{}(", self.name);
        let mut parameters = Vec::with_capacity(self.params.len());
        for (n, (name, _, ty)) in self.params.iter().enumerate() {
            if n > 0 {
                label.push_str(", ");
            }
            let start = label.len();
            label.push_str(&format!("{name}: {ty}"));
            parameters.push(start..label.len());
        }
        label.push_str(&format!(") -> {}", self.result));
        SignatureHelp { label, parameters, active, docs: self.docs.clone() }
    }
}

fn written(slot: &Slot) -> String {
    match slot {
        Slot::Sought => "Text | phrases | patterns".to_owned(),
        other => other.ty().to_string(),
    }
}

/// The functions of the library that no `fn` of the file hides, in order of the reference.
pub fn library<'d>(infer: &Infer<'d>) -> impl Iterator<Item = Callee> + use<'d> {
    let (db, project, file) = (infer.db, infer.project, infer.file);
    let is_hidden = move |name: &str| {
        names::resolve(db, project, file, name.into(), Namespace::Values)
            .is_some_and(|entry| entry.kind == ItemKind::Fn)
    };
    builtin::SIGNATURES.iter().filter(move |own| !is_hidden(own.name)).map(Callee::of_library)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The label with the active parameter in brackets.
    fn shown(text: &str) -> String {
        let fixture = Fixture::new(text);
        let found = signature_help(fixture.view(), fixture.policy(), fixture.offset);
        let Some(found) = found else { return "nothing".to_owned() };
        match found.parameters.get(found.active) {
            Some(range) => {
                let (before, behind) = (&found.label[..range.start], &found.label[range.end..]);
                format!("{before}[{}]{behind}", &found.label[range.clone()])
            }
            None => found.label,
        }
    }

    #[test]
    fn the_parameter_at_the_cursor_is_active() {
        let text = |call: &str| format!("rule a on Email.subject {{\n  forbid {call}\n}}");
        assert_eq!(
            shown(&text("count_of($0")),
            "count_of([text: Text], part: Text | phrases | patterns) -> Int"
        );
        assert_eq!(
            shown(&text("count_of(it, $0) > 2")),
            "count_of(text: Text, [part: Text | phrases | patterns]) -> Int"
        );
        assert_eq!(
            shown(&text("count_of(it, \"!$0\")")),
            "count_of(text: Text, [part: Text | phrases | patterns]) -> Int"
        );
        assert_eq!(shown(&text("first(it, 1$0)")), "first(text: Text, [n: Int]) -> Text");
        assert_eq!(shown(&text("first(trim($0), 1)")), "trim([text: Text]) -> Text");
        assert_eq!(shown(&text("first(trim(it), $0)")), "first(text: Text, [n: Int]) -> Text");
        assert_eq!(shown(&text("length(it, $0)")), "length(text: Text) -> Int");
        assert_eq!(shown(&text("length(it) > $0")), "nothing");
    }

    #[test]
    fn functions_of_policies_come_first() {
        let text = "/// Where it leads.\nfn site(link: Url, deep: Bool) -> Bool = deep\n";
        assert_eq!(shown(&format!("{text}let a = site(\"x\", $0)")), "site(link: Url, [deep: Bool]) -> Bool");
        let fixture = Fixture::new(&format!("{text}let a = site($0"));
        let found = signature_help(fixture.view(), fixture.policy(), fixture.offset).expect("a call");
        assert_eq!(found.docs, "Where it leads.");
    }
}
