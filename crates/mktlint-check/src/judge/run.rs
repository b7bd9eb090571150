//! One asset, while it is judged.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil;
use mktlint_asset::{Asset, Kind, PartKind, TextRange, Value as AssetValue};
use mktlint_diag::{Diagnostic, Edit, Fix, Place, Safety};
use mktlint_plan::{ClaimFacts, Context, Facts, Head, Known, Plan, Rule, RuleId, Scope, StrId, subjects};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::finding::{Reason, undecided};
use super::said::{Occurrence, Open, fits, rule_wordings};
use super::scoped::Scoped;
use super::{Ends, Judge, Said, utm};
use crate::index::Decl;
use crate::people::Answers;
use crate::words::layout::Layout;
use crate::{Inputs, Outcome, SourceFile};

/// What tells scopes of one kind of asset apart.
type ScopeKey = Option<(Option<PartKind>, Option<StrId>)>;

/// One asset, while it is judged.
pub struct Run<'a> {
    pub judge: &'a Judge,
    pub plan: &'a Plan,
    pub source: &'a str,
    pub inputs: &'a Inputs,
    pub asset: &'a Asset,
    pub campaign: Option<&'a Asset>,
    pub now: civil::DateTime,
    pub facts: &'a Facts<'a>,
    pub said: &'a Said<'a>,
    pub layout: Layout<'a>,
    /// How declarations ended.
    pub ends: Ends,
    /// What was found, in no order.
    pub findings: Vec<Diagnostic>,
    claims: Option<Rc<ClaimFacts>>,
    answers: Rc<Answers<'a>>,
    subjects: RefCell<BTreeMap<ScopeKey, Rc<Scoped<'a>>>>,
    known: Rc<Known>,
    reasons: BTreeSet<(Decl, String)>,
}

impl<'a> Run<'a> {
    /// A run over `asset` that has found nothing yet.
    pub fn new(
        judge: &'a Judge,
        source: &SourceFile<'a>,
        asset: &'a Asset,
        facts: &'a Facts<'a>,
        said: &'a Said<'a>,
        inputs: &'a Inputs,
    ) -> Self {
        let campaign = if asset.kind == Kind::Campaign { Some(asset) } else { source.campaign };
        let now = now(asset, source.campaign, inputs);
        Self {
            judge,
            plan: &judge.plan,
            source: source.text,
            inputs,
            asset,
            campaign,
            now,
            facts,
            said,
            layout: Layout::new(asset),
            ends: Ends::default(),
            findings: Vec::new(),
            claims: claims_in_view(&judge.plan, asset, said, inputs).map(Rc::new),
            answers: Rc::new(Answers::new(&judge.plan, inputs, now, &judge.memo)),
            subjects: RefCell::default(),
            known: Rc::default(),
            reasons: BTreeSet::new(),
        }
    }

    /// Judges the asset by every declaration.
    pub fn judge(&mut self, utms: &mut utm::UtmFacts) {
        self.exclude_by_date();
        super::rule::all(self);
        super::claim::all(self);
        super::term::all(self);
        super::merge::all(self);
        super::manifest::all(self);
        utm::all(self, utms);
    }

    fn exclude_by_date(&mut self) {
        let judge = self.judge;
        for &decl in &judge.index.dated {
            let Some(head) = decl.head(self.plan).filter(|head| !head.in_force_on(self.now.date())) else {
                continue;
            };
            let why = match head.from.filter(|from| self.now.date() < *from) {
                Some(from) => format!("from {from}"),
                None => head.until.map_or_else(String::new, |until| format!("until {until}")),
            };
            self.ends.record(decl, Outcome::NotApplicable(why));
        }
    }

    /// Whether `head` is in force on the day that counts.
    pub fn in_force(&self, head: &Head) -> bool {
        head.in_force_on(self.now.date())
    }

