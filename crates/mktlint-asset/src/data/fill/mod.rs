//! Values of a file to the fields, texts and parts of an asset.

pub(crate) mod body;
pub(crate) mod names;

use mktlint_diag::Diagnostic;
use mktlint_text::{MappedText, Span};
use smol_str::{SmolStr, format_smolstr};

use self::names::{Use, format_word, is_machine, is_url, usual};
use super::tree::node::{Entry, Node, Scalar, Shape};
use crate::{
    Asset, Context, Field, FieldSource, Kind, Part, PartKind, Role, Spec, TextRange, Value,
    names as part_names, template,
};

/// How deep nested records are also reachable by dotted names. A guess; nothing real nests deeper than 4.
const DOTTED_DEPTH: usize = 6;

/// A key of a record, with the field it fills.
pub(crate) struct Target<'n> {
    pub(crate) name: SmolStr,
    pub(crate) how: Use,
    pub(crate) key_span: Span,
    pub(crate) node: &'n Node,
}

/// Fills an asset from values of a file.
pub(crate) struct Filler<'a> {
    pub(crate) asset: &'a mut Asset,
    pub(crate) source: &'a str,
    /// Whether the values stand above a body of their own, so that none of them is one.
    pub(crate) front_matter: bool,
    /// What is wrong in the bodies.
    pub(crate) problems: Vec<Diagnostic>,
}

/// The fields that the entries of `record` fill: first those that `spec` places, then the others by their usual names.
pub(crate) fn targets<'n>(record: &'n Node, spec: &Spec) -> Vec<Target<'n>> {
    let mut targets = Vec::new();
    let mut used: Vec<Span> = Vec::new();
    for (name, source) in &spec.fields {
        let FieldSource::Path(path) = source else { continue };
        let Some(node) = record.at(path) else { continue };
        used.push(node.span);
        let how = names::use_of(spec.kind, name);
        targets.push(Target { name: name.clone(), how, key_span: node.span, node });
    }
    for entry in record.entries() {
        if used.contains(&entry.value.span) {
            continue;
        }
        let key = names::snake(&entry.key);
        let (name, how) = match usual(spec.kind, &key) {
            Some((name, how)) => (name.into(), how),
            None => (key, Use::Any),
        };
        targets.push(Target { name, how, key_span: entry.key_span, node: &entry.value });
    }
    targets
}

impl<'a> Filler<'a> {
    /// For the values of a file that holds nothing else.
    pub(crate) fn new(asset: &'a mut Asset, source: &'a str) -> Self {
        Self { asset, source, front_matter: false, problems: Vec::new() }
    }

    /// For values that stand above a body, or have none.
    pub(crate) fn without_body(asset: &'a mut Asset, source: &'a str) -> Self {
        Self { front_matter: true, ..Self::new(asset, source) }
    }

    /// Adds all `targets`: the body first, since it is the first text.
    pub(crate) fn fill(&mut self, targets: Vec<Target<'_>>) {
        let body = if self.front_matter { None } else { main_body(&targets) };
        if let Some(target) = body.and_then(|at| targets.get(at)) {
            self.body(target);
        }
        for (at, target) in targets.iter().enumerate() {
            if Some(at) != body && target.node.shape != Shape::Null && !target.how.is_list() {
                self.one(target, &targets);
            }
        }
        for list in gather(&targets) {
            self.list(&list);
        }
        self.describe_sitelinks();
        self.asset.parts.sort_by_key(|part| (part.span.start(), std::cmp::Reverse(part.span.end())));
    }

    fn body(&mut self, target: &Target<'_>) {
        let Some(scalar) = self.scalar(target.node) else { return };
        let before = self.asset.texts.len();
        body::add(self.asset, &scalar, target.how, &mut self.problems);
        let Some(text) = self.asset.texts.get(before) else { return };
        let range = TextRange { text: crate::TextId(before as u32), start: 0, end: text.mapped.len() };
        self.set("body".into(), target, Value::Text(range));
    }

