//! `mktlint: waive RULE until DATE because "…"` in a comment, or in the `mktlint_waive` column of a CSV file.

use std::ops::Range;

use jiff::civil;
use mktlint_text::{MappedText, Span};
use smol_str::SmolStr;

use crate::{Directive, DirectiveError};

/// The directives in a comment, one for each rule that it names; none when the comment is for people.
///
/// `comment` is what stands between the comment's marks and `at` its bytes in the file; `whole` are the bytes of the
/// comment with its marks, `scope` what it speaks for. A comment is a directive when it starts with `mktlint:`,
/// and a wrong one when it starts with `mktlint waive`.
///
/// ```text
/// mktlint: waive RULE[, RULE…] [until DATE] because "REASON"
/// ```
///
/// `until` and `because` may change places; the quotes of the reason may be curly or single.
pub fn parse(comment: &str, at: Span, whole: Span, scope: Span) -> Vec<Directive> {
    let place = |range: Range<usize>| Span::of(range).shift(at.start());
    let start = comment.len() - comment.trim_start().len();
    let rest = comment.get(start..).unwrap_or_default();
    match rest.strip_prefix("mktlint:") {
        Some(words) => {
            let mut parser = Parser { text: comment, at: comment.len() - words.len(), bare: false };
            parser.directive(&place, whole, scope)
        }
        None if rest.strip_prefix("mktlint ").is_some_and(|rest| rest.trim_start().starts_with("waive ")) => {
            let errors = vec![(DirectiveError::NoColon, whole)];
            vec![Directive { span: whole, rule: None, until: None, because: None, errors, scope }]
        }
        None => Vec::new(),
    }
}

/// The directives in a cell of a CSV file's `mktlint_waive` column, which speak for the row at `scope`.
///
/// The words `mktlint: waive` may be left out, and so may the quotes around the reason, which then is the rest of the
/// cell.
pub(crate) fn parse_cell(cell: &MappedText, whole: Span, scope: Span) -> Vec<Directive> {
    let place = |range: Range<usize>| {
        let clamp = |at| u32::try_from(at).unwrap_or(u32::MAX);
        cell.source(clamp(range.start)..clamp(range.end))
    };
    let text = cell.text();
    if text.trim().is_empty() {
        return Vec::new();
    }
    let start = text.len() - text.trim_start().len();
    let rest = text.get(start..).unwrap_or_default();
    let words = rest.strip_prefix("mktlint:").unwrap_or(rest);
    let mut parser = Parser { text, at: text.len() - words.len(), bare: true };
    parser.directive(&place, whole, scope)
}

type PlaceOf<'p> = &'p dyn Fn(Range<usize>) -> Span;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// In a cell: the verb and the quotes may be absent.
    bare: bool,
}

impl<'t> Parser<'t> {
    fn directive(&mut self, place: PlaceOf<'_>, whole: Span, scope: Span) -> Vec<Directive> {
        let mut shared =
            Directive { span: whole, rule: None, until: None, because: None, errors: Vec::new(), scope };
        let verb = self.word();
        match &self.text[verb.clone()] {
            "waive" => {}
            _ if self.bare => self.at = verb.start,
            other => {
                shared.errors.push((DirectiveError::UnknownVerb(other.into()), place(verb)));
                return vec![shared];
            }
        }
        let rules = self.rules();
        self.clauses(place, &mut shared);
        if rules.is_empty() {
            shared.errors.insert(0, (DirectiveError::NoRule, whole));
            return vec![shared];
        }
        if shared.because.is_none() {
            shared.errors.push((DirectiveError::NoReason, whole));
        }
        let named = |rule: Range<usize>| (SmolStr::from(&self.text[rule.clone()]), place(rule));
        rules.into_iter().map(|rule| Directive { rule: Some(named(rule)), ..shared.clone() }).collect()
    }

    /// `subject_length, std.us.can_spam.no_fake_reply`.
    fn rules(&mut self) -> Vec<Range<usize>> {
        let mut rules = Vec::new();
        loop {
            let before = self.at;
            let word = self.word();
            if word.is_empty() || matches!(&self.text[word.clone()], "until" | "because") {
                self.at = before;
                return rules;
            }
            rules.push(word);
            if !self.eat(',') {
                return rules;
            }
        }
    }

    /// `until 2027-01-31 because "…"`, in any order.
    fn clauses(&mut self, place: PlaceOf<'_>, directive: &mut Directive) {
        loop {
            let word = self.word();
            match &self.text[word.clone()] {
                "until" => {
                    let date = self.word();
                    match self.text[date.clone()].parse::<civil::Date>() {
                        Ok(day) => directive.until = Some(day),
                        Err(_) => {
                            let bad = DirectiveError::BadDate(self.text[date.clone()].into());
                            directive.errors.push((bad, place(date)));
                        }
                    }
                }
                "because" => {
                    directive.because = self.reason();
                    if directive.because.is_none() {
                        self.at = self.text.len();
                        return;
                    }
                }
                "" if self.rest().is_empty() => return,
                _ => {
                    let rest = word.start..self.text.trim_end().len().max(word.start);
                    let trailing = DirectiveError::Trailing(self.text[rest.clone()].into());
                    directive.errors.push((trailing, place(rest)));
                    return;
                }
            }
        }
    }

