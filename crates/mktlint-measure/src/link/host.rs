//! Names of hosts.

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
