//! What of `mktlint.toml` decides about findings.

use mktlint_diag::Level;
use mktlint_host::config::{self, Config};
use mktlint_plan::compare::Direction::{Looser, Stricter};
use mktlint_plan::compare::{Change, Facet, compare_facets};
use mktlint_text::Span;
use smol_str::SmolStr;

/// What is different in `new`; `None` when files are judged alike.
pub fn change(old: &Config, new: &Config) -> Option<Change> {
    compare_facets("configuration", config::FILE, &facets(old), &facets(new))
}

fn facets(config: &Config) -> Vec<Facet> {
    let names =
        |rules: &[(SmolStr, Span)]| rules.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
    let fail_on = match config.fail_on {
        Level::Info => 0,
        Level::Warning => 1,
        Level::Error => 2,
    };
    vec![
        Facet::all_when_empty("select", names(&config.select), Stricter),
        Facet::set("ignore", names(&config.ignore), Looser),
        Facet::set("exclude", config.exclude.iter().map(ToString::to_string), Looser),
        Facet::rank("fail-on", fail_on, config.fail_on.as_str(), Looser),
        Facet::condition("assets", format!("{:?}", config.assets)),
    ]
}
