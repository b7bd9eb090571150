//! Rules, and what every declaration in force carries.

use jiff::civil;
use mktlint_asset::{Kind, PartKind};
use mktlint_diag::Level;
use serde::{Deserialize, Serialize};

use super::ids::{CodeId, Seq, StrId};
use super::pattern::Sought;
use super::place::PlaceRef;
use super::remote;

/// Who may waive a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waivable {
    /// Anyone who gives a reason.
    Anyone,
    /// These roles.
    By(Seq<StrId>),
    /// Nobody.
    Never,
    /// Nobody, and nobody downstream may weaken it.
    Absolute,
}

/// What rules, claims, terms and link conventions have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The full name: `acme.claims.clinically_proven`.
    pub name: StrId,
    /// The text after the name.
    pub title: Option<StrId>,
    /// The doc comment, Markdown; may be empty.
    pub docs: StrId,
    /// The name in the policy.
    pub place: PlaceRef,
    /// How bad a violation is, after every `enforce`.
    #[serde(with = "remote::LevelDef")]
    pub level: Level,
    /// The source: `because "…"`.
    pub because: Option<StrId>,
    /// What to do: `help "…"`.
    pub help: Option<Message>,
    /// The first day in force, of the declaration and every `enforce`: the latest.
    #[serde(with = "remote::optional_date")]
    pub from: Option<civil::Date>,
    /// The last day in force: the earliest.
    #[serde(with = "remote::optional_date")]
    pub until: Option<civil::Date>,
    /// Who may waive it.
    pub waivable: Waivable,
}

impl Head {
    /// Whether it is in force on `day`: the send date, else the date of the run.
    pub fn in_force_on(&self, day: civil::Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The kinds of asset, one bit each in the order of [`Kind::ALL`].
    pub kinds: u16,
    /// The kind of part; the asset itself when `None`.
    #[serde(with = "remote::optional_part")]
    pub part: Option<PartKind>,
    /// The field of the part, else of the asset.
    pub field: Option<StrId>,
    /// Where the policy says it.
    pub place: PlaceRef,
}

impl Scope {
    /// The bit of `kind`.
    pub fn bit(kind: Kind) -> u16 {
        1 << Kind::ALL.iter().position(|other| *other == kind).unwrap_or(15)
    }

    /// Whether it looks at assets of `kind`.
    pub fn covers(&self, kind: Kind) -> bool {
        self.kinds & Self::bit(kind) != 0
    }
}

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Name, level, dates.
    pub head: Head,
    /// Where it looks; when empty, at the running text and every field that people read, of every asset.
    pub scopes: Seq<Scope>,
    /// `where …`: it applies only then.
    pub guard: Option<CodeId>,
    /// The condition of the guard in the policy; the rule's name when there is none.
    pub guard_place: PlaceRef,
    /// What it looks for.
    pub judgement: Judgement,
    /// The clause of the judgement: findings point there.
    pub judgement_place: PlaceRef,
    /// What a finding says.
    pub message: Message,
    /// How to repair it.
    pub fix: Option<Fix>,
}

/// What a rule looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judgement {
    /// A finding for each match.
    Match(Seq<Sought>),
    /// A finding for each subject where it is false or missing.
    Require(CodeId),
    /// A finding for each subject where it is true.
    Forbid(CodeId),
}

/// How a rule repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// May change what the reader is told.
    pub is_unsafe: bool,
    /// What it does.
    pub action: FixAction,
}

/// What a fix does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FixAction {
    /// Removes the match, with the white space that would be left over.
    RemoveMatch,
    /// Puts this in its place, in the case of the match.
    ReplaceMatch(Message),
    /// Puts this in place of the whole text of the field.
    ReplaceIt(Message),
}

/// A text with values in it; see [`crate::message`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message(pub Seq<Segment>);

/// A piece of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Segment {
    /// As it is.
    Text(StrId),
    /// What the code gives, as people write it.
    Code(CodeId),
}
