//! Links inside one site, which must not be tagged.

use mktlint_asset::{Asset, Kind};
use mktlint_diag::Safety;
use mktlint_measure::link::{Kind as LinkKind, Link};
use mktlint_measure::utm::tags;

use super::owner::Convention;
use super::tagged::Tagged;
use super::{Mistake, edit, report};
use crate::judge::{Run, text_list};

/// Fields that say where a page or its whole site is found.
const SITE_FIELDS: [&str; 5] = ["site", "hosts", "url", "canonical", "permalink"];

/// Judges a link of an article or page to its own site. Returns whether it is one, in which case no convention asks
/// for tags.
///
/// What the own site is, the page or its campaign says (`site`, `hosts`, `url`, `canonical`); a link without a host
/// (`/pricing`) is always on it.
pub fn check(run: &mut Run<'_>, conventions: &[Convention<'_>], link: &mut Tagged<'_>) -> bool {
    if !matches!(run.asset.kind, Kind::Post | Kind::Page) {
        return false;
    }
    let own = own_hosts(run);
    let is_internal = match link.host() {
        Some(host) => own.iter().any(|own| bare(own) == bare(host)),
        None => link.link.kind == LinkKind::Relative,
    };
    let Some((_, first)) = tags(&link.link).next().filter(|_| is_internal) else { return is_internal };
    let owner =
        conventions.iter().find(|it| own.is_empty() || own.iter().any(|host| it.owns_host(run, host)));
    let Some(owner) = owner else { return true };
    let key = first.key.text();
    let words = format!("this link stays on the site, so `{key}` ends the visit and starts a new one");
    let removed: Vec<_> = tags(&link.link).map(|(_, pair)| pair.range.clone()).collect();
    let mut mistake = Mistake::new("", first.range.clone(), words).help("remove the tracking parameters");
    let text = edit::without(link.text, &removed);
    mistake = mistake.fix("remove the tracking parameters".into(), Safety::Safe, link.whole(), &text);
    report(run, owner, link, mistake);
    true
}

fn own_hosts(run: &Run<'_>) -> Vec<String> {
    let of = |asset: &Asset| {
        let words = SITE_FIELDS.iter().filter_map(|name| text_list(asset, name)).flatten();
        words.filter_map(|word| Link::parse_address(word).host().map(str::to_owned)).collect::<Vec<_>>()
    };
    let own = of(run.asset);
    if own.is_empty() { run.campaign.map(of).unwrap_or_default() } else { own }
}

/// `www.acme.example` and `acme.example` are one site.
fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether a link from an article or page may be internal although nobody said where the page is found.
pub fn is_unclear(run: &Run<'_>) -> bool {
    matches!(run.asset.kind, Kind::Post | Kind::Page) && own_hosts(run).is_empty()
}
