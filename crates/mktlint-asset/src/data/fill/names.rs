//! The usual names of fields.

use smol_str::SmolStr;

use crate::Kind;

/// What the value of a field is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Words that people read.
    Text,
    /// Several such words: a list, or keys with a number.
    Texts,
    /// Several such words: a list, or between commas.
    Tags,
    /// Several ids: a list, or keys with a number. What has neither letters nor digits is none.
    Machines,
    /// The word for a format: `Responsive search ad` is `rsa`.
    Format,
    /// An id or address.
    Machine,
    /// Where a link leads.
    Url,
    /// The words of a call to action, or a record with its words and target.
    Button,
    /// The address of an image, or a record with its address and alternative text.
    Image,
    /// The running text; whether it is HTML is seen from its tags.
    Body,
    /// The running text in HTML.
    Html,
    /// The running text in Markdown.
    Markdown,
    /// The running text without markup; the plain-text alternative when there is another body.
    Plain,
    /// Whatever the file gives.
    Any,
}

impl Use {
    /// Whether several keys may make one value.
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::Texts | Self::Tags | Self::Machines)
    }
}

/// A field and the names under which files hold it, in snake case; the first is its own.
pub(crate) type Known = (Use, &'static [&'static str]);

const EMAIL: &[Known] = &[
    (Use::Text, &["subject", "subject_line", "email_subject", "mail_subject"]),
    (Use::Text, &["preheader", "preview", "preview_text", "preheader_text", "pre_header", "previewtext"]),
    (Use::Text, &["from_name", "sender_name"]),
    (Use::Machine, &["from_address", "from", "from_email", "sender_email"]),
    (Use::Machine, &["reply_to", "reply_to_address"]),
    (Use::Text, &["title", "headline"]),
    (Use::Html, &["html", "body_html", "html_body", "html_content"]),
    (Use::Markdown, &["markdown", "body_markdown", "markdown_body"]),
    (Use::Plain, &["plain_text", "text", "body_text", "text_body", "plain", "text_content"]),
    BODY,
    BUTTON,
    URL,
];

const SMS: &[Known] = &[MESSAGE, (Use::Machine, &["sender", "sender_id", "from"]), URL];

const PUSH: &[Known] = &[
    (Use::Text, &["title", "headline", "heading"]),
    MESSAGE,
    BUTTON,
    URL,
    (Use::Image, &["image", "image_url", "big_picture", "picture", "media_url"]),
    (Use::Url, &["fallback_url", "fallback_link", "fallback", "web_url"]),
    (Use::Any, &["payload_size", "payload_bytes"]),
];

const SOCIAL: &[Known] = &[
    (Use::Text, &["title", "headline"]),
    (Use::Plain, &["body", "text", "message", "content", "copy", "caption", "post", "tweet"]),
    BUTTON,
    URL,
    (Use::Image, &["image", "image_url", "media", "media_url", "picture"]),
    (Use::Text, &["alt", "alt_text", "image_alt", "image_alt_text"]),
    (Use::Text, &["card_title", "og_title", "link_title", "preview_title"]),
    (Use::Text, &["card_description", "og_description", "link_description", "preview_description"]),
    (Use::Text, &["description"]),
    (Use::Tags, &["tags", "keywords", "video_tags"]),
    FORMAT,
];

const AD: &[Known] = &[
    (
        Use::Texts,
        &[
            "headlines",
            "headline",
            "title",
            "titles",
            "title_part",
            "headline_part",
            "ad_headline",
            "ad_title",
        ],
    ),
    (Use::Texts, &["long_headlines", "long_headline"]),
    (Use::Texts, &["descriptions", "description", "description_line", "link_description"]),
    (
        Use::Plain,
        &[
            "body",
            "primary_text",
            "introductory_text",
            "introduction_text",
            "intro_text",
            "ad_introduction_text",
            "ad_introductory_text",
            "message_text",
            "message_body",
            "ad_text",
            "text",
            "message",
            "copy",
            "commentary",
        ],
    ),
    (
        Use::Url,
        &[
            "final_url",
            "link",
            "url",
            "destination_url",
            "landing_page",
            "landing_page_url",
            "website_url",
            "click_url",
            "click_uri",
        ],
    ),
    (Use::Text, &["path1", "path_1", "display_path_1"]),
    (Use::Text, &["path2", "path_2", "display_path_2"]),
    (Use::Text, &["business_name", "company_name"]),
    (Use::Machine, &["display_url", "display_link"]),
    (Use::Machine, &["campaign_name", "campaign"]),
    (Use::Machine, &["ad_group", "ad_group_name", "ad_set", "ad_set_name"]),
    FORMAT,
    (Use::Machines, &["pins", "headline_position", "headline_pin", "pinned_headlines"]),
    (Use::Texts, &["sitelinks", "sitelink", "sitelink_text", "link_text"]),
    (Use::Texts, &["sitelink_descriptions", "sitelink_description", "sitelink_description_line"]),
    (Use::Texts, &["callouts", "callout", "callout_text"]),
    (Use::Texts, &["cards", "card_headline", "card_title", "card", "product_name"]),
    (
        Use::Button,
        &["call_to_action", "cta", "button", "cta_text", "button_text", "cta_label", "button_label"],
    ),
    (Use::Text, &["subject", "subject_line", "message_subject"]),
    (Use::Machine, &["tracking_template", "tracking_url_template"]),
    (Use::Machine, &["final_url_suffix", "url_suffix", "url_parameters", "url_tags"]),
];

