//! Values of tracking parameters, for the comparison between assets.

use std::collections::BTreeMap;

use mktlint_measure::link::{Kind, Pair};
use mktlint_measure::utm::{Reading, tags};
use mktlint_plan::Allowed;
use mktlint_text::Span;
use smol_str::SmolStr;

use super::owner::Convention;
use super::tagged::Tagged;
use crate::UtmFact;
use crate::judge::Run;

/// Values by campaign, key and value.
#[derive(Default)]
pub struct UtmFacts(BTreeMap<(Option<SmolStr>, SmolStr, SmolStr, bool), Vec<Span>>);

impl UtmFacts {
    /// Adds what `link` says. A parameter that something was reported of counts as governed, so that no mistake is
    /// reported twice; `told` is what rules found.
    pub fn add(&mut self, run: &Run<'_>, link: &Tagged<'_>, owners: &[&Convention<'_>], told: &Told) {
        if link.link.kind != Kind::Web {
            return;
        }
        let campaign = run.campaign_id();
        for (reading, pair) in tags(&link.link) {
            let Reading::Exact(key) = reading else { continue };
            let name = key.short_name();
            let Some(value) = pair.value.as_ref().filter(|value| !value.is_empty()) else { continue };
            if link.has_placeholder(&value.range()) {
                continue;
            }
            let span = run.asset.source(link.text_range(&value.range()));
            let param = run.asset.source(link.text_range(&pair.range));
            let governed = link.reported.contains(name)
                || told.of(param, span)
                || owners.iter().any(|owner| governs(run, owner, name));
            let key = (campaign.clone(), name.into(), Pair::value(pair).into(), governed);
            self.0.entry(key).or_default().push(span);
        }
    }

    /// The facts, in order.
    pub fn into_facts(self) -> Vec<UtmFact> {
        let fact =
            |((campaign, key, value, governed), spans)| UtmFact { campaign, key, value, spans, governed };
        self.0.into_iter().map(fact).collect()
    }
}

/// Where rules found something, in order of the start.
pub struct Told(Vec<Span>);

impl Told {
    /// What `run` has found so far.
    pub fn by(run: &Run<'_>) -> Self {
        let mut spans: Vec<Span> = run.findings.iter().map(|found| found.primary.place.span).collect();
        spans.sort();
        spans.dedup();
        Self(spans)
    }

    /// Whether a finding that starts at `param`, or at what separates it (`&amp;` at most), is about the bytes of its
    /// `value`.
    fn of(&self, param: Span, value: Span) -> bool {
        let start = param.start().saturating_sub("&amp;".len() as u32);
        let from = self.0.partition_point(|span| span.start() < start);
        let mut starts_here = self.0[from..].iter().take_while(|span| span.start() <= value.start());
        starts_here.any(|span| span.end() >= value.end())
    }
}

/// Whether `owner` says what the values of `name` are.
fn governs(run: &Run<'_>, owner: &Convention<'_>, name: &str) -> bool {
    let params = run.plan.list(owner.utm.params);
    let names_it = |allowed| matches!(allowed, Allowed::OneOf(_) | Allowed::Equal(_));
    owner.is_for_channel && params.iter().any(|it| run.plan.str(it.name) == name && names_it(it.allowed))
}
