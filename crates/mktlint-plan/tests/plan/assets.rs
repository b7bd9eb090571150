//! Assets, built by hand.

use mktlint_asset::{Asset, Context, Field, Format, Kind, Part, PartKind, Role, TextRange, Value, names};
use mktlint_text::{MappedText, Span};

/// An asset whose file is written as it is built, so that every text has bytes to point at.
pub struct Draft {
    pub asset: Asset,
    source: String,
}

impl Draft {
    pub fn new(kind: Kind) -> Self {
        Self { asset: Asset::new("mail.html".into(), kind, Format::Html, Span::at(0)), source: String::new() }
    }

    /// Appends `words` to the file and to the asset.
    pub fn text(&mut self, role: Role, words: &str) -> TextRange {
        let span = Span::new(self.source.len() as u32, (self.source.len() + words.len()) as u32);
        self.source.push_str(words);
        self.source.push('\n');
        self.asset.span = Span::new(0, self.source.len() as u32);
        self.asset.add_text(role, MappedText::verbatim(&self.source, span), vec![Context::Plain])
    }

    /// The running text: one paragraph for each of `blocks`.
    pub fn body(&mut self, blocks: &[&str]) {
        let range = self.text(Role::Body, &blocks.join("\n\n"));
        let mut at = range.start;
        for block in blocks {
            let text = TextRange { start: at, end: at + block.len() as u32, ..range };
            self.part(PartKind::Paragraph, text, Vec::new());
            at = text.end + 2;
        }
    }

    pub fn part(&mut self, kind: PartKind, text: TextRange, fields: Vec<(&str, Value)>) {
        let mut part = Part { kind, span: self.asset.source(text), text: Some(text), fields: Vec::new() };
        for (name, value) in fields {
            part.set(name, value);
        }
        self.asset.parts.push(part);
    }

    pub fn link(&mut self, words: &str, url: &str) {
        let text = self.text(Role::PartField("text".into()), words);
        let url = self.text(Role::Machine("url".into()), url);
        self.part(PartKind::Link, text, vec![(names::URL, Value::Text(url))]);
    }

    pub fn value(&mut self, name: &str, value: Value) {
        let span = self.asset.span;
        self.asset.fields.insert(name.into(), Field { span, value });
    }

    pub fn words(&mut self, name: &str, words: &str) {
        let range = self.text(Role::Field(name.into()), words);
        self.value(name, Value::Text(range));
    }

    pub fn list(&mut self, name: &str, items: &[&str]) {
        let items = items.iter().map(|item| Value::Text(self.text(Role::Field(name.into()), item))).collect();
        self.value(name, Value::List(items));
    }
}
