//! The command, from outside: each file of `tests/cli/` is a case that reads like a terminal.
//!
//! A fence whose info string has a path writes that file. A `console` fence runs what follows `$ ` in a shell, in the
//! folder of the files, and holds what came of it: standard output, standard error with `! ` before each line, and
//! `? 3` for an exit status that is not 0. `$ACME` is the workspace of the invented company; `~/.ssh` has the keys of
//! `tests/cli/keys`, and git's configuration says that Ana is at work. `SNAPSHOTS=overwrite cargo test` writes what comes
//! of it now.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests make the files that they judge")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use snapbox::{Assert, Data};
use tempfile::TempDir;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the crate is in the repository")
}

#[test]
fn cases() {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/cli"))
        .expect("the cases are there")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    assert!(files.len() > 20, "the cases are gone");
    let failed = all(&files);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What the README shows is what happens.
#[test]
fn readme() {
    if let Some(failure) = check(&root().join("README.md")) {
        panic!("{failure}");
    }
}

/// Runs the case; the difference when it is not what the file says.
fn check(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).expect("a case can be read");
    if text.contains("<!-- not as root -->") && is_root() {
        return None;
    }
    let expected = Data::read_from(file, None).raw();
    let result = Assert::new().action_env("SNAPSHOTS").try_eq(None, replay(&text).into(), expected);
    Some(format!("{}\n{}", file.display(), result.err()?))
}

/// What [`check`] says of each, several at once, in the order of `files`.
fn all(files: &[PathBuf]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(BTreeMap::new());
    let n_threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(failure) = check(file) {
                        failures.lock().expect("no other case panicked").insert(file, failure);
                    }
                }
            });
        }
    });
    failures.into_inner().expect("no case panicked").into_values().collect()
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
}

/// The case with what its commands print now.
fn replay(text: &str) -> String {
    let folder = TempDir::new().expect("a temporary folder");
    let folder = folder.path().canonicalize().expect("it exists");
    let work = folder.join("work");
    fs::create_dir(&work).expect("a new folder");
    furnish(&folder);
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            Some((_, path)) => write(&work.join(path), &body),
            None if info == "console" => {
                out.push_str(&console(&body, &work));
                out.push_str("```\n");
                continue;
            }
            None => {}
        }
        body.iter().for_each(|line| out.push_str(&format!("{line}\n")));
        out.push_str("```\n");
    }
    out
}

/// Gives a home its keys and a configuration of git.
fn furnish(home: &Path) {
    let keys = home.join(".ssh");
    fs::create_dir(&keys).expect("a new folder");
    for entry in fs::read_dir(root().join("tests/cli/keys")).expect("the keys are there") {
        let entry = entry.expect("the folder can be listed");
        fs::copy(entry.path(), keys.join(entry.file_name())).expect("a key can be copied");
    }
    let who = "[user]\n\tname = Ana\n\temail = ana@acme.example\n";
    fs::write(home.join(".gitconfig"), who).expect("a new file");
}

fn write(path: &Path, body: &[&str]) {
    fs::create_dir_all(path.parent().expect("files are in a folder")).expect("a new folder");
    fs::write(path, body.iter().map(|line| format!("{line}\n")).collect::<String>()).expect("a new file");
}

fn console(body: &[&str], work: &Path) -> String {
    let mut out = String::new();
    for command in body.iter().filter_map(|line| line.strip_prefix("$ ")) {
        let output = run(command, work);
        let _ = writeln!(out, "$ {command}");
        out.push_str(&shown(&output.stdout, work));
        shown(&output.stderr, work).lines().for_each(|line| {
            let _ = writeln!(out, "! {line}");
        });
        match output.status.code() {
            Some(0) => {}
            Some(code) => drop(writeln!(out, "? {code}")),
            None => out.push_str("? killed\n"),
        }
    }
    out
}

fn run(command: &str, work: &Path) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_mktlint"));
    let path =
        format!("{}:/usr/local/bin:/usr/bin:/bin", binary.parent().expect("it is in a folder").display());
    Command::new("sh")
        .args(["-c", command])
        .current_dir(work)
        .env_clear()
        .env("PATH", path)
        .env("ACME", root().join("tests/workspaces/acme"))
        .env("HOME", work.parent().expect("it is in a folder"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("there is a shell")
}

/// Output as text that ends with a line break, without what differs from run to run.
fn shown(bytes: &[u8], work: &Path) -> String {
    let mut text = String::from_utf8_lossy(bytes).replace(&work.display().to_string(), "/work");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
