//! The syntax of Go and .NET as the syntax of patterns.

use std::collections::BTreeSet;

use super::around::{Meaning, meaning};
use super::class::class;
use super::escape::{escape, literal};

/// How deep groups may nest; patterns allow 100.
const MOST_DEPTH: usize = 60;

/// A regular expression in our syntax.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Translated {
    /// What must stand before the match, when a look-behind asks for it and it was taken in.
    pub before: String,
    pub middle: String,
    /// What must stand behind the match, when a look-ahead asks for it and it was taken in.
    pub after: String,
    /// It has `|` outside of groups.
    pub is_choice: bool,
    /// It has `^` or `$`.
    pub has_line_anchor: bool,
    /// Something around the match was taken in.
    pub takes_in: bool,
    pub remarks: BTreeSet<String>,
}

impl Translated {
    /// All of it, in order.
    pub fn whole(&self) -> String {
        let middle = if self.is_choice { format!("(?:{})", self.middle) } else { self.middle.clone() };
        format!("{}{middle}{}", self.before, self.after)
    }
}

/// The regular expression `source` in our syntax.
///
/// # Errors
///
/// Says what a pattern cannot do.
pub(super) fn translate(source: &str) -> Result<Translated, String> {
    let mut scan = Scan { source, at: 0, out: Translated::default() };
    let mut middle = String::new();
    scan.alternatives(&mut middle, 0)?;
    if scan.at < source.len() {
        return Err("a `)` closes nothing".to_owned());
    }
    let mut out = scan.out;
    if out.is_choice && out.takes_in {
        return Err("one of its alternatives looks around".to_owned());
    }
    out.middle = middle;
    Ok(out)
}

struct Scan<'s> {
    source: &'s str,
    at: usize,
    out: Translated,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.rest().chars().next()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// Up to the end, or the `)` of the group.
    fn alternatives(&mut self, out: &mut String, depth: usize) -> Result<(), String> {
        if depth > MOST_DEPTH {
            return Err(format!("its groups nest deeper than {MOST_DEPTH} levels"));
        }
        while let Some(letter) = self.rest().chars().next() {
            match letter {
                ')' => return Ok(()),
                '|' => {
                    self.out.is_choice |= depth == 0;
                    self.push(out, "|");
                }
                '(' => self.group(out, depth)?,
                '[' => {
                    let (text, taken) = class(self.source.get(self.at + 1..).unwrap_or_default())?;
                    out.push_str(&text);
                    self.at += 1 + taken;
                }
                '\\' => self.escaped(out)?,
                '*' | '+' | '?' => self.repeated(out),
                '{' => match counted(self.rest()) {
                    Some(taken) => {
                        out.push_str(self.source.get(self.at..self.at + taken).unwrap_or_default());
                        self.at += taken;
                        self.lazy_or_possessive(out);
                    }
                    None => self.push(out, "\\{"),
                },
                '^' | '$' => {
                    self.out.has_line_anchor = true;
                    self.push(out, &letter.to_string());
                }
                '.' => self.push(out, "."),
                _ => self.push(out, &literal(letter)),
            }
        }
        Ok(())
    }

    /// Writes `text` for the character that comes next.
    fn push(&mut self, out: &mut String, text: &str) {
        self.next();
        out.push_str(text);
    }

    fn escaped(&mut self, out: &mut String) -> Result<(), String> {
        self.next();
        let letter = self.next().ok_or("nothing follows a `\\`")?;
        let (text, taken) = escape(letter, self.rest(), false)?;
        out.push_str(&text);
        self.at += taken;
        Ok(())
    }

    /// `*`, `+`, `?` and what may follow them.
    fn repeated(&mut self, out: &mut String) {
        if let Some(sign) = self.next() {
            out.push(sign);
        }
        self.lazy_or_possessive(out);
    }

    fn lazy_or_possessive(&mut self, out: &mut String) {
        match self.rest().chars().next() {
            Some('?') => self.push(out, "?"),
            Some('+') => {
                self.next();
                self.remark("what is repeated may be given back (`+` behind a count)");
            }
            _ => {}
        }
    }

    fn remark(&mut self, words: &str) {
        self.out.remarks.insert(words.to_owned());
    }

    /// `(…)` in all its forms.
    fn group(&mut self, out: &mut String, depth: usize) -> Result<(), String> {
        let rest = self.rest();
        for (sign, is_behind, is_negative) in
            [("(?<=", true, false), ("(?<!", true, true), ("(?=", false, false), ("(?!", false, true)]
        {
            if rest.starts_with(sign) {
                self.at += sign.len();
                return self.around(out, depth, is_behind, is_negative);
            }
        }
        let opening = if rest.starts_with("(?#") {
            self.at += rest.find(')').ok_or("a comment is not closed")? + 1;
            return Ok(());
        } else if let Some(name) = rest.strip_prefix("(?P<").or_else(|| rest.strip_prefix("(?<")) {
            let end = name.find('>').ok_or("a group has no name")?;
            self.at += rest.len() - name.len() + end + 1;
            "(".to_owned()
        } else if rest.starts_with("(?>") {
            self.at += 3;
            self.remark("a group may be given back (`(?>`)");
            "(?:".to_owned()
        } else if rest.starts_with("(?") {
            let (text, taken, is_open) = flags(rest)?;
            self.at += taken;
            if !is_open {
                out.push_str(&text);
                return Ok(());
            }
            text
        } else {
            self.at += 1;
            "(".to_owned()
        };
        out.push_str(&opening);
        self.alternatives(out, depth + 1)?;
        self.close(out)
    }

    fn close(&mut self, out: &mut String) -> Result<(), String> {
        self.next().filter(|it| *it == ')').ok_or("a `(` is not closed")?;
        out.push(')');
        Ok(())
    }

    /// A look-around, from behind its sign.
    fn around(
        &mut self,
        out: &mut String,
        depth: usize,
        is_behind: bool,
        is_negative: bool,
    ) -> Result<(), String> {
        let start = self.at;
        let had_anchor = self.out.has_line_anchor;
        let mut inner = String::new();
        self.alternatives(&mut inner, depth + 1)?;
        let words = clipped(self.source.get(start..self.at).unwrap_or_default());
        self.next().filter(|it| *it == ')').ok_or("a `(` is not closed")?;
        self.out.has_line_anchor = had_anchor;
        let is_first = depth == 0 && out.is_empty() && is_behind && self.out.before.is_empty();
        let is_last = depth == 0 && self.rest().is_empty() && !is_behind && self.out.after.is_empty();
        let at_edge = (is_first || is_last) && !self.out.is_choice;
        let shown = format!("`{}{words})`", sign(is_behind, is_negative));
        match meaning(&inner, is_negative) {
            Some(Meaning::Boundary { exactly: true }) => out.push_str(edge(is_behind)),
            Some(Meaning::Character { class, or_end, .. }) if at_edge => {
                let taken = match (or_end, is_behind) {
                    (false, _) => class,
                    (true, true) => format!("(?:^|{class})"),
                    (true, false) => format!("(?:{class}|$)"),
                };
                self.out.has_line_anchor |= or_end;
                self.take_in(taken, is_behind, &shown);
            }
            Some(Meaning::Boundary { .. } | Meaning::Character { outside_words: true, .. }) => {
                self.remark(&format!("an edge of a word stands for {shown}"));
                out.push_str(edge(is_behind));
            }
            Some(Meaning::Text) if at_edge => self.take_in(format!("(?:{inner})"), is_behind, &shown),
            Some(Meaning::NoText) => return Err(format!("it asks that something is not there: {shown}")),
            _ if is_behind => return Err(format!("it looks behind: {shown}")),
            _ => return Err(format!("it looks ahead: {shown}")),
        }
        Ok(())
    }

    /// Makes `taken`, which a look-around at the edge asks for, a part of the match.
    fn take_in(&mut self, taken: String, is_behind: bool, shown: &str) {
        self.remark(&format!("the match takes in what {shown} asks for"));
        self.out.takes_in = true;
        *(if is_behind { &mut self.out.before } else { &mut self.out.after }) = taken;
    }
}

