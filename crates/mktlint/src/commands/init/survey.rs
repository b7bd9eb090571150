//! What there is in a folder that nobody has configured.

use std::collections::{BTreeMap, BTreeSet};

use mktlint_asset::{Asset, Kind, PartKind, Value, extract, format_of};
use mktlint_host::system;
use mktlint_host::workspace::{Workspace, list, relative};
use mktlint_measure::link::Link;

/// Files that are looked into; more would not say anything new.
const MOST_FILES: usize = 2000;

/// What was found.
#[derive(Debug, Default)]
pub struct Survey {
    /// How many assets there are of each kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// How often each host is linked to with campaign tags.
    pub hosts: BTreeMap<String, usize>,
    /// How often each `utm_source` is used.
    pub sources: BTreeMap<String, usize>,
    /// How often each `utm_medium` is used.
    pub mediums: BTreeMap<String, usize>,
    /// How often each merge tag is used.
    pub merge_tags: BTreeMap<String, usize>,
    /// How often each template language is used.
    pub dialects: BTreeMap<String, usize>,
    /// The words that advertisements and posts call their network by, in lower case.
    pub networks: BTreeSet<(Kind, String)>,
    /// Countries and regions that manifests and assets name, in capitals.
    pub regions: BTreeSet<String>,
    /// Whether a manifest says whom a campaign is sent to.
    pub names_audiences: bool,
    /// Web links, tagged or not.
    pub n_links: usize,
}

impl Survey {
    /// Looks at the assets of `workspace`.
    pub fn of(workspace: &Workspace) -> Self {
        let mut survey = Self::default();
        let files = list(std::slice::from_ref(&workspace.root)).files;
        let is_candidate =
            |path: &std::path::Path| workspace.spec_of_path(&relative(&workspace.root, path)).is_some();
        for file in files.into_iter().filter(|file| is_candidate(&file.path)).take(MOST_FILES) {
            let path = relative(&workspace.root, &file.path);
            let Ok(read) = system::read_file(&file.path, format_of(&path)) else { continue };
            let head: String = read.text.chars().take(4096).collect();
            let Some(spec) = workspace.spec(&path, &head) else { continue };
            extract(&path, &read.text, &spec).assets.iter().for_each(|asset| survey.add(asset));
        }
        survey
    }

    fn add(&mut self, asset: &Asset) {
        *self.kinds.entry(asset.kind).or_default() += 1;
        let field = |name: &str| asset.fields.get(name).map(|field| &field.value);
        for word in words(text(asset, field("platform"))) {
            self.networks.insert((asset.kind, word));
        }
        self.regions.extend(texts(asset, field("regions")).map(str::to_uppercase));
        self.names_audiences |= asset.kind == Kind::Campaign && field("audience").is_some();
        for part in &asset.parts {
            match part.kind {
                PartKind::Link => self.link(text(asset, part.field("url"))),
                PartKind::MergeTag => {
                    count(&mut self.merge_tags, text(asset, part.field("name")));
                    count(&mut self.dialects, text(asset, part.field("dialect")));
                }
                PartKind::ControlTag => count(&mut self.dialects, text(asset, part.field("dialect"))),
                _ => {}
            }
        }
    }

    /// Whether there are assets of `kind` for one of `networks`.
    pub fn runs_on(&self, kind: Kind, networks: &[&str]) -> bool {
        self.networks.iter().any(|(own, word)| *own == kind && networks.contains(&word.as_str()))
    }

    /// Whether there is text of some length.
    pub fn has_prose(&self) -> bool {
        [Kind::Email, Kind::Post, Kind::Page].iter().any(|kind| self.kinds.contains_key(kind))
    }

    fn link(&mut self, url: &str) {
        let link = Link::parse(url);
        self.n_links += usize::from(link.host().is_some());
        let (Some(host), Some(source)) = (link.host(), link.value("utm_source")) else { return };
        count(&mut self.hosts, host);
        count(&mut self.sources, source);
        count(&mut self.mediums, link.value("utm_medium").unwrap_or_default());
    }
}

fn text<'a>(asset: &'a Asset, value: Option<&Value>) -> &'a str {
    match value {
        Some(Value::Text(range)) => asset.slice(*range),
        _ => "",
    }
}

/// The texts of a value that is one or has several.
fn texts<'a>(asset: &'a Asset, value: Option<&'a Value>) -> impl Iterator<Item = &'a str> {
    let several = match value {
        Some(Value::List(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    several.iter().map(|item| text(asset, Some(item))).filter(|text| !text.is_empty())
}

/// The words of `text` in lower case: `google`, `ads`.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// Counts `word` unless it is empty, is filled in later, or is not how a careful person writes tags.
fn count(counts: &mut BTreeMap<String, usize>, word: &str) {
    let is_plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_.".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
}
