//! The plan.

use mktlint_asset::Kind;
use mktlint_diag::{FilePath, Place};
use mktlint_match::Matcher;
use mktlint_text::Span;
use serde::{Deserialize, Serialize};

use super::claim::{ChannelLimit, Claim, Disclosure, DisclosureNeed, Evidence, EvidenceNeed, RegionLimit};
use super::constant::Const;
use super::flow::{Bound, Pipeline, StageTarget, Stall, Threshold};
use super::ids::{ClaimId, CodeId, OpId, PatternId, RuleId, Seq, StrId};
use super::merge::Merge;
use super::note::Note;
use super::op::{Code, Op};
use super::pattern::{Pattern, Sought};
use super::people::People;
use super::place::{PlaceRef, Written};
use super::region::Region;
use super::role::{RevokedKey, Role};
use super::rule::{Rule, Scope, Segment};
use super::schema::{FieldDef, FieldType, RecordDef};
use super::strings::Strings;
use super::term::Term;
use super::tier::{Approval, Tier, TierClause};
use super::utm::{Utm, UtmParam};
use super::waiver::Waiver;

/// Everything that policies say, ready to judge assets.
///
/// Tables of plain rows. Rows refer to others by number; [`Plan::list`] and [`Plan::str`] follow the numbers. The same
/// program gives the same bytes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    pub(crate) strings: Strings,
    /// Values that codes push.
    pub consts: Vec<Const>,
    /// Items of constant lists.
    pub items: Vec<Const>,
    /// Instructions of all codes.
    pub ops: Vec<Op>,
    /// Conditions and values that messages and rules compute; a code runs only codes before it.
    pub codes: Vec<Code>,
    /// Where the expression behind an instruction is written, for those whose result says something to people
    /// (conditions, fields, functions); in order of the instruction.
    pub observed: Vec<(OpId, PlaceRef)>,
    /// Finds all [`Plan::patterns`] in one pass.
    pub matcher: Matcher,
    /// Phrases and patterns, by [`PatternId`].
    pub patterns: Vec<Pattern>,
    /// Rules in force, in order of name.
    pub rules: Vec<Rule>,
    /// Claims, in order of name.
    pub claims: Vec<Claim>,
    /// Small print, in order of name.
    pub disclosures: Vec<Disclosure>,
    /// Proofs of claims, in order of name.
    pub evidences: Vec<Evidence>,
    /// Preferred wordings in force, in order of name.
    pub terms: Vec<Term>,
    /// Conventions for links in force, in order of name.
    pub utms: Vec<Utm>,
    /// Bounds of merge tags, in order of the name of the tag.
    pub merges: Vec<Merge>,
    /// Groups of countries, in order of full name.
    pub regions: Vec<Region>,
    /// Exceptions, in order of place.
    pub waivers: Vec<Waiver>,
    /// Risk tiers, in order of place.
    pub tiers: Vec<Tier>,
    /// Who decides, in order of name.
    pub roles: Vec<Role>,
    /// Stages of work, in order of name.
    pub pipelines: Vec<Pipeline>,
    /// Measured results that call for a change, in order of name.
    pub thresholds: Vec<Threshold>,
    /// Who gets what.
    pub people: People,
    /// What is not judged, in order of name.
    pub notes: Vec<Note>,
    /// Asset kinds, parts, the contact; see [`RecordDef::of_kind`].
    pub records: Vec<RecordDef>,
    /// Types of the items of lists.
    pub types: Vec<FieldType>,
    pub(crate) by_kind: Vec<Seq<RuleId>>,
    pub(crate) rule_ids: Vec<RuleId>,
    pub(crate) claim_ids: Vec<ClaimId>,
    pub(crate) pattern_ids: Vec<PatternId>,
    pub(crate) str_ids: Vec<StrId>,
    pub(crate) sought: Vec<Sought>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) segments: Vec<Segment>,
    pub(crate) evidence_needs: Vec<EvidenceNeed>,
    pub(crate) disclosure_needs: Vec<DisclosureNeed>,
    pub(crate) region_limits: Vec<RegionLimit>,
    pub(crate) channel_limits: Vec<ChannelLimit>,
    pub(crate) written: Vec<Written>,
    pub(crate) utm_params: Vec<UtmParam>,
    pub(crate) approvals: Vec<Approval>,
    pub(crate) tier_clauses: Vec<TierClause>,
    pub(crate) revoked_keys: Vec<RevokedKey>,
    pub(crate) stalls: Vec<Stall>,
    pub(crate) targets: Vec<StageTarget>,
    pub(crate) bounds: Vec<Bound>,
    pub(crate) fields: Vec<FieldDef>,
}

/// A row of a table that runs of rows are cut from.
pub trait Row: Sized {
    /// The table.
    fn table(plan: &Plan) -> &Vec<Self>;
    /// The table, for lowering.
    fn table_mut(plan: &mut Plan) -> &mut Vec<Self>;
}

macro_rules! rows {
    ($($ty:ty: $table:ident;)*) => {$(
        impl Row for $ty {
            fn table(plan: &Plan) -> &Vec<Self> {
                &plan.$table
            }

            fn table_mut(plan: &mut Plan) -> &mut Vec<Self> {
                &mut plan.$table
            }
        }
    )*};
}

