//! Declarations and their meaning.

use jiff::civil;
use mktlint_diag::Level;
use mktlint_measure::text::Shape;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::DeclPath;
use super::expr::{Body, ExprId, Segment};
use super::test::Test;
use super::types::Type;

/// The kinds of declaration, by the word that starts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is its own word")]
pub enum ItemKind {
    Use,
    Contact,
    Enum,
    Lifecycle,
    Region,
    Audience,
    Suppress,
    Cap,
    QuietHours,
    Prove,
    Evidence,
    Disclosure,
    Claim,
    Term,
    Utm,
    Merge,
    Rule,
    Role,
    Tier,
    Pipeline,
    Threshold,
    Enforce,
    Waive,
    Fn,
    Let,
    Test,
    Asset,
    Part,
    Fact,
    Given,
}

/// A declaration, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its full name. Declarations without a name (`contact`, `prove`, `use`, `enforce`, `pipeline`) carry their kind
    /// and number as the last word.
    pub path: DeclPath,
    /// Its kind.
    pub kind: ItemKind,
    /// Whether other modules may name it.
    pub public: bool,
    /// The text after the name: `"EU customers who stopped buying"`.
    pub title: Option<SmolStr>,
    /// Its doc comment, Markdown.
    pub docs: SmolStr,
    /// Its name (or head word), from the start of the declaration.
    pub name_span: Span,
    /// Its expressions.
    pub body: Body,
    /// What it says.
    pub meaning: Meaning,
}

/// What a declaration says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Could not be understood; reported already.
    Error,
    /// `use std.regions.{EU, EEA}`: full names, and the local name of each.
    Use(Vec<(DeclPath, SmolStr)>),
    /// `contact`, `asset`, `part`.
    Record(Record),
    /// Members in order.
    Enum(Vec<SmolStr>),
    /// Stages in order of mention, and the moves between them.
    Lifecycle(Vec<SmolStr>, Vec<(SmolStr, SmolStr)>),
    /// Countries, in order, without repeats.
    Region(Vec<SmolStr>),
    /// The condition on contacts.
    Audience(ExprId),
    /// See [`Suppress`].
    Suppress(Suppress),
    /// See [`Cap`].
    Cap(Cap),
    /// See [`QuietHours`].
    QuietHours(QuietHours),
    /// See [`Prove`].
    Prove(Prove),
    /// See [`Evidence`].
    Evidence(Evidence),
    /// The accepted wordings of a disclosure; the first is the one that help shows.
    Disclosure(Vec<Needle>),
    /// See [`Claim`].
    Claim(Claim),
    /// See [`Term`].
    Term(Term),
    /// See [`Utm`].
    Utm(Utm),
    /// See [`Merge`].
    Merge(Merge),
    /// See [`Rule`].
    Rule(Rule),
    /// See [`Role`].
    Role(Role),
    /// See [`Tier`].
    Tier(Tier),
    /// See [`Pipeline`].
    Pipeline(Pipeline),
    /// See [`Threshold`].
    Threshold(Threshold),
    /// See [`Enforce`].
    Enforce(Enforce),
    /// See [`Waive`].
    Waive(Waive),
    /// Parameters with types, and the result.
    Fn(Vec<(SmolStr, Type)>, ExprId),
    /// The value.
    Let(ExprId),
    /// The type of an input that no file shows.
    Fact(Type),
    /// The fact, and its value where nothing nearer gives one.
    Given(DeclPath, ExprId),
    /// See [`Test`].
    Test(Test),
}

