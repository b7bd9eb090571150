//! What a brief is made from, looked up once.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use mktlint_asset::{Kind, Value as Given};
use mktlint_check::{CampaignFact, Inputs, Prospect, ahead, channel_of, now};
use mktlint_diag::Diagnostic;
use mktlint_hir::model::item::Meaning;
use mktlint_host::{Settings, Waiver, check};
use mktlint_plan::{Head, PlaceRef, Plan};

use super::draft::Draft;
use super::model::{Line, Source, State};
use crate::book::{Page, Shelf};
use crate::catalog::of_program;
use crate::mask;
use crate::people::Crowd;
use crate::status::Stop;

/// A rule that can judge what will be written.
#[derive(Debug)]
pub struct Coming<'a> {
    /// Everything there is to say about it.
    pub page: Page<'a>,
    /// The kinds of asset that it can judge in this campaign.
    pub kinds: Vec<Kind>,
    /// How it stands to them.
    pub prospect: Prospect,
}

/// A campaign, the policy, and what the policy says of the campaign as it is planned.
pub struct Desk<'a> {
    /// The policy.
    pub crowd: &'a Crowd,
    /// Its declarations as pages are made from them.
    pub shelf: &'a Shelf<'a>,
    /// The campaign.
    pub draft: &'a Draft,
    /// What its manifest says to the pass over all campaigns; `None` without an id.
    pub fact: Option<CampaignFact>,
    /// What is wrong with the manifest, alone and together with all other campaigns.
    pub findings: Vec<Diagnostic>,
    /// The rules on assets that can judge it, in order of name.
    pub coming: Vec<Coming<'a>>,
    /// The rules on the campaign itself, in order of name.
    pub of_campaign: Vec<Coming<'a>>,
    /// The exceptions for files.
    pub waivers: Vec<Waiver>,
    /// The moment that counts.
    pub now: DateTime,
}

impl<'a> Desk<'a> {
    /// Judges the manifest as it is planned; `None` when nothing can be judged, which the policy's problems say.
    pub fn new(
        crowd: &'a Crowd,
        shelf: &'a Shelf<'a>,
        draft: &'a Draft,
        settings: &Settings,
    ) -> Result<Option<Self>, Stop> {
        let stdin = draft.text.clone().map(|text| (draft.path.clone(), text));
        let settings = Settings { paths: vec![draft.path.clone()], stdin, ..settings.clone() };
        let mut checked = check(&settings)?;
        if checked.plans.is_empty() {
            return Ok(None);
        }
        let file = crowd.home.shown(&draft.file);
        checked.findings.retain(|finding| finding.primary.place.file == file);
        checked.findings.iter_mut().for_each(mask::finding);
        let facts = checked.facts.iter().flatten().flat_map(|facts| &facts.campaigns);
        let fact = facts.clone().find(|fact| fact.id == draft.id).cloned();
        let today = Inputs::at(settings.today);
        let now = now(&draft.campaign, None, &today);
        let mut desk = Self {
            crowd,
            shelf,
            draft,
            fact,
            findings: checked.findings,
            waivers: checked.waivers,
            coming: Vec::new(),
            of_campaign: Vec::new(),
            now,
        };
        let kinds = desk.kinds();
        desk.coming = desk.coming(&kinds);
        desk.of_campaign = desk.coming(&[Kind::Campaign]);
        desk.of_campaign.retain(Coming::speaks_of_campaigns);
        Ok(Some(desk))
    }

