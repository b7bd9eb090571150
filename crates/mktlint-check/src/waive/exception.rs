//! An exception, whichever way it was given.

use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::ToSpan as _;
use jiff::civil::Date;
use mktlint_diag::{Diagnostic, FilePath, Place, Waived, WaiverSource};
use mktlint_plan::{Head, Plan, Waivable, Waiver};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::RecordedWaiver;
use crate::index::{Decl, name_of};

/// Days before its end from which on an exception is said to end soon.
const SOON: i64 = 14;

/// An exception: a `waive` declaration, a directive in an asset, or a record. All three are understood as this, so that
/// they hold, end and are refused alike.
#[derive(Clone, Debug)]
pub struct Exception {
    /// How it was given.
    pub source: WaiverSource,
    /// Full names of rules, or codes.
    pub rules: Vec<SmolStr>,
    /// What it speaks for.
    pub scope: Scope,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// The role that gives it.
    pub role: Option<SmolStr>,
    /// Who answers for it.
    pub owner: Option<SmolStr>,
    /// Why.
    pub because: String,
    /// Where it is written.
    pub place: Place,
    /// Why it does not hold whatever it says, when somebody else reports that.
    pub problem: Option<String>,
}

/// What an exception speaks for.
#[derive(Clone)]
pub enum Scope {
    /// Every file.
    Everything,
    /// The files that one of these globs fits.
    Files(Vec<SmolStr>, GlobSet),
    /// These bytes of the file that it stands in.
    Block(Span),
}

/// How long an exception still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It has no end, or not one that is near.
    Open,
    /// It ends within days.
    Ending(Date),
    /// It has ended.
    Ended(Date),
}

impl Exception {
    /// `waive RULE for "GLOB" until DATE { … }`. A name after `by` is at once the role and who answers.
    pub fn declared(plan: &Plan, waiver: &Waiver) -> Self {
        let files: Vec<SmolStr> = plan.strs(waiver.files).map(SmolStr::new).collect();
        let by = waiver.by.map(|by| SmolStr::new(plan.str(by)));
        Self {
            source: WaiverSource::Declaration,
            rules: plan.strs(waiver.rules).map(SmolStr::new).collect(),
            scope: if files.is_empty() { Scope::Everything } else { Scope::files(files) },
            until: waiver.until,
            role: by.clone(),
            owner: by,
            because: waiver.because.map_or_else(String::new, |because| plan.str(because).to_owned()),
            place: plan.place(waiver.place),
            problem: None,
        }
    }

    /// A record.
    pub fn recorded(waiver: RecordedWaiver) -> Self {
        Self {
            source: WaiverSource::Record(waiver.id),
            rules: waiver.rules,
            scope: Scope::files(waiver.files),
            until: Some(waiver.until),
            role: waiver.granted_by,
            owner: Some(waiver.owner),
            because: waiver.because,
            place: waiver.place,
            problem: waiver.problem,
        }
    }

    /// Whether it makes `found` not count on `day`.
    pub fn holds(&self, plan: &Plan, found: &Diagnostic, day: Date) -> bool {
        self.problem.is_none()
            && self.rules.contains(&found.code)
            && self.covers(&found.primary.place)
            && !matches!(self.life(day), Life::Ended(_))
            && self.refused(plan, &found.code).is_none()
    }

    /// Whether it speaks for `place`.
    pub fn covers(&self, place: &Place) -> bool {
        match &self.scope {
            Scope::Block(span) => self.place.file == place.file && span.touches(place.span.start()),
            files => files.covers_file(&place.file),
        }
    }

    /// How long it still holds, seen on `day`.
    pub fn life(&self, day: Date) -> Life {
        match self.until {
            Some(until) if until < day => Life::Ended(until),
            Some(until) if until <= soon(day) => Life::Ending(until),
            _ => Life::Open,
        }
    }

    /// The declaration `rule`, and what it says about exceptions like this one: `never waivable`. `None` when it allows
    /// them.
    pub fn refused(&self, plan: &Plan, rule: &str) -> Option<(Decl, String)> {
        let decl = find(plan, rule)?;
        Some((decl, refusal(plan, decl.head(plan)?, self.role.as_deref())?))
    }

    /// What marks a finding that it covers.
    pub fn waived(&self) -> Waived {
        Waived {
            because: self.because.clone(),
            until: self.until.map(|until| until.to_string().into()),
            owner: self.owner.clone(),
            source: self.source.clone(),
            place: self.place.clone(),
        }
    }
}

impl Scope {
    /// Whether it speaks for all of the file at this path; a block never does.
    pub fn covers_file(&self, file: &FilePath) -> bool {
        match self {
            Self::Everything => true,
            Self::Files(_, globs) => globs.is_match(file.as_str()),
            Self::Block(_) => false,
        }
    }

