//! `group = "Email"`.

use mktlint_measure::channel_group::ChannelGroup;
use mktlint_measure::utm::group_tags;

use super::owner::Convention;
use super::tagged::Tagged;
use super::{Mistake, report};
use crate::judge::Run;

/// Judges the channel group that Google Analytics reports the link under. Not when one of the three values that decide
/// is a placeholder, or source or medium is absent.
pub fn check(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    let Some(wanted) = owner.utm.group else { return };
    let pairs = ["source", "medium", "campaign"].map(|name| link.pair(name));
    let is_open = pairs.iter().flatten().any(|pair| link.has_placeholder(&pair.range));
    let [Some(source), Some(medium), _] = pairs else { return };
    let group = ChannelGroup::of(group_tags(&link.link));
    let wanted_name = run.plan.str(wanted.text);
    if is_open || group.name().eq_ignore_ascii_case(wanted_name) {
        return;
    }
    let range = medium.value.as_ref().unwrap_or(&source.key).range();
    let words = format!("Google Analytics reports this link under `{group}`, not `{wanted_name}`");
    let values = format!("`{}` / `{}`", source.value(), medium.value());
    let help = match (ChannelGroup::from_name(wanted_name).and_then(medium_for), group) {
        (Some(usual), _) => {
            format!("the source and medium are {values}; `utm_medium={usual}` is reported as wanted")
        }
        (None, _) => format!("the source and medium are {values}"),
    };
    report(run, owner, link, Mistake::new("", range, words).clause(wanted.place, "wanted here").help(help));
}

/// A medium that is reported under `group`, where the medium alone decides.
const fn medium_for(group: ChannelGroup) -> Option<&'static str> {
    Some(match group {
        ChannelGroup::Email => "email",
        ChannelGroup::Sms => "sms",
        ChannelGroup::MobilePush => "push",
        ChannelGroup::Affiliates => "affiliate",
        ChannelGroup::Audio => "audio",
        ChannelGroup::Display => "display",
        ChannelGroup::Referral => "referral",
        ChannelGroup::OrganicSocial => "social",
        _ => return None,
    })
}
