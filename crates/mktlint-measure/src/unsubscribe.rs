//! The headers that let people leave a mailing list with one click.

use crate::link::{Kind, Link};

/// Returns the links of a `List-Unsubscribe` header that can be followed, in order, as they are written.
///
/// Links stand in angle brackets, with commas between; white space inside the brackets does not count. What stands
/// outside of brackets, a web link without a host and a `mailto:` without an address are no links. An empty header has
/// none.
///
/// Source: RFC 2369, sections 2 and 3.2.
pub fn unsubscribe_links(header: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((_, behind)) = rest.split_once('<') {
        let Some((inside, after)) = behind.split_once('>') else { break };
        rest = after;
        let link: String = inside.chars().filter(|it| !it.is_whitespace()).collect();
        if can_be_followed(&link) {
            links.push(link);
        }
    }
    links
}

/// Whether the two headers offer to unsubscribe with one click: an `https` link, and a `List-Unsubscribe-Post` header
/// that says `List-Unsubscribe=One-Click`, in any case.
///
/// That the signature of the message covers both headers, which RFC 8058 asks for as well, cannot be seen here.
///
/// Source: RFC 8058, sections 3.1 and 3.2.
pub fn is_one_click(list_unsubscribe: &str, list_unsubscribe_post: &str) -> bool {
    let is_secure = |link: &String| link.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    list_unsubscribe_post.trim().eq_ignore_ascii_case("List-Unsubscribe=One-Click")
        && unsubscribe_links(list_unsubscribe).iter().any(is_secure)
}

fn can_be_followed(link: &str) -> bool {
    let link = Link::parse(link);
    match link.kind {
        Kind::Web => link.host().is_some_and(|host| !host.is_empty()),
        Kind::Mailto => !link.path.text().is_empty(),
        Kind::Template | Kind::Other => true,
        Kind::Tel | Kind::Anchor | Kind::Relative => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_in_brackets_counts() {
        let check =
            |header: &str, expected: &[&str]| assert_eq!(unsubscribe_links(header), expected, "{header}");
        check("", &[]);
        check("https://a.example/u", &[]);
        check(
            "<https://a.example/u,v> (comment), <mailto:u@a.example>",
            &["https://a.example/u,v", "mailto:u@a.example"],
        );
        check("<https://a.example/very\r\n /long>", &["https://a.example/very/long"]);
        check("<{{ unsubscribe_url }}>", &["{{unsubscribe_url}}"]);
        check("<https://> <mailto:> <#top> <https://a.example", &[]);
    }

    #[test]
    fn one_click_needs_both_headers() {
        let post = "List-Unsubscribe=One-Click";
        assert!(is_one_click("<mailto:u@a.example>, <https://a.example/u>", post));
        assert!(!is_one_click("<http://a.example/u>", post));
        assert!(!is_one_click("<https://a.example/u>", ""));
        assert!(!is_one_click("<https://a.example/u>", "List-Unsubscribe=One-Click; x"));
    }
}