impl Meaning {
    /// The reason, dates and waivers of what can be enforced.
    pub fn terms(&self) -> Option<&Terms> {
        match self {
            Self::Rule(rule) => Some(&rule.terms),
            Self::Claim(claim) => Some(&claim.terms),
            Self::Term(term) => Some(&term.terms),
            Self::Utm(utm) => Some(&utm.terms),
            Self::Suppress(suppress) => Some(&suppress.terms),
            Self::Cap(cap) => Some(&cap.terms),
            Self::QuietHours(hours) => Some(&hours.terms),
            _ => None,
        }
    }
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordField {
    /// Its name.
    pub name: SmolStr,
    /// Its type.
    pub ty: Type,
    /// Its doc comment.
    pub docs: SmolStr,
    /// The values it may take, for numbers: least and greatest expression.
    pub range: Option<(Option<ExprId>, Option<ExprId>, bool)>,
    /// Its name, from the start of the declaration.
    pub span: Span,
}

/// The schema of a contact, an asset kind or a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// In order of declaration.
    pub fields: Vec<RecordField>,
}

/// A phrase or pattern to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// The words, or the body of the pattern.
    pub text: SmolStr,
    /// Flags when it is a pattern (`i`, `m`, `s`); `None` when it is a phrase.
    pub flags: Option<SmolStr>,
    /// Only where it is used so.
    pub part_of_speech: Option<PartOfSpeech>,
    /// Where it is written, from the start of its declaration.
    pub span: Span,
}

/// `"signup" as verb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartOfSpeech {
    /// Something one does.
    Verb,
    /// A thing.
    Noun,
}

/// A text shown to people, with values in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Its pieces.
    pub segments: Vec<Segment>,
    /// Where it is written, from the start of its declaration.
    pub span: Span,
}

/// What every enforceable declaration can carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// `because "…"`: the source.
    pub because: Option<SmolStr>,
    /// `help "…"`.
    pub help: Option<Message>,
    /// `from DATE`: first day in force.
    pub from: Option<civil::Date>,
    /// `until DATE`: last day in force.
    pub until: Option<civil::Date>,
    /// Who may waive it.
    pub waivable: Waivable,
    /// `off by default`: in force only when enforced by name.
    pub off_by_default: bool,
}

/// Who may waive a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Waivable {
    /// Anyone who gives a reason.
    #[default]
    Anyone,
    /// `waivable by legal`: these roles.
    By(Vec<SmolStr>),
    /// `never waivable`.
    Never,
    /// `absolute`: nobody downstream can weaken or waive it.
    Absolute,
}

/// Where a rule looks: `Email.subject`, `Image`, `Email.Link`, `Link.url`, `Email`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The kind of asset; every kind when `None`.
    pub asset: Option<SmolStr>,
    /// The kind of part; the asset itself when `None`.
    pub part: Option<SmolStr>,
    /// The field of the part, else of the asset.
    pub field: Option<SmolStr>,
    /// Where it is written, from the start of the declaration.
    pub span: Span,
}

/// `rule NAME on SCOPE where CONDITION { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where it looks. Without `on`: the running text and every field that people read, of every asset.
    pub scopes: Vec<Scope>,
    /// `where …`: it applies only then.
    pub guard: Option<ExprId>,
    /// What it looks for.
    pub judgement: Judgement,
    /// The clause that holds the judgement, from the start of the declaration: findings point there.
    pub judgement_span: Span,
    /// How bad a violation is.
    pub level: Level,
    /// What it says.
    pub message: Message,
    /// How to repair it.
    pub fix: Option<Repair>,
    /// Reason, dates, waivers.
    pub terms: Terms,
}

/// What a rule looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// A finding for each match.
    Match(Vec<Needle>),
    /// A finding for each item where it is false.
    Require(ExprId),
    /// A finding for each item where it is true.
    Forbid(ExprId),
}

/// `fix …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// `fix unsafe …`: may change what the reader is told.
    pub is_unsafe: bool,
    /// What to do.
    pub action: RepairAction,
}

/// What a fix does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairAction {
    /// `remove match`, with the white space that would be left over.
    RemoveMatch,
    /// `replace match with "…"`, in the case of the match.
    ReplaceMatch(Message),
    /// `replace it with "…"`: the whole text of the field.
    ReplaceIt(Message),
}