rows! {
    Const: items;
    Op: ops;
    RuleId: rule_ids;
    ClaimId: claim_ids;
    PatternId: pattern_ids;
    StrId: str_ids;
    Sought: sought;
    Scope: scopes;
    Segment: segments;
    EvidenceNeed: evidence_needs;
    DisclosureNeed: disclosure_needs;
    RegionLimit: region_limits;
    ChannelLimit: channel_limits;
    Written: written;
    UtmParam: utm_params;
    Approval: approvals;
    TierClause: tier_clauses;
    RevokedKey: revoked_keys;
    Stall: stalls;
    StageTarget: targets;
    Bound: bounds;
    FieldDef: fields;
}

impl Plan {
    /// The text `id`; empty for an id of another plan.
    pub fn str(&self, id: StrId) -> &str {
        self.strings.get(id)
    }

    /// The countries of the region that files call `name`, in any case; of two the project's own. `UK` is not one: it
    /// is read as the country `GB`.
    pub fn region(&self, name: &str) -> Option<impl Iterator<Item = &str>> {
        let found = self.regions.iter().find(|region| self.str(region.name).eq_ignore_ascii_case(name))?;
        Some(self.strs(found.countries))
    }

    /// The role of this full name, else the first whose name is `name`: records and `waivable by` write no more.
    pub fn role(&self, name: &str) -> Option<&Role> {
        let is_called = |role: &&Role| self.short(role.name) == name;
        let exact = self.roles.iter().find(|role| self.str(role.name) == name);
        exact.or_else(|| self.roles.iter().find(is_called))
    }

    /// The tier of this full name, else the first whose name is `name`: claims and records write no more.
    pub fn tier(&self, name: &str) -> Option<&Tier> {
        let is_called = |tier: &&Tier| self.short(tier.name) == name;
        let exact = self.tiers.iter().find(|tier| self.str(tier.name) == name);
        exact.or_else(|| self.tiers.iter().find(is_called))
    }

    /// The claim of this full name.
    pub fn claim_named(&self, name: &str) -> Option<ClaimId> {
        let found = self.claims.binary_search_by(|claim| self.str(claim.head.name).cmp(name));
        found.ok().map(|at| ClaimId(at as u32))
    }

    /// The last word of the full name `id`: `high` of `acme.governance.high`.
    pub fn short(&self, id: StrId) -> &str {
        let name = self.str(id);
        name.rsplit('.').next().unwrap_or(name)
    }

    /// The id of `text`, when the plan has it; looks through all texts.
    pub(crate) fn find_str(&self, text: &str) -> Option<StrId> {
        (0..self.strings.len() as u32).map(StrId).find(|id| self.str(*id) == text)
    }

    /// The rows of `seq`; none for one of another plan.
    pub fn list<T: Row>(&self, seq: Seq<T>) -> &[T] {
        let start = seq.start as usize;
        T::table(self).get(start..start.saturating_add(seq.len as usize)).unwrap_or_default()
    }

    /// The texts of `seq`.
    pub fn strs(&self, seq: Seq<StrId>) -> impl Iterator<Item = &str> {
        self.list(seq).iter().map(|id| self.str(*id))
    }

    /// `place` with the name of its file.
    pub fn place(&self, place: PlaceRef) -> Place {
        Place::new(FilePath::new(self.str(place.file)), Span::new(place.start, place.end))
    }

    /// The rules that look at assets of `kind`, in order of name.
    pub fn rules_for(&self, kind: Kind) -> &[RuleId] {
        let seq = self.by_kind.get(RecordDef::of_kind(kind)).copied().unwrap_or_default();
        self.list(seq)
    }

    /// The rule `id`.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.index())
    }

    /// The code `id` and its instructions.
    pub fn code(&self, id: CodeId) -> Option<(&Code, &[Op])> {
        let code = self.codes.get(id.index())?;
        Some((code, self.list(code.ops)))
    }

    /// Where the expression behind `op` is written, when its result says something to people.
    pub fn observed_at(&self, op: OpId) -> Option<PlaceRef> {
        let at = self.observed.binary_search_by_key(&op, |(own, _)| *own).ok()?;
        self.observed.get(at).map(|(_, place)| *place)
    }

    /// The declared field `name` of the record at `record`.
    pub fn field(&self, record: usize, name: StrId) -> Option<&FieldDef> {
        let fields = self.list(self.records.get(record)?.fields);
        let at = fields.binary_search_by_key(&name, |field| field.name).ok()?;
        fields.get(at)
    }

    /// Whether a policy declares a `fact` of this name.
    pub fn is_fact(&self, name: &str) -> bool {
        let facts = self.records.get(RecordDef::FACTS).map_or(&[][..], |record| self.list(record.fields));
        facts.iter().any(|fact| self.str(fact.name) == name)
    }

    /// The bounds of the merge tag `name`: of `contact.first_name` those declared for just that, else for `first_name`,
    /// whatever the case.
    pub fn merge(&self, name: &str) -> Option<&Merge> {
        let find =
            |wanted: &str| self.merges.iter().find(|merge| self.str(merge.name).eq_ignore_ascii_case(wanted));
        find(name).or_else(|| find(name.rsplit('.').next()?))
    }
}
