//! Key files: the lines of `allowed_signers` of OpenSSH, and those of `.pub` files.

use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_text::Span;
use smol_str::SmolStr;
use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use crate::codes::{keys as codes, signature};
use crate::record::NAMESPACE;
use crate::record::signature::{fingerprint, weakness};

/// Lines that a key file may have; a company has fewer people who sign.
const MOST_LINES: usize = 10_000;

/// A public key of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub key: KeyData,
    /// `SHA256:…`
    pub fingerprint: SmolStr,
    /// The members of the role who have it.
    pub owners: Vec<SmolStr>,
    /// Not before.
    pub valid_after: Option<Timestamp>,
    /// Not later.
    pub valid_before: Option<Timestamp>,
    /// Whether it may sign decisions: the line names no other purposes alone.
    pub is_for_decisions: bool,
    /// The line.
    pub place: Place,
}

/// The keys in `text`, the content of `file`, for a role with `members`; lines that are wrong are problems and give none.
pub fn read(file: &FilePath, text: &str, members: &[SmolStr], problems: &mut Vec<Diagnostic>) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let trimmed = line.trim_start_matches('\u{feff}').trim();
        let place = Place::new(file.clone(), Span::of(at..at + line.trim_end().len()));
        at += line.len();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if number >= MOST_LINES {
            problems.push(codes::wrong_line(
                place,
                "this key file has too many lines",
                "the rest is not read",
            ));
            break;
        }
        match key(trimmed, members, place) {
            Ok(key) => keys.push(key),
            Err(problem) => problems.push(*problem),
        }
    }
    keys
}

fn key(line: &str, members: &[SmolStr], place: Place) -> Result<Key, Box<Diagnostic>> {
    let wrong = |message: &str, help: &str| Box::new(codes::wrong_line(place.clone(), message, help));
    let (names, line) = if is_type(word(line).0) { ("", line) } else { word(line) };
    let (options, line) = if is_type(word(line).0) { ("", line) } else { word(line) };
    let options = Options::read(options)
        .map_err(|message| wrong(&message, "write it as `man ssh-keygen` says under ALLOWED SIGNERS"))?;
    let (kind, rest) = word(line);
    let (body, comment) = word(rest);
    if !is_type(kind) || body.is_empty() {
        return Err(wrong("this line holds no public key", "write `member@acme.example ssh-ed25519 AAAA…`"));
    }
    let public = PublicKey::from_openssh(&format!("{kind} {body}"))
        .map_err(|_| wrong("this public key is damaged", "take the line of the `.pub` file as it is"))?;
    if let Some(reason) = weakness(public.key_data()) {
        return Err(Box::new(signature::weak(place, reason)));
    }
    let owners = if names.is_empty() { by_comment(comment, members) } else { by_names(names, members) };
    if owners.is_empty() {
        return Err(wrong("this key belongs to no member of the role", &name_one(members)));
    }
    Ok(Key {
        fingerprint: fingerprint(public.key_data()),
        key: public.key_data().clone(),
        owners,
        valid_after: options.valid_after,
        valid_before: options.valid_before,
        is_for_decisions: options.is_for_decisions,
        place,
    })
}

fn name_one(members: &[SmolStr]) -> String {
    match members.first() {
        Some(member) => format!("start the line with a member: `{member} ssh-ed25519 AAAA…`"),
        None => "give the role `members`".to_owned(),
    }
}

/// Whether a word names a kind of key.
fn is_type(word: &str) -> bool {
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|start| word.starts_with(start))
        && !word.contains(['=', ','])
}

/// The first word of `line` and what follows; spaces between quotes belong to the word.
fn word(line: &str) -> (&str, &str) {
    let line = line.trim_start();
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => return line.split_at(at),
            _ => {}
        }
    }
    (line, "")
}

/// The member that the comment of a `.pub` line names; the only one when there is only one.
fn by_comment(comment: &str, members: &[SmolStr]) -> Vec<SmolStr> {
    let named = members.iter().find(|member| member.eq_ignore_ascii_case(comment.trim()));
    match (named, members) {
        (Some(named), _) => vec![named.clone()],
        (None, [only]) => vec![only.clone()],
        _ => Vec::new(),
    }
}

/// The members that fit one of the patterns and none that starts with `!`: `*@acme.example,!jo@acme.example`.
fn by_names(names: &str, members: &[SmolStr]) -> Vec<SmolStr> {
    let names = names.trim_matches('"').to_ascii_lowercase();
    let patterns: Vec<&str> = names.split(',').map(str::trim).collect();
    let fits_any = |member: &str, is_negated: bool| {
        patterns.iter().any(|pattern| match pattern.strip_prefix('!') {
            Some(pattern) => is_negated && fits(pattern.as_bytes(), member.as_bytes()),
            None => !is_negated && fits(pattern.as_bytes(), member.as_bytes()),
        })
    };
    let is_named = |member: &&SmolStr| {
        let member = member.to_ascii_lowercase();
        fits_any(&member, false) && !fits_any(&member, true)
    };
    members.iter().filter(is_named).cloned().collect()
}

/// Whether `text` fits a pattern in which `*` stands for anything and `?` for one byte. Looks back at the last `*` alone, so
/// that no pattern takes longer than the product of both lengths.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == b'?' || text.get(t) == Some(c) => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    (p, t) = (at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == b'*')
}

