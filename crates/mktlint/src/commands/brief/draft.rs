//! The campaign that a brief is about: its manifest, or what flags say of one.

use std::path::{Path, PathBuf};

use mktlint_asset::Asset;
use mktlint_diag::{FilePath, closest};
use mktlint_host::{ManifestFile, Settings, manifests};
use serde_json::{Map, Value as Json};

use super::Planned;
use super::desk::Desk;
use crate::people::Crowd;
use crate::status::Stop;

/// The id of a campaign that nobody has named yet.
const UNNAMED: &str = "new-campaign";

/// A campaign, as far as it is written.
#[derive(Debug)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// The manifest, absolute.
    pub path: PathBuf,
    /// The manifest, from the root of the workspace.
    pub file: FilePath,
    /// What stands for the manifest, when there is none.
    pub text: Option<Vec<u8>>,
    /// What it says.
    pub campaign: Asset,
}

impl Draft {
    /// The campaign `wanted`: by id, by path, or as `planned`.
    ///
    /// # Errors
    ///
    /// When there is no such campaign, or nothing says which is meant.
    pub fn find(
        wanted: Option<&str>,
        planned: &Planned,
        crowd: &Crowd,
        settings: &Settings,
    ) -> Result<Self, Stop> {
        let is_planned = planned.is_given();
        let Some(wanted) = wanted else {
            return match is_planned {
                true => Self::planned(UNNAMED, planned, crowd),
                false => Err(Stop::Usage(
                    "name a campaign, or say what is planned: `mktlint brief --channel email --regions DE`"
                        .into(),
                )),
            };
        };
        match existing(wanted, crowd, settings)? {
            Some(_) if is_planned => Err(Stop::Usage(format!(
                "`{wanted}` has a manifest, which says what is planned; leave out the flags or the name"
            ))),
            Some(draft) => Ok(draft),
            None if is_planned => Self::planned(wanted, planned, crowd),
            None => Err(unknown(wanted, settings)),
        }
    }

    /// A campaign without a manifest.
    fn planned(id: &str, planned: &Planned, crowd: &Crowd) -> Result<Self, Stop> {
        let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        let folder: String = id.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
        let file = FilePath::new(&format!("campaigns/{folder}/campaign.json"));
        let text = planned.manifest(id);
        let workspace = &crowd.home.workspace;
        let fail = || Stop::Usage(format!("`{file}` would be no manifest in this workspace"));
        let spec = workspace.spec(&file, &text).ok_or_else(fail)?;
        let assets = mktlint_asset::extract(&file, &text, &spec).assets;
        let campaign = assets.into_iter().find(|asset| asset.kind == mktlint_asset::Kind::Campaign);
        let campaign = campaign.ok_or_else(fail)?;
        Ok(Self {
            id: id.to_owned(),
            path: workspace.root.join(file.as_str()),
            file,
            text: Some(text.into_bytes()),
            campaign,
        })
    }

    /// The manifest, as it is shown; `None` when there is none.
    pub fn shown(&self, desk: &Desk<'_>) -> Option<String> {
        self.text.is_none().then(|| desk.crowd.home.shown(&self.file).to_string())
    }

    /// The folder of the manifest, from the root of the workspace.
    pub fn folder(&self) -> &str {
        self.file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Planned {
    fn is_given(&self) -> bool {
        let texts = [&self.audience, &self.purpose, &self.send_at];
        !self.channel.is_empty() || !self.regions.is_empty() || texts.iter().any(|text| text.is_some())
    }

    /// What a manifest would say.
    fn manifest(&self, id: &str) -> String {
        let mut fields = Map::from_iter([("id".to_owned(), Json::from(id))]);
        let lists = [("channel", &self.channel), ("regions", &self.regions)];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let words: Vec<&str> = list.iter().map(|word| word.trim()).collect();
            fields.insert(name.to_owned(), Json::from(words));
        }
        let texts = [("audience", &self.audience), ("purpose", &self.purpose), ("send_at", &self.send_at)];
        for (name, text) in texts {
            if let Some(text) = text {
                fields.insert(name.to_owned(), Json::from(text.as_str()));
            }
        }
        format!("{:#}\n", Json::Object(fields))
    }
}

/// The manifest at the path `wanted`, or the one that declares it.
fn existing(wanted: &str, crowd: &Crowd, settings: &Settings) -> Result<Option<Draft>, Stop> {
    let path = settings.folder.join(wanted);
    if path.is_file() || path.is_dir() {
        let named = Settings { paths: vec![PathBuf::from(wanted)], ..settings.clone() };
        let found = manifests(&named)?;
        return of_path(wanted, found, &crowd.home.workspace.root).map(Some);
    }
    let all = manifests(settings)?;
    let found = all.into_iter().find(|manifest| manifest.campaign(wanted).is_some());
    Ok(found.and_then(|manifest| of_manifest(manifest, wanted)))
}

fn of_path(wanted: &str, found: Vec<ManifestFile>, root: &Path) -> Result<Draft, Stop> {
    let ids: Vec<String> = found.iter().flat_map(ManifestFile::ids).map(str::to_owned).collect();
    match ids.as_slice() {
        [] => Err(Stop::Usage(format!("`{wanted}` holds no manifest with an `id`"))),
        [id] => {
            let manifest = found.into_iter().find(|manifest| manifest.campaign(id).is_some());
            let manifest = manifest.filter(|manifest| manifest.path.starts_with(root));
            manifest.and_then(|manifest| of_manifest(manifest, id)).ok_or_else(|| {
                Stop::Usage(format!("`{wanted}` belongs to another workspace; work in its folder"))
            })
        }
        several => Err(Stop::Usage(format!(
            "`{wanted}` holds several campaigns; name one: {}",
            several.iter().take(5).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
        ))),
    }
}

fn of_manifest(manifest: ManifestFile, id: &str) -> Option<Draft> {
    let campaign = manifest.campaign(id)?.clone();
    Some(Draft { id: id.to_owned(), path: manifest.path, file: manifest.file, text: None, campaign })
}

fn unknown(wanted: &str, settings: &Settings) -> Stop {
    let all = manifests(settings).unwrap_or_default();
    let ids: Vec<&str> = all.iter().flat_map(ManifestFile::ids).collect();
    let help = match closest(wanted, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => "no manifest in this workspace has an `id`".to_owned(),
        None => "for a new one say what is planned: `--channel email --regions DE`".to_owned(),
    };
    Stop::Usage(format!("no campaign is called `{wanted}`; {help}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_planned_is_a_manifest() {
        let planned = Planned {
            channel: vec!["email".into(), " sms".into()],
            audience: Some("vip and country == \"DE\"".into()),
            send_at: Some("2027-01-12".into()),
            ..Planned::default()
        };
        let manifest: Json = serde_json::from_str(&planned.manifest("a\"b")).expect("it is JSON");
        assert_eq!(
            manifest,
            serde_json::json!({
                "id": "a\"b",
                "channel": ["email", "sms"],
                "audience": "vip and country == \"DE\"",
                "send_at": "2027-01-12",
            })
        );
        assert!(planned.is_given() && !Planned::default().is_given());
    }
}
