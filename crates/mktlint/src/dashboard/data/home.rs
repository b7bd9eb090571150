//! Which campaign a file belongs to.

use std::collections::BTreeMap;

use mktlint_check::FileFacts;
use mktlint_diag::FilePath;
use smol_str::SmolStr;

/// The campaign of each folder that holds a manifest, by the path that is shown.
#[derive(Debug, Default)]
pub struct Homes {
    folders: BTreeMap<String, SmolStr>,
}

impl Homes {
    /// The folders of the manifests among `facts`.
    pub fn new(facts: &[FileFacts], shown: impl Fn(&FilePath) -> FilePath) -> Self {
        let mut folders = BTreeMap::new();
        for fact in facts {
            if let (Some(file), Some(campaign)) = (&fact.file, fact.campaigns.first()) {
                folders.entry(folder(&shown(file)).to_owned()).or_insert_with(|| campaign.id.clone());
            }
        }
        Self { folders }
    }

    /// The campaign whose manifest stands in the folder of `file` or the nearest above.
    pub fn of(&self, file: &str) -> Option<&SmolStr> {
        let mut at = folder(file);
        loop {
            match self.folders.get(at) {
                Some(id) => return Some(id),
                None if at.is_empty() => return None,
                None => at = folder(at),
            }
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_manifest_above_counts() {
        let homes = Homes {
            folders: BTreeMap::from([("".into(), "all".into()), ("campaigns/a".into(), "a".into())]),
        };
        let of = |file| homes.of(file).map(SmolStr::as_str);
        assert_eq!(of("campaigns/a/de/email.md"), Some("a"));
        assert_eq!(of("campaigns/b/email.md"), Some("all"));
        assert_eq!(Homes::default().of("a/b.md"), None);
    }
}
