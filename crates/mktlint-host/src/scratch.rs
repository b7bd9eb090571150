//! Repositories for tests, made with git itself.

#![allow(clippy::disallowed_methods, reason = "tests make the repositories that they read")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A repository in a folder of its own.
pub struct Scratch {
    folder: TempDir,
}

impl Scratch {
    /// An empty one; `None`, with a word, where git is not installed.
    pub fn new() -> Option<Self> {
        let scratch = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        if !scratch.try_git(&["init", "-q", "-b", "main"]) {
            eprintln!("skipped: there is no git");
            return None;
        }
        scratch.git(&["config", "user.email", "ana@acme.example"]);
        scratch.git(&["config", "user.name", "Ana"]);
        Some(scratch)
    }

    /// Its root, without links on the way.
    pub fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("it is there")
    }

    /// Whether git did what was asked.
    pub fn try_git(&self, args: &[&str]) -> bool {
        let mut command = Command::new("git");
        command.current_dir(self.folder.path()).args(args).stdout(Stdio::null()).stderr(Stdio::null());
        command.env("HOME", self.folder.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.status().is_ok_and(|status| status.success())
    }

    /// Has git do something.
    pub fn git(&self, args: &[&str]) {
        assert!(self.try_git(args), "git {args:?}");
    }

    /// Writes a file, with its folders.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }

    /// Commits everything.
    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }
    /// Commits everything at `date`: `2026-11-03T10:00:00Z`.
    pub fn commit_at(&self, date: &str) {
        self.git(&["add", "-A"]);
        let mut command = Command::new("git");
        command.current_dir(self.folder.path()).args(["commit", "-q", "--allow-empty", "-m", "x"]);
        command.env("HOME", self.folder.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
        assert!(command.status().is_ok_and(|status| status.success()), "a commit at {date}");
    }
}
