//! Finds records.

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use smol_str::SmolStr;

use super::{Entry, Ledger};
use crate::record::{Record, Verdict};

/// What to look for; all that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The name of a rule, or its last words: waivers of it, and decisions that speak of it.
    pub rule: Option<SmolStr>,
    /// A path or a glob: decisions that cover a part of such a file, or spare it.
    pub asset: Option<SmolStr>,
    /// Part of the name of who decided, or of who answers for a waiver.
    pub person: Option<SmolStr>,
    /// The role that was spoken for.
    pub role: Option<SmolStr>,
    /// A unit as records write it, or the id of a campaign.
    pub unit: Option<SmolStr>,
    /// The first day, in UTC.
    pub from: Option<Date>,
    /// The last day, in UTC.
    pub until: Option<Date>,
    /// What was decided.
    pub verdict: Option<Verdict>,
    /// Words of the reason, the conditions, the evidence, or what gave the tier.
    pub text: Option<SmolStr>,
}

impl Ledger {
    /// The records that fit, newest first.
    pub fn search<'l>(&'l self, query: &Query) -> Vec<&'l Entry> {
        let asset = query.asset.as_deref().map(matcher);
        let fits = |entry: &&Entry| query.fits(&entry.file.record, asset.as_ref());
        self.entries.iter().rev().filter(fits).collect()
    }

    /// What was decided before about `rule` in the file `asset`, newest first: waivers of both, and decisions about the
    /// file that speak of the rule. Those that do not count are left out.
    pub fn earlier<'l>(&'l self, rule: &str, asset: &str) -> Vec<&'l Entry> {
        let speaks = |entry: &&Entry| {
            let record = &entry.file.record;
            entry.is_sound() && is_about(record, rule) && covers(record, |file| file == asset, asset)
        };
        self.entries.iter().rev().filter(speaks).collect()
    }
}

impl Query {
    fn fits(&self, record: &Record, asset: Option<&GlobMatcher>) -> bool {
        let day = record.time.to_zoned(TimeZone::UTC).date();
        let has = |wanted: &Option<SmolStr>, test: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(test);
        has(&self.rule, &|rule| is_about(record, rule))
            && has(&self.asset, &|path| {
                asset.is_some_and(|asset| covers(record, |file| asset.is_match(file), path))
            })
            && has(&self.person, &|person| is_by(record, person))
            && has(&self.role, &|role| record.role.as_deref().is_some_and(|own| own == role))
            && has(&self.unit, &|unit| is_of(record, unit))
            && self.from.is_none_or(|from| day >= from)
            && self.until.is_none_or(|until| day <= until)
            && self.verdict.is_none_or(|verdict| record.verdict == verdict)
            && has(&self.text, &|text| texts(record).any(|own| contains(own, text)))
    }
}

/// A glob; what is none is the path that it spells. A folder stands for what is in it.
fn matcher(text: &str) -> GlobMatcher {
    let plain = text.trim_end_matches('/');
    let glob =
        |text: &str| GlobBuilder::new(&format!("{{{text},{text}/**}}")).literal_separator(true).build();
    glob(plain)
        .or_else(|_| glob(&globset::escape(plain)))
        .unwrap_or_else(|_| globset::Glob::new("").expect("it is a glob"))
        .compile_matcher()
}

fn is_about(record: &Record, rule: &str) -> bool {
    let is_named = |own: &SmolStr| own == rule || own.ends_with(&format!(".{rule}"));
    let waived = record.waiver.iter().flat_map(|waiver| &waiver.rules);
    let approved = record.parts.iter().flat_map(|part| &part.names);
    waived.chain(approved).any(is_named) || texts(record).any(|text| names(text, rule))
}

/// Whether `rule` stands in `text` as a word of its own: `serum.proven` names `proven`, and `unproven` does not.
fn names(text: &str, rule: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(rule).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + rule.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Whether a part that it approves of, or a file that it spares, is meant; `path` is what is held against the globs of a
/// waiver.
fn covers(record: &Record, is_meant: impl Fn(&str) -> bool, path: &str) -> bool {
    let parts = record.parts.iter().filter_map(|part| part.file.as_ref());
    let spared = record.waiver.iter().flat_map(|waiver| &waiver.files);
    parts.into_iter().any(|file| is_meant(file))
        || spared.into_iter().any(|glob| is_meant(glob) || matcher(glob).is_match(path))
}

fn is_by(record: &Record, person: &str) -> bool {
    contains(&record.person, person)
        || record.waiver.as_ref().is_some_and(|waiver| contains(&waiver.owner, person))
}

fn is_of(record: &Record, unit: &str) -> bool {
    let own = record.unit.to_string();
    own == unit || own.split_once(':').is_some_and(|(_, name)| name == unit)
}

fn texts(record: &Record) -> impl Iterator<Item = &str> {
    let lists = [&record.conditions, &record.tier_reasons].into_iter().flatten().map(String::as_str);
    lists.chain(std::iter::once(record.reason.as_str())).chain(record.evidence.iter().map(SmolStr::as_str))
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
