//! HTML of pages and of emails.

use super::check_as;
use crate::{Format, Kind};

#[track_caller]
fn check(text: &str, expected: &str) {
    check_as("page.html", Kind::Page, Format::Html, text, expected);
}

#[track_caller]
fn check_email(text: &str, expected: &str) {
    check_as("mail.html", Kind::Email, Format::Html, text, expected);
}

#[test]
fn a_page() {
    check(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title> A &amp; B </title><meta name=\"Description\" content=\"D&eacute;j&agrave;\"><link rel=canonical href=https://x.com/><style>a{}</style></head>\n<body><h1>Hi <b>you</b></h1>\n<p>One&nbsp;two<br>three<br><br>four <code>x</code> &copy;2026</p><script>var a='<p>'</script><ul><li>a<li>b</ul></body></html>",
        r##"
        body "Hi you\n\nOne\u{a0}two\nthree\n\nfour ©2026\n\na\n\nb"
        canonical 143..157 = "https://x.com/"@143..157
        description 98..116 = "Déjà"@98..116
        html_size 0..340 = 340
        lang 28..30 = "en"@28..30
        title 46..55 = "A & B"@46..55
        Heading 190..212 "<h1>Hi <b>you</b></h1>" says "Hi you" level=1
        Paragraph 216..237 "One&nbsp;two<br>three" says "One\u{a0}two\nthree"
        Paragraph 245..275 "four <code>x</code> &cop" says "four ©2026"
        Paragraph 311..316 "<li>a" says "a"
        Paragraph 316..321 "<li>b" says "b"
    "##,
    );
}

#[test]
fn parts() {
    check(
        "<a href='https://x.com/?a=1&amp;b=2' title=T class=\"btn btn-primary\">Buy <i>now</i></a> <a href=\"mailto:a@b.c\"><img src=i.png alt=\"Shop\" width=600></a><img src=p.gif width=1 height=\"1px\"><img src=q.png><button>Go</button><input type=submit value=\"Send it\"><map><area href=/z alt=Zed></map><a name=x>y</a>",
        r##"
        body "Buy now Go y"
        html_size 0..304 = 304
        Link 0..87 "<a href='https://x.com/?" says "Buy now" title="T"@43..44 url="https://x.com/?a=1&b=2"@9..35
        Button 0..87 "<a href='https://x.com/?" says "Buy now" url="https://x.com/?a=1&b=2"@9..35
        Paragraph 69..300 "Buy <i>now</i></a> <a hr" says "Buy now Go y"
        Link 88..151 "<a href=\"mailto:a@b.c\"><" is_image=true text="Shop"@131..135 url="mailto:a@b.c"@97..109
        Image 111..147 "<img src=i.png alt=\"Shop" alt="Shop"@131..135 source="i.png"@120..125 width=600
        Image 151..187 "<img src=p.gif width=1 h" decorative=true height=1 is_pixel=true source="p.gif"@160..165 width=1
        Image 187..202 "<img src=q.png>" source="q.png"@196..201
        Button 202..221 "<button>Go</button>" says "Go"
        Button 221..256 "<input type=submit value" says "Send it"
        Link 261..283 "<area href=/z alt=Zed>" is_image=true text="Zed"@279..282 url="/z"@272..274
    "##,
    );
}

