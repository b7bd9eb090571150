//! Nobody can say whom a campaign is sent to.

use mktlint_decide::Undecided;
use mktlint_diag::{Code, Diagnostic, Level, Place};

use crate::people::answer_reason;

/// Nobody can say whom a campaign is sent to.
pub static CODE: Code = Code {
    id: "MKT0509",
    slug: "audience-undecided",
    level: Level::Warning,
    page: include_str!("../../explain/MKT0509.md"),
};

/// Why `who` cannot be decided.
pub(crate) fn audience_undecided(place: Place, who: &str, why: &Undecided) -> Diagnostic {
    open(place, format!("needs a person: whom {who} includes {}", answer_reason(why)))
}

/// A condition in a manifest that only the policies, and not their plan, can explain.
pub(crate) fn condition_not_read(place: Place) -> Diagnostic {
    let words = "needs a person: a condition in a manifest cannot be read with a plan file alone";
    open(place, words.into())
        .help("give the condition a name in the policy: `audience spring = …`, and name it here")
}

/// A manifest that does not say who gets some of its messages, so that `suppressions` cannot be judged.
pub(crate) fn audience_not_given(place: Place, suppressions: &str) -> Diagnostic {
    let words = format!("needs a person: nobody says who gets this, so {suppressions} cannot be judged");
    let mut found = open(place, words).help("name the people in the manifest: `audience: NAME`");
    found.primary.text = "this campaign".into();
    found
}

fn open(place: Place, words: String) -> Diagnostic {
    let mut found = Diagnostic::new(&CODE, place, words).label("this audience");
    found.undecided = true;
    found
}