struct Options {
    valid_after: Option<Timestamp>,
    valid_before: Option<Timestamp>,
    is_for_decisions: bool,
}

impl Options {
    /// `namespaces="mktlint-decision",valid-after="20260101"`
    fn read(text: &str) -> Result<Self, String> {
        let mut all = Self { valid_after: None, valid_before: None, is_for_decisions: true };
        for option in split(text) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let value = value.trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "" => {}
                "namespaces" => {
                    all.is_for_decisions =
                        value.split(',').any(|pattern| fits(pattern.trim().as_bytes(), NAMESPACE.as_bytes()));
                }
                "valid-after" => all.valid_after = Some(moment(value)?),
                "valid-before" => all.valid_before = Some(moment(value)?),
                "cert-authority" => return Err("certificates are not taken, only keys".to_owned()),
                other => return Err(format!("there is no option `{other}`")),
            }
        }
        Ok(all)
    }
}

/// Options between commas, but not those between quotes.
fn split(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let split = text.split(|c| {
        if c == '"' {
            quoted = !quoted;
        }
        c == ',' && !quoted
    });
    split.collect()
}

/// `20260131`, `202601311200` or `20260131120000`, each with or without `Z`: UTC in any case, since the zone of a machine
/// would make the same key count at one desk and not at the other.
fn moment(text: &str) -> Result<Timestamp, String> {
    let wrong = || format!("`{text}` is no time; write `20260131` or `202601311200`");
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    if !matches!(digits.len(), 8 | 12 | 14) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let number =
        |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i8>().ok()).unwrap_or(0);
    let year = digits.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    DateTime::new(year, number(4, 6), number(6, 8), number(8, 10), number(10, 12), number(12, 14), 0)
        .ok()
        .filter(|moment| moment.date() >= date(1970, 1, 1))
        .and_then(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC).ok())
        .map(|zoned| zoned.timestamp())
        .ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From RFC 8709, appendix of OpenSSH's own test keys: any ed25519 key does.
    const ONE: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

    fn lines(text: &str, members: &[&str]) -> (Vec<Key>, Vec<String>) {
        let members: Vec<SmolStr> = members.iter().map(SmolStr::new).collect();
        let mut problems = Vec::new();
        let keys = read(&"keys/legal".into(), text, &members, &mut problems);
        (keys, problems.into_iter().map(|problem| problem.message).collect())
    }

    fn owners(text: &str, members: &[&str]) -> Vec<SmolStr> {
        let (keys, problems) = lines(text, members);
        assert_eq!(problems, Vec::<String>::new());
        keys.into_iter().flat_map(|key| key.owners).collect()
    }

    #[test]
    fn lines_of_both_kinds_name_members() {
        let all = ["ana@a.example", "jo@a.example"];
        assert_eq!(owners(&format!("{ONE} ana@a.example\n"), &all), ["ana@a.example"]);
        assert_eq!(owners(&format!("{ONE} somebody's laptop\n"), &all[..1]), ["ana@a.example"]);
        assert_eq!(owners(&format!("# keys\n\nJO@a.example {ONE} x y\r\n"), &all), ["jo@a.example"]);
        assert_eq!(owners(&format!("*@a.example,!jo@* {ONE}"), &all), ["ana@a.example"]);
        let (keys, problems) = lines(&format!("{ONE} somebody's laptop"), &all);
        assert_eq!((keys.len(), problems), (0, vec!["this key belongs to no member of the role".to_owned()]));
    }

    #[test]
    fn options_limit_when_and_what_for() {
        let line = format!(
            "a namespaces=\"git, file\",valid-after=\"20260101\",valid-before=\"202701020304Z\" {ONE}"
        );
        let (keys, problems) = lines(&line, &["a"]);
        assert_eq!(problems, Vec::<String>::new());
        let key = keys.first().expect("there is one");
        assert!(!key.is_for_decisions);
        assert_eq!(key.valid_after, "2026-01-01T00:00:00Z".parse().ok());
        assert_eq!(key.valid_before, "2027-01-02T03:04:00Z".parse().ok());
        let (keys, _) = lines(&format!("a namespaces=\"mktlint-*\" {ONE}"), &["a"]);
        assert!(keys.iter().all(|key| key.is_for_decisions));
    }

    #[test]
    fn what_is_wrong_with_a_line_is_named() {
        let problem = |line: &str| lines(line, &["a"]).1.join("; ");
        assert_eq!(problem("a"), "this line holds no public key");
        assert_eq!(problem("a ssh-ed25519 AAAA"), "this public key is damaged");
        assert_eq!(problem(&format!("a cert-authority {ONE}")), "certificates are not taken, only keys");
        assert_eq!(problem(&format!("a vaild-after=\"20260101\" {ONE}")), "there is no option `vaild-after`");
        assert_eq!(
            problem(&format!("a valid-after=\"20261399\" {ONE}")),
            "`20261399` is no time; write `20260131` or `202601311200`"
        );
    }

    #[test]
    fn patterns_with_many_stars_end() {
        let pattern = "*a".repeat(60);
        assert!(!fits(pattern.as_bytes(), "a".repeat(59).as_bytes()));
        assert!(fits(pattern.as_bytes(), "a".repeat(60).as_bytes()));
        assert!(fits(b"a?c*", b"abc"));
        assert!(!fits(b"a?c", b"ac"));
    }
}