/// How a look-around starts.
const fn sign(is_behind: bool, is_negative: bool) -> &'static str {
    match (is_behind, is_negative) {
        (true, true) => "(?<!",
        (true, false) => "(?<=",
        (false, true) => "(?!",
        (false, false) => "(?=",
    }
}

/// The pattern for no word character on that side.
const fn edge(is_behind: bool) -> &'static str {
    if is_behind { "\\b{start-half}" } else { "\\b{end-half}" }
}

/// The start of what a look-around asks for, for the report.
fn clipped(words: &str) -> String {
    const SHOWN: usize = 40;
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words.to_owned(),
    }
}

/// How many bytes `{2}`, `{2,}`, `{2,5}` takes; anything else is a brace.
fn counted(rest: &str) -> Option<usize> {
    let end = rest.find('}')?;
    let inner = rest.get(1..end)?;
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    (!least.is_empty() && digits(least) && digits(most)).then_some(end + 1)
}

/// `(?i)` or `(?i:` at the start of `rest`: what to write, how long it is, and whether a group is open.
fn flags(rest: &str) -> Result<(String, usize, bool), String> {
    let end = rest.find([')', ':']).ok_or("a `(` is not closed")?;
    let letters = rest.get(2..end).unwrap_or_default();
    let is_open = rest.as_bytes().get(end) == Some(&b':');
    if letters.contains('x') {
        return Err("it is written in free spacing (`(?x)`)".to_owned());
    }
    if !letters.chars().all(|it| matches!(it, 'i' | 'm' | 's' | 'n' | '-')) {
        return Err(format!("`(?{letters}` means something only to others"));
    }
    // `n` says that groups need no number.
    let kept: String = letters.chars().filter(|it| *it != 'n').collect();
    let kept = kept.trim_end_matches('-');
    let text = match (is_open, kept.is_empty()) {
        (true, _) => format!("(?{kept}:"),
        (false, true) => String::new(),
        (false, false) => format!("(?{kept})"),
    };
    Ok((text, end + 1, is_open))
}