    /// What evaluation looks at. Borrows nothing of the run that changes.
    pub fn context<'c>(&self, claims: Option<&'c ClaimFacts>) -> Context<'c>
    where
        'a: 'c,
    {
        let mut context = Context::new(self.plan, self.asset, self.now);
        context.campaign = self.campaign;
        context.facts = Some(self.facts);
        context.claims = claims;
        context.people = Some(self.answers.clone());
        context.known = Rc::clone(&self.known);
        context
    }

    /// The claims that conditions see.
    pub fn claims(&self) -> Option<Rc<ClaimFacts>> {
        self.claims.clone()
    }

    /// The things that `scope` speaks of; computed once for all rules that look there.
    pub fn subjects(&self, scope: Option<&Scope>) -> Rc<Scoped<'a>> {
        let key = scope.map(|scope| (scope.part, scope.field));
        if let Some(known) = self.subjects.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut context = Context::new(self.plan, self.asset, self.now);
        context.campaign = self.campaign;
        context.facts = Some(self.facts);
        context.known = Rc::clone(&self.known);
        let found = Rc::new(Scoped::new(self.asset, subjects(scope, &context)));
        self.subjects.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    /// The subjects of each scope of `rule` that covers the asset.
    pub fn in_scope(&self, rule: &Rule) -> Vec<Rc<Scoped<'a>>> {
        if rule.scopes.is_empty() {
            return vec![self.subjects(None)];
        }
        let scopes = self.plan.list(rule.scopes).iter().filter(|scope| scope.covers(self.asset.kind));
        scopes.map(|scope| self.subjects(Some(scope))).collect()
    }

    /// Every place of the wordings of the `match` rule `id`, in order.
    pub fn occurrences(&self, id: RuleId) -> Vec<Occurrence<RuleId>> {
        let mut found: Vec<_> = self.said.rules.iter().filter(|it| it.id == id).copied().collect();
        let open: Vec<Open> = self.said.open.iter().filter(|it| it.id == id).copied().collect();
        if let Some(rule) = self.plan.rule(id) {
            self.search(rule, &open, &mut found);
        }
        found.sort();
        found
    }

    /// Searches for the patterns of `rule`, in those of their texts that it looks at.
    pub fn search(&self, rule: &Rule, open: &[Open], found: &mut Vec<Occurrence<RuleId>>) {
        let scopes = self.in_scope(rule);
        for it in open.iter().filter(|it| scopes.iter().any(|scoped| scoped.reads(it.text))) {
            let sought = rule_wordings(self.plan, it.id);
            let text = self.asset.text(it.text).map_or("", |text| text.mapped.text());
            for hit in self.facts.of(it.text, it.pattern).iter().flat_map(|hits| hits.iter()) {
                let range = TextRange { text: it.text, start: hit.start, end: hit.end };
                if fits(sought, it.wording, text, range) {
                    found.push(Occurrence { id: it.id, range, wording: it.wording });
                }
            }
        }
    }

    /// `span` of the asset's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.asset.file.clone(), span)
    }

    /// What a finding about the thing at `span` points at: of the asset as a whole only the first line.
    pub fn place_at(&self, span: Span) -> Place {
        let line = span.slice(self.source).lines().next().unwrap_or_default();
        let is_whole = span == self.asset.span;
        self.place(if is_whole { Span::new(span.start(), span.start() + line.len() as u32) } else { span })
    }

    /// The bytes that `range` came from.
    pub fn place_of(&self, range: TextRange) -> Place {
        self.place(self.asset.source(range))
    }

    /// Adds a finding of `decl`.
    pub fn fire(&mut self, decl: Decl, found: Diagnostic) {
        self.ends.record(decl, Outcome::Fired);
        self.findings.push(found);
    }

    /// Notes that `decl` was judged and holds.
    pub fn hold(&mut self, decl: Decl) {
        self.ends.record(decl, Outcome::Held);
    }

    /// Notes that `decl` could not be judged at `place` for want of an input. Each reason is reported once.
    pub fn undecided(&mut self, decl: Decl, place: Place, reason: Reason) {
        let Some(head) = decl.head(self.plan) else { return };
        self.ends.record(decl, Outcome::Undecided(reason.words.clone()));
        if self.reasons.insert((decl, reason.words.clone())) {
            self.findings.push(undecided(self.plan, head, place, reason));
        }
    }

    /// The edits that put `replacement` in the place of `range`, written for their context.
    pub fn edits(&self, range: TextRange, replacement: &str) -> Option<Vec<Edit>> {
        mktlint_asset::encode_edit(self.source, self.asset, range, replacement)
    }

    /// A fix of the asset's file.
    pub fn fix(&self, title: String, safety: Safety, edits: Vec<Edit>) -> Fix {
        Fix { title, safety, file: self.asset.file.clone(), edits }
    }

    /// The id of the campaign.
    pub fn campaign_id(&self) -> Option<SmolStr> {
        text_field(self.campaign?, "id").map(SmolStr::from)
    }
}

/// The day and time that count for `asset`: when its campaign is sent, else those of the run.
pub fn now(asset: &Asset, campaign: Option<&Asset>, inputs: &Inputs) -> civil::DateTime {
    let campaign = if asset.kind == Kind::Campaign { Some(asset) } else { campaign };
    let send_at = |asset: &Asset| match asset.fields.get("send_at").map(|field| &field.value) {
        Some(AssetValue::Date(date)) => Some(date.at(0, 0, 0, 0)),
        Some(AssetValue::DateTime(at)) => Some(*at),
        _ => None,
    };
    campaign.and_then(send_at).unwrap_or(inputs.today)
}

/// The words of the field `name`, when it is a text.
pub fn text_field<'a>(asset: &'a Asset, name: &str) -> Option<&'a str> {
    match asset.fields.get(name).map(|field| &field.value) {
        Some(AssetValue::Text(range)) => Some(asset.slice(*range)).filter(|words| !words.is_empty()),
        _ => None,
    }
}

/// The words of the field `name`, when it is a text or a list of texts; `None` when it is absent or anything else.
pub fn text_list<'a>(asset: &'a Asset, name: &str) -> Option<Vec<&'a str>> {
    let word = |value: &AssetValue| match value {
        AssetValue::Text(range) => Some(asset.slice(*range).trim()),
        _ => None,
    };
    match asset.fields.get(name).map(|field| &field.value)? {
        AssetValue::List(items) => items.iter().map(word).collect(),
        value => word(value).map(|word| vec![word]),
    }
}

/// The claims that conditions on `asset` see: of a manifest what the inputs say, of any other asset its own.
fn claims_in_view(plan: &Plan, asset: &Asset, said: &Said<'_>, inputs: &Inputs) -> Option<ClaimFacts> {
    let own = || said.claims.iter().map(|claim| claim.id).collect::<Vec<_>>();
    if asset.kind != Kind::Campaign {
        return Some(ClaimFacts::new(own()));
    }
    let known = inputs.claims.as_ref()?;
    let names = text_field(asset, "id").and_then(|id| known.get(id));
    let of_assets = names.into_iter().flatten().filter_map(|name| plan.claim_named(name));
    Some(ClaimFacts::new(own().into_iter().chain(of_assets).collect()))
}
