//! Markdown, MDX and what generators of sites add to it.

use super::check_as;
use crate::{Format, Kind};

#[track_caller]
fn check(text: &str, expected: &str) {
    check_as("post.md", Kind::Post, Format::Markdown, text, expected);
}

#[track_caller]
fn check_mdx(text: &str, expected: &str) {
    check_as("post.mdx", Kind::Post, Format::Markdown, text, expected);
}

#[test]
fn phrases_run_through_inline_markup() {
    check(
        "clinically **proven** &amp; _sa&shy;fe_\nnow\\* `code` end",
        r#"
        body "clinically proven & safe now* end"
        Paragraph 0..56 "clinically **proven** &a" says "clinically proven & safe now* end"
    "#,
    );
}

#[test]
fn blocks() {
    check(
        "# One {#id}\n\nText  two\nmore.\n\n- a\n- b\n  - c\n\n> quote\n\n| h | i |\n|---|---|\n| x | y |\n\n```js\ncode\n```\n\n    code\n\nTwo\n---\n[^1]\n\n[^1]: note",
        r##"
        body "One\n\nText two more.\n\na\n\nb\n\nc\n\nquote\n\nh\n\ni\n\nx\n\ny\n\nTwo\n\nnote"
        Heading 0..11 "# One {#id}" says "One" level=1
        Paragraph 13..28 "Text  two\nmore." says "Text two more."
        Paragraph 30..33 "- a" says "a"
        Paragraph 34..37 "- b" says "b"
        Paragraph 40..43 "- c" says "c"
        Paragraph 47..52 "quote" says "quote"
        Table 54..83 "| h | i |\n|---|---|\n| x " columns=2 has_header=true rows=2
        Paragraph 55..57 " h" says "h"
        Paragraph 59..61 " i" says "i"
        Paragraph 75..77 " x" says "x"
        Paragraph 79..81 " y" says "y"
        Heading 111..118 "Two\n---" says "Two" level=2
        Paragraph 131..135 "note" says "note"
    "##,
    );
}

#[test]
fn links_and_images() {
    check(
        "[a **b**](https://x.com/\\(1\\)?a=1&amp;b \"T\") [r][ref] ![al *t* `c`](i.png 'ti') <https://y.com> <a@b.co>\n[![alt](p.png)](https://z.com)\n\nsee https://q.com/a_b_c, now\n\n[ref]: <https://ref.com/a b> \"rt\"",
        r#"
        body "a b r https://y.com a@b.co\n\nsee https://q.com/a_b_c, now"
        Paragraph 0..135 "[a **b**](https://x.com/" says "a b r https://y.com a@b.co"
        Link 0..44 "[a **b**](https://x.com/" says "a b" title="T"@41..42 url="https://x.com/(1)?a=1&b"@10..39
        Link 45..53 "[r][ref]" says "r" title="rt"@197..199 url="https://ref.com/a b"@175..194
        Image 54..79 "![al *t* `c`](i.png 'ti'" alt="al t c"@56..66 source="i.png"@68..73 title="ti"@75..77
        Link 80..95 "<https://y.com>" says "https://y.com" url="https://y.com"@81..94
        Link 96..104 "<a@b.co>" says "a@b.co" url="mailto:a@b.co"@97..103
        Link 105..135 "[![alt](p.png)](https://" is_image=true text="alt"@108..111 url="https://z.com"@121..134
        Image 106..119 "![alt](p.png)" alt="alt"@108..111 source="p.png"@113..118
        Paragraph 137..165 "see https://q.com/a_b_c," says "see https://q.com/a_b_c, now"
        Link 141..160 "https://q.com/a_b_c" says "https://q.com/a_b_c" url="https://q.com/a_b_c"@141..160
    "#,
    );
}

#[test]
fn html_inside() {
    check(
        "Hi <b>you</b> <a href=\"https://x.com\">there</a><br>line <img src=a.png alt=\"A &amp; B\">\n\n<div align=\"center\">\n<p>Para <!-- x --></p>\n<style>p{}</style>\n</div>\n\n- item\n\n  <div>\n  in <i>it</i>\n  </div>\n",
        r#"
        body "Hi you there\nline\n\nPara\n\nitem\n\nin it"
        Paragraph 0..87 "Hi <b>you</b> <a href=\"h" says "Hi you there\nline"
        Link 14..47 "<a href=\"https://x.com\">" says "there" url="https://x.com"@23..36
        Image 56..87 "<img src=a.png alt=\"A &a" alt="A & B"@76..85 source="a.png"@65..70
        Paragraph 110..132 "<p>Para <!-- x --></p>" says "Para"
        Paragraph 162..166 "item" says "item"
        Paragraph 170..199 "<div>\n  in <i>it</i>\n  <" says "in it"
    "#,
    );
}

