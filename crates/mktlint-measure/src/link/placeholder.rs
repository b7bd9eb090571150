//! Placeholders that a sending platform fills in, in the syntaxes that stand in links.

use std::ops::Range;

/// The syntax of a placeholder, and so who fills it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// `{{ x }}`, `{{{x}}}`: Liquid, Handlebars, HubSpot, Klaviyo, Braze, Meta, Snapchat.
    DoubleBrace,
    /// `{% x %}`: a Liquid or Jinja tag.
    Block,
    /// `{x}`: ValueTrack of Google Ads, Microsoft Ads.
    Brace,
    /// `${X}`: Display & Video 360.
    DollarBrace,
    /// `*|X|*`: Mailchimp.
    StarBar,
    /// `%%x%%`: Salesforce Marketing Cloud, Campaign Manager 360.
    DoublePercent,
    /// `%ecid!`: Campaign Manager 360.
    PercentBang,
    /// `__X__`: TikTok.
    Underscores,
    /// `[X]`: ad servers. Only as a value or a piece of a path, since `filter[x]=1` is a key.
    Bracket,
    /// `<%= x %>`: EJS, ERB.
    Angle,
}

/// Something to be filled in before anyone sees the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// With its delimiters.
    pub range: Range<usize>,
    /// What is asked for, without white space, filters and sigils: `contact.email` in `{{ contact.email | lower }}`.
    pub name: Range<usize>,
    /// Its syntax.
    pub family: Family,
}

/// Returns the placeholders in `text`, in order and without overlap. One that is not closed is none.
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let is_opener = |byte: &u8| matches!(byte, b'{' | b'$' | b'*' | b'%' | b'_' | b'[' | b'<');
    while let Some(skipped) = bytes[at..].iter().position(is_opener) {
        at += skipped;
        let attempt = attempt(bytes, at);
        if let Some((family, body)) = attempt.body {
            found.push(Placeholder { range: at..attempt.end, name: name(text, body), family });
        }
        at = attempt.end;
    }
    found
}

/// What came of trying to read a placeholder.
///
/// INVARIANT: an attempt reads no further than the next byte that opens its own family, so that however many fail,
/// each byte is read once per family at most.
struct Attempt {
    /// Where to go on, past the start.
    end: usize,
    body: Option<(Family, Range<usize>)>,
}

impl Attempt {
    fn failed(end: usize) -> Self {
        Self { end, body: None }
    }
}

fn attempt(bytes: &[u8], at: usize) -> Attempt {
    let rest = &bytes[at..];
    match rest {
        [b'{', b'%', ..] => delimited(bytes, at, 2, b"%}", Family::Block),
        [b'{', b'{', b'{', ..] => delimited(bytes, at, 3, b"}}}", Family::DoubleBrace),
        [b'{', b'{', ..] => delimited(bytes, at, 2, b"}}", Family::DoubleBrace),
        [b'{', ..] => brace(bytes, at),
        [b'$', b'{', ..] => delimited(bytes, at, 2, b"}", Family::DollarBrace),
        [b'<', b'%', ..] => delimited(bytes, at, 2, b"%>", Family::Angle),
        [b'*', b'|', ..] => delimited(bytes, at, 2, b"|*", Family::StarBar),
        [b'%', b'%', ..] => delimited(bytes, at, 2, b"%%", Family::DoublePercent),
        [b'%', b'e', ..] => percent_bang(bytes, at),
        [b'_', ..] => underscores(bytes, at),
        [b'[', ..] => bracket(bytes, at),
        _ => Attempt::failed(at + 1),
    }
}

/// A body between an opener of `open` bytes and `close`. It may hold neither the first byte of the opener, nor the
/// one of `close` but as part of `close`.
fn delimited(bytes: &[u8], at: usize, open: usize, close: &[u8], family: Family) -> Attempt {
    let start = at + open;
    let opener = bytes[at];
    let tells = |byte: &u8| *byte == opener || close.contains(byte);
    // `%}` and `%>`: a lone `%` inside is an operator.
    let lone = |rest: &[u8]| {
        close.len() == 2 && close[0] == b'%' && rest[0] == b'%' && family != Family::DoublePercent
    };
    let mut end = start;
    while let Some(skipped) = bytes[end..].iter().position(tells) {
        end += skipped;
        let rest = &bytes[end..];
        if rest.starts_with(close) {
            let body = (end > start).then_some((family, start..end));
            return Attempt { end: end + close.len(), body };
        }
        if !lone(rest) {
            break;
        }
        end += 1;
    }
    Attempt::failed(start)
}

