//! What the report shows, without how.

mod calendar;
mod campaigns;
mod decisions;
mod expiry;
mod findings;
mod flow;
mod home;
mod overlap;

use jiff::civil::Date;
use mktlint_host::{Checked, Settings};

use crate::people::Crowd;

pub use calendar::{Calendar, Day, Month};
pub use campaigns::Campaign;
pub use decisions::{Decision, Decisions};
pub use expiry::Expiry;
pub use findings::{Counts, Finding, Standing};
pub use flow::Flow;
pub use overlap::Overlap;

/// Everything that the report shows.
#[derive(Debug)]
pub struct Dashboard {
    /// The name of the workspace.
    pub name: String,
    /// The day that stands for today.
    pub today: Date,
    /// In order of id.
    pub campaigns: Vec<Campaign>,
    /// Findings in files of no campaign, in order of path.
    pub elsewhere: Vec<Finding>,
    /// The tiers of the policy, from harmless to grave.
    pub tiers: Vec<String>,
    /// How audiences stand to each other.
    pub overlap: Overlap,
    /// What is sent when.
    pub calendar: Calendar,
    /// What ends, in order of day.
    pub expiries: Vec<Expiry>,
    /// How work flows; else why that cannot be said.
    pub flow: Result<Flow, String>,
    /// What was decided; else why that cannot be said.
    pub decisions: Result<Decisions, String>,
    /// What could not be judged, in words.
    pub gaps: Vec<String>,
}

impl Dashboard {
    /// The report over `checked`, a run with `settings` over the whole workspace of `crowd`.
    pub fn gather(checked: &Checked, crowd: &Crowd, settings: &Settings) -> Self {
        let today = settings.today;
        let root = &crowd.home.workspace.root;
        let at = checked.roots.iter().position(|own| own == root);
        let facts = at.and_then(|at| checked.facts.get(at)).map_or(&[][..], Vec::as_slice);
        let homes = home::Homes::new(facts, |file| crowd.home.shown(file));
        let mut findings = findings::by_campaign(checked, &homes);
        let campaigns = campaigns::campaigns(facts, &mut findings, |file| crowd.home.shown(file));
        let elsewhere = findings.remove(&None).unwrap_or_default();
        Self {
            name: crowd.home.workspace.config.name.to_string(),
            today,
            calendar: Calendar::new(facts, &campaigns, &crowd.plan),
            tiers: crowd.plan.tiers.iter().map(|tier| short(crowd.plan.str(tier.name)).to_owned()).collect(),
            overlap: Overlap::of(crowd),
            expiries: expiry::expiries(crowd, checked),
            flow: Flow::of(checked, crowd, settings, today),
            decisions: Decisions::of(crowd, today),
            gaps: checked.notes.clone(),
            campaigns,
            elsewhere,
        }
    }

    /// All findings that count, waived ones apart.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let of_campaigns = self.campaigns.iter().flat_map(|campaign| &campaign.findings);
        of_campaigns.chain(&self.elsewhere).for_each(|finding| counts.add(finding));
        counts
    }
}

/// The last word of a full name.
fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