    /// The plan.
    pub fn plan(&self) -> &'a Plan {
        &self.crowd.plan
    }

    /// The day that counts.
    pub fn day(&self) -> Date {
        self.now.date()
    }

    /// The channels, in order; `None` when the manifest does not say.
    pub fn channels(&self) -> Option<Vec<&str>> {
        let channels = self.fact.as_ref()?.channels.as_ref()?;
        Some(channels.iter().map(smol_str::SmolStr::as_str).collect())
    }

    /// Whether a declaration that names `channels`, or all when it names none, can speak of the campaign.
    pub fn is_on<'c>(&self, channels: impl IntoIterator<Item = &'c str>) -> bool {
        let mut named = channels.into_iter().peekable();
        match self.channels() {
            Some(own) => named.peek().is_none() || named.any(|channel| own.contains(&channel)),
            None => true,
        }
    }

    /// The countries; `None` when the manifest does not say.
    pub fn countries(&self) -> Option<Vec<&str>> {
        let (countries, _) = self.fact.as_ref()?.regions.as_ref()?;
        Some(countries.iter().map(smol_str::SmolStr::as_str).collect())
    }

    /// The words of a field of the manifest: of a list its items, of anything else as it is written.
    pub fn text(&self, field: &str) -> Option<String> {
        let campaign = &self.draft.campaign;
        let words = words_of(&campaign.fields.get(field)?.value, campaign)?;
        Some(mktlint_measure::personal::mask(&words).into_owned())
    }

    /// Whether the manifest gives a field or a fact.
    pub fn is_given(&self, field: &str) -> bool {
        self.draft.campaign.fields.contains_key(field)
    }

    /// What stands at `place` of a policy, on one line.
    pub fn written(&self, place: PlaceRef) -> String {
        let place = self.plan().place(place);
        let text = place.span.slice(self.crowd.policies().text(&place.file));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The source of a declaration with this head.
    pub fn source(&self, head: &Head) -> Source {
        let dates =
            [head.from.map(|day| format!("from {day}")), head.until.map(|day| format!("until {day}"))];
        Source {
            name: self.plan().str(head.name).to_owned(),
            level: Some(head.level),
            looks_at: None,
            because: head.because.map(|because| self.plan().str(because).to_owned()),
            dates: dates.into_iter().flatten().collect::<Vec<_>>().join(" "),
            at: self.crowd.place(head.place),
        }
    }

    /// What was found of the rule `name`, or `None` when it has no finding.
    pub fn found(&self, name: &str) -> Option<&Diagnostic> {
        let mut own = self.findings.iter().filter(|finding| finding.code == name);
        let first = own.clone().next();
        own.find(|finding| finding.counts()).or(first)
    }

    /// `line` with how the rule of `name` ended on the plan: as it is when nothing was found.
    pub fn judged(&self, name: &str, line: Line) -> Line {
        match self.found(name) {
            Some(found) => with_finding(line, found),
            None => line,
        }
    }

    fn kinds(&self) -> Vec<Kind> {
        let own = self.channels();
        let is_used = |kind: &Kind| match (channel_of(*kind), &own) {
            (Some(channel), Some(own)) => own.contains(&channel),
            (channel, None) => channel.is_some(),
            (None, Some(_)) => false,
        };
        Kind::ALL.into_iter().filter(is_used).collect()
    }

    fn coming(&self, kinds: &[Kind]) -> Vec<Coming<'a>> {
        let plan = self.plan();
        let mut found: BTreeMap<&str, (Vec<Kind>, Prospect)> = BTreeMap::new();
        for kind in kinds {
            for it in ahead(plan, &self.draft.campaign, *kind, self.now) {
                let name = plan.rule(it.rule).map_or("", |rule| plan.str(rule.head.name));
                let (all, prospect) = found.entry(name).or_insert((Vec::new(), it.prospect));
                all.push(*kind);
                *prospect = (*prospect).min(it.prospect);
            }
        }
        let rules = of_program(self.shelf.program).into_iter().filter(|rule| rule.is_in_force());
        let coming = rules.filter_map(|rule| {
            let (kinds, prospect) = found.remove(rule.name())?;
            Some(Coming { page: Page::of(rule, self.shelf), kinds, prospect })
        });
        coming.collect()
    }
}

/// The line of a finding that belongs to no declaration of the policy.
pub fn of_finding(found: &Diagnostic) -> Line {
    let mut line = with_finding(Line::new(State::Wrong, found.message.clone()), found);
    line.notes.retain(|note| *note != found.message);
    line.by(Source {
        name: found.code.to_string(),
        level: Some(found.level),
        looks_at: None,
        because: found.why.clone(),
        dates: String::new(),
        at: found.primary.place.file.to_string(),
    })
}

/// `line` in the state that `found` puts it in, with what was found.
pub fn with_finding(mut line: Line, found: &Diagnostic) -> Line {
    line.state = match (&found.waived, found.undecided) {
        (Some(_), _) => State::Note,
        (None, _) if found.baselined => State::Note,
        (None, true) => State::Open,
        (None, false) => State::Wrong,
    };
    let spared = match &found.waived {
        Some(waived) => format!(" (waived: {})", waived.because),
        None if found.baselined => " (in the baseline)".to_owned(),
        None => String::new(),
    };
    let mut notes = vec![format!("{}{spared}", found.message)];
    notes.extend(found.notes.iter().cloned());
    notes.extend(found.help.iter().cloned());
    notes.append(&mut line.notes);
    notes.dedup();
    Line { notes, ..line }
}

fn words_of(value: &Given, campaign: &mktlint_asset::Asset) -> Option<String> {
    Some(match value {
        Given::Text(range) => campaign.slice(*range).trim().to_owned(),
        Given::Date(day) => day.to_string(),
        Given::DateTime(at) => at.strftime("%Y-%m-%d %H:%M").to_string(),
        Given::List(items) => {
            items.iter().filter_map(|item| words_of(item, campaign)).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    })
}

impl Coming<'_> {
    /// Whether the rule names campaigns; one that looks at every text looks at manifests, too.
    fn speaks_of_campaigns(&self) -> bool {
        match &self.page.rule.placed.item.meaning {
            Meaning::Rule(rule) => rule.scopes.iter().any(|it| it.asset.as_deref() == Some("Campaign")),
            _ => false,
        }
    }

    /// What judges, for a line.
    pub fn source(&self) -> Source {
        let page = &self.page;
        let is_everywhere = match &page.rule.placed.item.meaning {
            Meaning::Rule(rule) => rule.scopes.is_empty() && rule.guard.is_none(),
            _ => true,
        };
        Source {
            name: page.name().to_owned(),
            level: page.rule.level(),
            looks_at: (!is_everywhere).then(|| page.looks_at.clone()),
            because: page.rule.terms().and_then(|terms| terms.because.as_ref()).map(ToString::to_string),
            dates: page.rule.dates(),
            at: page.at.clone(),
        }
    }
}
