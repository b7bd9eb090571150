//! How work flows: the figures, and how long each campaign took.

use jiff::civil::Date;
use mktlint_flow::metrics::{Metrics, Window};
use mktlint_host::flow::{Asked, end_of, gather};
use mktlint_host::{Checked, Settings};
use smol_str::SmolStr;

use crate::people::Crowd;

/// How work flows.
#[derive(Debug)]
pub struct Flow {
    /// The figures.
    pub metrics: Metrics,
    /// What limits what is known.
    pub notes: Vec<String>,
}

impl Flow {
    /// The figures of the workspace of `crowd`, which `checked` judged, up to the end of `today`.
    ///
    /// # Errors
    ///
    /// When the workspace cannot be listed, in words.
    pub fn of(checked: &Checked, crowd: &Crowd, settings: &Settings, today: Date) -> Result<Self, String> {
        let window = Window { since: None, until: end_of(today) };
        let asked = Asked { window, campaigns: Vec::new() };
        let gathered = gather(&crowd.home.workspace, checked, settings, &asked);
        gathered.map(|it| Self { metrics: it.metrics, notes: it.notes }).map_err(|error| error.to_string())
    }

    /// Whole days from the first stage to the live one, of each campaign that made the way, in order of id.
    pub fn lead_days(&self) -> Vec<u64> {
        let (first, live) = (self.metrics.pipeline.first(), self.metrics.pipeline.live());
        let (Some(first), Some(live)) = (first, live) else { return Vec::new() };
        let days = |progress: &mktlint_flow::metrics::Progress| {
            let at = |stage: &SmolStr| progress.reached.iter().find(|it| it.stage == *stage).map(|it| it.at);
            let seconds = at(live)?.as_second() - at(first)?.as_second();
            u64::try_from(seconds / 86_400).ok()
        };
        self.metrics.progress.iter().filter_map(days).collect()
    }
}