    /// Several keys or items that make one list: `Headline 1`, `Headline 2`.
    fn list(&mut self, targets: &[&Target<'_>]) {
        let mut values = Vec::new();
        let mut span: Option<Span> = None;
        for target in targets {
            let nodes = target.node.items().unwrap_or(std::slice::from_ref(target.node));
            for node in nodes.iter().filter(|node| !is_blank(node)) {
                span = Some(span.map_or(node.span, |span| span.cover(node.span)));
                self.item(target, node, &mut values);
            }
        }
        if let (Some(span), Some(first)) = (span, targets.first()) {
            self.asset.fields.entry(first.name.clone()).or_insert(Field { span, value: Value::List(values) });
        }
    }

    /// Moves the descriptions of an ad that has sitelinks and no headlines: ad editors write a sitelink in a row of its
    /// own, with its lines in the columns of descriptions.
    fn describe_sitelinks(&mut self) {
        let fields = &mut self.asset.fields;
        if fields.contains_key("sitelinks")
            && !fields.contains_key("headlines")
            && !fields.contains_key("sitelink_descriptions")
            && let Some(descriptions) = fields.remove("descriptions")
        {
            fields.insert("sitelink_descriptions".into(), descriptions);
        }
    }

    /// One item of a list: its words, or a record that has them under a key of its own.
    fn item(&mut self, target: &Target<'_>, node: &Node, values: &mut Vec<Value>) {
        match (target.how, &node.shape) {
            (Use::Tags, Shape::Text(scalar)) => self.tags(&target.name, scalar, values),
            (Use::Machines, shape) => {
                let says_nothing = |scalar: &Scalar| !scalar.mapped.text().contains(char::is_alphanumeric);
                if !matches!(shape, Shape::Text(scalar) if says_nothing(scalar)) {
                    values.push(self.machine(&target.name, node));
                }
            }
            (Use::Texts, Shape::Record(entries)) if words_of(entries).is_some() => {
                for entry in entries {
                    self.item_member(&target.name, entry, values);
                }
            }
            _ => values.push(self.readable(&target.name, node)),
        }
    }

    /// What stands between commas.
    fn tags(&mut self, name: &SmolStr, scalar: &Scalar, values: &mut Vec<Value>) {
        let mut at = 0;
        for piece in scalar.mapped.text().split(',') {
            let start = at + (piece.len() - piece.trim_start().len()) as u32;
            let end = start + piece.trim().len() as u32;
            at += piece.len() as u32 + 1;
            if start < end {
                let words = scalar.mapped.slice(start..end);
                let role = Role::Field(name.clone());
                values.push(Value::Text(template::add_text(self.asset, role, &words, &[scalar.context])));
            }
        }
    }

    /// `{text: …, pinned_field: HEADLINE_1}`, `{text: …, description1: …, url: …}`.
    fn item_member(&mut self, list: &str, entry: &Entry, values: &mut Vec<Value>) {
        let key = names::snake(&entry.key);
        let stem = key.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
        let node = &entry.value;
        match (list, stem) {
            _ if is_blank(node) => {}
            (_, stem) if WORDS.contains(&stem) => values.push(self.readable(list, node)),
            ("headlines", "pinned_field" | "pin" | "pinned" | "position") => {
                let pin = self.machine("pins", node);
                self.append("pins", node.span, pin);
            }
            ("sitelinks", "description" | "description_line") => {
                let words = self.readable("sitelink_descriptions", node);
                self.append("sitelink_descriptions", node.span, words);
            }
            (_, "url" | "link" | "href" | "final_url") => {
                if let Value::Text(url) = self.machine(part_names::URL, node) {
                    self.part(PartKind::Link, node.span, None, &[(part_names::URL, url)]);
                }
            }
            _ => {}
        }
    }

    /// Adds `value` to the list `name`.
    fn append(&mut self, name: &str, span: Span, value: Value) {
        let none = || Field { span, value: Value::List(Vec::new()) };
        let field = self.asset.fields.entry(name.into()).or_insert_with(none);
        if let Value::List(values) = &mut field.value {
            field.span = field.span.cover(span);
            values.push(value);
        }
    }

    /// A format under the word that policies use.
    fn format(&mut self, name: &str, node: &Node) -> Value {
        let Some(scalar) = self.scalar(node) else { return self.value(name, node) };
        let mut word = MappedText::new();
        let own = scalar.mapped.source(0..scalar.mapped.len());
        word.push_replaced(&format_word(scalar.mapped.text()), own);
        Value::Text(self.asset.add_text(Role::Machine(name.into()), word, vec![Context::Opaque]))
    }

    fn one(&mut self, target: &Target<'_>, all: &[Target<'_>]) {
        if target.name == "from_address" && self.sender(target).is_some() {
            return;
        }
        let value = match target.how {
            Use::Text => self.readable(&target.name, target.node),
            Use::Machine => self.machine(&target.name, target.node),
            Use::Format => self.format(&target.name, target.node),
            Use::Url => self.link(target),
            Use::Button => self.button(target, all),
            Use::Image => self.image(target, all),
            Use::Plain | Use::Body | Use::Html | Use::Markdown if !self.front_matter => {
                self.other_body(target)
            }
            _ => self.value(&target.name, target.node),
        };
        self.set(target.name.clone(), target, value);
    }