/// `claim NAME { says … needs … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What counts as saying it.
    pub says: Vec<Needle>,
    /// `needs evidence NAME`, with the clause's span.
    pub evidence: Vec<(DeclPath, Span)>,
    /// `needs disclosure NAME within …`.
    pub disclosures: Vec<DisclosureNeed>,
    /// `never in [DE]`, `only in EU`.
    pub regions: Vec<RegionLimit>,
    /// `never on sms`, `only on email`.
    pub channels: Vec<ChannelLimit>,
    /// `tier high`.
    pub tier: Option<SmolStr>,
    /// `regulated`.
    pub regulated: bool,
    /// How bad a violation is.
    pub level: Level,
    /// Reason, dates, waivers.
    pub terms: Terms,
    /// The `says` clause.
    pub says_span: Span,
}

impl Claim {
    /// Whether the law, or the highest tier, speaks of it.
    pub fn is_regulated(&self) -> bool {
        self.regulated || self.tier.as_deref().is_some_and(|tier| tier.rsplit('.').next() == Some("high"))
    }
}

/// `needs disclosure study_note within 2 paragraphs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureNeed {
    /// Which.
    pub disclosure: DeclPath,
    /// How near.
    pub within: Proximity,
    /// The clause, from the start of the declaration.
    pub span: Span,
}

/// How near a disclosure must stand to its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proximity {
    /// At most so many words between the two.
    Words(u32),
    /// In the same sentence (0) or so many sentences away.
    Sentences(u32),
    /// In the same paragraph (0) or so many paragraphs away.
    Paragraphs(u32),
    /// Anywhere in the asset.
    Document,
}

/// `never in [DE, FR]`, `only in EU`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionLimit {
    /// `only in`; else `never in`.
    pub only: bool,
    /// The countries, in order.
    pub countries: Vec<SmolStr>,
    /// The clause, from the start of the declaration.
    pub span: Span,
}

/// `never on sms`, `only on email, push`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelLimit {
    /// `only on`; else `never on`.
    pub only: bool,
    /// The channels, in order.
    pub channels: Vec<SmolStr>,
    /// The clause, from the start of the declaration.
    pub span: Span,
}

/// `evidence NAME { document "…" sha256 "…" expires DATE }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Path from the root of the workspace, with its place.
    pub document: Option<(SmolStr, Span)>,
    /// In lower-case hex, with its place.
    pub sha256: Option<(SmolStr, Span)>,
    /// The last day on which it may be relied on, with its place.
    pub expires: Option<(civil::Date, Span)>,
}

/// `term "sign up" { not "signup" as verb, "register now" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The wording to use.
    pub preferred: SmolStr,
    /// The wordings to avoid.
    pub avoid: Vec<Needle>,
    /// `case sensitive`: `Sign Up` and `sign up` are two words.
    pub case_sensitive: bool,
    /// How bad it is.
    pub level: Level,
    /// Reason, dates, waivers.
    pub terms: Terms,
}

/// `utm email { … }`: the convention for links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utm {
    /// Channels whose assets it speaks of; all when empty.
    pub channels: Vec<SmolStr>,
    /// Hosts of the links it speaks of: `acme.example`, `*.acme.example`; every web link when empty.
    pub hosts: Vec<(SmolStr, Span)>,
    /// What each parameter must be, by short name: `source`, `medium`, `campaign`, `content`, `term`, `id`, ….
    pub params: Vec<UtmParam>,
    /// The GA4 default channel group that the link must be reported as, with its place.
    pub group: Option<(SmolStr, Span)>,
    /// Whether parameters that the convention does not name are allowed: `others allowed`.
    pub others_allowed: bool,
    /// `order source, medium, campaign`: the order the parameters must have; empty when free.
    pub order: Vec<SmolStr>,
    /// How bad a violation is.
    pub level: Level,
    /// Reason, dates, waivers.
    pub terms: Terms,
}