const LISTING: &[Known] = &[
    (Use::Format, &["store", "app_store"]),
    (Use::Text, &["name", "app_name", "title", "app_title"]),
    (Use::Text, &["subtitle"]),
    (Use::Text, &["keywords"]),
    (Use::Text, &["short_description"]),
    (Use::Text, &["description", "full_description", "long_description"]),
    (Use::Text, &["promotional_text", "promo_text", "promo"]),
];

const ARTICLE: &[Known] = &[
    (Use::Text, &["title", "headline", "seo_title_tag"]),
    (Use::Text, &["description", "summary", "excerpt", "meta_description", "seo_description"]),
    (Use::Html, &["html", "body_html", "html_body"]),
    (Use::Markdown, &["body", "markdown", "content", "text", "body_markdown"]),
    (Use::Machine, &["canonical", "canonical_url", "canonical_link"]),
];

/// What assets of every kind have.
const COMMON: &[Known] = &[
    (Use::Machine, &["regions", "region", "countries", "country"]),
    (Use::Machine, &["languages", "language"]),
    (Use::Machine, &["lang"]),
    (Use::Machine, &["purpose"]),
    (Use::Machine, &["platform", "network"]),
];

const FORMAT: Known = (Use::Format, &["format", "ad_type", "ad_format", "post_type", "creative_type"]);
const BODY: Known = (Use::Body, &["body", "message", "content", "copy"]);
const MESSAGE: Known = (Use::Plain, &["body", "message", "text", "content", "copy"]);
const BUTTON: Known = (
    Use::Button,
    &["cta", "button", "call_to_action", "cta_text", "button_text", "cta_label", "button_label"],
);
const URL: Known = (
    Use::Url,
    &[
        "url",
        "link",
        "href",
        "cta_url",
        "button_url",
        "cta_link",
        "landing_page",
        "click_url",
        "deep_link",
        "action_url",
    ],
);

/// The usual fields of a `kind`, its own before those that all have.
pub(crate) fn known(kind: Kind) -> impl Iterator<Item = &'static Known> {
    let own = match kind {
        Kind::Campaign => &[],
        Kind::Email => EMAIL,
        Kind::Sms => SMS,
        Kind::Push => PUSH,
        Kind::Post | Kind::Page => ARTICLE,
        Kind::SocialPost => SOCIAL,
        Kind::Ad => AD,
        Kind::AppListing => LISTING,
    };
    own.iter().chain(if kind == Kind::Campaign { &[] } else { COMMON })
}

/// The field of a `kind` that `key`, in snake case, usually holds, and what it is used for. Numbers in the key of a list
/// are left out: `headline_3` is one of the `headlines`, `headline_3_position` of the `pins`.
pub(crate) fn usual(kind: Kind, key: &str) -> Option<(&'static str, Use)> {
    let of_name = |(how, names): &Known| names.contains(&key).then_some((*how, *names));
    let stem = stem(key);
    let of_stem = |(how, names): &Known| {
        (how.is_list() && stem.len() < key.len() && names.contains(&stem.as_str())).then_some((*how, *names))
    };
    let found = known(kind).find_map(of_name).or_else(|| known(kind).find_map(of_stem));
    found.and_then(|(how, names)| Some((*names.first()?, how)))
}

