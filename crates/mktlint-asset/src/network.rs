//! The network that a post or an advertisement is for, where only the path says it.

use mktlint_diag::FilePath;
use mktlint_text::{MappedText, Span};

use crate::{Asset, Field, Kind, Role, Value};

/// The field that says the network.
const PLATFORM: &str = "platform";

/// Words of file and folder names, and the network that each stands for.
const NETWORKS: [(&str, &str); 20] = [
    ("google", "google"),
    ("googleads", "google"),
    ("adwords", "google"),
    ("microsoft", "microsoft"),
    ("bing", "microsoft"),
    ("meta", "meta"),
    ("facebook", "facebook"),
    ("fb", "facebook"),
    ("instagram", "instagram"),
    ("linkedin", "linkedin"),
    ("tiktok", "tiktok"),
    ("twitter", "x"),
    ("tweet", "x"),
    ("tweets", "x"),
    ("bluesky", "bluesky"),
    ("threads", "threads"),
    ("youtube", "youtube"),
    ("pinterest", "pinterest"),
    ("mastodon", "mastodon"),
    ("telegram", "telegram"),
];

/// Says the network of `asset`, the words of `file` nearest to it first, unless the asset says it itself.
pub(crate) fn name(asset: &mut Asset, file: &FilePath) {
    if !matches!(asset.kind, Kind::Ad | Kind::SocialPost) || asset.fields.contains_key(PLATFORM) {
        return;
    }
    let Some(network) = of_path(file) else { return };
    let start = Span::at(asset.span.start());
    let mut word = MappedText::new();
    word.push_inserted(network, start.start());
    let range = asset.add_text(Role::Machine(PLATFORM.into()), word, Vec::new());
    asset.fields.insert(PLATFORM.into(), Field { span: start, value: Value::Text(range) });
}

/// `social/linkedin/launch.yaml` is for LinkedIn, `ads/google-search.csv` for Google.
fn of_path(path: &str) -> Option<&'static str> {
    let lower = path.to_lowercase();
    let names = lower.rsplit(['/', '\\']);
    let network = |word: &str| NETWORKS.iter().find(|(own, _)| *own == word).map(|(_, network)| *network);
    let of_name = |name: &str| name.split(|letter: char| !letter.is_alphanumeric()).find_map(network);
    names.into_iter().find_map(of_name)
}

#[cfg(test)]
mod tests {
    use super::of_path;

    #[test]
    fn the_nearest_word_counts() {
        for (path, network) in [
            ("ads/google-search.csv", Some("google")),
            ("social/linkedin/launch.yaml", Some("linkedin")),
            ("instagram/tweets/a.yaml", Some("x")),
            ("social/launch.yaml", None),
            ("social/googled.yaml", None),
        ] {
            assert_eq!(of_path(path), network, "{path}");
        }
    }
}
