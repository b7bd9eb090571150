//! What looks for a pattern, and what looks at a kind of asset.

use std::sync::OnceLock;

use mktlint_asset::Kind;
use mktlint_plan::{ClaimId, DisclosureId, Head, Judgement, PatternId, Plan, Rule, RuleId, Scope, Sought};
use rustc_hash::FxHashMap;

/// A declaration that assets, or campaigns as a whole, are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decl {
    /// By its number among the rules.
    Rule(u32),
    /// By its number among the claims.
    Claim(u32),
    /// By its number among the terms.
    Term(u32),
    /// By its number among the conventions.
    Utm(u32),
    /// By its number among the suppressions.
    Suppression(u32),
    /// By its number among the caps.
    Cap(u32),
    /// By its number among the quiet hours.
    QuietHours(u32),
}

impl Decl {
    /// Its name, level and dates; `None` for a number of another plan.
    pub fn head(self, plan: &Plan) -> Option<&Head> {
        match self {
            Self::Rule(at) => plan.rules.get(at as usize).map(|rule| &rule.head),
            Self::Claim(at) => plan.claims.get(at as usize).map(|claim| &claim.head),
            Self::Term(at) => plan.terms.get(at as usize).map(|term| &term.head),
            Self::Utm(at) => plan.utms.get(at as usize).map(|utm| &utm.head),
            Self::Suppression(at) => plan.people.suppressions.get(at as usize).map(|it| &it.head),
            Self::Cap(at) => plan.people.caps.get(at as usize).map(|cap| &cap.head),
            Self::QuietHours(at) => plan.people.quiet_hours.get(at as usize).map(|hours| &hours.head),
        }
    }

    /// Its number among all declarations of `plan` that judge, in order of sort and name.
    pub fn number(self, plan: &Plan) -> u32 {
        let (sort, at) = match self {
            Self::Rule(at) => (0, at),
            Self::Claim(at) => (1, at),
            Self::Term(at) => (2, at),
            Self::Utm(at) => (3, at),
            Self::Suppression(at) => (4, at),
            Self::Cap(at) => (5, at),
            Self::QuietHours(at) => (6, at),
        };
        counts(plan)[..sort].iter().sum::<u32>() + at
    }

    /// The declaration of this number; `None` when there is none.
    pub fn numbered(plan: &Plan, mut number: u32) -> Option<Self> {
        let sorts =
            [Self::Rule, Self::Claim, Self::Term, Self::Utm, Self::Suppression, Self::Cap, Self::QuietHours];
        for (make, count) in sorts.into_iter().zip(counts(plan)) {
            match number.checked_sub(count) {
                Some(rest) => number = rest,
                None => return Some(make(number)),
            }
        }
        None
    }

    /// Every declaration that assets of `plan` are judged by, in order of sort and name.
    pub fn all(plan: &Plan) -> impl Iterator<Item = Self> {
        let claims = plan.claims.iter().zip(0..).filter(|(claim, _)| claim.in_force);
        let rules = (0..plan.rules.len() as u32).map(Self::Rule);
        let terms = (0..plan.terms.len() as u32).map(Self::Term);
        let utms = (0..plan.utms.len() as u32).map(Self::Utm);
        rules.chain(claims.map(|(_, at)| Self::Claim(at))).chain(terms).chain(utms)
    }

    /// Every declaration that campaigns are judged by, by whom they are sent to and when.
    pub fn of_people(plan: &Plan) -> impl Iterator<Item = Self> {
        let suppressions = (0..plan.people.suppressions.len() as u32).map(Self::Suppression);
        let caps = (0..plan.people.caps.len() as u32).map(Self::Cap);
        let hours = (0..plan.people.quiet_hours.len() as u32).map(Self::QuietHours);
        suppressions.chain(caps).chain(hours)
    }

