//! Front matter: `---` for YAML, `+++` for TOML, at the very start.

use mktlint_text::Span;

use crate::Format;

/// Front matter and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Matter {
    /// What is between the fences.
    pub inner: Span,
    /// The first byte after it.
    pub end: u32,
    /// How it is written.
    pub format: Format,
}

/// The front matter of `text`, which starts at `start`; `None` when its fence never closes.
pub(crate) fn find(text: &str, start: u32) -> Option<Matter> {
    let rest = text.get(start as usize..)?;
    let (fence, format) = match rest.as_bytes().get(..3)? {
        b"---" => ("---", Format::Yaml),
        b"+++" => ("+++", Format::Toml),
        _ => return None,
    };
    let first = memchr::memchr(b'\n', rest.as_bytes())?;
    if rest.get(3..first)?.trim() != "" {
        return None;
    }
    let mut at = first + 1;
    while at < rest.len() {
        let end =
            memchr::memchr(b'\n', rest.as_bytes().get(at..)?).map_or(rest.len(), |found| at + found + 1);
        let line = rest.get(at..end)?.trim_end();
        if line == fence || (format == Format::Yaml && line == "...") {
            let inner = Span::of(first + 1..at).shift(start);
            return Some(Matter { inner, end: start + end as u32, format });
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = find(text, 0);
        let parts = found.map(|matter| (matter.inner.slice(text), &text[matter.end as usize..]));
        assert_eq!(parts, expected);
    }

    #[test]
    fn fences() {
        check("---\na: 1\n---\nbody", Some(("a: 1\n", "body")));
        check("---\r\na: 1\r\n---\r\nbody", Some(("a: 1\r\n", "body")));
        check("+++\na = 1\n+++", Some(("a = 1\n", "")));
        check("---\n---\n", Some(("", "")));
        check("---\na: 1\n", None);
        check("--- x\n---\n", None);
        check("----\n---\n", None);
    }
}
