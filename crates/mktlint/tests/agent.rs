//! A key that only the agent has signs decisions.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests make the files that they judge")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const POLICY: &str = "role legal { members [\"lea@acme.example\"]  keys \"legal.pub\" }\n\
    tier low { when change only [formatting] }\n\
    tier high { approve legal }\n";

/// The private half is gone from the disk before anything is signed. `$0` is the command.
const STORY: &str =
    "ssh-add -q key && rm key && \"$0\" approve --role legal --base HEAD && \"$0\" decisions verify";

fn sh(folder: &Path, program: &str, args: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    command.env_remove("SSH_AUTH_SOCK").output().expect("it runs")
}

#[test]
fn the_agent_signs() {
    let is_there = |program: &str| Command::new(program).arg("-?").output().is_ok();
    if !["ssh-agent", "ssh-add", "ssh-keygen", "git"].into_iter().all(is_there) {
        eprintln!("skipped: there is no agent or no git");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    for kind in ["ed25519", "ecdsa", "rsa"] {
        let work = folder.join(kind);
        fs::create_dir_all(work.join("policy")).expect("a folder");
        sh(&work, "ssh-keygen", &["-q", "-t", kind, "-N", "", "-f", "key"]);
        fs::rename(work.join("key.pub"), work.join("legal.pub")).expect("there is a key");
        fs::write(work.join("policy/main.mkt"), POLICY).expect("a file");
        fs::write(work.join("post.md"), "Hello.\n").expect("a file");
        fs::write(work.join(".gitignore"), "key\n").expect("a file");
        for args in [
            &["init", "-q", "."][..],
            &["config", "user.email", "ana@acme.example"],
            &["config", "user.name", "Ana"],
            &["add", "."],
            &["commit", "-q", "-m", "first"],
        ] {
            assert!(sh(&work, "git", args).status.success(), "git {args:?}");
        }
        fs::write(work.join("post.md"), "Hello you.\n").expect("a file");
        let output = sh(&work, "ssh-agent", &["sh", "-c", STORY, env!("CARGO_BIN_EXE_mktlint")]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{kind}: {said}{}", String::from_utf8_lossy(&output.stdout));
        assert!(said.contains("1 decision, 1 sound, 0 problems"), "{kind}: {said}");
    }
}
