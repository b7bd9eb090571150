//! Segments as tables: `{all: [{attribute: country, in: [DE, AT]}, {not: {audience: vip}}]}`.
//!
//! A segment is turned into the condition that a policy would write, so that it means the same and the compiler checks
//! it like any other.

use jiff::civil;
use mktlint_asset::{Asset, Value as Given};
use mktlint_decide::{Attribute, Domain, Unit, Value, show_value};
use mktlint_diag::closest;
use mktlint_plan::Plan;
use mktlint_text::Span;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Crowd, Unclear};

/// How deep tables may stand in each other. A guess; people nest three deep.
const MOST_DEPTH: usize = 40;

/// Where a table is no segment.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub span: Span,
    pub words: String,
    pub help: String,
}

/// What a test of an attribute wants behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Value,
    Values,
    Two,
    Length,
    Item,
    Items,
    Truth,
    Words,
}

/// Each test with what it wants and the words of policies for it.
static TESTS: &[(&str, Wants, &str)] = &[
    ("is", Wants::Value, "=="),
    ("is_not", Wants::Value, "!="),
    ("in", Wants::Values, "in"),
    ("not_in", Wants::Values, "in"),
    ("at_least", Wants::Value, ">="),
    ("at_most", Wants::Value, "<="),
    ("above", Wants::Value, ">"),
    ("below", Wants::Value, "<"),
    ("between", Wants::Two, "in"),
    ("before", Wants::Value, "before"),
    ("after", Wants::Value, "after"),
    ("within", Wants::Length, "within"),
    ("older_than", Wants::Length, "older than"),
    ("in_the_next", Wants::Length, "within the next"),
    ("known", Wants::Truth, "is known"),
    ("contains", Wants::Words, "contains"),
    ("starts_with", Wants::Words, "starts with"),
    ("ends_with", Wants::Words, "ends with"),
    ("has", Wants::Item, "has"),
    ("has_any", Wants::Items, "has any of"),
    ("has_all", Wants::Items, "has all of"),
    ("has_none", Wants::Items, "has none of"),
];

/// The condition that the table `value` stands for, as policies write it.
///
/// # Errors
/// Where the table is no segment.
pub fn condition(plan: &Plan, asset: &Asset, value: &Given, span: Span) -> Result<String, Mistake> {
    Reader { plan, asset, span }.segment(value, 0)
}

struct Reader<'a> {
    plan: &'a Plan,
    asset: &'a Asset,
    /// The whole table; texts have places of their own.
    span: Span,
}

type Members = [(SmolStr, Given)];

