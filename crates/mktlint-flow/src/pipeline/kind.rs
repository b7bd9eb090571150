//! What a stage is, from its name.

/// What happens in a stage. Only a stage of a known kind is inferred from history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageKind {
    /// Somebody saw a reason.
    Insight,
    /// What is wanted is written down.
    Brief,
    /// It is made.
    Build,
    /// It is checked.
    Qa,
    /// Those who must agree have agreed.
    Approved,
    /// It has a date.
    Scheduled,
    /// People can see it.
    Live,
    /// What came of it is known.
    Measured,
    /// What it taught is written down.
    Learned,
}

impl StageKind {
    /// The names of each kind in pipelines; `-` stands for `_`, and upper and lower case are the same.
    pub const NAMES: [(Self, &'static [&'static str]); 9] = [
        (Self::Insight, &["insight", "idea", "signal", "request"]),
        (Self::Brief, &["brief", "briefed", "briefing", "plan", "planned"]),
        (
            Self::Build,
            &["build", "built", "draft", "drafted", "create", "created", "copy", "design", "production"],
        ),
        (Self::Qa, &["qa", "check", "checked", "review", "reviewed", "in_review", "test", "tested", "proof"]),
        (Self::Approved, &["approve", "approved", "approval", "sign_off", "signed_off"]),
        (Self::Scheduled, &["schedule", "scheduled"]),
        (
            Self::Live,
            &["live", "launch", "launched", "publish", "published", "release", "released", "send", "sent"],
        ),
        (Self::Measured, &["measure", "measured", "results", "report", "reported"]),
        (Self::Learned, &["learn", "learned", "learnt", "retro", "retrospective"]),
    ];

    /// What the stage `name` is; `None` of a name that says nothing here.
    pub fn of(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter().find(|(_, names)| names.iter().any(|known| is_same(known, name)));
        known.map(|(kind, _)| *kind)
    }
}

/// Whether two names are those of one stage: `sign-off`, `Sign_off`.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'-' || byte == b' ' { b'_' } else { byte.to_ascii_lowercase() };
    one.len() == other.len() && one.bytes().map(plain).eq(other.bytes().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_kinds() {
        let mut names: Vec<&str> =
            StageKind::NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let n_names = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n_names);
    }

    #[test]
    fn names_are_known_in_any_dress() {
        assert_eq!(StageKind::of("Sign-off"), Some(StageKind::Approved));
        assert_eq!(StageKind::of("handover"), None);
    }
}