    /// `Acme <hello@acme.example>` is a name and an address.
    fn sender(&mut self, target: &Target<'_>) -> Option<()> {
        let scalar = self.scalar(target.node)?;
        let text = scalar.mapped.text();
        let open = text.find('<').filter(|_| text.trim_end().ends_with('>'))?;
        let close = text.rfind('>')?;
        let name = text[..open].trim().trim_matches('"');
        let start = text.find(name).filter(|_| !name.is_empty())?;
        let part = |from: usize, to: usize| scalar.mapped.slice(from as u32..to as u32);
        let (shown, address) = (part(start, start + name.len()), part(open + 1, close));
        let contexts = [scalar.context];
        let shown = template::add_text(self.asset, Role::Field("from_name".into()), &shown, &contexts);
        self.set("from_name".into(), target, Value::Text(shown));
        let role = Role::Machine("from_address".into());
        let address = template::add_text(self.asset, role, &address, &contexts);
        self.set("from_address".into(), target, Value::Text(address));
        Some(())
    }

    /// Sets a field, and those of a record under their dotted names; the first of two that share a name stays.
    fn set(&mut self, name: SmolStr, target: &Target<'_>, value: Value) {
        if self.asset.fields.contains_key(&name) {
            return;
        }
        self.set_dotted(&name, target.node, &value, DOTTED_DEPTH);
        let span = value_span(self.asset, &value, target.node.span, target.key_span);
        self.asset.fields.insert(name, Field { span, value });
    }

    fn set_dotted(&mut self, name: &str, node: &Node, value: &Value, depth: usize) {
        let (Value::Record(values), Some(below)) = (value, depth.checked_sub(1)) else { return };
        for (entry, (key, value)) in
            node.entries().iter().filter(|entry| entry.value.shape != Shape::Null).zip(values)
        {
            let dotted = format_smolstr!("{name}.{key}");
            self.set_dotted(&dotted, &entry.value, value, below);
            let span = value_span(self.asset, value, entry.value.span, entry.key_span);
            self.asset.fields.entry(dotted).or_insert(Field { span, value: value.clone() });
        }
    }

    /// The value as it is: texts by whether people read them. Recursion ends where the parser's does.
    pub(crate) fn value(&mut self, name: &str, node: &Node) -> Value {
        match &node.shape {
            Shape::Null => Value::List(Vec::new()),
            Shape::Bool(truth) => Value::Bool(*truth),
            Shape::Int(number) => Value::Int(*number),
            Shape::Decimal(number) => Value::Decimal(*number),
            Shape::Date(date) => Value::Date(*date),
            Shape::DateTime(moment) => Value::DateTime(*moment),
            Shape::Time(time) => Value::Time(*time),
            Shape::Text(scalar) if is_machine(name, scalar.mapped.text()) => self.machine(name, node),
            Shape::Text(_) => self.readable(name, node),
            Shape::List(items) => {
                let present = items.iter().filter(|item| item.shape != Shape::Null);
                Value::List(present.map(|item| self.value(name, item)).collect())
            }
            Shape::Record(entries) => {
                let present = entries.iter().filter(|entry| entry.value.shape != Shape::Null);
                Value::Record(present.map(|entry| self.member(name, entry)).collect())
            }
        }
    }

