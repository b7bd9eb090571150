//! What is computed when, and what becomes of it.
//!
//! The near lane does what the user waits for: the diagnostics of the documents that were typed in. The far lane does
//! what follows, once nobody types: a new plan, the assets that it judges, the facts across assets. Both work on a
//! snapshot, and stop when an edit has made it old.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossbeam_channel::{after, never};
use mktlint_diag::{Diagnostic, FilePath};
use mktlint_host::live::{Kind, Snapshot};
use mktlint_ide::policy::completion;

use super::lane::{Key, Stop};
use super::requests::Gone;
use super::{Event, Server};
use crate::failure::Failure;

/// How long nobody must have typed before the far lane begins: it would only be told to stop, and the next letter would
/// wait for that.
const PAUSE: Duration = Duration::from_millis(100);

/// What a lane found out.
pub struct Outcome {
    /// Of which workspace.
    pub key: Key,
    /// The state of the workspace that it speaks of.
    pub revision: u64,
    /// What is known now.
    pub news: News,
}

/// What a lane knows now.
pub enum News {
    /// Everything wrong with a document that was typed in.
    Document(PathBuf, FilePath, Vec<Diagnostic>),
    /// Everything wrong with files of which something else was known.
    Files(Vec<(FilePath, Vec<Diagnostic>)>),
    /// There is nothing more to find out.
    Done,
}

impl Server {
    /// Hands out the work that the messages so far made necessary.
    pub(super) fn settle(&mut self) {
        self.flush();
        self.follow_day();
        for number in 0..self.spaces.len() {
            let Some(space) = self.spaces.get_mut(number) else { continue };
            let (is_typed, is_dirty) =
                (std::mem::take(&mut space.is_typed), std::mem::take(&mut space.is_dirty));
            if !is_typed && !is_dirty {
                continue;
            }
            space.waits_for_pause = !is_dirty;
            let key = space.key;
            let snapshot = space.live.snapshot();
            let documents = near_documents(&space.waiting, &snapshot);
            if !documents.is_empty() {
                self.post_near(key, snapshot.clone(), documents);
            }
            if is_dirty {
                self.post_far(key, snapshot);
            } else {
                self.pause = after(PAUSE);
            }
        }
    }

    /// Lets another day stand for today when it has come: editors stay open over night.
    fn follow_day(&mut self) {
        let today = self.today();
        for number in 0..self.spaces.len() {
            if self.spaces.get(number).is_none_or(|space| space.live.today() == today) {
                continue;
            }
            self.stop_work(number);
            if let Some(space) = self.spaces.get_mut(number) {
                space.set_today(today);
            }
        }
    }

    /// Nobody has typed for a while.
    pub(super) fn paused(&mut self) {
        self.pause = never();
        for number in 0..self.spaces.len() {
            let Some(space) = self.spaces.get_mut(number) else { continue };
            if std::mem::take(&mut space.waits_for_pause) {
                let (key, snapshot) = (space.key, space.live.snapshot());
                self.post_far(key, snapshot);
            }
        }
    }

    /// Reads the names of all packs before the first completion asks for them. An edit ends it; then it begins again.
    fn warm_up(&self, number: usize) {
        let Some(space) = self.spaces.get(number) else { return };
        if space.is_warm.load(Ordering::Relaxed) {
            return;
        }
        let (snapshot, is_warm) = (space.live.snapshot(), space.is_warm.clone());
        self.pool.spawn(move || {
            let warmed = catch_unwind(AssertUnwindSafe(|| completion::warm(snapshot.view())));
            is_warm.store(warmed.is_ok(), Ordering::Relaxed);
        });
    }

    /// Looks at documents that could not be judged when they were opened.
    fn look_again(&mut self, number: usize) {
        let Some(space) = self.spaces.get(number).filter(|space| !space.waiting.is_empty()) else { return };
        let (key, snapshot) = (space.key, space.live.snapshot());
        let documents = near_documents(&space.waiting, &snapshot);
        self.post_near(key, snapshot, documents);
    }

    /// Makes room for a change of `path`: what waits to look at the workspace as it was would only hold it up.
    pub(super) fn make_way(&mut self, number: usize, path: &Path) {
        self.stop_work(number);
        let kind = self.spaces.get(number).map(|space| space.live.kind(path));
        if matches!(kind, Some(Kind::Policy | Kind::Configuration)) {
            for running in self.running.values() {
                running.give_up(Gone::Changed);
            }
        }
    }

    /// Ends what is found out about a workspace, and what waits for that.
    fn stop_work(&mut self, number: usize) {
        let Some(space) = self.spaces.get(number) else { return };
        self.near.clear(space.key);
        self.far.clear(space.key);
        self.drop_deferred(&Failure::Changed);
    }

    fn post_near(&mut self, key: Key, snapshot: Snapshot, documents: Vec<(PathBuf, FilePath)>) {
        let events = self.events.0.clone();
        let revision = snapshot.revision();
        let job = move |stop: &Stop| {
            for (path, file) in documents {
                if stop.is_set() {
                    return;
                }
                let is_asset = snapshot.policy(&file).is_none();
                // Before the first plan nothing is known of assets, which is not the same as nothing being wrong.
                if is_asset && snapshot.view().assets.judge.is_none() {
                    continue;
                }
                let found = snapshot.findings(&file);
                let news = News::Document(path, file, found);
                let _ = events.send(Event::Came(Box::new(Outcome { key, revision, news })));
            }
        };
        self.near.post(key, Box::new(job));
    }

    fn post_far(&mut self, key: Key, snapshot: Snapshot) {
        let events = self.events.0.clone();
        let revision = snapshot.revision();
        let job = move |stop: &Stop| {
            let send = |news| {
                let _ = events.send(Event::Came(Box::new(Outcome { key, revision, news })));
            };
            let work = || snapshot.work(&|| stop.is_set(), &mut |files| send(News::Files(files)));
            let result = catch_unwind(AssertUnwindSafe(work));
            // After a bug, too: requests wait for the end of this work, and nothing would begin it again.
            if !matches!(result, Ok(Err(_))) {
                send(News::Done);
            }
            if let Err(panic) = result {
                resume_unwind(panic);
            }
        };
        self.far.post(key, Box::new(job));
    }

    /// Takes what a lane found out. Of an older state it may still tell about files: what is newer about them follows.
    pub(super) fn came(&mut self, outcome: Outcome) {
        let Outcome { key, revision, news } = outcome;
        let Some(number) = self.spaces.iter().position(|space| space.key == key) else { return };
        let is_old = self.spaces[number].live.revision() != revision;
        match news {
            News::Document(..) | News::Done if is_old => {}
            News::Document(path, file, found) => {
                self.spaces[number].waiting.remove(&path);
                self.tell(number, vec![(file, found)]);
            }
            News::Files(files) => {
                self.spaces[number].has_news = true;
                self.tell(number, files);
            }
            News::Done => {
                self.look_again(number);
                self.warm_up(number);
                self.caught_up(number);
                self.start_deferred();
            }
        }
    }
}

/// The documents that wait, policies first: assets are quick to come anyway.
fn near_documents(
    waiting: &std::collections::BTreeSet<PathBuf>,
    snapshot: &Snapshot,
) -> Vec<(PathBuf, FilePath)> {
    let named = waiting.iter().filter_map(|path| Some((path.clone(), snapshot.file(path)?)));
    let mut documents: Vec<_> = named.collect();
    documents.sort_by_key(|(path, _)| path.extension().is_none_or(|extension| extension != "mkt"));
    documents
}
