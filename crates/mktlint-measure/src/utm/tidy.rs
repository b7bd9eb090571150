//! The value that was meant.

use crate::link::{Component, Link};

/// Returns how `value` of `link` should be written, when that is plain: escapes undone, also double ones, in lower
/// case, with `_` for white space (`-` in a value that has `-` and no `_`). Placeholders stay.
///
/// `None` when characters would be left that no convention should allow, or when nothing changes. The result needs
/// no escaping in a link.
pub fn tidy_value(link: &Link, value: &Component) -> Option<String> {
    let text = value.text();
    let separator = if text.contains('-') && !text.contains('_') { '-' } else { '_' };
    let mut tidy = String::with_capacity(text.len());
    let placeholders = link.placeholders_in(&value.range());
    let mut at = value.range().start;
    for placeholder in placeholders {
        push_tidy(&mut tidy, link.written(&(at..placeholder.range.start)), separator)?;
        tidy.push_str(link.written(&placeholder.range));
        at = placeholder.range.end;
    }
    push_tidy(&mut tidy, link.written(&(at..value.range().end)), separator)?;
    let starts_open = placeholders.first().is_some_and(|it| it.range.start == value.range().start);
    let starts_well = starts_open || !tidy.starts_with(['.', '_', '~', '-']);
    let is_better = starts_well && !tidy.is_empty() && tidy != link.written(&value.range());
    (is_better && has_placeholders(&tidy, placeholders.len())).then_some(tidy)
}

/// Whether `value` still has `n` placeholders: a separator before `__NAME__` could hide one.
fn has_placeholders(value: &str, n: usize) -> bool {
    let link = Link::parse(&format!("/?x={value}"));
    let value = link.query.first().and_then(|pair| pair.value.as_ref());
    value.is_some_and(|value| link.placeholders_in(&value.range()).len() == n)
}

fn push_tidy(tidy: &mut String, written: &str, separator: char) -> Option<()> {
    let decoded = decode(&decode(&written.replace('+', " ")));
    let mut was_space = false;
    for character in decoded.trim().chars().flat_map(char::to_lowercase) {
        let is_space = character.is_whitespace();
        match character {
            _ if is_space && was_space => {}
            _ if is_space => tidy.push(separator),
            'a'..='z' | '0'..='9' | '.' | '_' | '~' | '-' => tidy.push(character),
            _ => return None,
        }
        was_space = is_space;
    }
    Some(())
}

fn decode(text: &str) -> String {
    Component::decoded(text).text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_values() {
        let check = |value: &str, expected: Option<&str>| {
            let link = Link::parse(&format!("/?x={value}"));
            let found = link.query[0].value.as_ref().and_then(|value| tidy_value(&link, value));
            assert_eq!(found.as_deref(), expected, "{value}");
        };
        check("Facebook", Some("facebook"));
        check("Spring%20%20Sale", Some("spring_sale"));
        check("black-friday+sale", Some("black-friday-sale"));
        check("spring%2520sale", Some("spring_sale"));
        check("Sale-{{Campaign.Name}}", Some("sale-{{Campaign.Name}}"));
        check("fine_already", None);
        check("été", None);
        check("-Sale", None);
        check("0+__A__{{X}}", None);
    }
}
