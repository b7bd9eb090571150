//! Which part of a host somebody has registered.

use super::Link;

/// Returns the registrable domain of a link or a host, in lower case: `acme.co.uk` of `https://shop.acme.co.uk/sale` and
/// of `shop.acme.co.uk`. `None` without a host, for a number (`127.0.0.1`), and for what nobody can register (`co.uk`).
///
/// Whoever gives out names below their own, as `github.io` does, counts as a registry. Under a top level that the list
/// does not know, the last two labels are the domain.
///
/// Source: the public suffix list of Mozilla, both of its parts.
pub fn site(link: &str) -> Option<String> {
    let parsed = Link::parse_address(link);
    let host = parsed.host()?.trim_end_matches('.').to_owned();
    let is_number = host.starts_with('[') || host.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    // The list's own walk takes any bytes; a placeholder or a space is no label.
    let is_name =
        host.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '-' | '_') || !it.is_ascii());
    if is_number || !is_name || host.contains("..") {
        return None;
    }
    domain(&host).map(str::to_owned)
}

/// The registrable domain of `host`, which is in lower case.
pub(super) fn domain(host: &str) -> Option<&str> {
    psl::domain_str(host)
}

/// Whether `label` is a top level of the Internet, in any case: `com`, `UK`, `みんな`, `xn--p1ai`.
///
/// Source: the same list.
pub fn is_top_level(label: &str) -> bool {
    let label = label.to_lowercase();
    let is_known = |name: &str| psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
    // Of some the list knows only what lies below, such as `*.ck` and `ac.za`; `ac` is there of all of them.
    !label.is_empty() && !label.contains('.') && (is_known(&label) || is_known(&format!("ac.{label}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_what_somebody_registered() {
        let check = |link, expected: Option<&str>| assert_eq!(site(link).as_deref(), expected, "{link}");
        check("https://Shop.Acme.co.uk:8080/sale?x=1", Some("acme.co.uk"));
        check("acme.com/path", Some("acme.com"));
        check("www.acme.com", Some("acme.com"));
        check("https://acme.com./", Some("acme.com"));
        check("//cdn.acme.com/x", Some("acme.com"));
        check("https://acme.github.io", Some("acme.github.io"));
        check("https://shop.acme.example", Some("acme.example"));
        check("https://www.食狮.公司.cn/", Some("食狮.公司.cn"));
        check("https://a.b.ck/", Some("a.b.ck"));
        check("https://www.ck/", Some("www.ck"));
        for link in [
            "",
            "co.uk",
            "https://127.0.0.1/",
            "https://[::1]/",
            "localhost",
            "mailto:a@b.co",
            "#top",
            "/sale",
            "https://{{ host }}/",
        ] {
            check(link, None);
        }
    }

    #[test]
    fn top_levels() {
        assert!(["com", "UK", "ck", "za", "みんな", "xn--p1ai", "zone"].into_iter().all(is_top_level));
        assert!(!["baz", "example", "", "co.uk", "c"].into_iter().any(is_top_level));
    }
}