#[test]
fn template_tags() {
    check(
        "Hi {{ first_name | default: \"there\" }},\n\n{% if vip %}\nYou **{{ tier }}**.\n{% endif %}\n\n[go]({{ url }}?a=1)\n\n```\n{{ code\n```\n\n{{ oops\n\n{{< figure src=\"x\" >}}\n\n{% comment %} mktlint: waive a.b because \"c\" {% endcomment %}\nLast {: .x }",
        r#"
        body "Hi ￼,\n\nYou ￼.\n\ngo\n\n{{ oops\n\nLast"
        Paragraph 0..39 "Hi {{ first_name | defau" says "Hi ￼,"
        MergeTag 3..38 "{{ first_name | default:" says "￼" dialect="liquid"@3..3 fallback="there"@29..34 name="first_name"@6..16
        ControlTag 41..53 "{% if vip %}" dialect="liquid"@41..41 word="if"@44..46
        Paragraph 54..73 "You **{{ tier }}**." says "You ￼."
        MergeTag 60..70 "{{ tier }}" says "￼" dialect="liquid"@60..60 name="tier"@63..67
        ControlTag 74..85 "{% endif %}" dialect="liquid"@74..74 word="endif"@77..82
        Paragraph 87..106 "[go]({{ url }}?a=1)" says "go"
        Link 87..106 "[go]({{ url }}?a=1)" says "go" url="{{ url }}?a=1"@92..105
        MergeTag 92..101 "{{ url }}" says "{{ url }}" dialect="liquid"@92..92 in_attribute=true name="url"@95..98
        Paragraph 125..132 "{{ oops" says "{{ oops"
        ControlTag 134..156 "{{< figure src=\"x\" >}}" dialect="hugo"@134..134 word="figure"@138..144
        Paragraph 220..232 "Last {: .x }" says "Last"
        waive a.b 158..219 for 220..232
        problem MKT0720 125..127 this `{{` is never closed
    "#,
    );
}

#[test]
fn mdx() {
    check_mdx(
        "import X from 'y'\nimport {Z} from \"z\"\n\nexport const a = {\n  b: 1,\n\n  c: 2\n}\n\n# Hi {props.name}\n\n<Hero size={2} title=\"a > b\">\n\nInside *text* {' '} <X.Y/> {/* mktlint: waive r because \"x\" */}\n\n</Hero>\n\n```js\nimport {a}\n{b\n```\n\n<a href={url}>go</a> `{c` {d}",
        r##"
        body "Hi ￼\n\nInside text\n\ngo ￼"
        Heading 77..94 "# Hi {props.name}" says "Hi ￼" level=1
        MergeTag 82..94 "{props.name}" says "￼" dialect="mdx"@82..82 name="props.name"@83..93
        Paragraph 127..190 "Inside *text* {' '} <X.Y" says "Inside text"
        Paragraph 226..255 "<a href={url}>go</a> `{c" says "go ￼"
        Link 226..246 "<a href={url}>go</a>" says "go" url="{url}"@234..239
        MergeTag 234..239 "{url}" says "{url}" dialect="mdx"@234..234 in_attribute=true name="url"@235..238
        MergeTag 252..255 "{d}" says "￼" dialect="mdx"@252..252 name="d"@253..254
        waive r 154..190 for 226..255
    "##,
    );
}

#[test]
fn directives() {
    check(
        "First.\n\n<!-- mktlint: waive a.b because \"x\" -->\n\n## Next\n\nLast.",
        r###"
        body "First.\n\nNext\n\nLast."
        Paragraph 0..6 "First." says "First."
        Heading 49..56 "## Next" says "Next" level=2
        Paragraph 58..63 "Last." says "Last."
        waive a.b 8..47 for 49..56
    "###,
    );
    check(
        "<!-- mktlint: waive a.b because \"x\" -->\n\nFirst.",
        r#"
        body "First."
        Paragraph 41..47 "First." says "First."
        waive a.b 0..39 for 0..47
    "#,
    );
}