    /// Whether only the pass over all assets judges it.
    pub fn is_of_people(self) -> bool {
        matches!(self, Self::Suppression(_) | Self::Cap(_) | Self::QuietHours(_))
    }
}

/// How many declarations there are of each sort, in the order of [`Decl`].
fn counts(plan: &Plan) -> [u32; 7] {
    let people = &plan.people;
    let (suppressions, caps) = (people.suppressions.len(), people.caps.len());
    let of_assets = [plan.rules.len(), plan.claims.len(), plan.terms.len(), plan.utms.len()];
    let [rules, claims, terms, utms] = of_assets.map(|count| count as u32);
    [rules, claims, terms, utms, suppressions as u32, caps as u32, people.quiet_hours.len() as u32]
}

/// Who looks for a pattern; the second number is that of the wording among those of the declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum User {
    /// A `match` rule.
    Rule(RuleId, u32),
    /// A claim.
    Claim(ClaimId, u32),
    /// A disclosure.
    Disclosure(DisclosureId),
    /// A term.
    Term(u32, u32),
}

/// What looks at assets of one kind.
#[derive(Clone, Debug, Default)]
pub struct OfKind {
    /// Rules with `require` or `forbid`, in order of name.
    pub judged: Vec<RuleId>,
    /// Rules with `match` that must look even where the scan found nothing: at values that only machines read, or with
    /// an anchored pattern (`/^re:/`) at parts of a text.
    pub driven: Vec<RuleId>,
    /// Rules with `match` by the field of the asset that they look at.
    pub fields: Vec<(Scope, Vec<RuleId>)>,
    /// How many declarations hold without a further look when the scan found none of their wordings.
    pub n_quiet: u32,
    /// Their numbers, once somebody has asked.
    pub quiet: OnceLock<Vec<u32>>,
}

/// What looks for a pattern, and what looks at a kind of asset. Made once for each plan.
#[derive(Debug)]
pub struct Index {
    /// Where the users of each pattern start; one more at the end.
    starts: Vec<u32>,
    users: Vec<User>,
    kinds: Vec<OfKind>,
    /// Declarations with `from` or `until`.
    pub dated: Vec<Decl>,
    /// How many declarations assets are judged by.
    pub n_decls: u32,
    names: OnceLock<FxHashMap<String, Vec<Decl>>>,
}

impl Index {
    /// The index of `plan`. Takes time in proportion to the plan.
    pub fn new(plan: &Plan) -> Self {
        let (starts, users) = users(plan);
        let is_dated =
            |decl: &Decl| decl.head(plan).is_some_and(|head| head.from.is_some() || head.until.is_some());
        Self {
            starts,
            users,
            kinds: Kind::ALL.iter().map(|kind| of_kind(plan, *kind)).collect(),
            dated: Decl::all(plan).filter(is_dated).collect(),
            n_decls: Decl::all(plan).count() as u32,
            names: OnceLock::new(),
        }
    }

    /// Who looks for `pattern`.
    pub fn users(&self, pattern: usize) -> &[User] {
        let at = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.users.get(at(pattern)..at(pattern + 1)).unwrap_or_default()
    }

    /// What looks at assets of `kind`.
    pub fn of_kind(&self, kind: Kind) -> &OfKind {
        let at = Kind::ALL.iter().position(|other| *other == kind).unwrap_or(0);
        &self.kinds[at]
    }

