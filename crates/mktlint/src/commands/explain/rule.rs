//! The page of a rule.

use mktlint_hir::model::item::Meaning;
use mktlint_hir::model::program::Placed;
use mktlint_hir::names::word_of_kind;
use mktlint_text::Span;

use crate::catalog::Rule;
use crate::console::Console;
use crate::policies::Policies;

/// Everything there is to say about `rule`.
pub fn page(rule: &Rule<'_>, policies: &Policies<'_>, console: &Console) -> String {
    let mut text = format!("{}: {}\n\n", console.bold(rule.name()), rule.title());
    let docs = rule.placed.item.docs.trim();
    // One sentence is the title already.
    if docs.trim_end_matches('.') != rule.title() && !docs.is_empty() {
        text.push_str(&format!("{docs}\n\n"));
    }
    for (word, value) in facts(rule, policies) {
        text.push_str(&format!("{word:<9} {value}\n"));
    }
    text.push_str(&format!("\n{}\n", indented(policies.declaration(rule.placed))));
    text
}

/// What a declaration that judges nothing by itself says: an audience, a kind of asset.
pub fn declaration(placed: &Placed, policies: &Policies<'_>, console: &Console) -> String {
    let place = placed.place(Span::at(0));
    let name = console.bold(&placed.item.path.0);
    let kind = word_of_kind(placed.item.kind);
    let at = format!("{}:{}", policies.shown(&place.file), policies.line(&place));
    format!("{name}: `{kind}`, declared at {at}\n\n{}\n", indented(policies.declaration(placed)))
}

fn facts(rule: &Rule<'_>, policies: &Policies<'_>) -> Vec<(&'static str, String)> {
    let place = rule.place();
    let level = rule.level().map_or("none", mktlint_diag::Level::as_str);
    let mut facts = vec![
        ("kind", rule.kind().to_owned()),
        ("level", level.to_owned()),
        ("looks at", scope(rule, policies)),
    ];
    facts.push(("in force", in_force(rule)));
    let terms = rule.terms();
    facts.extend(terms.and_then(|terms| terms.because.as_ref()).map(|because| ("why", because.to_string())));
    let help = terms.and_then(|terms| terms.help.as_ref());
    facts.extend(help.map(|help| ("help", unquoted(slice(rule, policies, help.span)).to_owned())));
    facts.push(("waivable", rule.waivable()));
    facts.push(("declared", format!("{}:{}", policies.shown(&place.file), policies.line(&place))));
    facts
}

fn in_force(rule: &Rule<'_>) -> String {
    let module = rule.name().rsplit_once('.').map_or("", |(module, _)| module);
    match (rule.is_in_force(), rule.dates()) {
        (false, _) => format!("no; `enforce {}` or `enforce {module}` puts it in force", rule.name()),
        (true, dates) if dates.is_empty() => "yes".to_owned(),
        (true, dates) => format!("yes, {dates}"),
    }
}

/// Where it looks, in the words of the policy.
fn scope(rule: &Rule<'_>, policies: &Policies<'_>) -> String {
    match &rule.placed.item.meaning {
        Meaning::Rule(meaning) if meaning.scopes.is_empty() => {
            "every text that people read, of every asset".to_owned()
        }
        Meaning::Rule(meaning) => {
            let scopes: Vec<&str> =
                meaning.scopes.iter().map(|scope| slice(rule, policies, scope.span)).collect();
            scopes.join(", ")
        }
        Meaning::Claim(_) | Meaning::Term(_) => "every text that people read, of every asset".to_owned(),
        Meaning::Utm(utm) => {
            let hosts: Vec<&str> = utm.hosts.iter().map(|(host, _)| host.as_str()).collect();
            let links = if hosts.is_empty() {
                "every web link".to_owned()
            } else {
                format!("links to {}", hosts.join(", "))
            };
            if utm.channels.is_empty() { links } else { format!("{links}, on {}", utm.channels.join(", ")) }
        }
        _ => "the people and the send dates of campaigns".to_owned(),
    }
}

fn slice<'c>(rule: &Rule<'_>, policies: &Policies<'c>, span: Span) -> &'c str {
    span.shift(rule.placed.offset).slice(policies.text(&rule.placed.file))
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