    fn member(&mut self, name: &str, entry: &Entry) -> (SmolStr, Value) {
        let key = names::snake(&entry.key);
        // The whole path of a deep value would cost the square of its depth.
        let path = if name.len() < 200 { format_smolstr!("{name}.{key}") } else { name.into() };
        let value = self.value(&path, &entry.value);
        (key, value)
    }

    /// A text that people read, whatever it looks like to the format: `subject: 2026` is one too.
    pub(crate) fn readable(&mut self, name: &str, node: &Node) -> Value {
        self.text_as(Role::Field(name.into()), name, node)
    }

    pub(crate) fn machine(&mut self, name: &str, node: &Node) -> Value {
        self.text_as(Role::Machine(name.into()), name, node)
    }

    fn text_as(&mut self, role: Role, name: &str, node: &Node) -> Value {
        match self.scalar(node) {
            Some(scalar) => {
                let contexts = [scalar.context];
                Value::Text(template::add_text(self.asset, role, &scalar.mapped, &contexts))
            }
            None => self.value(name, node),
        }
    }

    /// The text of a scalar as it is written; `None` of lists and records.
    fn scalar(&self, node: &Node) -> Option<Scalar> {
        match &node.shape {
            Shape::List(_) | Shape::Record(_) => None,
            Shape::Text(scalar) => Some(scalar.clone()),
            _ => {
                let mapped = MappedText::verbatim(self.source, node.span);
                let yaml = self.asset.format == crate::Format::Yaml || self.front_matter;
                Some(Scalar { mapped, context: if yaml { Context::YamlPlain } else { Context::Opaque } })
            }
        }
    }

    fn link(&mut self, target: &Target<'_>) -> Value {
        let value = self.machine(&target.name, target.node);
        if let Value::Text(url) = value
            && !is_blank(target.node)
        {
            self.part(PartKind::Link, target.node.span, None, &[(part_names::URL, url)]);
        }
        value
    }

    /// A call to action, and its link when it has one.
    fn button(&mut self, target: &Target<'_>, all: &[Target<'_>]) -> Value {
        let span = target.node.span;
        let value = match &target.node.shape {
            Shape::Record(_) => self.value(&target.name, target.node),
            _ => self.readable(&target.name, target.node),
        };
        let (text, url) = match &value {
            Value::Record(members) => (
                member(members, &["text", "label", "title", "name"]),
                member(members, &["url", "link", "href"]),
            ),
            Value::Text(text) => (Some(*text), self.url_beside(all)),
            _ => (None, None),
        };
        if let Some(text) = text {
            let mut fields = vec![(part_names::TEXT, text)];
            fields.extend(url.map(|url| (part_names::URL, url)));
            self.part(PartKind::Button, span, Some(text), &fields);
        }
        if let (Value::Record(_), Some(url)) = (&value, url) {
            let place = self.asset.source(url);
            self.part(PartKind::Link, place, text, &[(part_names::URL, url)]);
        }
        value
    }

    /// The target of a button that stands under its own key beside it.
    fn url_beside(&mut self, all: &[Target<'_>]) -> Option<TextRange> {
        let url = all.iter().find(|target| target.how == Use::Url && !is_blank(target.node))?;
        match self.machine(&url.name, url.node) {
            Value::Text(range) => Some(range),
            _ => None,
        }
    }

    fn image(&mut self, target: &Target<'_>, all: &[Target<'_>]) -> Value {
        let value = self.machine(&target.name, target.node);
        let (source, mut alt) = match &value {
            Value::Record(members) => {
                (member(members, &["src", "url", "source", "path"]), member(members, &["alt", "alt_text"]))
            }
            Value::Text(source) => (Some(*source), None),
            _ => (None, None),
        };
        let is_alt = |name: &str| matches!(name, "alt" | "alt_text" | "image_alt" | "image_alt_text");
        if let Some(beside) = all.iter().find(|other| is_alt(&other.name) && alt.is_none())
            && let Some(scalar) = self.scalar(beside.node)
        {
            let role = Role::PartField(part_names::ALT.into());
            alt = Some(template::add_text(self.asset, role, &scalar.mapped, &[scalar.context]));
        }
        if let Some(source) = source.filter(|_| !is_blank(target.node)) {
            let mut fields = vec![(part_names::SOURCE, source)];
            fields.extend(alt.map(|alt| (part_names::ALT, alt)));
            self.part(PartKind::Image, target.node.span, alt, &fields);
        }
        value
    }

    /// A body beside the main one: the plain-text alternative of an email, else a field.
    fn other_body(&mut self, target: &Target<'_>) -> Value {
        if self.asset.kind == Kind::Email && target.how == Use::Plain {
            return self.text_as(Role::PlainPart, &target.name, target.node);
        }
        self.value(&target.name, target.node)
    }

    fn part(&mut self, kind: PartKind, span: Span, text: Option<TextRange>, fields: &[(&str, TextRange)]) {
        let mut part = Part { kind, span, text, fields: Vec::with_capacity(fields.len()) };
        for (name, range) in fields {
            part.set(name, Value::Text(*range));
        }
        self.asset.parts.push(part);
    }

    /// Adds a link for a value that is a web address though its key does not say so.
    pub(crate) fn link_if_url(&mut self, node: &Node, name: &str) {
        if let Some(text) = node.text()
            && is_url(text)
            && let Some(Value::Text(url)) = self.asset.fields.get(name).map(|field| field.value.clone())
        {
            self.part(PartKind::Link, node.span, None, &[(part_names::URL, url)]);
        }
    }
}

