//! The user's own keys: finding them, and signing with the agent or with a file.

mod agent;

use std::path::{Path, PathBuf};

use mktlint_gate::record::signature::{fingerprint, weakness};
use mktlint_gate::record::{NAMESPACE, Record, sign, signed, to_sign};
use smol_str::SmolStr;
use ssh_key::public::KeyData;
use ssh_key::{HashAlg, PrivateKey, PublicKey, SshSig};

use crate::git::Repository;
use crate::system;

/// Where `ssh-keygen` puts keys, in the order in which `ssh` tries them.
const USUAL: [&str; 5] = ["id_ed25519", "id_ecdsa", "id_rsa", "id_ed25519_sk", "id_ecdsa_sk"];

/// The most that a key may take.
const MAX_BYTES: u64 = 64 * 1024;

/// A key that the user can perhaps sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnKey {
    /// The public half.
    pub key: KeyData,
    /// `SHA256:…`
    pub fingerprint: SmolStr,
    /// The file with the private half; `None` when only the agent has it.
    pub file: Option<PathBuf>,
    /// Whether the agent has it.
    pub is_in_agent: bool,
}

/// The keys that the user can sign with, in the order in which they are tried: the one in `file` alone when it is given;
/// else the one that git signs with, those of the agent, and those in `~/.ssh`.
///
/// # Errors
///
/// Says in plain words why `file` holds no key.
pub fn own(file: Option<&Path>, root: &Path) -> Result<Vec<OwnKey>, String> {
    let agent = agent::keys();
    let in_agent = |key: &KeyData| agent.contains(key);
    let new = |key: KeyData, file: Option<PathBuf>| OwnKey {
        fingerprint: fingerprint(&key),
        is_in_agent: in_agent(&key),
        key,
        file,
    };
    if let Some(file) = file {
        let key = public_of(file).map_err(|reason| format!("`{}`: {reason}", file.display()))?;
        return Ok(vec![new(key, private_of(file))]);
    }
    let mut all = Vec::new();
    if let Some((key, file)) = of_git(root) {
        all.push(new(key, file));
    }
    all.extend(agent.iter().map(|key| new(key.clone(), None)));
    let folder = system::variable("HOME").map(|home| Path::new(&home).join(".ssh"));
    for file in folder.iter().flat_map(|folder| USUAL.map(|name| folder.join(name))) {
        if let Ok(key) = public_of(&file) {
            all.push(new(key, Some(file)));
        }
    }
    Ok(without_doubles(all))
}

/// Of the same key the first, with the file that any has.
fn without_doubles(all: Vec<OwnKey>) -> Vec<OwnKey> {
    let mut kept: Vec<OwnKey> = Vec::new();
    for key in all {
        match kept.iter_mut().find(|own| own.key == key.key) {
            Some(own) => own.file = own.file.take().or(key.file),
            None => kept.push(key),
        }
    }
    kept
}

/// The key that git signs commits with, when it does so by SSH: `user.signingKey`, a file or the key itself.
fn of_git(root: &Path) -> Option<(KeyData, Option<PathBuf>)> {
    let repository = Repository::open(root).ok()?;
    if repository.setting("gpg.format")? != "ssh" {
        return None;
    }
    let value = repository.setting("user.signingKey")?;
    let literal = value.strip_prefix("key::").unwrap_or(&value);
    if let Ok(key) = PublicKey::from_openssh(literal) {
        return Some((key.key_data().clone(), None));
    }
    let file = match (value.strip_prefix("~/"), system::variable("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => root.join(&value),
    };
    Some((public_of(&file).ok()?, private_of(&file)))
}

/// The public half of the key in `file`, which can hold either half. A passphrase is not needed for it.
fn public_of(file: &Path) -> Result<KeyData, String> {
    let text = text_of(file)?;
    if let Ok(key) = PublicKey::from_openssh(text.trim()) {
        return Ok(key.key_data().clone());
    }
    let key = PrivateKey::from_openssh(&text).map_err(|_| not_a_key(&text, file))?;
    Ok(key.public_key().key_data().clone())
}

fn not_a_key(text: &str, file: &Path) -> String {
    if text.contains("PRIVATE KEY-----") {
        format!(
            "this private key is of an old kind; `ssh-keygen -p -f {}` writes it as OpenSSH does now",
            file.display()
        )
    } else {
        "this is no SSH key".to_owned()
    }
}

/// The file with the private half of the key in `file`: itself, or the one beside `key.pub`.
fn private_of(file: &Path) -> Option<PathBuf> {
    let is_private = |file: &Path| text_of(file).is_ok_and(|text| text.contains("PRIVATE KEY-----"));
    if is_private(file) {
        return Some(file.to_owned());
    }
    let beside = (file.extension()? == "pub").then(|| file.with_extension(""))?;
    is_private(&beside).then_some(beside)
}

fn text_of(file: &Path) -> Result<String, String> {
    if system::stamp(file).is_some_and(|stamp| stamp.length > MAX_BYTES) {
        return Err("it is too large for a key".to_owned());
    }
    system::read_text(file)
}

/// The file of `record`, signed by `key`: by the agent when it has the key, else with the file, for which `ask` gives the
/// passphrase when there is one. It is asked once, and kept nowhere.
///
/// # Errors
///
/// Says in plain words why it was not signed.
pub fn sign_with(
    key: &OwnKey,
    record: &Record,
    ask: impl FnOnce(&Path) -> Result<String, String>,
) -> Result<String, String> {
    if let Some(reason) = weakness(&key.key) {
        return Err(reason.to_owned());
    }
    if key.is_in_agent {
        return by_agent(key, record);
    }
    let file =
        key.file.as_deref().ok_or("the private half is neither in the agent nor in a file beside it")?;
    let private =
        PrivateKey::from_openssh(text_of(file)?).map_err(|_| "this is no private key".to_owned())?;
    let private = if private.is_encrypted() {
        let passphrase = ask(file)?;
        private.decrypt(passphrase).map_err(|_| "the passphrase is wrong".to_owned())?
    } else {
        private
    };
    if private.public_key().key_data() != &key.key {
        return Err(format!("`{}` is not the private half of this key", file.display()));
    }
    sign(record, &private).map_err(|reason| match &key.key {
        KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_) => {
            format!("a key on a security token signs through the agent: `ssh-add {}`", file.display())
        }
        _ => reason,
    })
}

fn by_agent(key: &OwnKey, record: &Record) -> Result<String, String> {
    let text = to_sign(record);
    let plain = |error: ssh_key::Error| error.to_string().to_lowercase();
    let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, text.as_bytes()).map_err(plain)?;
    let signature = agent::sign(&key.key, &data)?;
    let signature = SshSig::new(key.key.clone(), NAMESPACE, HashAlg::Sha512, signature).map_err(plain)?;
    signed(&text, &signature)
}
