//! What all rules of Vale have in common.

use mktlint_diag::Level;
use mktlint_text::Span;

use super::message::Message;
use super::scope::{Place, place};
use super::vocabulary::Vocabulary;
use crate::draft::{Case, RuleText};
use crate::pattern::Edges;
use crate::yaml::{Node, Value};

/// Why a rule has no place in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Policies cannot say it.
    Inexpressible(String),
    /// It means nothing to Vale either.
    Incomplete(String, Span),
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self::Inexpressible(why)
    }
}

impl From<&str> for Refusal {
    fn from(why: &str) -> Self {
        Self::Inexpressible(why.to_owned())
    }
}

/// A rule that policies can say.
#[derive(Clone, Debug, Default)]
pub(super) struct Built {
    /// Its declarations.
    pub text: String,
    pub tests: Vec<(String, Vec<Case>)>,
    /// What differs.
    pub remarks: Vec<String>,
    /// What is worth a word and changes nothing.
    pub notes: Vec<String>,
}

impl Built {
    /// Adds a rule with its tests.
    pub fn rule(&mut self, rule: &RuleText, cases: Vec<Case>) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&rule.write());
        let cases: Vec<Case> = cases.into_iter().filter(|case| !case.is_empty()).collect();
        if !cases.is_empty() {
            self.tests.push((rule.name.clone(), cases));
        }
    }

    pub fn remark(&mut self, words: impl Into<String>) {
        self.remarks.push(words.into());
    }
}

/// What Vale does with a match when it is asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    None,
    Remove,
    /// `replace` with its parameters, which a substitution leaves out.
    Replace(Vec<String>),
    /// `edit`, `suggest`, `convert`.
    Other(String),
}

/// A rule of Vale.
#[derive(Clone, Debug)]
pub(super) struct Definition<'n> {
    /// `Microsoft.Terms`
    pub source: String,
    /// Its name in the policy.
    pub name: String,
    pub node: &'n Node,
    pub message: Message,
    pub level: Level,
    pub link: Option<String>,
    pub description: Option<String>,
    pub action: Action,
    pub is_off: bool,
}

impl<'n> Definition<'n> {
    /// Reads the header of a rule.
    pub fn read(source: String, name: String, node: &'n Node) -> Result<Self, Refusal> {
        let text =
            |key: &str| node.get(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty());
        let message = text("message").ok_or_else(|| lacks(node, "message", "message: \"avoid '%s'\""))?;
        let level = match text("level") {
            None | Some("warning") => Level::Warning,
            Some("error") => Level::Error,
            Some("suggestion") => Level::Info,
            Some(other) => {
                let why = format!("`level` is suggestion, warning or error, not `{other}`");
                return Err(Refusal::Incomplete(why, span_of(node, "level")));
            }
        };
        Ok(Self {
            source,
            name,
            node,
            message: Message::parse(message),
            level,
            link: text("link").map(str::to_owned),
            description: text("description").map(str::to_owned),
            action: action(node),
            is_off: false,
        })
    }

    /// Whether a key is `true`; `otherwise` when it is not there.
    pub fn is_set(&self, key: &str, otherwise: bool) -> bool {
        match self.node.get(key).and_then(Node::text) {
            Some(word) => matches!(word.to_lowercase().as_str(), "true" | "yes" | "on" | "1"),
            None => otherwise,
        }
    }

    pub fn text(&self, key: &str) -> Option<&'n str> {
        self.node.get(key).and_then(Node::text)
    }

    /// What must stand around its tokens.
    pub fn edges(&self) -> Edges {
        if self.is_set("nonword", false) { Edges::Free } else { Edges::Word }
    }

    /// The texts of a list that may be absent.
    pub fn texts(&self, key: &str) -> Result<Vec<&'n str>, Refusal> {
        let Some(node) = self.node.get(key) else { return Ok(Vec::new()) };
        let texts = node
            .texts()
            .ok_or_else(|| Refusal::Incomplete(format!("`{key}` must be a list of texts"), node.span))?;
        Ok(texts.into_iter().filter(|text| !text.trim().is_empty()).collect())
    }

    /// The pairs of a record that must be there.
    pub fn pairs(&self, key: &str, shape: &str) -> Result<Vec<(&'n str, &'n str)>, Refusal> {
        let Some(node) = self.node.get(key) else { return Err(lacks(self.node, key, shape)) };
        let mut pairs = match &node.value {
            // Vale takes a list of records of one pair, too.
            Value::List(items) => {
                let all: Option<Vec<Vec<_>>> = items.iter().map(Node::pairs).collect();
                all.map(|all| all.into_iter().flatten().collect())
            }
            _ => node.pairs(),
        }
        .ok_or_else(|| Refusal::Incomplete(format!("`{key}` must be pairs of texts: {shape}"), node.span))?;
        pairs.retain(|(one, _): &(&str, &str)| !one.trim().is_empty());
        if pairs.is_empty() { Err(lacks(self.node, key, shape)) } else { Ok(pairs) }
    }

    /// A whole number; 0 when it is absent.
    pub fn number(&self, key: &str) -> Result<u32, Refusal> {
        match self.node.get(key) {
            None => Ok(0),
            Some(node) => node
                .text()
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| Refusal::Incomplete(format!("`{key}` must be a whole number"), node.span)),
        }
    }

    /// Where it looks.
    pub fn place(&self) -> Result<Place, Refusal> {
        Ok(place(&self.texts("scope")?)?)
    }

    /// A rule with what all rules have.
    pub fn rule(&self, place: &Place, judgement: String, values: &[&str]) -> RuleText {
        RuleText {
            name: self.name.clone(),
            docs: format!("{} of Vale.", self.source),
            on: place.on.iter().map(|on| (*on).to_owned()).collect(),
            guards: place.guards.clone(),
            judgement,
            level: self.level,
            message: self.message.fill(values),
            help: self.description.clone(),
            because: self.link.clone(),
            fix: None,
            is_off: self.is_off,
        }
    }

    /// What was read and is not kept, whatever the check is.
    pub fn note_rest(&self, built: &mut Built) {
        if self.number("limit").is_ok_and(|limit| limit > 0) {
            built.remark("`limit` is not kept: everything is found");
        }
        if let Action::Other(name) = &self.action {
            built.notes.push(format!("its action `{name}` has no fix"));
        }
    }
}

/// A vocabulary and a dictionary, for the rules that heed them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    pub vocabulary: &'a Vocabulary,
    pub dictionary: Option<&'a super::Dictionary>,
}

fn lacks(node: &Node, key: &str, shape: &str) -> Refusal {
    Refusal::Incomplete(format!("the rule has no `{key}`, as in `{shape}`"), span_of(node, key))
}

/// The refusal of a rule without `key`.
pub(super) fn missing(definition: &Definition<'_>, key: &str, shape: &str) -> Refusal {
    lacks(definition.node, key, shape)
}

/// Where `key` is, else the rule.
fn span_of(node: &Node, key: &str) -> Span {
    node.get(key).map_or(Span::at(node.span.start()), |value| value.span)
}

fn action(node: &Node) -> Action {
    let Some(action) = node.get("action") else { return Action::None };
    let name = action.get("name").and_then(Node::text).unwrap_or_default();
    let params = action.get("params").and_then(Node::texts).unwrap_or_default();
    match name {
        "" => Action::None,
        "remove" => Action::Remove,
        "replace" => Action::Replace(params.into_iter().map(str::to_owned).collect()),
        other => Action::Other(other.to_owned()),
    }
}