/// The position of the target that is the running text: HTML before Markdown before text.
fn main_body(targets: &[Target<'_>]) -> Option<usize> {
    let rank = |how| match how {
        Use::Html => Some(0),
        Use::Markdown => Some(1),
        Use::Body => Some(2),
        Use::Plain => Some(3),
        _ => None,
    };
    let is_text = |node: &Node| !is_blank(node) && !matches!(node.shape, Shape::List(_) | Shape::Record(_));
    let bodies = targets.iter().enumerate().filter(|(_, target)| is_text(target.node));
    bodies.filter_map(|(at, target)| Some((rank(target.how)?, at))).min().map(|(_, at)| at)
}

/// The targets that make one list, for each list.
fn gather<'t, 'n>(targets: &'t [Target<'n>]) -> Vec<Vec<&'t Target<'n>>> {
    let mut lists: Vec<Vec<&Target<'_>>> = Vec::new();
    for target in targets.iter().filter(|target| target.how.is_list()) {
        match lists.iter_mut().find(|list| list.first().is_some_and(|first| first.name == target.name)) {
            Some(list) => list.push(target),
            None => lists.push(vec![target]),
        }
    }
    lists
}

/// The keys under which an item of a list that is a record holds its words.
const WORDS: [&str; 7] = ["text", "title", "headline", "name", "link_text", "label", "value"];

fn words_of(entries: &[Entry]) -> Option<&Entry> {
    entries.iter().find(|entry| WORDS.contains(&names::snake(&entry.key).as_str()))
}

fn member(members: &[(SmolStr, Value)], names: &[&str]) -> Option<TextRange> {
    let found = names.iter().find_map(|name| members.iter().find(|(key, _)| key == name))?;
    match found.1 {
        Value::Text(range) => Some(range),
        _ => None,
    }
}

fn is_blank(node: &Node) -> bool {
    match &node.shape {
        Shape::Null => true,
        Shape::Text(scalar) => scalar.mapped.text().trim().is_empty(),
        _ => false,
    }
}

/// The words of a text, else all bytes of the value, else its key.
fn value_span(asset: &Asset, value: &Value, node: Span, key: Span) -> Span {
    let words = match value {
        Value::Text(range) => asset.source(*range),
        _ => node,
    };
    [words, node].into_iter().find(|span| !span.is_empty()).unwrap_or(key)
}