/// `headline_3_position` as `headline_position`, `title2` as `title`.
fn stem(key: &str) -> String {
    let words = key.split('_').map(|word| word.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

/// The word by which policies call the format or store that `value` names: `Responsive search ad` is `rsa`.
pub(crate) fn format_word(value: &str) -> SmolStr {
    let word = snake(value);
    let known = match word.as_str() {
        "responsive_search_ad" | "responsive_search" | "search_ad" => "rsa",
        "performance_max" | "performance_max_asset_group" | "asset_group" => "pmax",
        "responsive_display_ad" | "responsive_display" | "display_ad" => "display",
        "message_ad" | "sponsored_message" | "sponsored_inmail" | "inmail" => "message",
        "conversation_ad" => "conversation",
        "single_image_ad" | "single_image" | "image_ad" => "image",
        "carousel_ad" | "carousel_image_ad" => "carousel",
        "video_ad" | "single_video_ad" => "video",
        "document_ad" => "document",
        "text_ad" => "text",
        "shorts" => "short",
        "reels" => "reel",
        "stories" => "story",
        "app_store" | "apple_app_store" | "ios" => "apple",
        "google_play" | "play_store" | "google_play_store" | "play" | "android" => "google",
        _ => return word,
    };
    known.into()
}

/// What the field `name` of a `kind` is used for; [`Use::Any`] when it is not a usual one.
pub(crate) fn use_of(kind: Kind, name: &str) -> Use {
    known(kind).find(|(_, names)| names.first() == Some(&name)).map_or(Use::Any, |(how, _)| *how)
}

/// The names of the fields of a `kind` that people read.
pub(crate) fn readable(kind: Kind) -> Vec<&'static str> {
    let read = known(kind).filter(|(how, _)| is_read(*how));
    read.filter_map(|(_, names)| names.get(usize::from(names.len() > 1)).copied()).collect()
}

/// Whether people read what is used so.
pub(crate) const fn is_read(how: Use) -> bool {
    !matches!(how, Use::Machine | Use::Machines | Use::Format | Use::Url | Use::Image | Use::Any)
}

/// `Preview Text`, `previewText` and `preview-text` as `preview_text`.
pub(crate) fn snake(key: &str) -> SmolStr {
    let mut out = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    let mut letters = key.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '.' || letter == '/' {
            out.push(letter);
        } else if !letter.is_alphanumeric() {
            if !out.ends_with('_') && !out.is_empty() {
                out.push('_');
            }
        } else {
            let next_is_small = letters.peek().is_some_and(|next| next.is_lowercase());
            let starts = letter.is_uppercase()
                && (before.is_lowercase()
                    || before.is_ascii_digit()
                    || before.is_uppercase() && next_is_small);
            if starts && !out.ends_with('_') {
                out.push('_');
            }
            out.extend(letter.to_lowercase());
        }
        before = letter;
    }
    out.trim_end_matches('_').into()
}

/// Whether only machines read the value of `key`, in snake case, though it is text.
pub(crate) fn is_machine(key: &str, value: &str) -> bool {
    const WORDS: [&str; 42] = [
        "id",
        "slug",
        "url",
        "link",
        "href",
        "uri",
        "permalink",
        "layout",
        "template",
        "type",
        "path",
        "image",
        "images",
        "img",
        "cover",
        "thumbnail",
        "icon",
        "src",
        "source",
        "canonical",
        "aliases",
        "lang",
        "language",
        "languages",
        "locale",
        "region",
        "regions",
        "country",
        "countries",
        "channel",
        "audience",
        "segment",
        "campaign",
        "status",
        "email",
        "key",
        "version",
        "color",
        "colour",
        "css",
        "class",
        "platform",
    ];
    let last = key.rsplit(['_', '.']).next().unwrap_or(key);
    WORDS.contains(&key)
        || WORDS.contains(&last) && last != "type" && last != "source" && last != "cover"
        || is_url(value)
}

/// Whether `value` is a web address and nothing else.
pub(crate) fn is_url(value: &str) -> bool {
    let lower = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !value.trim().contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_all_spellings_are_one() {
        for key in
            ["Preview Text", "previewText", "preview-text", " preview_text ", "PreviewText", "Preview (Text)"]
        {
            assert_eq!(snake(key), "preview_text", "{key}");
        }
        assert_eq!(snake("Headline 1"), "headline_1");
        assert_eq!(snake("finalURL"), "final_url");
        assert_eq!(snake("UTMSource"), "utm_source");
        assert_eq!(snake("SMS"), "sms");
    }

    #[test]
    fn usual_names_lead_to_fields() {
        assert_eq!(usual(Kind::Ad, "headline_12"), Some(("headlines", Use::Texts)));
        assert_eq!(usual(Kind::Ad, "title_part_2"), Some(("headlines", Use::Texts)));
        assert_eq!(usual(Kind::Ad, "path_1"), Some(("path1", Use::Text)));
        assert_eq!(usual(Kind::Ad, "headline_1_position"), Some(("pins", Use::Machines)));
        assert_eq!(usual(Kind::Ad, "sitelink_2_description"), Some(("sitelink_descriptions", Use::Texts)));
        assert_eq!(usual(Kind::Ad, "callout_text"), Some(("callouts", Use::Texts)));
        assert_eq!(usual(Kind::AppListing, "promo_text"), Some(("promotional_text", Use::Text)));
        assert_eq!(usual(Kind::Email, "subject_line"), Some(("subject", Use::Text)));
        assert_eq!(usual(Kind::Email, "subject_2"), None);
    }
}
