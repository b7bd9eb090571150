//! Audiences and suppressions alike.

use mktlint_decide::{Formula, Tag};
use mktlint_diag::closest;
use mktlint_plan::{Audience, PlaceRef, Plan, Suppression};

use crate::catalog::names;
use crate::status::Stop;

/// An audience or a suppression.
#[derive(Clone, Copy, Debug)]
pub struct Group<'p> {
    /// The full name.
    pub name: &'p str,
    /// The text after the name.
    pub title: Option<&'p str>,
    /// The doc comment; may be empty.
    pub docs: &'p str,
    /// The name in the policy.
    pub place: PlaceRef,
    /// What makes it a suppression.
    pub suppression: Option<&'p Suppression>,
    plan: &'p Plan,
}

impl<'p> Group<'p> {
    /// An audience.
    pub fn audience(audience: &'p Audience, plan: &'p Plan) -> Self {
        Self {
            name: plan.str(audience.name),
            title: audience.title.map(|title| plan.str(title)),
            docs: plan.str(audience.docs),
            place: audience.place,
            suppression: None,
            plan,
        }
    }

    /// A suppression.
    pub fn suppression(suppression: &'p Suppression, plan: &'p Plan) -> Self {
        let head = &suppression.head;
        Self {
            name: plan.str(head.name),
            title: head.title.map(|title| plan.str(title)),
            docs: plan.str(head.docs),
            place: head.place,
            suppression: Some(suppression),
            plan,
        }
    }

    /// The word that declares it.
    pub fn kind(&self) -> &'static str {
        if self.suppression.is_some() { "suppression" } else { "audience" }
    }

    /// The condition after its name.
    pub fn own(&self) -> Formula {
        Formula::Named { name: self.name.into(), tag: Tag::default() }
    }

    /// The people in it: of a suppression those that it keeps out, where nothing lifts it.
    pub fn formula(&self) -> Formula {
        self.suppression.map_or_else(|| self.own(), |suppression| self.plan.suppressed(suppression))
    }

    /// What lifts a suppression.
    pub fn unless(&self) -> Option<&'p Formula> {
        let name = self.plan.str(self.suppression?.unless?);
        self.plan.people.definitions.get(name).map(AsRef::as_ref)
    }

    /// Where a suppression counts, in order of mention; all channels when empty.
    pub fn channels(&self) -> Vec<&'p str> {
        self.suppression.map(|it| self.plan.strs(it.channels).collect()).unwrap_or_default()
    }

    /// ` on email, push`; nothing for what counts everywhere.
    pub fn on_channels(&self) -> String {
        match self.channels() {
            channels if channels.is_empty() => String::new(),
            channels => format!(" on {}", channels.join(", ")),
        }
    }

    fn last_word(&self) -> &'p str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}

/// The one of `groups` that `wanted` names, in full or by its last words; `what` says what they are.
///
/// # Errors
///
/// When none or several are called so.
pub fn named<'p>(wanted: &str, groups: &[Group<'p>], what: &str) -> Result<Group<'p>, Stop> {
    let is_it = |group: &&Group<'_>| {
        group.name == wanted || group.name.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('.'))
    };
    let found: Vec<&Group<'p>> = groups.iter().filter(is_it).collect();
    match found.as_slice() {
        [one] => Ok(**one),
        [] => Err(unknown(wanted, groups, what)),
        several => {
            let exact = several.iter().find(|group| group.name == wanted);
            exact.map(|group| **group).ok_or_else(|| {
                let all: Vec<String> = several.iter().map(|group| format!("`{}`", group.name)).collect();
                Stop::Usage(format!("`{wanted}` can be {}; write more of the name", all.join(" or ")))
            })
        }
    }
}

fn unknown(wanted: &str, groups: &[Group<'_>], what: &str) -> Stop {
    let last_words = groups.iter().map(Group::last_word);
    let near = closest(wanted, last_words.chain(groups.iter().map(|group| group.name)));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if groups.is_empty() => format!("the policy declares no {what}"),
        None => "`mktlint audience list` lists them".to_owned(),
    };
    Stop::Usage(format!("no {what} is called `{wanted}`; {help}"))
}

/// The last word of the name of each, where that says which one it is; else the full name.
pub fn short_names<'p>(groups: &[Group<'p>]) -> Vec<&'p str> {
    let is_unique =
        |group: &Group<'_>| groups.iter().filter(|other| names(group.last_word(), other.name)).count() == 1;
    groups.iter().map(|group| if is_unique(group) { group.last_word() } else { group.name }).collect()
}