#[test]
fn a_broken_email() {
    check_email(
        "<HTML><BODY bgcolor=#fff><div style=\"display:none;max-height:0\">Preview text &zwnj;&nbsp;&#847; &nbsp;</div>\n<TABLE width=600><TR><TD align=center>Hello {{first_name}},<TD>second<p>para\n<tr><td><A HREF=http://x.com/a?b>click<td>after</table>\n<!--[if mso]><v:roundrect href=\"https://m.com/\"><center>Buy</center></v:roundrect><table><tr><td><![endif]-->\n<!--[if !mso]><!--><a href=\"https://n.com\" style=\"mso-hide:all\" role=button>Buy</a><!--<![endif]-->\n<td style=\"font-size:0\"> gone <span style=\"font-size:12px\">seen</span></td><span hidden>no<b>no</b></span> end",
        r##"
        body "Hello ￼,\n\nsecond\n\npara\n\nclick\n\nafter\n\nBuy\n\nseen\n\nend"
        html_size 0..562 = 562
        preheader 64..76 = "Preview text"@64..76
        Passage 64..76 "Preview text" says "Preview text" background="#ffffff"@64..64 contrast=21 hidden=true
        Table 109..241 "<TABLE width=600><TR><TD" columns=2 rows=2
        Paragraph 130..168 "<TD align=center>Hello {" says "Hello ￼,"
        Passage 147..168 "Hello {{first_name}}," says "Hello ￼," background="#ffffff"@64..64 contrast=21
        MergeTag 153..167 "{{first_name}}" says "￼" dialect="liquid"@153..153 name="first_name"@155..165
        Paragraph 168..178 "<TD>second" says "second"
        Passage 172..178 "second" says "second" background="#ffffff"@64..64 contrast=21
        Paragraph 178..186 "<p>para\n" says "para"
        Passage 181..185 "para" says "para" background="#ffffff"@64..64 contrast=21
        Paragraph 190..224 "<td><A HREF=http://x.com" says "click"
        Link 194..224 "<A HREF=http://x.com/a?b" says "click" url="http://x.com/a?b"@202..218
        Passage 219..224 "click" says "click" background="#ffffff"@64..64
        Paragraph 224..233 "<td>after" says "after"
        Passage 228..233 "after" says "after" background="#ffffff"@64..64 contrast=21
        Link 255..324 "<v:roundrect href=\"https" url="https://m.com/"@274..288
        Button 255..324 "<v:roundrect href=\"https" url="https://m.com/"@274..288
        Link 371..435 "<a href=\"https://n.com\" " says "Buy" url="https://n.com"@380..393
        Button 371..435 "<a href=\"https://n.com\" " says "Buy" url="https://n.com"@380..393
        Paragraph 428..431 "Buy" says "Buy"
        Passage 428..431 "Buy" says "Buy" background="#ffffff"@64..64
        Paragraph 452..527 "<td style=\"font-size:0\">" says "seen"
        Passage 477..481 "gone" says "gone" background="#ffffff"@64..64 contrast=21 font_size=0 hidden=true
        Passage 511..515 "seen" says "seen" background="#ffffff"@64..64 contrast=21 font_size=12
        Passage 540..542 "no" says "no" background="#ffffff"@64..64 contrast=21 hidden=true
        Passage 545..547 "no" says "no" background="#ffffff"@64..64 bold=true contrast=21 hidden=true
        Paragraph 559..562 "end" says "end"
        Passage 559..562 "end" says "end" background="#ffffff"@64..64 contrast=21
    "##,
    );
}

#[test]
fn directives() {
    check(
        "<p>a</p><!-- mktlint: waive r because \"x\" --><div>b<p>c</p></div><p>d",
        r##"
        body "a\n\nb\n\nc\n\nd"
        html_size 0..69 = 69
        Paragraph 0..8 "<p>a</p>" says "a"
        Paragraph 45..51 "<div>b" says "b"
        Paragraph 51..59 "<p>c</p>" says "c"
        Paragraph 65..69 "<p>d" says "d"
        waive r 8..45 for 45..65
    "##,
    );
}

#[test]
fn fields_of_an_email_template() {
    check_email(
        "---\nsubject: Hi there\n---\n<meta name=\"mktlint:from-name\" content=\"Acme\"><p>x",
        r##"
        body "x"
        from_name 66..70 = "Acme"@66..70
        html_size 0..76 = 76
        subject 13..21 = "Hi there"@13..21
        Paragraph 72..76 "<p>x" says "x"
    "##,
    );
    check_email(
        "<a href=\"{{ base_url }}/x?u={% if a %}1{% endif %}\" title='{{ \"q\" }}'>{% if a < b %}x{% endif %}</a>",
        r##"
        body "x"
        html_size 0..100 = 100
        Link 0..100 "<a href=\"{{ base_url }}/" says "x" title="￼"@59..68 url="{{ base_url }}/x?u={% if a %}1{% endif %}"@9..50
        MergeTag 9..23 "{{ base_url }}" says "{{ base_url }}" dialect="liquid"@9..9 in_attribute=true name="base_url"@12..20
        ControlTag 28..38 "{% if a %}" dialect="liquid"@28..28 word="if"@31..33
        ControlTag 39..50 "{% endif %}" dialect="liquid"@39..39 word="endif"@42..47
        MergeTag 59..68 "{{ \"q\" }}" says "￼" dialect="liquid"@59..59 in_attribute=true name="\"q\""@62..65
        ControlTag 70..84 "{% if a < b %}" dialect="liquid"@70..70 word="if"@73..75
        Paragraph 84..85 "x" says "x"
        ControlTag 85..96 "{% endif %}" dialect="liquid"@85..85 word="endif"@88..93
    "##,
    );
}

