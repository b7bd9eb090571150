//! Why a value is unknown.

use std::fmt;

use mktlint_diag::Place;

/// Which input is needed. Displayed it follows "needs a person: ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// A field that must be there is not: `campaign.purpose`.
    NotGiven(String),
    /// A field is there, but is no value of its type.
    NotA {
        /// The field: `purpose`.
        field: String,
        /// What the file says: `transactonal`.
        found: String,
        /// The type: `Purpose`, `day`.
        wanted: String,
        /// What can be written instead, where `wanted` does not show it: "one of `marketing`, `service`".
        form: Option<String>,
        /// Where the file says it.
        place: Place,
    },
    /// A merge tag without a declared length, by its name.
    NoBound(String),
    /// A condition that something else must judge, in the policy's words.
    Deferred(String),
    /// A question about the people of an audience that cannot be answered, and why.
    Undecided(String),
    /// Values that do not go together: `EUR 20 and USD 20`.
    Mismatch(String),
    /// A fact that nobody says.
    NotSaid {
        /// Its name: `consent_basis`.
        name: String,
        /// What can be written: "a length of time (`30 days`)".
        form: String,
    },
    /// A number or a computation that is too large.
    TooLarge,
    /// A condition that compares more things of one asset with each other than can be looked at in time.
    TooMuch,
    /// Stands for every subject of a rule at once: what is known all the same holds for each of them.
    AnySubject,
}

impl Unknown {
    /// Where the file says what could not be understood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::NotA { place, .. } => Some(place),
            _ => None,
        }
    }

    /// What to write so that it is known, where that can be said.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NotGiven(name) => {
                let field = name.strip_prefix("campaign.").or_else(|| is_shared(name).then_some(name))?;
                Some(format!(
                    "say it in the `campaign.yaml` of its folder or one above: `{field}: {}`",
                    example(field)
                ))
            }
            Self::NoBound(tag) => {
                let last = tag.rsplit('.').next().unwrap_or(tag);
                Some(format!("declare how long it gets: `merge {last} {{ length 1..=20 }}`"))
            }
            Self::NotSaid { name, form } => Some(format!(
                "say it in the asset or in its `campaign.yaml`, `{name}: …`, or for all campaigns in the policy, \
                 `given {name} = …`: {form}"
            )),
            Self::NotA { form, .. } => form.as_ref().map(|form| format!("write {form}")),
            Self::TooMuch
            | Self::AnySubject
            | Self::Deferred(_)
            | Self::Undecided(_)
            | Self::Mismatch(_)
            | Self::TooLarge => None,
        }
    }
}

/// Whether an asset takes `field` from its campaign.
fn is_shared(field: &str) -> bool {
    matches!(field, "regions" | "purpose" | "channel" | "send_at")
}

fn example(field: &str) -> &'static str {
    match field {
        "regions" => "[DE, US]",
        "purpose" => "marketing",
        "channel" => "email",
        "send_at" => "2027-01-31",
        "audience" => "newsletter",
        _ => "…",
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGiven(name) | Self::NotSaid { name, .. } => write!(f, "`{name}` is not given"),
            Self::NotA { field, found, wanted, .. } => {
                let article =
                    if wanted.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
                write!(f, "`{field}` is `{found}`, which is not {article} {wanted}")
            }
            Self::NoBound(tag) => write!(f, "the merge tag `{tag}` has no declared length"),
            Self::Deferred(words) => write!(f, "{words} is not judged yet"),
            Self::Undecided(words) => f.write_str(words),
            Self::Mismatch(words) => write!(f, "{words} cannot be put together"),
            Self::TooMuch => f.write_str("too many things of the file are compared with each other"),
            Self::AnySubject => f.write_str("it depends on what is judged"),
            Self::TooLarge => f.write_str("a value or a condition is too large to compute"),
        }
    }
}
