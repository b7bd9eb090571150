//! Signatures of records are those of `ssh-keygen -Y`: what one signs, the other verifies.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests run `ssh-keygen` in a folder of their own")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use mktlint_gate::record::{NAMESPACE, Record, RecordFile, Verdict, path_of, read, sign, signer, to_sign};
use mktlint_gate::{Digest, Unit};
use ssh_key::PrivateKey;
use ssh_key::private::{Ed25519Keypair, KeypairData};
use tempfile::TempDir;

fn record() -> Record {
    Record {
        id: "2026-11-22-legal-3fa9c2d1".into(),
        verdict: Verdict::Approved,
        unit: Unit::Campaign("2026-11-serum".into()),
        tier: Some("high".into()),
        tier_reasons: vec!["uses regulated claims".into()],
        role: Some("legal".into()),
        person: "legal@acme.example".into(),
        time: "2026-11-22T10:00:00Z".parse().expect("a time"),
        expires: None,
        reason: "\u{202e}read \"it\"\r\n\t\\ twice".into(),
        conditions: Vec::new(),
        evidence: Vec::new(),
        policy: Digest::of(b"policy"),
        tool: "0.1.0".into(),
        normal_form: 1,
        after: Vec::new(),
        parts: Vec::new(),
        withdraws: None,
        waiver: None,
    }
}

fn key(seed: u8) -> PrivateKey {
    let pair = Ed25519Keypair::from_seed(&[seed; 32]);
    PrivateKey::new(KeypairData::Ed25519(pair), "legal@acme.example").expect("a key")
}

fn file(text: &str) -> RecordFile {
    read(&path_of(&record()), text.as_bytes()).expect("it is a record")
}

fn has_ssh_keygen() -> bool {
    let is_there = Command::new("ssh-keygen").arg("-?").output().is_ok();
    if !is_there {
        eprintln!("ssh-keygen is not there: nothing was compared");
    }
    is_there
}

fn ssh_keygen(folder: &Path, args: &[&str], input: &str) -> bool {
    fs::write(folder.join("input"), input).expect("a file");
    let input = fs::File::open(folder.join("input")).expect("it is there");
    let mut command = Command::new("ssh-keygen");
    command.args(args).current_dir(folder).stdin(Stdio::from(input)).env_remove("SSH_AUTH_SOCK");
    let output = command.output().expect("it runs");
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    }
    output.status.success()
}

#[test]
fn a_record_signed_here_is_verified_there() {
    if !has_ssh_keygen() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let text = sign(&record(), &key(7)).expect("it is signed");
    let file = file(&text);
    assert_eq!(file.record, record());
    let public = key(7).public_key().to_openssh().expect("it is written");
    fs::write(folder.path().join("allowed"), format!("legal@acme.example {public}\n")).expect("a file");
    let armor = file.signature.as_ref().map(|it| it.armor.clone()).expect("it is signed");
    fs::write(folder.path().join("sig"), armor).expect("a file");
    let args = ["-Y", "verify", "-f", "allowed", "-I", "legal@acme.example", "-n", NAMESPACE, "-s", "sig"];
    assert!(ssh_keygen(folder.path(), &args, &file.signed));
    assert!(!ssh_keygen(folder.path(), &args, &file.signed.replace("legal@", "brand@")));
}

#[test]
fn a_record_signed_there_is_verified_here() {
    if !has_ssh_keygen() {
        return;
    }
    for kind in ["ed25519", "ecdsa", "rsa"] {
        let folder = TempDir::new().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        assert!(ssh_keygen(folder.path(), &["-q", "-t", kind, "-N", "", "-f", "key"], ""));
        fs::write(path("record"), to_sign(&record())).expect("a file");
        assert!(ssh_keygen(folder.path(), &["-q", "-Y", "sign", "-n", NAMESPACE, "-f", "key", "record"], ""));
        let armor = fs::read_to_string(path("record.sig")).expect("a signature");
        let public = fs::read_to_string(path("key.pub")).expect("a key");
        let public = ssh_key::PublicKey::from_openssh(&public).expect("a key");
        let fingerprint = public.fingerprint(ssh_key::HashAlg::Sha256);
        let text = format!(
            "{}[signature]\nkey = \"{fingerprint}\"\nvalue = \"\"\"\n{armor}\"\"\"\n",
            to_sign(&record())
        );
        let found = signer(&file(&text)).map(|signer| signer.fingerprint.to_string());
        assert_eq!(found, Ok(fingerprint.to_string()), "{kind}");
        assert!(
            signer(&file(&text.replace("twice", "once"))).is_err_and(|found| found.code == "MKT0908"),
            "{kind}"
        );
    }
}

/// What a signature can be besides right; each of the codes stands for one way.
#[test]
fn a_signature_that_proves_nothing_is_refused() {
    let text = sign(&record(), &key(7)).expect("it is signed");
    let code = |text: &str| signer(&file(text)).err().map(|found| found.code.to_string()).unwrap_or_default();
    assert_eq!(code(&text), "");
    assert_eq!(code(&text.replace('\n', "\r\n")), "");
    assert_eq!(code(&to_sign(&record())), "MKT0906");
    assert_eq!(code(&text.replace("\"high\"", "\"low\"")), "MKT0908");
    assert_eq!(code(&text.replace("U1NIU0lH", "U1NIU0lI")), "MKT0907");
    let other = sign(&record(), &key(8)).expect("it is signed");
    let named =
        |text: &str| text.lines().find(|line| line.starts_with("key = ")).unwrap_or_default().to_owned();
    assert_eq!(code(&text.replace(&named(&text), &named(&other))), "MKT0907");
    let wrong =
        key(7).sign("git", ssh_key::HashAlg::Sha512, to_sign(&record()).as_bytes()).expect("it is signed");
    let wrong = mktlint_gate::record::signed(&to_sign(&record()), &wrong).expect("it is written");
    assert_eq!(code(&wrong), "MKT0907");
}
