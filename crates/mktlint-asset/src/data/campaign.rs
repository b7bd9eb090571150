//! Campaign manifests: `campaign.yaml`, `.json`, `.toml`.

use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;
use smol_str::{SmolStr, format_smolstr};

use super::fill::Filler;
use super::fill::names::snake;
use super::tree::node::{Entry, Node, Shape};
use super::tree::scalar::moment;
use crate::{Asset, Field, Value, codes};

/// What the value of a key must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Text,
    TextOrList,
    /// One value counts as a list of one.
    List,
    Moment,
    Record,
    /// A text, a list, or a table of conditions.
    Audience,
    /// A list of texts, or of tables with `channel` and `at`.
    Sends,
    /// Whatever it is, as it is written: moments with their distance from UTC among it.
    Written,
}

impl Expect {
    const fn describe(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::TextOrList | Self::List => "a text or a list of texts",
            Self::Moment => "a date",
            Self::Record => "a record",
            Self::Audience => "a text, a list of texts or a record of conditions",
            Self::Sends => "a list of records with `channel` and `at`",
            Self::Written => "a value",
        }
    }
}

/// The known keys, each under all its names; the first is the field's.
const KNOWN: [(Expect, &[&str]); 20] = [
    (Expect::Text, &["id", "campaign_id"]),
    (Expect::Text, &["name", "title"]),
    (Expect::TextOrList, &["channel", "channels"]),
    (Expect::Audience, &["audience", "audiences"]),
    (Expect::List, &["regions", "region", "countries", "country"]),
    (Expect::List, &["languages", "language", "lang", "locales", "locale"]),
    (Expect::Text, &["purpose"]),
    (Expect::Moment, &["send_at", "send_date", "send", "date", "scheduled_at"]),
    (Expect::Sends, &["sends"]),
    (Expect::Text, &["send_in"]),
    (Expect::Text, &["time_zone", "timezone"]),
    (Expect::Record, &["sender"]),
    (Expect::Record, &["offer"]),
    (Expect::Text, &["sender_name"]),
    (Expect::Text, &["sender_address"]),
    (Expect::Moment, &["offer_start"]),
    (Expect::Moment, &["offer_end"]),
    (Expect::Written, &["stages"]),
    (Expect::Written, &["live_at"]),
    (Expect::Written, &["corrections"]),
];

/// Keys of `sender` and `offer` that are fields of the campaign too: `sender.name` is also `sender_name`.
const MEMBERS: [(&str, Expect, &[&str]); 4] = [
    ("sender", Expect::Text, &["name"]),
    ("sender", Expect::Text, &["address", "postal_address"]),
    ("offer", Expect::Moment, &["start", "starts", "start_date", "valid_from"]),
    ("offer", Expect::Moment, &["end", "ends", "end_date", "valid_until", "expires"]),
];

/// The known keys, each under all its names; the first is the field's.
pub(super) fn names() -> impl Iterator<Item = &'static [&'static str]> {
    KNOWN.iter().map(|(_, names)| *names)
}

/// Fills the campaign `asset` from the `root` of its manifest.
pub(super) fn fill(asset: &mut Asset, source: &str, root: &Node) -> Vec<Diagnostic> {
    let file = asset.file.clone();
    let filler = Filler::without_body(asset, source);
    let mut manifest = Manifest { filler, file, problems: Vec::new() };
    match &root.shape {
        Shape::Record(entries) => entries.iter().for_each(|entry| manifest.entry(entry)),
        Shape::Null => {}
        _ => {
            let reason = "a campaign manifest holds keys and values";
            let language = super::language(manifest.filler.asset.format);
            let place = Place::new(manifest.file.clone(), root.span);
            manifest.problems.push(codes::data_syntax(place, language, reason));
        }
    }
    manifest.problems
}

struct Manifest<'a> {
    filler: Filler<'a>,
    file: FilePath,
    problems: Vec<Diagnostic>,
}

