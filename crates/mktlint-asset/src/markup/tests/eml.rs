//! Email messages.

use super::check_as;
use crate::{Format, Kind};

#[track_caller]
fn check(text: &str, expected: &str) {
    check_as("mail.eml", Kind::Email, Format::Eml, text, expected);
}

#[test]
fn headers_and_both_parts() {
    check(
        "From: \"Acme, Inc.\" <hi@acme.com>\r\nTo: a@b.c,\r\n d@e.f\r\nSubject: =?UTF-8?Q?Caf=C3=A9_?=\r\n =?utf-8?B?b3Blbg==?= {{ first_name }}\r\nList-Unsubscribe: <https://acme.com/u>,\r\n\t<mailto:u@acme.com>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"xx\"\r\n\r\n--xx\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain hello\r\nsecond. See https://acme.com/p.\r\n--xx\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=C3=A9 is clini=\r\ncally <b>proven</b></p>\r\n<a href=3D\"https://acme.com/?a=3D1&amp;b=3D2\">go</a>\r\n--xx--\r\n",
        r#"
        body "Café is clinically proven\n\ngo"
        plain "Plain hello\nsecond. See https://acme.com/p."
        from_address 20..31 = "hi@acme.com"@20..31
        from_name 7..17 = "Acme, Inc."@7..17
        has_plain_part 0..615 = true
        html_size 0..615 = 88
        list_unsubscribe 145..188 = "<https://acme.com/u>, <mailto:u@acme.com>"@145..188
        list_unsubscribe_post 213..239 = "List-Unsubscribe=One-Click"@213..239
        subject 63..125 = "Café open ￼"@73..125
        to 38..52 = "a@b.c, d@e.f"@38..52
        MergeTag 109..125 "{{ first_name }}" says "￼" dialect="liquid"@109..109 name="first_name"@112..122
        Link 388..406 "https://acme.com/p" says "https://acme.com/p" url="https://acme.com/p"@388..406
        Paragraph 504..551 "<p>Caf=C3=A9 is clini=\r\n" says "Café is clinically proven"
        Link 553..605 "<a href=3D\"https://acme." says "go" offset=42 url="https://acme.com/?a=1&b=2"@564..597
        Paragraph 599..601 "go" says "go"
    "#,
    );
}

#[test]
fn only_plain_text() {
    check(
        "Subject: Hi\nFrom: hi@acme.com (Acme)\n\nBody one\n\nBody two\n",
        r#"
        body "Body one\n\nBody two"
        from_address 18..29 = "hi@acme.com"@18..29
        from_name 31..35 = "Acme"@31..35
        has_plain_part 0..57 = true
        subject 9..11 = "Hi"@9..11
        Paragraph 38..46 "Body one" says "Body one"
        Paragraph 48..56 "Body two" says "Body two"
    "#,
    );
}

#[test]
fn base64_html() {
    check(
        "From: Acme <a@b.c>\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nPHA+Q2Fm6TwvcD4KPGEgaHJlZj0iaHR0cDovL3gu\nY29tIj5nbzwvYT4=\n",
        r#"
        body "Café\n\ngo"
        from_address 12..17 = "a@b.c"@12..17
        from_name 6..10 = "Acme"@6..10
        has_plain_part 0..156 = false
        html_size 0..156 = 42
        Paragraph 98..113 "PHA+Q2Fm6TwvcD4" says "Café"
        Link 114..154 "PGEgaHJlZj0iaHR0cDovL3gu" says "go" offset=13 url="http://x.com"@126..143
        Paragraph 145..149 "5nbz" says "go"
    "#,
    );
}

#[test]
fn broken_messages() {
    check(
        "",
        r#"
        body ""
        has_plain_part 0..0 = false
    "#,
    );
    check(
        "no header at all",
        r#"
        body "no header at all"
        has_plain_part 0..16 = true
        Paragraph 0..16 "no header at all" says "no header at all"
    "#,
    );
    check(
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>open",
        r#"
        body "open"
        has_plain_part 0..79 = false
        html_size 0..79 = 7
        Paragraph 72..79 "<p>open" says "open"
    "#,
    );
    check(
        "Subject: =?utf-8?Q?open\nSubject: =?x?Z?y?=\n\n",
        r#"
        body ""
        has_plain_part 0..44 = true
        subject 33..42 = "=?x?Z?y?="@33..42
    "#,
    );
}

#[test]
fn a_boundary_that_leads_to_no_multipart() {
    check(
        "d\nContent-Type:multipart;boundary=b5\n\n--b5Content-Type:message/rfc822\n\n5\nContent-Type:message/rfc822\n\n\n--b5--",
        r#"
        body "d\nContent-Type:multipart;boundary=b5\n\n--b5Content-Type:message/rfc822\n\n5\nContent-Type:message/rfc822\n\n--b5--"
        has_plain_part 0..109 = true
        Paragraph 0..36 "d\nContent-Type:multipart" says "d\nContent-Type:multipart;boundary=b5"
        Paragraph 38..69 "--b5Content-Type:message" says "--b5Content-Type:message/rfc822"
        Paragraph 71..100 "5\nContent-Type:message/r" says "5\nContent-Type:message/rfc822"
        Paragraph 103..109 "--b5--" says "--b5--"
    "#,
    );
}
