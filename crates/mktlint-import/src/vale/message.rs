//! Messages with `%s`.

use crate::draft::string_text;

/// A message, cut at the places where values go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The number of the value, from 0.
    Value(usize),
}

impl Message {
    /// Reads `Use '%s' instead of '%s'.`; `%[2]s` names the second value, `%%` is a percent sign.
    pub fn parse(words: &str) -> Self {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut n_values = 0;
        let mut rest = words.as_str();
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let (value, taken) = match verb(rest) {
                Some((Some(number), taken)) => (number, taken),
                Some((None, taken)) => (n_values, taken),
                None => {
                    text.push('%');
                    rest = rest.strip_prefix("%%").unwrap_or(&rest[1..]);
                    continue;
                }
            };
            n_values = value + 1;
            parts.push(Part::Text(std::mem::take(&mut text)));
            parts.push(Part::Value(value));
            rest = &rest[taken..];
        }
        text.push_str(rest);
        parts.push(Part::Text(text));
        Self(parts)
    }

    /// How many values it shows.
    pub fn n_values(&self) -> usize {
        let numbers = self.0.iter().map(|part| match part {
            Part::Text(_) => 0,
            Part::Value(number) => number + 1,
        });
        numbers.max().unwrap_or(0)
    }

    /// What stands between the quotes of a policy, with these expressions as values; the last one stands for those that
    /// are missing.
    pub fn fill(&self, values: &[&str]) -> String {
        let shown = |number: usize| match values.get(number).or(values.last()) {
            Some(expression) => format!("{{{expression}}}"),
            None => "…".to_owned(),
        };
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => string_text(text),
                Part::Value(number) => shown(*number),
            })
            .collect()
    }
}

/// `%s`, `%d`, `%[2]s` at the start of `rest`: the number that it names, and its length.
fn verb(rest: &str) -> Option<(Option<usize>, usize)> {
    if rest.starts_with("%s") || rest.starts_with("%d") || rest.starts_with("%v") {
        return Some((None, 2));
    }
    let inner = rest.strip_prefix("%[")?;
    let (number, behind) = inner.split_once(']')?;
    let number: usize = number.parse().ok().filter(|number| (1..=20).contains(number))?;
    behind.starts_with(['s', 'd', 'v']).then_some((Some(number - 1), number_len(inner, behind)))
}

fn number_len(inner: &str, behind: &str) -> usize {
    "%[".len() + inner.len() - behind.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_the_message_wants_them() {
        let check = |words: &str, values: &[&str], expected: &str| {
            assert_eq!(Message::parse(words).fill(values), expected, "{words}");
        };
        check("Avoid '%s'.", &["match"], "Avoid '{match}'.");
        check("Use '%s' instead of '%s'.", &["f(match)", "match"], "Use '{f(match)}' instead of '{match}'.");
        check("%[2]s, not %[1]s", &["a", "b"], "{b}, not {a}");
        check("100%% of \"it\" {x} 5% off %", &[], "100% of \\\"it\\\" \\{x\\} 5% off %");
        check("%s and %s", &["a"], "{a} and {a}");
        check("%[99999999999999999999]s %[s %[x]s", &["a"], "%[99999999999999999999]s %[s %[x]s");
        check(" many\n  lines ", &[], "many lines");
        assert_eq!(Message::parse("%[3]s").n_values(), 3);
    }
}