#[test]
fn what_is_hidden_is_not_read() {
    // The cells of compiled MJML have no font size; their children set it again.
    check_email(
        "<td style=\"font-size:0px\"><div style=\"font-size:13px\">Seen</div> gap <span hidden>no</span></td><div style=\"display:none\">later</div>",
        r##"
        body "Seen"
        html_size 0..133 = 133
        Paragraph 26..64 "<div style=\"font-size:13" says "Seen"
        Passage 54..58 "Seen" says "Seen" background="#ffffff"@54..54 font_size=13
        Passage 65..84 "gap <span hidden>no" says "gap no" background="#ffffff"@54..54 font_size=0 hidden=true
        Passage 122..127 "later" says "later" background="#ffffff"@54..54 hidden=true
    "##,
    );
    // An empty block that is hidden is no preheader, the next is.
    check_email(
        "<div style='visibility:hidden'><img src=o.gif width=1 height=1></div><div style='max-height:0'>Soon</div><h2>Now</h2>",
        r##"
        body "Now"
        html_size 0..117 = 117
        preheader 95..99 = "Soon"@95..99
        Image 31..63 "<img src=o.gif width=1 h" decorative=true height=1 is_pixel=true source="o.gif"@40..45 width=1
        Passage 95..99 "Soon" says "Soon" background="#ffffff"@95..95 hidden=true
        Heading 105..117 "<h2>Now</h2>" says "Now" level=2
    "##,
    );
}

#[test]
fn a_hidden_image_needs_no_words() {
    check(
        "a<img src=a.png style=\"display: none\"><div hidden><img src=b.png></div>",
        r##"
        body "a"
        html_size 0..71 = 71
        Paragraph 0..1 "a" says "a"
        Image 1..38 "<img src=a.png style=\"di" decorative=true is_pixel=true source="a.png"@10..15
        Image 50..65 "<img src=b.png>" decorative=true is_pixel=true source="b.png"@59..64
    "##,
    );
}

#[test]
fn layout_elements_of_inky_are_blocks() {
    check(
        "<row><columns>One</columns><columns>Two <item href=x>go</item></columns></row><h1><img src=a.png></h1>",
        r##"
        body "One\n\nTwo go"
        html_size 0..102 = 102
        Paragraph 5..27 "<columns>One</columns>" says "One"
        Paragraph 27..72 "<columns>Two <item href=" says "Two go"
        Link 40..62 "<item href=x>go</item>" says "go" url="x"@51..52
        Heading 78..102 "<h1><img src=a.png></h1>" says "" level=1
        Image 82..97 "<img src=a.png>" source="a.png"@91..96
    "##,
    );
}

#[test]
fn misnested_tags_close_what_they_can() {
    // `</div>` in a cell closes nothing outside, and `</a>` leaves the block it opened.
    check(
        "<div hidden><table><td>a</div>b</table>c</div><a href=x><p>d</a>e</p>f",
        r##"
        body "de\n\nf"
        html_size 0..70 = 70
        Table 12..39 "<table><td>a</div>b</tab" columns=1 rows=1
        Passage 23..24 "a" says "a" background="#ffffff"@23..23 hidden=true
        Passage 30..31 "b" says "b" background="#ffffff"@23..23 hidden=true
        Passage 39..40 "c" says "c" background="#ffffff"@23..23 hidden=true
        Link 46..64 "<a href=x><p>d</a>" says "d" url="x"@54..55
        Paragraph 56..69 "<p>d</a>e</p>" says "de"
        Paragraph 69..70 "f" says "f"
    "##,
    );
}