    /// The files that one of `globs` fits; `*` does not cross `/`. A glob that is none names the file of just that path.
    pub fn files(globs: Vec<SmolStr>) -> Self {
        let build = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
        let mut set = GlobSetBuilder::new();
        for glob in &globs {
            if let Ok(glob) = build(glob).or_else(|_| build(&globset::escape(glob))) {
                set.add(glob);
            }
        }
        Self::Files(globs, set.build().unwrap_or_default())
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => out.write_str("everything"),
            Self::Files(globs, _) => globs.fmt(out),
            Self::Block(span) => span.fmt(out),
        }
    }
}

/// The last day that is near on `day`.
fn soon(day: Date) -> Date {
    day.saturating_add(SOON.days())
}

/// Whether `head` may be waived by the role `by`; else what it says about that.
pub fn refusal(plan: &Plan, head: &Head, by: Option<&str>) -> Option<String> {
    match head.waivable {
        Waivable::Anyone => None,
        Waivable::Never => Some("never waivable".into()),
        Waivable::Absolute => Some("absolute".into()),
        Waivable::By(roles) => {
            let roles: Vec<&str> = plan.strs(roles).collect();
            let is_role = by.is_some_and(|by| roles.contains(&by));
            (!is_role).then(|| format!("waivable by {} only", roles.join(" or ")))
        }
    }
}

/// The name, level and terms of the declaration in force with the full name `rule`.
pub fn head_of<'p>(plan: &'p Plan, rule: &str) -> Option<&'p Head> {
    find(plan, rule)?.head(plan)
}

/// The declaration in force with the full name `rule`.
pub fn find(plan: &Plan, rule: &str) -> Option<Decl> {
    let of = |at: Result<usize, usize>, make: fn(u32) -> Decl| at.ok().map(|at| make(at as u32));
    of(plan.rules.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Rule)
        .or_else(|| of(plan.claims.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Claim))
        .or_else(|| of(plan.terms.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Term))
        .or_else(|| of(plan.utms.binary_search_by(|it| plan.str(it.head.name).cmp(rule)), Decl::Utm))
        .or_else(|| Decl::of_people(plan).find(|decl| name_of(plan, *decl) == rule))
}

/// Whether `name` is a code that can be waived: `MKT0501`, but none of those that speak of exceptions themselves.
pub fn is_code(name: &str) -> bool {
    let digits = name.strip_prefix("MKT").unwrap_or_default();
    let is_code = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code && !("0510"..="0519").contains(&digits)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn until(until: Date) -> Exception {
        Exception::recorded(RecordedWaiver {
            id: "w1".into(),
            rules: vec!["MKT0501".into()],
            files: vec!["blog/*.md".into(), "[x".into()],
            until,
            owner: "ana".into(),
            granted_by: None,
            because: "tested".into(),
            place: Place::new("decisions/waivers/w1.toml".into(), Span::at(0)),
            problem: None,
        })
    }

    #[test]
    fn the_last_day_counts_and_fourteen_days_are_soon() {
        let day = date(2026, 11, 22);
        let life = |end: Date| until(end).life(day);
        assert_eq!(life(date(2026, 11, 21)), Life::Ended(date(2026, 11, 21)));
        assert_eq!(life(day), Life::Ending(day));
        assert_eq!(life(date(2026, 12, 6)), Life::Ending(date(2026, 12, 6)));
        assert_eq!(life(date(2026, 12, 7)), Life::Open);
        assert_eq!(until(Date::MAX).life(Date::MAX), Life::Ending(Date::MAX));
    }

    #[test]
    fn a_glob_stops_at_folders_and_what_is_no_glob_is_a_path() {
        let covers = |path: &str| until(Date::MAX).covers(&Place::new(path.into(), Span::at(0)));
        assert_eq!(["blog/a.md", "blog/old/a.md", "[x", "x"].map(covers), [true, false, true, false]);
    }

    #[test]
    fn what_has_a_problem_holds_for_nothing() {
        let plan = Plan::default();
        let place = Place::new("blog/a.md".into(), Span::at(3));
        let found = Diagnostic::finding("MKT0501", mktlint_diag::Level::Warning, place, "m");
        let mut waiver = until(date(2026, 12, 31));
        assert!(waiver.holds(&plan, &found, date(2026, 12, 31)));
        assert!(!waiver.holds(&plan, &found, date(2027, 1, 1)));
        waiver.problem = Some("forged".into());
        assert!(!waiver.holds(&plan, &found, date(2026, 12, 31)));
    }
}