/// One parameter of a convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UtmParam {
    /// Without `utm_`.
    pub name: SmolStr,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it may be.
    pub allowed: Allowed,
    /// The clause, from the start of the declaration.
    pub span: Span,
}

/// Whether a parameter must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It must.
    Required,
    /// It may.
    Optional,
    /// It must not.
    Forbidden,
}

/// What a parameter may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Anything.
    Any,
    /// One of these.
    OneOf(Vec<SmolStr>),
    /// Exactly this text, with values in it.
    Equal(Message),
    /// This pattern finds all of it.
    Pattern(Needle),
    /// It has this shape.
    Shape(Shape),
}

/// `merge first_name { length 1..=14  fallback "there" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Least and greatest number of characters it prints.
    pub length: Option<(u32, u32)>,
    /// What it prints when the value is missing.
    pub fallback: Option<SmolStr>,
    /// `required fallback`: a tag without a fallback of its own is a finding.
    pub fallback_required: bool,
}

/// `suppress NAME on email { who … unless … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppress {
    /// All channels when empty.
    pub channels: Vec<SmolStr>,
    /// Whom it keeps out.
    pub who: Option<ExprId>,
    /// When it does not apply.
    pub unless: Option<ExprId>,
    /// The `who` clause, from the start of the declaration; its name when there is none.
    pub who_span: Span,
    /// How bad a violation is.
    pub level: Level,
    /// Reason, dates, waivers.
    pub terms: Terms,
}

/// `cap NAME { at most 3 email per 7 days unless … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// How many messages.
    pub at_most: u32,
    /// Of which channels; all when empty.
    pub channels: Vec<SmolStr>,
    /// In which window.
    pub per: super::expr::Length,
    /// Whom it protects; everybody when it does not say.
    pub who: Option<ExprId>,
    /// What does not count.
    pub unless: Option<ExprId>,
    /// The `at most` clause, from the start of the declaration.
    pub at_most_span: Span,
    /// How bad a violation is.
    pub level: Level,
    /// Reason, dates, waivers.
    pub terms: Terms,
}

/// `quiet_hours sms { from 21:00 to 08:00 recipient_time }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// All channels when empty.
    pub channels: Vec<SmolStr>,
    /// First quiet minute.
    pub from: Option<civil::Time>,
    /// First minute that is not quiet any more.
    pub to: Option<civil::Time>,
    /// Whose clock: the recipient's, else the sender's.
    pub recipient_time: bool,
    /// Whom it protects; everybody when it does not say.
    pub who: Option<ExprId>,
    /// What does not count.
    pub unless: Option<ExprId>,
    /// The `from` clause, from the start of the declaration; its name when there is none.
    pub hours_span: Span,
    /// How bad a violation is.
    pub level: Level,
    /// Reason, waivers, the last day. The first day cannot be said here: `from` says the hours.
    pub terms: Terms,
}

/// What must hold of audiences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prove {
    /// `prove A subset of B`
    Subset(ExprId, ExprId),
    /// `prove A disjoint from B`; the right side is the condition `who` of a suppression when it names one.
    Disjoint(ExprId, ExprId),
    /// `prove A equivalent to B`
    Equivalent(ExprId, ExprId),
    /// `prove [A, B] cover contact where C`
    Cover(Vec<ExprId>, Option<ExprId>),
    /// `prove A never { … }`
    Never(ExprId, ExprId),
}

/// `role legal { members ["legal@acme.example"] keys "keys/legal.pub" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Who has it, as email addresses or names.
    pub members: Vec<SmolStr>,
    /// Files with their public keys.
    pub keys: Vec<SmolStr>,
    /// Keys that no longer count.
    pub revoked: Vec<RevokedKey>,
}

/// `revoked "SHA256:…" from 2026-11-01`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedKey {
    /// The fingerprint, as `ssh-keygen -l` shows it.
    pub fingerprint: SmolStr,
    /// The first day on which it no longer counts.
    pub from: civil::Date,
    /// The clause.
    pub span: Span,
}

