//! Plain text.

use super::check_as;
use crate::{Format, Kind};

#[test]
fn an_sms_keeps_every_character() {
    let text = "Acme:  Hi {{first_name|default:'there'}}\u{200b}!\r\n50% off at acme.co/x?u={{ id }}.\n\nReply STOP\n";
    check_as(
        "a.txt",
        Kind::Sms,
        Format::Text,
        text,
        r#"
        body "Acme:  Hi ￼\u{200b}!\n50% off at acme.co/x?u=￼.\n\nReply STOP"
        Paragraph 0..78 "Acme:  Hi {{first_name|d" says "Acme:  Hi ￼\u{200b}!\n50% off at acme.co/x?u=￼."
        MergeTag 10..40 "{{first_name|default:'th" says "￼" dialect="liquid"@10..10 fallback="there"@32..37 name="first_name"@12..22
        Link 57..77 "acme.co/x?u={{ id }}" says "acme.co/x?u=￼" url="acme.co/x?u={{ id }}"@57..77
        MergeTag 69..77 "{{ id }}" says "￼" dialect="liquid"@69..69 name="id"@72..74
        Paragraph 80..90 "Reply STOP" says "Reply STOP"
    "#,
    );
}

#[test]
fn fields_before_a_message() {
    check_as(
        "a.txt",
        Kind::Push,
        Format::Text,
        "---\ntitle: Sale\n---\nNow on.",
        r#"
        body "Now on."
        title 11..15 = "Sale"@11..15
        Paragraph 20..27 "Now on." says "Now on."
    "#,
    );
}

#[test]
fn an_email_has_paragraphs() {
    check_as(
        "a.txt",
        Kind::Email,
        Format::Text,
        "One  \r\nline\r\n\r\n \r\n\r\nTwo *|FNAME|* www.acme.com!",
        r#"
        body "One\nline\n\nTwo ￼ www.acme.com!"
        Paragraph 0..11 "One  \r\nline" says "One\nline"
        Paragraph 20..47 "Two *|FNAME|* www.acme.c" says "Two ￼ www.acme.com!"
        MergeTag 24..33 "*|FNAME|*" says "￼" dialect="mailchimp"@24..24 name="FNAME"@26..31
        Link 34..46 "www.acme.com" says "www.acme.com" url="www.acme.com"@34..46
    "#,
    );
}

#[test]
fn value_track_in_ads() {
    check_as(
        "a.txt",
        Kind::Ad,
        Format::Text,
        "Buy {KeyWord:Shoes} at https://x.com/?c={campaignid}",
        r#"
        body "Buy ￼ at https://x.com/?c=￼"
        Paragraph 0..52 "Buy {KeyWord:Shoes} at h" says "Buy ￼ at https://x.com/?c=￼"
        MergeTag 4..19 "{KeyWord:Shoes}" says "￼" dialect="valuetrack"@4..4 fallback="Shoes"@13..18 name="KeyWord"@5..12
        Link 23..52 "https://x.com/?c={campai" says "https://x.com/?c=￼" url="https://x.com/?c={campaignid}"@23..52
        MergeTag 40..52 "{campaignid}" says "￼" dialect="valuetrack"@40..40 name="campaignid"@41..51
    "#,
    );
}