impl Reader<'_> {
    fn mistake<T>(&self, at: Option<&Given>, words: String, help: impl Into<String>) -> Result<T, Mistake> {
        let span = match at {
            Some(Given::Text(range)) => self.asset.source(*range),
            _ => self.span,
        };
        Err(Mistake { span, words, help: help.into() })
    }

    fn segment(&self, value: &Given, depth: usize) -> Result<String, Mistake> {
        if depth >= MOST_DEPTH {
            return self.mistake(None, "the segment is nested too deeply".into(), "take it apart");
        }
        let Given::Record(members) = value else {
            let help = "write `{attribute: country, in: [DE, AT]}`";
            return self.mistake(Some(value), "a segment is made of tables".into(), help);
        };
        match members.as_slice() {
            [(key, value)] if key == "all" => self.joined(value, " and ", depth),
            [(key, value)] if key == "any" => self.joined(value, " or ", depth),
            [(key, value)] if key == "not" => Ok(format!("not ({})", self.segment(value, depth + 1)?)),
            [(key, value)] if key == "audience" => self.audience(value),
            _ => self.tests(members),
        }
    }

    fn joined(&self, value: &Given, word: &str, depth: usize) -> Result<String, Mistake> {
        let Given::List(items) = value else {
            let help = "write a list: `[{attribute: country, is: DE}, …]`";
            return self.mistake(Some(value), "`all` and `any` hold lists of tables".into(), help);
        };
        if items.is_empty() {
            let help = "write at least one condition";
            return self.mistake(None, "`all` and `any` of nothing mean nobody knows what".into(), help);
        }
        let parts: Result<Vec<String>, Mistake> =
            items.iter().map(|item| self.segment(item, depth + 1).map(|part| format!("({part})"))).collect();
        Ok(parts?.join(word))
    }

    /// The full name: a condition knows no shorter one than the whole and the last word.
    fn audience(&self, value: &Given) -> Result<String, Mistake> {
        let Some(name) = self.text(value) else {
            let help = "write `{audience: vip}`";
            return self.mistake(Some(value), "`audience` wants the name of an audience".into(), help);
        };
        match super::named(self.plan, &name.into()) {
            Ok(Crowd { name: Some(full), .. }) => Ok(full.to_string()),
            Err(Unclear::UnknownName(_, Some(near))) => {
                let words = format!("the policy has no audience `{name}`");
                self.mistake(Some(value), words, format!("did you mean `{near}`?"))
            }
            Err(Unclear::Several(..)) => {
                let words = format!("several audiences are called `{name}`");
                self.mistake(Some(value), words, "write the full name")
            }
            _ => {
                let words = format!("the policy has no audience `{name}`");
                self.mistake(Some(value), words, format!("declare it: `audience {name} = …`"))
            }
        }
    }

    /// `{attribute: spend, at_least: 500, below: 1000}`
    fn tests(&self, members: &Members) -> Result<String, Mistake> {
        let Some((_, name)) = members.iter().find(|(key, _)| key == "attribute") else {
            let keys: Vec<String> = members.iter().map(|(key, _)| format!("`{key}`")).collect();
            let help = "write `all`, `any`, `not`, `audience`, or `attribute` with a test";
            if keys.is_empty() {
                return self.mistake(None, "an empty table is no condition".into(), help);
            }
            return self.mistake(None, format!("{} is no condition", keys.join(", ")), help);
        };
        let attribute = self.attribute(name)?;
        let tests: Vec<&(SmolStr, Given)> = members.iter().filter(|(key, _)| key != "attribute").collect();
        if tests.is_empty() {
            let words = format!("nothing is said of `{}`", attribute.name);
            return self.mistake(
                Some(name),
                words,
                "add a test: `is`, `in`, `at_least`, `within`, `known`, …",
            );
        }
        let parts: Result<Vec<String>, Mistake> =
            tests.into_iter().map(|(key, value)| self.test(attribute, key, value)).collect();
        Ok(parts?.join(" and "))
    }

    fn attribute(&self, name: &Given) -> Result<&Attribute, Mistake> {
        let words = self.text(name).unwrap_or_default();
        let schema = &self.plan.people.schema;
        let own = || schema.attributes.iter().filter(|attribute| attribute.of_contact);
        match own().find(|attribute| attribute.name == words) {
            Some(attribute) => Ok(attribute),
            None => {
                let help = match closest(words, own().map(|attribute| attribute.name.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`contact` of the policy says which attributes there are".into(),
                };
                self.mistake(Some(name), format!("a contact has no attribute `{words}`"), help)
            }
        }
    }

    fn test(&self, attribute: &Attribute, key: &str, value: &Given) -> Result<String, Mistake> {
        let Some((_, wants, word)) = TESTS.iter().find(|(own, ..)| *own == key) else {
            let help = match closest(key, TESTS.iter().map(|(own, ..)| *own)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "tests are `is`, `in`, `at_least`, `at_most`, `within`, `older_than`, `known`, `has`, …"
                        .into()
                }
            };
            return self.mistake(Some(value), format!("`{key}` is no test of an attribute"), help);
        };
        let name = &attribute.name;
        // Policies mark a test of what may be missing.
        let tested = if attribute.optional { format!("{name}?") } else { name.to_string() };
        Ok(match wants {
            Wants::Value => format!("{tested} {word} {}", self.literal(attribute, &attribute.domain, value)?),
            Wants::Values if key == "not_in" => {
                let values = self.literals(attribute, &attribute.domain, value)?;
                let known = if attribute.optional { format!("{name} is known and ") } else { String::new() };
                format!("({known}not ({tested} in [{values}]))")
            }
            Wants::Values => {
                format!("{tested} in [{}]", self.literals(attribute, &attribute.domain, value)?)
            }
            Wants::Two => self.between(attribute, &tested, value)?,
            Wants::Length => format!("{tested} {word} {}", self.length(value)?),
            Wants::Truth => match value {
                Given::Bool(true) => format!("{name} is known"),
                Given::Bool(false) => format!("not ({name} is known)"),
                _ => {
                    return self.mistake(
                        Some(value),
                        "`known` is true or false".into(),
                        "write `known: true`",
                    );
                }
            },
            Wants::Words => match self.text(value) {
                Some(words) => format!("{tested} {word} {}", show_value(&Value::Text(words.into()), None)),
                None => {
                    let words = format!("`{key}` wants a text");
                    return self.mistake(Some(value), words, "write it in quotes");
                }
            },
            Wants::Item => format!("{tested} {word} {}", self.literal(attribute, &items(attribute), value)?),
            Wants::Items => {
                format!("{tested} {word} [{}]", self.literals(attribute, &items(attribute), value)?)
            }
        })
    }

    fn between(&self, attribute: &Attribute, tested: &str, value: &Given) -> Result<String, Mistake> {
        match value {
            Given::List(items) if items.len() == 2 => {
                let bound = |at: usize| self.literal(attribute, &attribute.domain, &items[at]);
                Ok(format!("{tested} in {}..={}", bound(0)?, bound(1)?))
            }
            _ => {
                let help = "write the least and the greatest: `between: [18, 65]`";
                self.mistake(Some(value), "`between` wants two values".into(), help)
            }
        }
    }

    fn literals(&self, attribute: &Attribute, domain: &Domain, value: &Given) -> Result<String, Mistake> {
        let one = std::slice::from_ref(value);
        let items = if let Given::List(items) = value { items.as_slice() } else { one };
        let mut literals = Vec::with_capacity(items.len());
        for item in items {
            match self.region(domain, item) {
                Some(countries) => literals.extend(countries),
                None => literals.push(self.literal(attribute, domain, item)?),
            }
        }
        Ok(literals.join(", "))
    }

    /// The countries of the region that `item` names, where a name of a country is wanted.
    fn region(&self, domain: &Domain, item: &Given) -> Option<Vec<String>> {
        let words = self.text(item)?;
        let Domain::Names { members, .. } = domain else { return None };
        if members.iter().any(|member| member == words) {
            return None;
        }
        let countries: Vec<String> = self.plan.region(words)?.map(str::to_owned).collect();
        countries.iter().all(|country| members.iter().any(|member| member == country)).then_some(countries)
    }

    /// A value as policies write it.
    fn literal(&self, attribute: &Attribute, domain: &Domain, given: &Given) -> Result<String, Mistake> {
        match self.value(domain, given) {
            Some(value) => Ok(show_value(&value, unit(domain))),
            None => {
                let words = self.text(given).map_or_else(|| "this".into(), |words| format!("`{words}`"));
                let near = match (domain, self.text(given)) {
                    (Domain::Names { members, .. } | Domain::SetOfNames { members, .. }, Some(words)) => {
                        closest(words, members.iter().map(SmolStr::as_str))
                    }
                    _ => None,
                };
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => wanted(domain),
                };
                self.mistake(Some(given), format!("{words} is no value of `{}`", attribute.name), help)
            }
        }
    }

    fn value(&self, domain: &Domain, given: &Given) -> Option<Value> {
        let text = self.text(given);
        Some(match (domain, given) {
            (Domain::Bool, Given::Bool(value)) => Value::Bool(*value),
            (Domain::Names { members, open }, _) => Value::Name(name(members, *open, text?)?),
            (Domain::Number { .. }, Given::Int(number)) => Value::Number(Decimal::from(*number)),
            (Domain::Number { .. }, Given::Decimal(number)) => Value::Number(*number),
            (Domain::Number { unit, .. }, Given::Text(_)) => Value::Number(number(text?, unit)?),
            (Domain::Date { .. }, Given::Date(date)) => Value::Date(*date),
            (Domain::Date { .. }, _) => Value::Date(text?.parse::<civil::Date>().ok()?),
            (Domain::DateTime, Given::DateTime(at)) => Value::DateTime(*at),
            (Domain::DateTime, Given::Date(date)) => Value::DateTime(date.at(0, 0, 0, 0)),
            (Domain::DateTime, _) => Value::DateTime(text?.parse::<civil::DateTime>().ok()?),
            (Domain::Time, Given::Time(time)) => Value::Time(*time),
            (Domain::Time, _) => Value::Time(text?.parse::<civil::Time>().ok()?),
            (Domain::Text, _) => Value::Text(text?.into()),
            _ => return None,
        })
    }

    /// `7 days`; a number alone counts days.
    fn length(&self, given: &Given) -> Result<String, Mistake> {
        let units = ["minute", "hour", "day", "week", "month", "year"];
        let length = match given {
            Given::Int(days) if *days >= 0 => Some(format!("{days} days")),
            Given::Text(_) => self.text(given).and_then(|words| {
                let (count, unit) = words.split_once(' ')?;
                let count = count.parse::<u32>().ok()?;
                let unit = unit.trim();
                let known = units.contains(&unit.strip_suffix('s').unwrap_or(unit));
                known.then(|| format!("{count} {unit}"))
            }),
            _ => None,
        };
        match length {
            Some(length) => Ok(length),
            None => self.mistake(Some(given), "this is no length of time".into(), "write `7 days`"),
        }
    }

    fn text(&self, given: &Given) -> Option<&str> {
        match given {
            Given::Text(range) => Some(self.asset.slice(*range).trim()),
            _ => None,
        }
    }
}

