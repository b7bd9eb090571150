//! MJML.

use super::check_as;
use crate::{Format, Kind};

#[test]
fn a_template() {
    check_as(
        "mail.mjml",
        Kind::Email,
        Format::Mjml,
        "<mjml lang=\"en\"><mj-head><mj-title>Sale &amp; more</mj-title><mj-preview>Ends soon</mj-preview><mj-attributes><mj-all font-family=\"Arial\" /></mj-attributes><mj-style>.a > b {}</mj-style><mj-include path=\"./head.mjml\" /></mj-head><mj-body><mj-section><mj-column><mj-text font-size=\"20px\">Hi {{ name }},<br/>welcome</mj-text><mj-button href=\"https://x.com/?a\">Shop <b>now</b></mj-button><mj-image src=\"i.png\" alt=\"Shoe\" href=\"https://y.com\" width=\"600px\" /><mj-divider /><mj-raw><!-- htmlmin:ignore --><p>raw</p></mj-raw><mj-social><mj-social-element name=\"x\" href=\"https://z.com\">Follow</mj-social-element></mj-social></mj-column></mj-section></mj-body></mjml>",
        r##"
        body "Hi ￼,\nwelcome\n\nShop now\n\nFollow"
        includes 204..215 = ["./head.mjml"@204..215]
        lang 12..14 = "en"@12..14
        preheader 73..82 = "Ends soon"@73..82
        title 35..50 = "Sale & more"@35..50
        Passage 73..82 "Ends soon" says "Ends soon" background="#ffffff"@73..73 hidden=true
        Paragraph 261..323 "<mj-text font-size=\"20px" says "Hi ￼,\nwelcome"
        Passage 287..313 "Hi {{ name }},<br/>welco" says "Hi ￼,\nwelcome" font_size=20
        MergeTag 290..300 "{{ name }}" says "￼" dialect="liquid"@290..290 name="name"@293..297
        Link 323..385 "<mj-button href=\"https:/" says "Shop now" url="https://x.com/?a"@340..356
        Button 323..385 "<mj-button href=\"https:/" says "Shop now" url="https://x.com/?a"@340..356
        Paragraph 358..369 "Shop <b>now" says "Shop now"
        Link 385..455 "<mj-image src=\"i.png\" al" is_image=true text="Shoe"@412..416 url="https://y.com"@424..437
        Image 385..455 "<mj-image src=\"i.png\" al" alt="Shoe"@412..416 source="i.png"@400..405 width=600
        Paragraph 519..617 "<mj-social><mj-social-el" says "Follow"
        Link 530..605 "<mj-social-element name=" says "Follow" url="https://z.com"@564..577
    "##,
    );
}
