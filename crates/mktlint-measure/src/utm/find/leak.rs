//! What in a link leads to a person.

use crate::link::{Component, Link, Pair, Placeholder};
use crate::personal::{self, Kind, personal};
use crate::utm::{Leak, Problem};

/// Keys whose value is about a person. Without separators, lower case, sorted.
#[rustfmt::skip]
static KEYS: &[&str] = &[
    "birthdate", "dateofbirth", "dob", "email", "emailaddress", "firstname", "fname", "fullname", "lastname", "lname",
    "mail", "mobile", "mobilephone", "name", "phone", "phonenumber", "socialsecuritynumber", "ssn", "surname", "tel",
    "telephone",
];

/// What placeholders call a person's data. Without separators, lower case, sorted.
#[rustfmt::skip]
static FIELDS: &[&str] = &[
    "birthdate", "birthday", "dateofbirth", "dob", "email", "emailaddr", "emailaddress", "firstname", "fname",
    "fullname", "lastname", "lname", "mobile", "mobilephone", "phone", "phonenumber", "ssn", "surname", "useremail",
];

/// Whose `name` is a person's: `{{ contact.name }}`, but not `{{ campaign.name }}`.
static PERSONS: &[&str] =
    &["contact", "customer", "lead", "member", "person", "profile", "recipient", "subscriber", "user"];

pub(super) fn check(link: &Link, problems: &mut Vec<Problem>) {
    in_component(&link.path, problems);
    link.query.iter().chain(&link.fragment_pairs).for_each(|pair| in_pair(link, pair, problems));
    if let Some(fragment) = link.fragment.as_ref().filter(|_| link.fragment_pairs.is_empty()) {
        in_component(fragment, problems);
    }
    let is_in_path = |it: &&Placeholder| it.range.end <= link.path.range().end && asks_for_person(link, it);
    let paths = link.placeholders.iter().filter(is_in_path);
    problems.extend(paths.map(|it| leak(Leak::Placeholder, it.range.clone())));
}

fn leak(leak: Leak, range: std::ops::Range<usize>) -> Problem {
    Problem::PersonalData { leak, range }
}

/// One problem for each address or number; for a pair without any, one when its placeholder or key tells.
fn in_pair(link: &Link, pair: &Pair, problems: &mut Vec<Problem>) {
    let Some(value) = pair.value.as_ref().filter(|value| !value.text().trim().is_empty()) else { return };
    if in_component(value, problems) {
        return;
    }
    if is_phone(link, value) {
        problems.push(leak(Leak::Phone, value.range()));
    } else if link.placeholders_in(&value.range()).iter().any(|it| asks_for_person(link, it)) {
        problems.push(leak(Leak::Placeholder, pair.range.clone()));
    } else if is_personal_key(pair.key.text()) && !is_yes_or_no(value.text()) {
        problems.push(leak(Leak::Key, pair.range.clone()));
    }
}

/// Only numbers with a `+`: `100-212-3000` in a link is a size or an article.
fn in_component(component: &Component, problems: &mut Vec<Problem>) -> bool {
    let n_before = problems.len();
    for it in personal(component.text()) {
        let found = match it.kind {
            Kind::Email => Leak::Email,
            Kind::Phone if component.text()[it.range.clone()].starts_with('+') => Leak::Phone,
            Kind::Phone => continue,
        };
        problems.push(leak(found, component.raw(it.range)));
    }
    problems.len() > n_before
}

/// `tel=+12125550123`, where the `+` has become a space.
fn is_phone(link: &Link, value: &Component) -> bool {
    let written = link.written(&value.range());
    written.starts_with('+') && personal::phones(written).next() == Some(0..written.len())
}

fn is_personal_key(key: &str) -> bool {
    KEYS.binary_search(&squeezed(key).as_str()).is_ok()
}

/// `?email=1` asks for something, and tells nothing about anyone.
fn is_yes_or_no(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "0" | "1" | "true" | "false" | "yes" | "no" | "on" | "off")
}

fn asks_for_person(link: &Link, placeholder: &Placeholder) -> bool {
    let name = link.written(&placeholder.name);
    let mut parts = name.rsplit(['.', ':', '/']);
    let field = squeezed(parts.next().unwrap_or_default());
    let owner = squeezed(parts.next().unwrap_or_default());
    FIELDS.binary_search(&field.as_str()).is_ok() || field == "name" && PERSONS.contains(&owner.as_str())
}

/// `E-Mail_Address` as `emailaddress`.
fn squeezed(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        [KEYS, FIELDS, PERSONS].iter().for_each(|list| assert!(list.is_sorted(), "{list:?}"));
    }
}
