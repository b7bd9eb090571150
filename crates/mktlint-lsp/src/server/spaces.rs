//! The workspaces that are open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil;
use mktlint_diag::FilePath;
use mktlint_host::live::Live;
use mktlint_host::{library, system, workspace};

use super::Server;
use super::lane::Key;

/// A workspace that is open.
pub struct Space {
    /// Names its work.
    pub key: Key,
    /// Its root, as the client names it.
    pub root: PathBuf,
    /// Its files.
    pub live: Live,
    /// Texts that the workspace has not been told yet.
    pub typed: BTreeMap<PathBuf, Arc<str>>,
    /// Documents that wait for their diagnostics.
    pub waiting: BTreeSet<PathBuf>,
    /// Whether a document has changed since work was last handed out.
    pub is_typed: bool,
    /// Whether the far lane begins when nobody types any more.
    pub waits_for_pause: bool,
    /// Whether anything else has.
    pub is_dirty: bool,
    /// What the client was told of each file, as a digest; files without a finding are not in it.
    pub told: BTreeMap<FilePath, String>,
    /// Whether files have other findings than before, which the client has not asked about.
    pub has_news: bool,
    /// Whether what the first completion would have to read is known.
    pub is_warm: Arc<AtomicBool>,
    /// Whether its assets have all been judged once.
    pub is_judged: bool,
}

impl Space {
    /// Whether the file belongs to it; of nested workspaces the inner one counts, which the caller finds.
    pub fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.root) || self.live.file(path).is_some()
    }

    /// Gives an open document its text, when somebody asks: of a burst of edits only the last one counts.
    pub fn set_text(&mut self, path: &Path, text: Arc<str>) {
        self.is_typed = true;
        self.waiting.insert(path.to_owned());
        self.typed.insert(path.to_owned(), text);
    }

    /// Gives a document back to the disk. It is looked at once more: the client may know mistakes that were never saved.
    pub fn close_text(&mut self, path: &Path) {
        self.is_typed = true;
        self.waiting.insert(path.to_owned());
        self.live.close_text(path);
    }

    /// Looks for changes on disk that nobody told.
    pub fn look_around(&mut self) {
        self.is_dirty = true;
        self.live.refresh();
    }

    /// Looks again at files on disk.
    pub fn disk_changed(&mut self, paths: &[PathBuf]) {
        self.is_dirty = true;
        self.live.disk_changed(paths);
    }

    /// Lets another day stand for today.
    pub fn set_today(&mut self, today: civil::Date) {
        self.is_dirty = true;
        self.live.set_today(today);
    }
}

impl Server {
    /// Tells the workspaces what was typed. Whoever looks at one must see it.
    pub(super) fn flush(&mut self) {
        for number in 0..self.spaces.len() {
            for (path, text) in std::mem::take(&mut self.spaces[number].typed) {
                self.make_way(number, &path);
                self.spaces[number].live.set_text(&path, text);
            }
        }
    }

    /// The workspace that `path` belongs to: the innermost.
    pub(super) fn space_of(&self, path: &Path) -> Option<usize> {
        let holding = self.spaces.iter().enumerate().filter(|(_, space)| space.holds(path));
        holding.max_by_key(|(_, space)| space.root.components().count()).map(|(number, _)| number)
    }

    /// Opens the workspaces in the folders that the client has open: those around a folder, those in it, and the folder
    /// itself when it holds policies.
    pub(super) fn open_folders(&mut self) {
        for folder in self.folders.clone() {
            let found = workspace::find_workspaces(&folder);
            for config in &found.configs {
                let root = config.parent().unwrap_or(&folder);
                self.open_space(root, |today| Live::open(root, Some(config), today));
            }
            if found.configs.is_empty() && (found.has_policies || self.client.options.without_configuration) {
                self.open_space(&folder, |today| Live::open(&folder, None, today));
            }
        }
    }

    /// Opens the workspace that a document belongs to, if none is open that does. Without a configuration and outside of
    /// every folder of the client only policies are served, and nothing around them is read.
    pub(super) fn open_space_for(&mut self, path: &Path) {
        let Some(folder) = path.parent() else { return };
        if library::file_of(path).is_some() {
            return;
        }
        if let Some(config) = workspace::find_config(folder) {
            let root = config.parent().unwrap_or(folder).to_owned();
            return self.open_space(&root, |today| Live::open(&root, Some(&config), today));
        }
        let is_policy = path.extension().is_some_and(|extension| extension == "mkt");
        if is_policy && self.space_of(path).is_none() {
            self.open_space(folder, |today| Live::open_policies(folder, today));
        }
    }

    /// Closes the workspaces that no folder and no document needs.
    pub(super) fn close_spaces(&mut self) {
        let spaces = std::mem::take(&mut self.spaces);
        let is_needed = |space: &Space| {
            let root = &space.root;
            self.folders.iter().any(|folder| root.starts_with(folder) || folder.starts_with(root))
        };
        let (kept, closed): (Vec<Space>, Vec<Space>) = spaces.into_iter().partition(is_needed);
        self.spaces = kept;
        for space in closed {
            self.near.clear(space.key);
            self.far.clear(space.key);
            self.untell(&space);
            if !space.is_judged {
                self.end_progress(&space);
            }
        }
        let documents: Vec<PathBuf> = self.documents.iter().map(|(path, _)| path.clone()).collect();
        for path in documents {
            self.open_space_for(&path);
        }
    }

    /// The day that stands for today.
    pub(super) fn today(&self) -> civil::Date {
        let given = self.client.options.today.as_deref().and_then(|day| day.parse().ok());
        given.unwrap_or_else(system::today)
    }

    fn open_space(&mut self, root: &Path, open: impl FnOnce(civil::Date) -> Result<Live, String>) {
        if self.spaces.iter().any(|space| space.root == root) {
            return;
        }
        match open(self.today()) {
            Ok(mut live) => {
                let own = self.documents.iter().filter(|(path, _)| path.starts_with(root));
                let waiting: BTreeSet<PathBuf> = own
                    .map(|(path, open)| {
                        live.set_text(path, open.text.clone());
                        path.clone()
                    })
                    .collect();
                self.n_spaces += 1;
                self.spaces.push(Space {
                    key: self.n_spaces,
                    root: root.to_owned(),
                    live,
                    typed: BTreeMap::new(),
                    waiting,
                    is_typed: false,
                    waits_for_pause: false,
                    is_dirty: true,
                    told: BTreeMap::new(),
                    has_news: false,
                    is_warm: Arc::default(),
                    is_judged: false,
                });
                self.begin_progress(self.spaces.len() - 1);
            }
            Err(reason) => self.log(&format!("`{}` cannot be read: {reason}", root.display())),
        }
    }
}
