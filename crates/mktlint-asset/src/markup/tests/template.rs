//! Template languages.

use crate::template::{Options, TagKind, lex};
use mktlint_text::Span;

/// Tags as `kind dialect name=fallback`, then openers that never close.
fn shown(text: &str, markdown: bool) -> String {
    let tags = lex(text, Span::of(0..text.len()), Options { markdown, ads: false });
    let mut out = Vec::new();
    for tag in tags.within(Span::of(0..text.len())) {
        let name = tag.name.slice(text);
        let fallback = tag.fallback.map(|span| format!("={:?}", span.slice(text))).unwrap_or_default();
        out.push(match tag.kind {
            TagKind::Print => format!("{} {name}{fallback}", tags.dialect(tag).as_str()),
            TagKind::Control => format!("[{}]", tag.span.slice(text)),
            TagKind::Comment => format!("#{}", name.trim()),
        });
    }
    out.extend(tags.unclosed.iter().map(|span| format!("unclosed {span:?}")));
    out.join(" · ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, false), expected, "{text}");
}

#[test]
fn names_and_fallbacks() {
    check("{{ first_name | default: \"there\" }}", "liquid first_name=\"there\"");
    check("{{ customer.first_name|default('you', true) }}", "jinja customer.first_name=\"you\"");
    check("{{ name or 'you' }}", "liquid name=\"you\"");
    check("{{{ name }}} {{ x }}", "handlebars name · handlebars x");
    check("{{#if vip}}{{name}}{{else}}x{{/if}}", "[{{#if vip}}] · handlebars name · [{{else}}] · [{{/if}}]");
    check("{{default name \"there\"}}", "liquid name=\"there\"");
    check("{{${first_name} | default: 'x'}} {{${city}}}", "liquid first_name=\"x\" · liquid city");
    check("{{lead.FirstName:default=there}}", "liquid lead.FirstName=\"there\"");
    check("{{ .Title }}{{< ref \"x\" >}}", "hugo Title · [{{< ref \"x\" >}}]");
    check(
        "*|FNAME|* *|IF:VIP|*a*|END:IF|* *|TITLE:LNAME|*",
        "mailchimp FNAME · [*|IF:VIP|*] · [*|END:IF|*] · mailchimp LNAME",
    );
    check(
        "%%First Name%% %%=v(@city)=%% %%[ set @x = 1 ]%% 100%% sure",
        "ampscript First Name · ampscript @city · [%%[ set @x = 1 ]%%]",
    );
    check("%%=AttributeValue(\"Name\")=%%", "ampscript Name");
    check(
        "%%=RedirectTo(Concat(@url,'?id=%%JobID%%'))=%%a%%[IF b THEN]%%",
        "ampscript Concat · [%%[IF b THEN]%%]",
    );
    check(
        "<%= user.name || \"you\" %><% if (a > b) { %><%# no %>",
        "erb user.name=\"you\" · [<% if (a > b) { %>] · #no",
    );
    check("{# later #}{% raw %}{{ x }}{% endraw %}{{y}}", "#later · [{% raw %}] · [{% endraw %}] · jinja y");
    check("{% comment %} {{ x }} {% endcomment %}{% assign a = 1 %}", "#{{ x }} · [{% assign a = 1 %}]");
}

#[test]
fn what_is_no_tag() {
    for text in ["{ a }", "a {#id}", "50%% off", "*| x |*", "{}{}", "a < b % > c", "{{\n\n}}x"] {
        let found = shown(text, true);
        assert!(found.is_empty() || found.starts_with("unclosed"), "{text}: {found}");
    }
}

#[test]
fn unclosed_tags_are_named() {
    check("Hi {{ a }, {{ b }} {% if", "liquid b · unclosed 3..5 · unclosed 19..21");
    check("{{ a\n\n}}", "unclosed 0..2");
    assert_eq!(shown("`{{` and `}}`", true), "unclosed 1..3");
}

#[test]
fn comments_hold_anything() {
    check("{{!-- see\n\n{{ghost_head}} --}}{{#if a}}", "#see\n\n{{ghost_head}} · [{{#if a}}]");
    check("{# a\n\n{% b %} #}{{ c }}", "#a\n\n{% b %} · jinja c");
    check("<%# a\n\n<b> %>", "#a\n\n<b>");
    check("{{-- {{ $a }} --}}{{ $b }}", "#{{ $a }} · hugo $b");
    check("{{!-- never {{ a }}", "liquid a · unclosed 0..2");
}

#[test]
fn code_holds_blank_lines() {
    check("<%\n  a = 1\n\n  b = 2\n%>", "[<%\n  a = 1\n\n  b = 2\n%>]");
    check("%%[ set @a = 1\n\nset @b = 2 ]%%", "[%%[ set @a = 1\n\nset @b = 2 ]%%]");
    check("{% liquid\n  assign a = 1\n\n  echo a\n%}", "[{% liquid\n  assign a = 1\n\n  echo a\n%}]");
}

#[test]
fn a_quoted_argument_holds_tags() {
    check(
        "{{#get filter=\"id:-{{id}}+x:{{y}}\"}}a{{/get}}",
        "[{{#get filter=\"id:-{{id}}+x:{{y}}\"}}] · [{{/get}}]",
    );
    check("{{ \"{{\" }}{{ a }}", "liquid \"{{\" · liquid a");
}

#[test]
fn elements_of_mako() {
    check(
        "<%block name=\"a\">x</%block><%include file=\"b\"/>",
        "[<%block name=\"a\">] · [<%include file=\"b\"/>]",
    );
    check("<%if a > b%>x", "[<%if a > b%>]");
    check("<% never", "unclosed 0..2");
}