impl Manifest<'_> {
    fn entry(&mut self, entry: &Entry) {
        let key = snake(&entry.key);
        if entry.value.shape == Shape::Null {
            return;
        }
        let known = KNOWN.iter().find(|(_, names)| names.contains(&key.as_str()));
        match known {
            Some((expect, names)) => {
                let name = names.first().copied().unwrap_or_default();
                if let Some(value) = self.expected(name, *expect, entry) {
                    self.set(name.into(), entry, value);
                }
            }
            None => {
                self.misspelt(&key, entry);
                let value = match &entry.value.shape {
                    Shape::Record(members) => self.record(&key, members),
                    _ => self.filler.value(&key, &entry.value),
                };
                self.set(key, entry, value);
            }
        }
    }

    fn expected(&mut self, name: &str, expect: Expect, entry: &Entry) -> Option<Value> {
        let node = &entry.value;
        match (expect, &node.shape) {
            (Expect::Moment, _) => self.moment(name, node),
            (Expect::Written, _) => Some(self.written(name, node)),
            (Expect::Audience, Shape::List(_) | Shape::Record(_)) => Some(self.plain(name, node)),
            (Expect::Sends, Shape::List(items)) => Some(Value::List(self.sends(items))),
            (Expect::Sends, _) => self.wrong(name, expect, node),
            (Expect::Record, Shape::Record(members)) => Some(self.record(name, members)),
            (Expect::TextOrList | Expect::List, Shape::List(items)) => self.texts(name, expect, items),
            (Expect::Record, _) | (_, Shape::List(_) | Shape::Record(_)) => self.wrong(name, expect, node),
            (Expect::List, _) => Some(Value::List(vec![self.text(name, node)])),
            (Expect::Text | Expect::TextOrList | Expect::Audience, _) => Some(self.text(name, node)),
        }
    }

    /// People read names; the rest of a manifest is for tools.
    fn text(&mut self, name: &str, node: &Node) -> Value {
        match name {
            "name" => self.filler.readable(name, node),
            _ => self.filler.machine(name, node),
        }
    }

    fn texts(&mut self, name: &str, expect: Expect, items: &[Node]) -> Option<Value> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match &item.shape {
                Shape::Null => {}
                Shape::List(_) | Shape::Record(_) => {
                    self.wrong(name, expect, item);
                }
                _ => values.push(self.text(name, item)),
            }
        }
        Some(Value::List(values))
    }

    /// A value whose texts are all for tools.
    fn plain(&mut self, name: &str, node: &Node) -> Value {
        match &node.shape {
            Shape::List(items) => {
                let present = items.iter().filter(|item| item.shape != Shape::Null);
                Value::List(present.map(|item| self.plain(name, item)).collect())
            }
            Shape::Record(members) => {
                let present = members.iter().filter(|member| member.value.shape != Shape::Null);
                Value::Record(present.map(|it| (snake(&it.key), self.plain(name, &it.value))).collect())
            }
            Shape::Text(_) => self.filler.machine(name, node),
            _ => self.filler.value(name, node),
        }
    }

    /// A value whose scalars are all texts, as they are written.
    fn written(&mut self, name: &str, node: &Node) -> Value {
        match &node.shape {
            Shape::List(items) => {
                let present = items.iter().filter(|item| item.shape != Shape::Null);
                Value::List(present.map(|item| self.written(name, item)).collect())
            }
            Shape::Record(members) => {
                let present = members.iter().filter(|member| member.value.shape != Shape::Null);
                Value::Record(present.map(|it| (snake(&it.key), self.written(name, &it.value))).collect())
            }
            _ => self.filler.machine(name, node),
        }
    }

    /// The messages of a campaign, each with its moment understood.
    fn sends(&mut self, items: &[Node]) -> Vec<Value> {
        let mut sends = Vec::with_capacity(items.len());
        for item in items.iter().filter(|item| item.shape != Shape::Null) {
            match &item.shape {
                Shape::Record(members) => sends.push(self.send(members)),
                Shape::Text(_) | Shape::Date(_) | Shape::DateTime(_) => {
                    sends.extend(self.moment("sends", item))
                }
                _ => _ = self.wrong("sends", Expect::Sends, item),
            }
        }
        sends
    }

    fn send(&mut self, members: &[Entry]) -> Value {
        let mut values: Vec<(SmolStr, Value)> = Vec::with_capacity(members.len());
        for member in members.iter().filter(|member| member.value.shape != Shape::Null) {
            match snake(&member.key).as_str() {
                "at" | "send_at" | "date" => {
                    let at = self.moment("sends.at", &member.value);
                    values.extend(at.map(|at| ("at".into(), at)));
                }
                key => {
                    if !["channel", "id", "name"].contains(&key) {
                        let place = self.place(member.key_span);
                        self.problems.push(codes::unknown_send_key(place, key));
                    }
                    values.push((key.into(), self.plain("sends", &member.value)));
                }
            }
        }
        Value::Record(values)
    }

    fn moment(&mut self, name: &str, node: &Node) -> Option<Value> {
        let shape = node.text().map_or(Some(node.shape.clone()), |text| moment(text.trim()));
        match shape {
            Some(Shape::Date(date)) => Some(Value::Date(date)),
            Some(Shape::DateTime(moment)) => {
                if let Some(offset) = offset(node.span.slice(self.filler.source)) {
                    self.problems.push(codes::utc_offset(self.place(node.span), name, offset));
                }
                Some(Value::DateTime(moment))
            }
            Some(Shape::List(_) | Shape::Record(_) | Shape::Bool(_)) => {
                self.wrong(name, Expect::Moment, node)
            }
            _ => {
                let written = node.text().unwrap_or_else(|| node.span.slice(self.filler.source));
                let text: String = written.chars().take(40).collect();
                self.problems.push(codes::bad_campaign_date(self.place(node.span), name, &text));
                None
            }
        }
    }

    fn record(&mut self, name: &str, members: &[Entry]) -> Value {
        let mut values: Vec<(SmolStr, Value)> = Vec::with_capacity(members.len());
        for member in members.iter().filter(|member| member.value.shape != Shape::Null) {
            let key = snake(&member.key);
            let known = MEMBERS.iter().find(|(of, _, names)| *of == name && names.contains(&key.as_str()));
            let key = known.and_then(|(_, _, names)| names.first().copied()).map_or(key, SmolStr::from);
            let path = format_smolstr!("{name}.{key}");
            let value = match known {
                Some((_, expect, _)) => self.expected(&path, *expect, member),
                None => Some(self.filler.value(&path, &member.value)),
            };
            if let Some(value) = value {
                // Policies name it in one word: `offer_discount` is `discount` of `offer`.
                self.set(format_smolstr!("{name}_{key}"), member, value.clone());
                self.set(path, member, value.clone());
                values.push((key, value));
            }
        }
        Value::Record(values)
    }

    fn set(&mut self, name: SmolStr, entry: &Entry, value: Value) {
        let words = match &value {
            Value::Text(range) => self.filler.asset.source(*range),
            _ => entry.value.span,
        };
        let span = if words.is_empty() { entry.key_span } else { words };
        self.filler.asset.fields.entry(name).or_insert(Field { span, value });
    }

    fn wrong(&mut self, name: &str, expect: Expect, node: &Node) -> Option<Value> {
        let place = self.place(node.span);
        self.problems.push(codes::wrong_campaign_type(place, name, expect.describe(), node.describe()));
        None
    }

    fn misspelt(&mut self, key: &str, entry: &Entry) {
        let names = KNOWN.iter().flat_map(|(_, names)| names.iter().copied());
        // `stage` says where a campaign is, in the words of whoever keeps it; it is no slip of `stages`.
        if key.len() >= 4 && !key.starts_with("sent") && key != "stage" {
            let near = names.into_iter().find(|name| name.len() >= 4 && is_one_slip(key, name));
            let problem =
                near.map(|near| codes::misspelt_campaign_key(self.place(entry.key_span), key, near));
            self.problems.extend(problem);
        }
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.file.clone(), span)
    }
}

/// Whether one letter was left out, added, mistaken, or swapped with the next.
fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - same], &other[..other.len() - same]) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len() <= 1 && other.len() <= 1 && one != other,
    }
}

/// What stands behind the time of `written`, quoted or not: `+01:00` of `2026-11-26T09:00+01:00`.
fn offset(written: &str) -> Option<&str> {
    let text = written.trim().trim_matches(['"', '\'']).trim();
    // The day has dashes of its own.
    let clock = text.get(10..)?;
    let at = clock.find(['Z', 'z', '+', '-', 'U'])?;
    clock.get(at..)
}

#[cfg(test)]
mod tests {
    use super::is_one_slip;

    #[test]
    fn slips_are_single() {
        for word in ["regoins", "region", "regionss", "regiens"] {
            assert!(is_one_slip(word, "regions"), "{word}");
        }
        assert!(!is_one_slip("tags", "date"));
        assert!(!is_one_slip("offer", "offer"));
    }
}