    /// The declarations that `name` may mean: the whole name or its last words.
    pub fn named(&self, plan: &Plan, name: &str) -> Vec<Decl> {
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let names = self.names.get_or_init(|| {
            let mut names: FxHashMap<String, Vec<Decl>> = FxHashMap::default();
            for decl in Decl::all(plan).chain(Decl::of_people(plan)) {
                names.entry(last(name_of(plan, decl))).or_default().push(decl);
            }
            names
        });
        let is_meant = |full: &str| {
            full.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        let known = names.get(&last(name)).map_or(&[][..], Vec::as_slice);
        known.iter().copied().filter(|decl| is_meant(name_of(plan, *decl))).collect()
    }
}

/// The full name of a declaration.
pub fn name_of(plan: &Plan, decl: Decl) -> &str {
    decl.head(plan).map_or("", |head| plan.str(head.name))
}

/// Whether `pattern` says where in the text it must stand, so that a search of a piece finds other than a search of all.
pub fn is_anchored(plan: &Plan, pattern: PatternId) -> bool {
    let Some(row) = plan.patterns.get(pattern.index()) else { return false };
    row.anchored
}

fn users(plan: &Plan) -> (Vec<u32>, Vec<User>) {
    let mut pairs: Vec<(PatternId, User)> = Vec::new();
    let mut add = |sought: &[Sought], user: &dyn Fn(u32) -> User| {
        pairs.extend(sought.iter().zip(0..).map(|(sought, at)| (sought.pattern, user(at))));
    };
    for (rule, at) in plan.rules.iter().zip(0..) {
        if let Judgement::Match(sought) = rule.judgement {
            add(plan.list(sought), &|n| User::Rule(RuleId(at), n));
        }
    }
    for (claim, at) in plan.claims.iter().zip(0..) {
        add(plan.list(claim.says), &|n| User::Claim(ClaimId(at), n));
    }
    for (disclosure, at) in plan.disclosures.iter().zip(0..) {
        add(plan.list(disclosure.wordings), &|_| User::Disclosure(DisclosureId(at)));
    }
    for (term, at) in plan.terms.iter().zip(0..) {
        add(plan.list(term.avoid), &|n| User::Term(at, n));
    }
    pairs.sort();
    let n_patterns = plan.patterns.len() as u32;
    let starts =
        (0..=n_patterns).map(|id| pairs.partition_point(|(pattern, _)| pattern.0 < id) as u32).collect();
    (starts, pairs.into_iter().map(|(_, user)| user).collect())
}

fn of_kind(plan: &Plan, kind: Kind) -> OfKind {
    let mut found = OfKind::default();
    let mut n_match = 0;
    let mut fields: Vec<(Scope, Vec<RuleId>)> = Vec::new();
    for &id in plan.rules_for(kind) {
        let Some(rule) = plan.rule(id) else { continue };
        let Judgement::Match(sought) = rule.judgement else {
            found.judged.push(id);
            continue;
        };
        if is_driven(plan, rule, plan.list(sought)) {
            found.driven.push(id);
            continue;
        }
        n_match += 1;
        for scope in plan.list(rule.scopes).iter().filter(|scope| scope.part.is_none() && scope.covers(kind))
        {
            match fields.iter_mut().find(|(other, _)| scope.field.is_some() && other.field == scope.field) {
                Some((_, rules)) => rules.push(id),
                None if scope.field.is_some() => fields.push((*scope, vec![id])),
                None => {}
            }
        }
    }
    found.fields = fields;
    let claims = plan.claims.iter().filter(|claim| claim.in_force).count();
    found.n_quiet = n_match + (claims + plan.terms.len()) as u32;
    found
}

fn is_driven(plan: &Plan, rule: &Rule, sought: &[Sought]) -> bool {
    let anchored = || sought.iter().any(|sought| is_anchored(plan, sought.pattern));
    plan.list(rule.scopes).iter().any(|scope| {
        let is_unread = scope.field.is_some_and(|field| !READ_FIELDS.contains(&plan.str(field)));
        is_unread || scope.part.is_some() && anchored()
    })
}

/// Fields that people read, so that the scan has read them. Any other may be a text that only machines read (`url`) or
/// one that stands in no file (`host`).
static READ_FIELDS: &[&str] = &[
    "subject",
    "preheader",
    "from_name",
    "title",
    "body",
    "plain_text",
    "description",
    "headlines",
    "long_headlines",
    "descriptions",
    "path1",
    "path2",
    "business_name",
    "text",
    "alt",
];
