//! The tags of a link.

use super::PARAMETERS;

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags {
    /// In small letters, without its port.
    pub host: Option<String>,
    /// The parameters that analytics reads, decoded, in order, each once.
    pub parameters: Vec<(&'static str, String)>,
    /// Other parameters that start with `utm_`, whatever their case.
    pub others: Vec<String>,
}

/// Reads the tags of `link`. A template tag in a value stays as it is written.
pub(super) fn tags(link: &str) -> Tags {
    let mut tags = Tags { host: host(link), ..Tags::default() };
    let query = link.split('#').next().unwrap_or_default().split_once('?').map_or("", |(_, query)| query);
    for pair in query.split('&').flat_map(|pair| pair.split(';')) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let Some(name) =
            key.get(..4).filter(|start| start.eq_ignore_ascii_case("utm_")).and_then(|_| key.get(4..))
        else {
            continue;
        };
        match PARAMETERS.into_iter().find(|own| *own == name && key.starts_with("utm_")) {
            Some(parameter) if tags.parameters.iter().all(|(own, _)| *own != parameter) => {
                tags.parameters.push((parameter, decoded(value)));
            }
            Some(_) => {}
            None => tags.others.push(key.to_owned()),
        }
    }
    tags
}

fn host(link: &str) -> Option<String> {
    let rest = link.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let is_host = !host.is_empty() && host.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '-'));
    is_host.then_some(host)
}

/// `a%20b` and `a+b` as `a b`.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = value
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, hex) {
            (_, Some(code)) => {
                out.push(code);
                at += 2;
            }
            (b'+', None) => out.push(b' '),
            (byte, None) => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(out).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_order_and_decoded() {
        let found = tags(
            "https://ann@Shop.Example:8080/a?x=1&utm_medium=email&utm_source=a%2Bb+c&UTM_Term=x&utm_foo=1#utm_id=2",
        );
        assert_eq!(found.host.as_deref(), Some("shop.example"));
        assert_eq!(found.parameters, [("medium", "email".to_owned()), ("source", "a+b c".to_owned())]);
        assert_eq!(found.others, ["UTM_Term", "utm_foo"]);
        assert_eq!(tags("not a link"), Tags::default());
        assert_eq!(tags("?utm_source=%zz%é").parameters, [("source", "%zz%é".to_owned())]);
    }
}
