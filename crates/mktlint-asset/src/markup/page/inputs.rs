//! Fields of forms and their labels.

use mktlint_text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::super::attributes::{Attributes, Name};
use super::super::element::{Element, id};
use super::{BODY, Page};
use crate::{PartKind, TextRange, Value, names};

/// Fields of forms, and labels that may be theirs.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    list: Vec<Input>,
    /// The open labels: the `id` that each is for, and how many fields there were before it.
    open: Vec<(Option<String>, usize)>,
    /// The words of labels by the `id` that they are for.
    named: FxHashMap<String, TextRange>,
}

#[derive(Debug)]
struct Input {
    part: usize,
    id: Option<String>,
    /// The words of the label around it.
    around: Option<TextRange>,
    /// What its own attributes say instead of a label.
    own: Option<TextRange>,
}

impl Page<'_, '_> {
    /// `<select>` and `<textarea>`.
    pub(super) fn open_input(&mut self, element: Element, attributes: &Attributes, span: Span) {
        match element.id {
            id::SELECT => self.input("select", attributes, span),
            id::TEXTAREA => self.input("textarea", attributes, span),
            _ => {}
        }
    }

    /// `<input>`, unless it is a button.
    pub(super) fn plain_input(&mut self, attributes: &Attributes, span: Span) {
        let kind = self.written(attributes, Name::Type).trim();
        if !["image", "reset"].iter().any(|button| kind.eq_ignore_ascii_case(button)) {
            self.input("text", attributes, span);
        }
    }

    /// A field at `span`, of the kind that `type` says, else of `kind`.
    fn input(&mut self, kind: &'static str, attributes: &Attributes, span: Span) {
        let given = attributes.get(Name::Type).filter(|given| kind == "text" && !given.span.is_empty());
        let kind = match given {
            Some(given) => self.lower(names::KIND, given),
            None => self.word(names::KIND, SmolStr::new_static(kind), span),
        };
        let name = attributes
            .get(Name::Named)
            .filter(|name| !name.span.is_empty())
            .map(|name| self.url(names::NAME, name));
        let label = attributes.get(Name::AriaLabel).and_then(|label| self.read(names::LABEL, label));
        let own = label
            .or_else(|| attributes.get(Name::Placeholder).and_then(|words| self.read(names::LABEL, words)));
        let at = self.part(PartKind::Input, span, None);
        let part = &mut self.asset.parts[at];
        part.set(names::KIND, kind);
        name.into_iter().for_each(|name| part.set(names::NAME, Value::Text(name)));
        if attributes.has(Name::Checked) {
            part.set(names::CHECKED, Value::Bool(true));
        }
        let id = self.id_in(attributes, Name::Id);
        self.inputs.list.push(Input { part: at, id, around: None, own });
    }

    /// The `id` that the attribute `name` says, unless it is blank.
    fn id_in(&self, attributes: &Attributes, name: Name) -> Option<String> {
        Some(self.written(attributes, name).trim().to_owned()).filter(|id| !id.is_empty())
    }

    /// The start of a label.
    pub(super) fn open_label(&mut self, attributes: &Attributes) {
        let id = self.id_in(attributes, Name::For);
        self.inputs.open.push((id, self.inputs.list.len()));
    }

    /// The end of the innermost label, whose words start at `mark` of the body.
    pub(super) fn close_label(&mut self, mark: u32) {
        let range = self.body.since(mark);
        let Some((name, first)) = self.inputs.open.pop() else { return };
        if range.is_empty() {
            return;
        }
        let words = TextRange { text: BODY, start: range.start, end: range.end };
        match name {
            Some(name) => {
                self.inputs.named.entry(name).or_insert(words);
            }
            // A label is for its first field.
            None => {
                self.inputs.list.iter_mut().skip(first).take(1).for_each(|input| input.around = Some(words))
            }
        }
    }

    /// Gives fields their labels.
    pub(super) fn finish_inputs(&mut self) {
        let Inputs { list, named, .. } = std::mem::take(&mut self.inputs);
        for input in list {
            let by_name = input.id.as_ref().and_then(|id| named.get(id)).copied();
            let label = by_name.or(input.around).or(input.own);
            if let (Some(label), Some(part)) = (label, self.asset.parts.get_mut(input.part)) {
                part.set(names::LABEL, Value::Text(label));
            }
        }
    }
}
