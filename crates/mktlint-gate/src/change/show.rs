//! Changes in words for people.

use mktlint_hir::model::change::ChangeKind;

use super::Detail;
use crate::{Item, PartId, PartKind};

/// Quotations longer than so many characters are cut.
const LONGEST: usize = 160;

/// A detail about an item that came, went or was reworded.
pub fn detail(kind: ChangeKind, part: PartId, before: Option<&Item>, after: Option<&Item>) -> Detail {
    let sentence = sentence(part.kind, before, after);
    Detail { kind, part, before: before.cloned(), after: after.cloned(), sentence, example: None }
}

fn sentence(part: PartKind, before: Option<&Item>, after: Option<&Item>) -> String {
    let noun = noun(part, after.or(before));
    match (before, after) {
        (Some(before), Some(after)) => {
            format!("{noun} {} is now {}", quoted(&before.text), quoted(&after.text))
        }
        (None, Some(after)) => format!("{noun} {} is new", quoted(&after.text)),
        (Some(before), None) => format!("{noun} {} is gone", quoted(&before.text)),
        (None, None) => format!("{noun} is different"),
    }
}

/// What an item of a part is called.
fn noun(part: PartKind, item: Option<&Item>) -> String {
    let name = item.map_or("", |item| item.name.as_str());
    let short = name.rsplit('.').next().unwrap_or(name);
    match part {
        PartKind::Copy if name.is_empty() => "the sentence".into(),
        PartKind::Claims => format!("the claim `{short}` in"),
        PartKind::Disclosures => format!("the disclosure `{short}` in"),
        PartKind::Evidence => format!("the evidence `{short}`"),
        PartKind::Prices if name.is_empty() => "the price or offer".into(),
        PartKind::Links if name.is_empty() => "the link".into(),
        PartKind::Images => if name == "alt" { "the alternative text" } else { "the picture" }.into(),
        PartKind::Audience => "the audience".into(),
        PartKind::Regions if name == "regions" => "the region".into(),
        PartKind::Channels if name == "channel" => "the channel".into(),
        _ if name.is_empty() => format!("the {part}"),
        _ => format!("the {name}"),
    }
}

/// `text` in quotes, cut when it is long.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("\"{}...\"", text.get(..end).unwrap_or_default().trim_end()),
        None => format!("\"{text}\""),
    }
}
