//! The files of styles.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use mktlint_diag::FilePath;
use mktlint_host::workspace::{list_all, relative};
use mktlint_host::{shown_path, system};
use mktlint_import::vale::{Config, LONGEST_RULE, RuleFile, Vocabulary, is_rule};

use crate::status::Stop;
use crate::texts::Given;

/// The most files that are looked at under one folder.
const MOST_FILES: usize = 50_000;

/// The folder that was named, with what its configuration says.
#[derive(Debug)]
pub struct Folder {
    working: PathBuf,
    root: PathBuf,
    pub config: Option<Config>,
    /// The folder whose folders are styles.
    styles: PathBuf,
}

impl Folder {
    /// Reads the configuration in `root`, which exists; links are resolved.
    pub fn open(working: &Path, root: &Path, given: &mut Given) -> Result<Self, Stop> {
        let mut folder = Self {
            working: working.to_owned(),
            root: root.to_owned(),
            config: None,
            styles: root.to_owned(),
        };
        let config = [".vale.ini", "_vale.ini", "vale.ini"].iter().map(|name| root.join(name));
        let Some(path) = config.into_iter().find(|path| system::exists(path)) else { return Ok(folder) };
        let shown = folder.shown(&path);
        let text = system::read_text(&path).map_err(|why| Stop::File(format!("`{shown}`: {why}")))?;
        given.add(shown.clone(), &text);
        let config = Config::parse(&shown, &text);
        folder.styles = folder.inside(&config.styles_path)?;
        folder.config = Some(config);
        Ok(folder)
    }

    /// The folder of styles, which must not lead out of a place that somebody named.
    fn inside(&self, path: &str) -> Result<PathBuf, Stop> {
        let path = Path::new(path);
        let full = self.root.join(path);
        match full.canonicalize() {
            Ok(full) if full.is_dir() => Ok(full),
            _ => Err(Stop::Usage(format!("`StylesPath` is `{}`, which is no folder", path.display()))),
        }
    }

    fn shown(&self, path: &Path) -> FilePath {
        shown_path(&self.working, &self.root, &relative(&self.root, path))
    }

    /// The rules, in order of path.
    pub fn rules(&self, given: &mut Given) -> Result<Vec<RuleFile>, Stop> {
        let listing =
            list_all(&self.styles, MOST_FILES, |path| path.extension().is_some_and(|it| it == "yml"));
        if let Some((path, why)) = listing.unreadable.first() {
            return Err(Stop::File(format!("`{}`: {why}", path.display())));
        }
        let mut rules = Vec::new();
        for file in listing.files {
            let Some((style, name)) = self.name(&file.path) else { continue };
            let path = self.shown(&file.path);
            let text = self.text(&file.path);
            // Other files end in `.yml`, too.
            if text.as_ref().is_ok_and(|text| !is_rule(text)) {
                continue;
            }
            if let Ok(text) = &text {
                given.add(path.clone(), text);
            }
            rules.push(RuleFile { path, style, name, text });
        }
        Ok(rules)
    }

    /// Files that would be rules if they ended in `.yml`.
    pub fn passed_over(&self) -> Vec<String> {
        let listing =
            list_all(&self.styles, MOST_FILES, |path| path.extension().is_some_and(|it| it == "yaml"));
        let files = listing.files.iter().filter(|file| self.name(&file.path).is_some());
        files
            .filter(|file| self.text(&file.path).is_ok_and(|text| is_rule(&text)))
            .map(|file| self.shown(&file.path).to_string())
            .collect()
    }

    /// The text of a rule, which nobody reads further than rules go.
    fn text(&self, path: &Path) -> Result<String, String> {
        let length = system::stamp(path).map_or(0, |stamp| stamp.length);
        if length > LONGEST_RULE as u64 {
            return Err("it is larger than 1 MB".to_owned());
        }
        system::read_text(path)
    }

    /// `Microsoft` and `Terms` of `Microsoft/Terms.yml`. A folder of rules is a style itself.
    fn name(&self, path: &Path) -> Option<(String, String)> {
        let inner = path.strip_prefix(&self.styles).ok()?;
        let parts: Vec<String> = inner
            .components()
            .filter_map(|part| match part {
                Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let stem = path.file_stem()?.to_string_lossy().into_owned();
        match parts.as_slice() {
            [first, ..]
                if matches!(first.as_str(), "config" | "Vocab" | "node_modules")
                    || first.starts_with('.') =>
            {
                None
            }
            [_] => Some((self.styles.file_name()?.to_string_lossy().into_owned(), stem)),
            [style, middle @ .., _] => {
                let inner: Vec<&str> = middle.iter().map(String::as_str).chain([stem.as_str()]).collect();
                Some((style.clone(), inner.join(".")))
            }
            [] => None,
        }
    }

    /// The vocabularies in use, together, and the names of all there are.
    pub fn vocabulary(&self) -> Result<(Vocabulary, BTreeSet<String>), Stop> {
        let wanted = self.config.as_ref().map(|config| config.vocabularies.clone()).unwrap_or_default();
        let bases = ["config/vocabularies", "Vocab"].map(|base| self.styles.join(base));
        let mut all = Vocabulary::default();
        let mut known = BTreeSet::new();
        for base in &bases {
            known.extend(folders_of_lists(base));
            for name in wanted.iter().filter(|name| !name.contains(['/', '\\']) && *name != "..") {
                let folder = base.join(name);
                if folder.is_dir() {
                    known.insert(name.clone());
                    self.extend(&mut all.accept, &folder.join("accept.txt"))?;
                    self.extend(&mut all.reject, &folder.join("reject.txt"))?;
                }
            }
        }
        Ok((all, known))
    }

    /// Adds the entries of the list at `path`, if there is one.
    fn extend(&self, words: &mut Vec<String>, path: &Path) -> Result<(), Stop> {
        if system::exists(path) {
            let text = system::read_text(path);
            let text = text.map_err(|why| Stop::File(format!("`{}`: {why}", self.shown(path))))?;
            words.extend(Vocabulary::entries(&text));
        }
        Ok(())
    }
}

/// The names of the folders in `base` that hold lists of words: `Acme` of `Acme/accept.txt`.
fn folders_of_lists(base: &Path) -> Vec<String> {
    let is_list = |path: &Path| {
        let is_deep = path.parent().and_then(Path::parent) != Some(base);
        !is_deep && path.file_name().is_some_and(|name| name == "accept.txt" || name == "reject.txt")
    };
    let files = list_all(base, MOST_FILES, is_list).files;
    let folders = files.iter().filter_map(|file| file.path.parent()?.file_name());
    folders.map(|name| name.to_string_lossy().into_owned()).collect()
}
