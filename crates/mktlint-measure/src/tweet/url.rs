//! Links in running text.

use std::ops::Range;

use super::class::{is_cyrillic, is_directional, is_invalid, is_latin_accent};
use super::host::{self, Hosts};
use super::tag::run;

/// Longest link that X accepts, in bytes.
const LONGEST_URL: usize = 4096;

/// Longest path that its shortener gives out.
const LONGEST_SLUG: usize = 40;

/// See [`super::urls`].
pub fn urls(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains('.') {
        return found;
    }
    let mut hosts = Hosts::new(text);
    let (mut last, mut free) = (None, 0);
    for (at, it) in text.char_indices() {
        let before = last.replace(it);
        // The character before a link is part of its rule, so two links never touch.
        let is_taken = at < free || (at == free && at > 0);
        if is_taken || !host::is_part(it) || !before.is_none_or(may_precede) {
            continue;
        }
        let Some(candidate) = candidate(text, at, &mut hosts) else { continue };
        free = candidate.end;
        let is_bare = candidate.host.start == at;
        if !(is_bare && matches!(before, Some('-' | '_' | '.' | '/'))) {
            found.extend(accepted(text, at, &candidate));
        }
    }
    found
}

fn may_precede(before: char) -> bool {
    let is_glue = before.is_ascii_alphanumeric() || "@＠$#＃".contains(before) || is_invalid(before);
    !is_glue || is_directional(before)
}

/// What looks like a link.
struct Candidate {
    host: Range<usize>,
    end: usize,
}

fn candidate(text: &str, at: usize, hosts: &mut Hosts<'_>) -> Option<Candidate> {
    let start = at + scheme_length(&text[at..]);
    let end = match hosts.latin(start) {
        None if start > at => hosts.wide(start)?,
        end => end?,
    };
    let port = end + port_length(&text[end..]);
    let path = port + path_length(&text[port..]);
    Some(Candidate { host: start..end, end: path + query_length(&text[path..]) })
}

/// The link, unless X takes it for none.
fn accepted(text: &str, at: usize, candidate: &Candidate) -> Option<Range<usize>> {
    if !host::is_valid(&text[candidate.host.clone()]) || candidate.end - at > LONGEST_URL {
        return None;
    }
    let is_bare = candidate.host.start == at;
    if is_bare || !text[candidate.host.clone()].eq_ignore_ascii_case("t.co") {
        return Some(at..candidate.end);
    }
    let Some(path) = text[candidate.host.end..candidate.end].strip_prefix('/') else {
        return Some(at..candidate.end);
    };
    let slug = run(path, |it| it.is_ascii_alphanumeric()).len();
    let end = candidate.host.end + 1 + slug;
    match slug {
        0 => Some(at..candidate.end),
        1..=LONGEST_SLUG => Some(at..end + query_length(&text[end..])),
        _ => None,
    }
}

fn scheme_length(rest: &str) -> usize {
    let is = |scheme: &&str| rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://"].iter().find(|scheme| is(scheme)).map_or(0, |scheme| scheme.len())
}

fn port_length(rest: &str) -> usize {
    let digits = rest.strip_prefix(':').map_or(0, |rest| run(rest, |it| it.is_ascii_digit()).len());
    if digits == 0 { 0 } else { digits + 1 }
}

/// The length of the path that `rest` starts with. It ends at a letter, a digit, one of `=_#/-+`, or a bracket that
/// closes.
fn path_length(rest: &str) -> usize {
    if !rest.starts_with('/') {
        return 0;
    }
    let (mut at, mut end) = (1, 1);
    while let Some(it) = rest[at..].chars().next() {
        if it == '(' {
            let Some(length) = brackets_length(&rest[at..]) else { break };
            at += length;
            end = at;
        } else if is_path_part(it) {
            at += it.len_utf8();
            if is_path_end(it) {
                end = at;
            }
        } else {
            break;
        }
    }
    end
}

fn is_path_part(it: char) -> bool {
    it.is_ascii_alphanumeric()
        || "!*';:=+,.$/%#[]-–_~|&@".contains(it)
        || is_latin_accent(it)
        || is_cyrillic(it)
}

fn is_path_end(it: char) -> bool {
    it.is_ascii_alphanumeric() || "=_#/-+".contains(it) || is_latin_accent(it) || is_cyrillic(it)
}

/// The length of `(film)`, or of `(a_(b)_c)`, that `rest` starts with.
fn brackets_length(rest: &str) -> Option<usize> {
    let part = |at: usize| at + run(&rest[at..], is_path_part).len();
    let closes = |at: usize| rest[at..].starts_with(')');
    let first = part(1);
    if closes(first) {
        return (first > 1).then_some(first + 1);
    }
    let inner = part(first + rest[first..].strip_prefix('(').map(|_| 1)?);
    if inner == first + 1 || !closes(inner) {
        return None;
    }
    let last = part(inner + 1);
    closes(last).then_some(last + 1)
}

/// The length of the query that `rest` starts with; it ends at a letter, a digit or one of `-_&=#/`.
fn query_length(rest: &str) -> usize {
    let Some(query) = rest.strip_prefix('?') else { return 0 };
    let query = run(query, |it| it.is_ascii_alphanumeric() || "!?*'();:&=+$/%#[]-_.,~|@".contains(it));
    let end = query.bytes().rposition(|it| it.is_ascii_alphanumeric() || b"-_&=#/".contains(&it));
    end.map_or(0, |last| last + 2)
}
