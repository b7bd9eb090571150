use proptest::prelude::*;

use super::*;

/// The parts of a link in one line: kind, then `scheme host path`, then pairs, then `#fragment`.
fn show(link: &Link) -> String {
    let part =
        |component: &Option<Component>| component.as_ref().map_or("-".into(), |it| it.text().to_owned());
    let mut line =
        format!("{:?} {} {} {}", link.kind, part(&link.scheme), part(&link.host), link.path.text());
    let pair = |pair: &Pair| match &pair.value {
        Some(value) => format!(" {}={}", pair.key.text(), value.text()),
        None => format!(" {}", pair.key.text()),
    };
    link.query.iter().for_each(|it| line.push_str(&pair(it)));
    if let Some(fragment) = &link.fragment {
        line.push_str(&format!(" #{}", fragment.text()));
        link.fragment_pairs.iter().for_each(|it| line.push_str(&pair(it)));
    }
    line
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(show(&Link::parse(text)), expected, "{text:?}");
}

#[test]
fn web_links() {
    check("https://acme.example/a?b=1&c=2#d", "Web https acme.example /a b=1 c=2 #d");
    check(" HTTPS://Jane:x@WWW.Acme.Example:8080 \n", "Web https www.acme.example ");
    check("//cdn.acme.example/x", "Web - cdn.acme.example /x");
    check(r"https:\\acme.example\a", r"Web https acme.example \a");
    check("https:acme.example/a", "Web https acme.example /a");
    check("http://[::1]:80/a", "Web http [::1] /a");
    check("https://Öl.example。com/ü", "Web https öl.example.com /ü");
    check("https://acme.example/caf%C3%A9?q=a+b%26c", "Web https acme.example /café q=a b&c");
    check("https://acme.example?a&&=x&b=", "Web https acme.example  a =x b=");
}

#[test]
fn other_kinds() {
    check("", "Relative - - ");
    check("/sale?x=1", "Relative - - /sale x=1");
    check("acme.example/sale", "Relative - - acme.example/sale");
    check("#top", "Anchor - -  #top");
    check("mailto:a+b@acme.example?subject=1+1", "Mailto mailto - a+b@acme.example subject=1+1");
    check("tel:+15550100", "Tel tel - +15550100");
    check("acme://offers/1?x=2", "Other acme offers /1 x=2");
    check("javascript:a?b:c#d", "Other javascript - a?b:c#d");
}

#[test]
fn addresses_without_a_scheme() {
    let check =
        |text: &str, expected: &str| assert_eq!(show(&Link::parse_address(text)), expected, "{text:?}");
    check("Acme.example/sale?x=1", "Web - acme.example /sale x=1");
    check("acme.example:8080", "Web - acme.example ");
    check("https://acme.example", "Web https acme.example ");
    check("/sale.html", "Relative - - /sale.html");
    check("mailto:a@b.example", "Mailto mailto - a@b.example");
    check("3.50", "Relative - - 3.50");
}

#[test]
fn placeholders_hide_their_delimiters() {
    check("{{ unsubscribe_url }}", "Template - - {{ unsubscribe_url }}");
    check("{lpurl}?c={ifmobile:a&b}", "Template - - {lpurl} c={ifmobile:a&b}");
    check("{{ base }}://acme.example/x", "Template {{ base }} acme.example /x");
    check("https://{{ host | default: 'a?b#c' }}/x", "Web https {{ host | default: 'a?b#c' }} /x");
    check("https://acme.example/?e=%%a+b%%", "Web https acme.example / e=%%a+b%%");
    let link = Link::parse("https://acme.example/?a=x-{{b}}&c={{d}}");
    let value = link.query[0].value.as_ref().expect("a value");
    assert_eq!(link.placeholders_in(&value.range()), &link.placeholders[..1]);
}

#[test]
fn fragments_and_second_question_marks() {
    check("/p#top?utm_source=x", "Relative - - /p #top?utm_source=x utm_source=x");
    check("/p#utm_source=x&b", "Relative - - /p #utm_source=x&b utm_source=x b");
    check("/p?id=1?utm_source=x", "Relative - - /p id=1?utm_source=x");
    assert_eq!(Link::parse("/p?id=1?utm_source=x").second_question_mark, Some(7..8));
    assert_eq!(Link::parse("/p?id=1#?").second_question_mark, None);
}

#[test]
fn ranges_are_those_of_the_text() {
    let text = " https://Acme.example/a%20b?k%65y=v#f ";
    let link = Link::parse(text);
    assert_eq!(&text[link.host.expect("a host").range()], "Acme.example");
    assert_eq!(&text[link.path.range()], "/a%20b");
    assert_eq!(&text[link.query[0].range.clone()], "k%65y=v");
    assert_eq!(link.query[0].key.text(), "key");
}

proptest! {
    #[test]
    fn parts_are_in_order_and_inside(text in "[a-z%:/?#&=.@\\\\{}+ \\n-]{0,40}|\\PC{0,30}") {
        for link in [Link::parse(&text), Link::parse_address(&text)] {
            let query = link.query.iter().map(|pair| pair.range.clone());
            let ranges: Vec<_> = [&link.scheme, &link.host].into_iter().flatten().map(Component::range)
                .chain([link.path.range()]).chain(query)
                .chain(link.fragment.as_ref().map(Component::range)).collect();
            prop_assert!(ranges.iter().all(|range| text.get(range.clone()).is_some()));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
