//! Contacts in what is shown.

use mktlint_decide::Value;
use mktlint_measure::personal;

/// The most characters of a file that are shown as one value.
const SHOWN: usize = 40;

/// What stands in a cell that cannot be read: personal data covered, of words of four letters or more the first, of
/// numbers of seven digits or more the last two. Cells slip into wrong columns, so any may be a name.
pub fn cell(bytes: &[u8]) -> String {
    // Cut before it is searched: a cell can have megabytes. An address that the cut goes through loses its end.
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(8 * SHOWN)]);
    let masked = personal::mask(&text);
    let mut shown = String::new();
    let mut rest: &str = &masked;
    while let Some(first) = rest.chars().next() {
        let len = run(rest, first);
        let (head, tail) = rest.split_at(len);
        push(&mut shown, head, first);
        rest = tail;
    }
    cut(&shown)
}

/// How many bytes at the start of `text` are of the kind of its first character: letters, digits, or alone.
fn run(text: &str, first: char) -> usize {
    let same = |kind: fn(char) -> bool| text.find(|it: char| !kind(it)).unwrap_or(text.len());
    match first {
        _ if first.is_alphabetic() => same(char::is_alphabetic),
        _ if first.is_ascii_digit() => same(|it| it.is_ascii_digit()),
        _ => first.len_utf8(),
    }
}

fn push(shown: &mut String, run: &str, first: char) {
    let n_chars = run.chars().count();
    match first {
        _ if first.is_alphabetic() && n_chars > 3 => {
            shown.push(first);
            shown.push_str("***");
        }
        _ if first.is_ascii_digit() && n_chars > 6 => {
            shown.push_str("***");
            shown.push_str(&run[run.len() - 2..]);
        }
        _ if first.is_control() => shown.push('\u{fffd}'),
        _ => shown.push_str(run),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The name of a column: personal data covered, as a file without a header has some in its first row.
pub fn column(name: &str) -> String {
    let shown: String = personal::mask(name).chars().filter(|it| !it.is_control()).collect();
    cut(&shown)
}

/// `value` as it may be shown: of a text the first character, of items of sets what is no address and no number.
pub fn value(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(words(&text).into()),
        Value::Set(items) => Value::Set(
            items
                .into_iter()
                .map(|item| match item {
                    Value::Text(text) => Value::Text(cut(&personal::mask(&text)).into()),
                    other => other,
                })
                .collect(),
        ),
        other => other,
    }
}

fn words(text: &str) -> String {
    match personal::mask(text) {
        std::borrow::Cow::Owned(masked) if personal::is_email(text) => masked,
        _ => text.chars().next().map(|first| format!("{first}***")).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_their_shape_and_not_their_owner() {
        let check = |text: &str, expected: &str| assert_eq!(cell(text.as_bytes()), expected);
        check("31/12/2025", "31/12/2025");
        check("EUR 12,50", "EUR 12,50");
        check("Jane Miller", "J*** M***");
        check("jane@acme.example", "j***@a***.e***");
        check("4915112345678", "***78");
        check("a\u{1b}[2Jb", "a\u{fffd}[2Jb");
        check(&"1 ".repeat(500), &format!("{}…", "1 ".repeat(20)));
    }

    #[test]
    fn texts_keep_their_first_character() {
        assert_eq!(value(Value::Text("Jane".into())), Value::Text("J***".into()));
        assert_eq!(value(Value::Text("jane@acme.example".into())), Value::Text("j***@a***.example".into()));
        assert_eq!(value(Value::Name("DE".into())), Value::Name("DE".into()));
    }
}
