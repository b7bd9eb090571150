//! Names of hosts.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Link;
use super::site::domain;

/// Returns whether the host of `link` can be looked up, as far as its letters tell: labels of letters, digits and
/// hyphens, none of them at an end, with underscores only below the registrable domain; or a number.
///
/// A host with a placeholder is whatever gets filled in. `false` without a host.
///
/// Source: RFC 1123, section 2.1; RFC 5890 for letters beyond ASCII; underscores as browsers take them.
pub fn has_valid_host(link: &Link) -> bool {
    let Some(host) = link.host.as_ref().filter(|host| !host.is_empty()) else { return false };
    let (range, name) = (host.range(), host.text().strip_suffix('.').unwrap_or(host.text()));
    if !link.placeholders_in(&range).is_empty() {
        return true;
    }
    if let Some(number) = name.strip_prefix('[') {
        return number.strip_suffix(']').is_some_and(|number| number.parse::<Ipv6Addr>().is_ok());
    }
    if name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return name.parse::<Ipv4Addr>().is_ok();
    }
    let is_part = |it: char| it.is_ascii_alphanumeric() || !it.is_ascii() || matches!(it, '-' | '_');
    let is_label = |label: &str| {
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_part)
    };
    let is_named_below = || !name.contains('_') || domain(name).is_some_and(|domain| !domain.contains('_'));
    let is_escaped = link.written(&range).contains('%');
    !is_escaped && name.split('.').all(is_label) && is_named_below()
}

/// Returns whether `host` is the one that `pattern` names.
///
/// `acme.example` names itself alone, `*.acme.example` every host below it at any depth but not itself, `*` every
/// host. Case and a full stop at the end do not matter. An empty host matches nothing.
pub fn host_matches(pattern: &str, host: &str) -> bool {
    let plain = |name: &str| name.strip_suffix('.').unwrap_or(name).to_lowercase();
    let (pattern, host) = (plain(pattern), plain(host));
    if host.is_empty() {
        return false;
    }
    match pattern.strip_prefix('*') {
        Some("") => true,
        Some(parent) => parent.starts_with('.') && host.len() > parent.len() && host.ends_with(parent),
        None => host == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_subdomains() {
        let check =
            |pattern, host, expected| assert_eq!(host_matches(pattern, host), expected, "{pattern} {host}");
        check("acme.example", "ACME.example.", true);
        check("acme.example", "www.acme.example", false);
        check("*.acme.example", "www.acme.example", true);
        check("*.acme.example", "a.b.acme.example", true);
        check("*.acme.example", "acme.example", false);
        check("*.acme.example", "notacme.example", false);
        check("*acme.example", "notacme.example", false);
        check("*", "x", true);
        check("*", "", false);
        check("*.Öl.example", "www.öl.example", true);
    }
}