/// `tier high { when … yields to low approve … expires after … }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tier {
    /// When a change has it; what no other tier claims when `None`.
    pub when: Option<ExprId>,
    /// The parts of `when` of which one must hold.
    pub clauses: Vec<TierClause>,
    /// Tiers whose `when`, as it is written, takes a change away from this one.
    pub yields: Vec<Yield>,
    /// Who must approve: all of these.
    pub approvals: Vec<Approval>,
    /// Whether the approval of somebody who made the change counts.
    pub authors_may_approve: bool,
    /// How long an approval holds.
    pub expires_after: Option<super::expr::Length>,
    /// Why, for people.
    pub because: Option<SmolStr>,
}

/// One of the conditions between the `or`s of a `when`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierClause {
    /// The condition.
    pub condition: ExprId,
    /// As it is written, in one line.
    pub words: SmolStr,
}

/// One name behind `yields to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yield {
    /// The tier that goes first.
    pub tier: DeclPath,
    /// Its name in the clause.
    pub span: Span,
}

/// `approve 2 of marketing`, `approve legal and brand for [claims]`: one for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// How many of the role's members.
    pub count: Quorum,
    /// The role.
    pub role: DeclPath,
    /// Words of [`super::change::PARTS`]: the role is asked when one of them changes, and speaks of these alone; of all
    /// that changes when empty.
    pub parts: Vec<SmolStr>,
    /// What asks for it.
    pub span: Span,
}

/// How many members of a role must approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quorum {
    /// So many, at least one.
    AtLeast(u32),
    /// Every one.
    All,
}

/// `pipeline { stages … stall … target … }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipeline {
    /// In order.
    pub stages: Vec<SmolStr>,
    /// Where work may not stay long.
    pub stalls: Vec<Stall>,
    /// How fast work should be.
    pub targets: Vec<StageTarget>,
}

/// `stall qa after 2 days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stall {
    /// The stage.
    pub stage: SmolStr,
    /// How long work may stay there.
    pub after: super::expr::Length,
    /// The clause.
    pub span: Span,
}

/// `target brief to live within 10 days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageTarget {
    /// The stage whose start is the start.
    pub from: SmolStr,
    /// The stage whose start is the end.
    pub to: SmolStr,
    /// How long it may take.
    pub within: super::expr::Length,
    /// The clause.
    pub span: Span,
}

/// `threshold complaint_rate on email { above 0.1% warning }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Threshold {
    /// All channels when empty.
    pub channels: Vec<SmolStr>,
    /// In order.
    pub bounds: Vec<Bound>,
    /// What to do.
    pub action: Option<SmolStr>,
    /// Why, for people.
    pub because: Option<SmolStr>,
}

/// `above 0.1% warning`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// `above`; else `below`.
    pub above: bool,
    /// The value that is still right.
    pub value: ExprId,
    /// How bad it is beyond.
    pub level: Level,
    /// The clause.
    pub span: Span,
}

/// `enforce std.style.inclusive as info from DATE except [guys]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enforce {
    /// The module or declaration that is put in force.
    pub target: DeclPath,
    /// `as warning`.
    pub level: Option<Level>,
    /// Full names that stay out.
    pub except: Vec<DeclPath>,
    /// `never waivable`, `waivable by legal`.
    pub waivable: Option<Waivable>,
    /// `from DATE`.
    pub from: Option<civil::Date>,
    /// `until DATE`.
    pub until: Option<civil::Date>,
}

/// `waive RULE for "GLOB" until DATE { by … because … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waive {
    /// The rules it speaks of.
    pub rules: Vec<DeclPath>,
    /// Paths; every asset when empty.
    pub files: Vec<SmolStr>,
    /// The last day on which it holds.
    pub until: Option<civil::Date>,
    /// The role or person who answers for it.
    pub by: Option<SmolStr>,
    /// The reason.
    pub because: Option<SmolStr>,
}