/// `{campaignid}`: white space and quotes make it something else, such as JSON.
fn brace(bytes: &[u8], at: usize) -> Attempt {
    let attempt = delimited(bytes, at, 1, b"}", Family::Brace);
    let is_code = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'');
    match &attempt.body {
        Some((_, body)) if bytes[body.clone()].iter().any(is_code) => Attempt::failed(at + 1),
        _ => attempt,
    }
}

/// `%ecid!`, which begins like the escape of another character.
fn percent_bang(bytes: &[u8], at: usize) -> Attempt {
    let len = bytes[at + 1..].iter().take(12).take_while(|byte| byte.is_ascii_lowercase()).count();
    let end = at + 1 + len;
    if len >= 3 && bytes.get(end) == Some(&b'!') {
        Attempt { end: end + 1, body: Some((Family::PercentBang, at + 1..end)) }
    } else {
        Attempt::failed(at + 1)
    }
}

/// `__CAMPAIGN_NAME__`, not glued to a word.
fn underscores(bytes: &[u8], at: usize) -> Attempt {
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let end = at + bytes[at..].iter().take_while(|byte| is_part(byte)).count();
    let is_glued = at > 0 && bytes[at - 1].is_ascii_alphanumeric()
        || bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    match &bytes[at..end] {
        [b'_', b'_', body @ .., b'_', b'_'] if !is_glued && body.iter().any(u8::is_ascii_uppercase) => {
            Attempt { end, body: Some((Family::Underscores, at + 2..end - 2)) }
        }
        _ => Attempt::failed(end),
    }
}

/// `[CACHEBUSTER]` behind `=` or `/` or inside a value.
fn bracket(bytes: &[u8], at: usize) -> Attempt {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let body = at + 1..at + 1 + bytes[at + 1..].iter().take_while(|byte| is_part(byte)).count();
    let fits = at == 0 || matches!(bytes[at - 1], b'=' | b'/' | b'-' | b'_' | b'.' | b'+');
    if fits && body.len() > 1 && bytes[at + 1].is_ascii_alphabetic() && bytes.get(body.end) == Some(&b']') {
        Attempt { end: body.end + 1, body: Some((Family::Bracket, body)) }
    } else {
        Attempt::failed(at + 1)
    }
}

/// The part of `body` that names what is asked for.
fn name(text: &str, body: Range<usize>) -> Range<usize> {
    let inside = text.get(body.clone()).unwrap_or_default();
    let expression = inside.split('|').next().unwrap_or_default();
    let is_sigil =
        |character: char| character.is_whitespace() || matches!(character, '=' | '-' | '&' | '#' | '~');
    let start = expression.len() - expression.trim_start_matches(is_sigil).len();
    let end =
        expression.trim_end_matches(|character: char| character.is_whitespace() || character == '-').len();
    body.start + start.min(end)..body.start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = placeholders(text);
        let found: Vec<_> =
            found.iter().map(|it| (&text[it.range.clone()], &text[it.name.clone()])).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_family() {
        check("{{ contact.email | lower }}", &[("{{ contact.email | lower }}", "contact.email")]);
        check("{{{x}}}/{{campaign.name}}", &[("{{{x}}}", "x"), ("{{campaign.name}}", "campaign.name")]);
        check("{% if a % b %}", &[("{% if a % b %}", "if a % b")]);
        check("{lpurl+2}?c={campaignid}", &[("{lpurl+2}", "lpurl+2"), ("{campaignid}", "campaignid")]);
        check("x=${CAMPAIGN_ID}", &[("${CAMPAIGN_ID}", "CAMPAIGN_ID")]);
        check("*|MC:UID|*", &[("*|MC:UID|*", "MC:UID")]);
        check("%%emailaddr%%&%%=v(@x)=%%", &[("%%emailaddr%%", "emailaddr"), ("%%=v(@x)=%%", "v(@x)=")]);
        check("c=%ecid!", &[("%ecid!", "ecid")]);
        check("cid-__CAMPAIGN_NAME__", &[("__CAMPAIGN_NAME__", "CAMPAIGN_NAME")]);
        check("t=[timestamp]", &[("[timestamp]", "timestamp")]);
        check("<%= url %>", &[("<%= url %>", "url")]);
    }

    #[test]
    fn look_alikes_are_none() {
        for text in
            ["{{campaign.name}", "{}", "{\"a\":1}", "filter[name]=x", "items[]=1", "[::1]", "a__B__c", "____"]
        {
            check(text, &[]);
        }
        check("%20%25x%", &[]);
        check("a*b|c", &[]);
        check("100%%?u={{x}}", &[("{{x}}", "x")]);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for unit in ["{", "{{", "${", "{%", "%%", "*|", "__", "[a", "<%", "%e", "{%%", "{{a}", "{%$<%*|"] {
            let n_found = placeholders(&unit.repeat(200_000)).len();
            assert!(n_found <= 200_000, "{unit}");
        }
    }
}