    fn reason(&mut self) -> Option<String> {
        self.skip_space();
        let rest = &self.text[self.at..];
        let open = rest.chars().next()?;
        let close = match open {
            '"' | '\'' => open,
            '“' | '„' => '”',
            '‘' => '’',
            _ if self.bare => return self.bare_reason(),
            _ => return None,
        };
        let inner = &rest[open.len_utf8()..];
        let (reason, taken) = match inner.find(close) {
            Some(end) => (&inner[..end], open.len_utf8() + end + close.len_utf8()),
            None if self.bare => (inner, rest.len()),
            None => return None,
        };
        self.at += taken;
        Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty())
    }

    fn bare_reason(&mut self) -> Option<String> {
        let reason = self.rest().trim_end().to_owned();
        self.at = self.text.len();
        Some(reason).filter(|reason| !reason.is_empty())
    }

    /// The next run of anything but white space and commas; empty at the end.
    fn word(&mut self) -> Range<usize> {
        self.skip_space();
        let start = self.at;
        let rest = &self.text[start..];
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == ',').unwrap_or(rest.len());
        self.at = start + end;
        start..self.at
    }

    fn eat(&mut self, letter: char) -> bool {
        self.skip_space();
        let found = self.text[self.at..].starts_with(letter);
        if found {
            self.at += letter.len_utf8();
        }
        found
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.text[self.at..].trim_start().len();
    }

    fn rest(&self) -> &'t str {
        self.text[self.at..].trim_start()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(comment: &str) -> Directive {
        let at = Span::of(100..100 + comment.len());
        let found = parse(comment, at, at, Span::new(0, 9));
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    }

    #[test]
    fn a_whole_directive_is_read() {
        let found = one(" mktlint: waive acme.subject_length until 2027-01-31 because \"it is a poem\" ");
        assert_eq!(found.rule, Some(("acme.subject_length".into(), Span::new(116, 135))));
        assert_eq!(found.until, Some(civil::date(2027, 1, 31)));
        assert_eq!(found.because.as_deref(), Some("it is a poem"));
        assert_eq!(found.errors, []);
    }

    #[test]
    fn comments_for_people_are_left_alone() {
        for comment in ["", " TODO", " see mktlint: waive", "mktlint is great"] {
            assert!(parse(comment, Span::new(0, 0), Span::new(0, 0), Span::new(0, 0)).is_empty());
        }
    }

    #[test]
    fn each_mistake_is_named() {
        let errors = |comment| one(comment).errors.into_iter().map(|(error, _)| error).collect::<Vec<_>>();
        assert_eq!(errors("mktlint: ignore x"), [DirectiveError::UnknownVerb("ignore".into())]);
        assert_eq!(errors("mktlint waive x because \"y\""), [DirectiveError::NoColon]);
        assert_eq!(errors("mktlint: waive because \"x\""), [DirectiveError::NoRule]);
        assert_eq!(errors("mktlint: waive r"), [DirectiveError::NoReason]);
        assert_eq!(errors("mktlint: waive r because \"\""), [DirectiveError::NoReason]);
        assert_eq!(
            errors("mktlint: waive r until 2027-02-30 because \"x\""),
            [DirectiveError::BadDate("2027-02-30".into())]
        );
        assert_eq!(
            errors("mktlint: waive r because \"x\" please now "),
            [DirectiveError::Trailing("please now".into())]
        );
    }

    #[test]
    fn two_rules_are_two_directives() {
        let found =
            parse("mktlint: waive a, b because “x”", Span::new(0, 0), Span::new(0, 0), Span::new(0, 0));
        let rules: Vec<_> =
            found.iter().filter_map(|it| it.rule.as_ref().map(|(name, _)| name.as_str())).collect();
        assert_eq!(rules, ["a", "b"]);
        assert_eq!(found[1].because.as_deref(), Some("x"));
    }

    #[test]
    fn a_cell_needs_no_verb_and_no_quotes() {
        let cell = MappedText::verbatim("x,subject_length because a poem", Span::new(2, 31));
        let found = parse_cell(&cell, Span::new(2, 31), Span::new(0, 31));
        assert_eq!(found[0].rule, Some(("subject_length".into(), Span::new(2, 16))));
        assert_eq!(found[0].because.as_deref(), Some("a poem"));
        assert_eq!(found[0].errors, []);
    }
}