/// The possible items of a set.
fn items(attribute: &Attribute) -> Domain {
    match &attribute.domain {
        Domain::SetOfNames { members, open } => Domain::Names { members: members.clone(), open: *open },
        Domain::SetOfTexts => Domain::Text,
        other => other.clone(),
    }
}

fn unit(domain: &Domain) -> Option<&Unit> {
    match domain {
        Domain::Number { unit, .. } => Some(unit),
        _ => None,
    }
}

fn name(members: &[SmolStr], open: bool, words: &str) -> Option<SmolStr> {
    let known = members.iter().find(|member| member.eq_ignore_ascii_case(words)).cloned();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    known.or_else(|| (open && !words.is_empty() && words.chars().all(is_plain)).then(|| words.into()))
}

/// `500`, `USD 500`, `3%`
fn number(words: &str, unit: &Unit) -> Option<Decimal> {
    let bare = match unit {
        Unit::Money(currency) => words.strip_prefix(currency.as_str()).unwrap_or(words),
        Unit::Percent => words.strip_suffix('%').unwrap_or(words),
        Unit::Plain | Unit::Seconds => words,
    };
    bare.trim().parse().ok()
}

fn wanted(domain: &Domain) -> String {
    match domain {
        Domain::Bool => "write `true` or `false`".into(),
        Domain::Names { members, .. } | Domain::SetOfNames { members, .. } if members.len() <= 12 => {
            let members: Vec<String> = members.iter().map(|member| format!("`{member}`")).collect();
            format!("write one of {}", members.join(", "))
        }
        Domain::Names { .. } | Domain::SetOfNames { .. } => "write one of its values".into(),
        Domain::Number { .. } => "write a number".into(),
        Domain::Date { .. } => "write a day: `2026-11-22`".into(),
        Domain::DateTime => "write a day and time: `2026-11-22T09:00`".into(),
        Domain::Time => "write a time of day: `09:00`".into(),
        Domain::Text | Domain::SetOfTexts => "write a text".into(),
    }
}
