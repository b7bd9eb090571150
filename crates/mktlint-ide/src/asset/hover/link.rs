//! Links, and the tags in them.

use mktlint_measure::channel_group::ChannelGroup;
use mktlint_measure::link::{Kind as LinkKind, Link, Pair, host_matches, site};
use mktlint_measure::utm::{group_tags, tags};
use mktlint_plan::{Plan, Utm, UtmParam};

use super::Section;
use crate::asset::at::At;
use crate::asset::{prose, schema};

/// The most parameters of a link that are listed.
const MOST_PARAMS: usize = 20;

/// The parts of a link, decoded, the channel group it is reported under, and what the convention says of the parameter
/// that the place is in.
pub fn section(at: &At<'_>) -> Option<Section> {
    let address = at.address()?;
    let link = address.link();
    let mut lines = vec![prose::code(address.text)];
    lines.push(parts(&link));
    let here = link.query.iter().find(|pair| address.source(at.asset, &pair.range).touches(at.offset));
    lines.extend(here.and_then(|pair| convention(at, &link, pair)));
    Some((address.span, lines.join("\n\n")))
}

fn parts(link: &Link) -> String {
    let mut lines = Vec::new();
    if let Some(host) = link.host() {
        let site = site(host).filter(|site| site != host);
        let site = site.map(|site| format!(" of the site {}", prose::code(&site))).unwrap_or_default();
        lines.push(format!("- host: {}{site}", prose::code(host)));
    }
    let what = match link.kind {
        LinkKind::Mailto => "address",
        LinkKind::Tel => "number",
        _ => "path",
    };
    if !link.path.is_empty() {
        lines.push(format!("- {what}: {}", prose::code(link.path.text())));
    }
    let pair = |pair: &Pair| format!("- {}: {}", prose::code(pair.key.text()), value(link, pair));
    lines.extend(link.query.iter().take(MOST_PARAMS).map(pair));
    if let Some(fragment) = &link.fragment {
        lines.push(format!("- fragment: {}", prose::code(fragment.text())));
    }
    if tags(link).next().is_some() {
        lines.push(format!("- reported by Google Analytics under: {}", ChannelGroup::of(group_tags(link))));
    }
    lines.join("\n")
}

fn value(link: &Link, pair: &Pair) -> String {
    let filled =
        if link.placeholders_in(&pair.range).is_empty() { "" } else { " (filled in when it is sent)" };
    format!("{}{filled}", prose::code(pair.value()))
}

/// The clause of the convention that speaks of the parameter.
fn convention(at: &At<'_>, link: &Link, pair: &Pair) -> Option<String> {
    let plan = at.plan()?;
    let name = pair.key.text().strip_prefix("utm_")?;
    let (utm, param) = params_of(at, plan, link).find(|(_, param)| plan.str(param.name) == name)?;
    let text = schema::clause(at.view, &plan.place(param.place))?;
    Some(format!("{} says\n\n{}", prose::code(plan.str(utm.head.name)), prose::block("mkt", text.trim(), 4)))
}

/// What the conventions that speak of `link` in this asset say of each parameter; those that name hosts first.
pub(in crate::asset) fn params_of<'p>(
    at: &At<'_>,
    plan: &'p Plan,
    link: &Link,
) -> impl Iterator<Item = (&'p Utm, &'p UtmParam)> {
    let host = link.host().map(str::to_owned);
    let channels = mktlint_check::channels(at.asset, at.campaign());
    let day = at.now().date();
    let owns = move |utm: &&Utm| {
        let hosts = plan.list(utm.hosts);
        let is_host = |host: &String| hosts.iter().any(|own| host_matches(plan.str(own.text), host));
        let is_channel =
            utm.channels.is_empty() || plan.strs(utm.channels).any(|own| channels.iter().any(|it| it == own));
        utm.head.in_force_on(day) && is_channel && (hosts.is_empty() || host.as_ref().is_some_and(is_host))
    };
    let mut own: Vec<&'p Utm> = plan.utms.iter().filter(owns).collect();
    own.sort_by_key(|utm| utm.hosts.is_empty());
    own.into_iter().flat_map(move |utm| plan.list(utm.params).iter().map(move |param| (utm, param)))
}
