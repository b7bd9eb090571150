//! Formulas over counts: `0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59`.

/// How long a formula may be.
const LONGEST: usize = 2_000;

/// The counts that policies have, as expressions of `text` or of the asset.
const COUNTS: [(&str, &str); 15] = [
    ("words", "words(text)"),
    ("sentences", "sentences(text)"),
    ("characters", "characters(text)"),
    ("syllables", "syllables(text)"),
    ("polysyllabic_words", "polysyllables(text)"),
    ("complex_words", "hard_words(text)"),
    ("long_words", "long_words(text)"),
    ("paragraphs", "length(paragraphs)"),
    ("heading_h1", "(count h in headings where h.level == 1)"),
    ("heading_h2", "(count h in headings where h.level == 2)"),
    ("heading_h3", "(count h in headings where h.level == 3)"),
    ("heading_h4", "(count h in headings where h.level == 4)"),
    ("heading_h5", "(count h in headings where h.level == 5)"),
    ("heading_h6", "(count h in headings where h.level == 6)"),
    ("headings", "length(headings)"),
];

/// The formula as an expression of policies.
///
/// # Errors
///
/// Says what policies cannot count or compute.
pub(super) fn formula(source: &str) -> Result<String, String> {
    if source.len() > LONGEST {
        return Err(format!("its formula is longer than {LONGEST} characters"));
    }
    let mut out = String::new();
    let mut depth = 0_u32;
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '0'..='9' | '.' => {
                let digits = cut(rest, |it| it.is_ascii_digit() || it == '.');
                out.push_str(&number(digits)?);
                digits.len()
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let name = cut(rest, |it| it.is_ascii_alphanumeric() || it == '_' || it == '.');
                out.push_str(expression(name)?);
                name.len()
            }
            '+' | '-' | '*' | '/' => {
                out.extend([' ', first, ' ']);
                1
            }
            '(' | ')' => {
                let deeper = if first == '(' { depth.checked_add(1) } else { depth.checked_sub(1) };
                depth = deeper.ok_or("a `)` of its formula closes nothing")?;
                out.push(first);
                1
            }
            other => return Err(format!("policies cannot compute `{other}`")),
        };
        rest = rest.get(taken..).unwrap_or_default().trim_start();
    }
    if depth > 0 { Err("a `(` of its formula is not closed".to_owned()) } else { Ok(out.trim().to_owned()) }
}

/// The start of `text` that `belongs`.
fn cut(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    text.split_at(text.find(|it| !belongs(it)).unwrap_or(text.len())).0
}

/// The expression for a count, or the name of a function.
fn expression(name: &str) -> Result<&'static str, String> {
    if name == "math.sqrt" {
        return Ok("sqrt");
    }
    let own = name.replace("heading.h", "heading_h");
    let known = COUNTS.iter().find(|(count, _)| *count == own);
    known.map(|(_, expression)| *expression).ok_or_else(|| format!("policies have no `{name}`"))
}

/// `> 8.0` as a comparison of policies.
///
/// # Errors
///
/// Says that it is none.
pub(super) fn condition(source: &str) -> Result<String, String> {
    let source = source.trim();
    let sign = ["<=", ">=", "==", "!=", "<", ">"].into_iter().find(|sign| source.starts_with(sign));
    let wrong = || format!("its condition `{source}` is no comparison with a number");
    let sign = sign.ok_or_else(wrong)?;
    let value = source[sign.len()..].trim();
    let (minus, digits) = value.strip_prefix('-').map_or(("", value), |digits| ("-", digits));
    Ok(format!("{sign} {minus}{}", number(digits).map_err(|_| wrong())?))
}

/// `.5` and `8.` as policies write them.
fn number(digits: &str) -> Result<String, String> {
    let is_number = digits.len() <= 20
        && digits.matches('.').count() <= 1
        && digits.chars().any(|it| it.is_ascii_digit())
        && digits.chars().all(|it| it.is_ascii_digit() || it == '.');
    if !is_number {
        return Err(format!("`{digits}` is no number"));
    }
    let digits = if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() };
    Ok(digits.strip_suffix('.').map_or(digits.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_of_known_counts_are_carried() {
        let check = |source: &str, expected: &str| {
            assert_eq!(formula(source).unwrap_or_else(|why| why), expected, "{source}");
        };
        check(
            "(0.39 * (words / sentences)) + (11.8 * (syllables / words)) - 15.59",
            "(0.39 * (words(text) / sentences(text))) + (11.8 * (syllables(text) / words(text))) - 15.59",
        );
        check("heading.h1+.5", "(count h in headings where h.level == 1) + 0.5");
        check(
            "1.0430 * math.sqrt((polysyllabic_words * 30.0) / sentences)",
            "1.0430 * sqrt((polysyllables(text) * 30.0) / sentences(text))",
        );
        check("math.log(words)", "policies have no `math.log`");
        check("list", "policies have no `list`");
        check("words)", "a `)` of its formula closes nothing");
        check("(words", "a `(` of its formula is not closed");
        check("words % 2", "policies cannot compute `%`");
        check("1.2.3", "`1.2.3` is no number");
    }

    #[test]
    fn conditions_compare_with_a_number() {
        let check = |source: &str, expected: &str| {
            assert_eq!(condition(source).unwrap_or_else(|why| why), expected, "{source}");
        };
        check("> 8.0", "> 8.0");
        check("<=-5", "<= -5");
        check("== 8.", "== 8");
        check("> words", "its condition `> words` is no comparison with a number");
        check("8", "its condition `8` is no comparison with a number");
    }
}
