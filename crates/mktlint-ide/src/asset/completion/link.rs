//! Tracking parameters of links, and their values.

use mktlint_asset::{Context, Format, encode};
use mktlint_hir::model::item::Presence;
use mktlint_measure::link::Link;
use mktlint_measure::utm::Key;
use mktlint_plan::{Allowed, UtmParam};

use super::items::Items;
use crate::CompletionKind;
use crate::asset::at::{At, field};
use crate::asset::hover::params_of;
use crate::asset::{prose, schema};

/// Values of other links that are offered.
const MOST_VALUES: usize = 40;

/// What follows `?` or `&` in a link; false when the place is in no query.
pub fn offer(items: &mut Items<'_>) -> bool {
    let Some(query) = Query::at(items) else { return false };
    let Some(at) = items.at() else { return true };
    let link = Link::parse_address(&query.address);
    match query.pair.split_once('=') {
        Some((key, typed)) => {
            items.replace_last(typed.len());
            if let Some(name) = key.strip_prefix("utm_") {
                values(items, &at, &link, name);
            }
        }
        None => {
            items.replace_last(query.pair.len());
            keys(items, &at, &link, &query);
        }
    }
    true
}

/// The query of a link that somebody types in.
struct Query {
    /// All of the link, without what stands at the place.
    address: String,
    /// The pair so far.
    pair: String,
    /// `&` as it is written here.
    and: &'static str,
}

impl Query {
    fn at(items: &Items<'_>) -> Option<Self> {
        let ends = |letter: char| letter.is_whitespace() || "\"'<>()[]|`".contains(letter);
        let line = items.line();
        let before = line.get(line.rfind(ends).map_or(0, |at| at + ends_len(line, at))..)?;
        let after = items.line_after();
        let after = after.get(..after.find(ends).unwrap_or(after.len())).unwrap_or_default();
        let is_markup = matches!(items.file.spec.format, Format::Html | Format::Mjml);
        let (start, query) = before.split_once('?')?;
        let is_link = start.contains("://") || start.starts_with(['/', '.']) || start.contains('.');
        let decoded = |text: &str| if is_markup { text.replace("&amp;", "&") } else { text.to_owned() };
        let query = decoded(query);
        let pair = query.rsplit('&').next().unwrap_or_default().to_owned();
        let done = query.get(..query.len() - pair.len()).unwrap_or_default();
        let address =
            format!("{}?{done}{}", decoded(start), decoded(after).trim_start_matches(|letter| letter != '&'));
        let is_query = is_link && !pair.contains('#') && !pair.contains("{{") && pair.len() <= 200;
        is_query.then_some(Self { address, pair, and: if is_markup { "&amp;" } else { "&" } })
    }
}

fn ends_len(line: &str, at: usize) -> usize {
    line.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The parameters that the convention asks for and the link lacks, then the others that Google Analytics reads.
fn keys(items: &mut Items<'_>, at: &At<'_>, link: &Link, query: &Query) {
    let has = |name: &str| link.query.iter().any(|pair| pair.key.text().strip_prefix("utm_") == Some(name));
    let mut missing = Vec::new();
    if let Some(plan) = at.plan() {
        for (utm, param) in params_of(at, plan, link) {
            let name = plan.str(param.name);
            if has(name) || param.presence == Presence::Forbidden {
                continue;
            }
            let value = allowed(at, param);
            let only = match value.as_slice() {
                [only] => only.as_str(),
                _ => "",
            };
            let own = items.add(format!("utm_{name}"), CompletionKind::Field);
            own.insert = format!("utm_{name}={only}");
            own.detail = Some(plan.str(utm.head.name).to_owned());
            own.docs = schema::clause(at.view, &plan.place(param.place))
                .map(|text| prose::block("mkt", text.trim(), 4));
            if param.presence == Presence::Required {
                missing.push((name.to_owned(), only.to_owned()));
            }
        }
    }
    if missing.len() > 1 {
        all_at_once(items, &missing, query.and);
    }
    for key in Key::ALL.iter().filter(|key| !has(key.short_name())) {
        let own = items.add(key.name(), CompletionKind::Field);
        if own.insert == key.name() {
            own.insert = format!("{key}=");
        }
    }
}

/// Every parameter that is asked for, in one go.
fn all_at_once(items: &mut Items<'_>, missing: &[(String, String)], and: &str) {
    let pair = |((name, value), n): (&(String, String), usize)| match value.as_str() {
        "" => format!("utm_{name}=${n}"),
        value => format!("utm_{name}={}", super::items::escaped(value)),
    };
    let pairs: Vec<String> = missing.iter().zip(1..).map(pair).collect();
    let names: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
    let own = items.add("utm: all that is asked for", CompletionKind::Snippet);
    own.detail = Some(names.join(", "));
    own.insert = pairs.join(and);
    own.is_snippet = own.insert.contains('$');
}

/// The values that the convention allows, else those of other links.
fn values(items: &mut Items<'_>, at: &At<'_>, link: &Link, name: &str) {
    let params: Vec<&UtmParam> = match at.plan() {
        Some(plan) => params_of(at, plan, link)
            .map(|(_, param)| param)
            .filter(|param| plan.str(param.name) == name)
            .collect(),
        None => Vec::new(),
    };
    let fixed: Vec<String> = params.iter().flat_map(|param| allowed(at, param)).collect();
    for value in &fixed {
        items.add(value.as_str(), CompletionKind::Constant).detail =
            Some("what the convention asks for".to_owned());
    }
    let is_open = params.iter().all(|param| !matches!(param.allowed, Allowed::OneOf(_) | Allowed::Equal(_)));
    if !is_open {
        return;
    }
    let id = at.campaign().and_then(|campaign| field(campaign, "id")).map(|(id, _)| id.to_owned());
    if let Some(id) = id.filter(|_| matches!(name, "campaign" | "id" | "content")) {
        items.add(id, CompletionKind::Constant).detail = Some("the campaign's id".to_owned());
    }
    for value in of_others(at, name) {
        items.add(value, CompletionKind::Constant).detail = Some("of other links".to_owned());
    }
}

/// What a parameter may be, as it is written in a link; empty when that is no list.
fn allowed(at: &At<'_>, param: &UtmParam) -> Vec<String> {
    let (Some(plan), Some(context)) = (at.plan(), at.context()) else { return Vec::new() };
    let values: Vec<String> = match param.allowed {
        Allowed::OneOf(values) => plan.strs(values).map(str::to_owned).collect(),
        Allowed::Equal(code) => mktlint_check::wanted_text(plan, code, &context).into_iter().collect(),
        Allowed::Any | Allowed::Pattern(_) | Allowed::Shape(_) => Vec::new(),
    };
    values.iter().filter_map(|value| encode(value, &[Context::UrlQuery])).collect()
}

/// The values of the parameter in links of the workspace, those of this file first.
fn of_others(at: &At<'_>, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let own = &at.file.judged.facts;
    let all = std::iter::once(own).chain(at.view.assets.files.values().map(|file| &file.facts));
    for fact in all.flat_map(|facts| &facts.utms).filter(|fact| fact.key == name) {
        let value = encode(&fact.value, &[Context::UrlQuery]).filter(|value| !found.contains(value));
        found.extend(value);
        if found.len() >= MOST_VALUES {
            break;
        }
    }
    found
}
