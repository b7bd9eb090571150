//! Signatures of records: those of `ssh-keygen -Y sign`, over the text above `[signature]`.

use mktlint_diag::Diagnostic;
use smol_str::SmolStr;
use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

use super::{RecordFile, write};
use crate::codes::signature as codes;
use crate::record::Record;

/// What signatures of records are for, in the words of `ssh-keygen -Y`: one that was made for something else is none.
pub const NAMESPACE: &str = "mktlint-decision";

/// The fewest bits of an RSA key that can be trusted, and the most that are looked at.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The key that signed a record, whoever has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// `SHA256:…`
    pub fingerprint: SmolStr,
    /// The key.
    pub key: KeyData,
}

/// The key that signed `file`: the signature is whole, fits the text, and was made for a record. It says nothing about
/// whose key that is.
///
/// # Errors
///
/// Why the signature proves nothing.
pub fn signer(file: &RecordFile) -> Result<Signer, Box<Diagnostic>> {
    let written = file.signature.as_ref().ok_or_else(|| codes::unsigned(file.place("id")))?;
    let signature = SshSig::from_pem(&written.armor)
        .map_err(|error| codes::corrupt(file.place("signature"), &error.to_string().to_lowercase()))?;
    match flaw(file, &written.key, &signature) {
        Some(flaw) => Err(Box::new(flaw)),
        None => Ok(Signer { fingerprint: written.key.clone(), key: signature.public_key().clone() }),
    }
}

/// Why `signature`, which says that the key with the fingerprint `named` made it, proves nothing.
fn flaw(file: &RecordFile, named: &str, signature: &SshSig) -> Option<Diagnostic> {
    let key = signature.public_key();
    let corrupt = |reason: String| Some(codes::corrupt(file.place("signature"), &reason));
    let fingerprint = fingerprint(key);
    if fingerprint != named {
        return corrupt(format!("it was made by `{fingerprint}`, not by `{named}`"));
    }
    if let Some(reason) = weakness(key) {
        return Some(codes::weak(file.place("signature"), reason));
    }
    if !is_touched(signature) {
        return corrupt("nobody touched the key".to_owned());
    }
    if signature.namespace() != NAMESPACE {
        return corrupt(format!("it was made for `{}`, not for `{NAMESPACE}`", signature.namespace()));
    }
    let fits = PublicKey::from(key.clone()).verify(NAMESPACE, file.signed.as_bytes(), signature);
    fits.is_err().then(|| codes::edited(file.place("signature")))
}

/// The file of `record`, signed by `key`, which must be open.
///
/// # Errors
///
/// Says in plain words why the key cannot sign.
pub fn sign(record: &Record, key: &PrivateKey) -> Result<String, String> {
    if let Some(reason) = weakness(key.public_key().key_data()) {
        return Err(reason.to_owned());
    }
    let text = to_sign(record);
    let signature = key
        .sign(NAMESPACE, HashAlg::Sha512, text.as_bytes())
        .map_err(|error| error.to_string().to_lowercase())?;
    signed(&text, &signature)
}

/// What is signed: the record and an empty line.
pub fn to_sign(record: &Record) -> String {
    format!("{}\n", write(record))
}

/// The file whose signed part is `text`, from [`to_sign`], when something else than a file held the key.
///
/// # Errors
///
/// Says in plain words why the signature cannot be written.
pub fn signed(text: &str, signature: &SshSig) -> Result<String, String> {
    let armor = signature.to_pem(LineEnding::LF).map_err(|error| error.to_string().to_lowercase())?;
    Ok(write::with_signature(text, &fingerprint(signature.public_key()), &armor))
}

/// The fingerprint that `ssh-keygen -l` shows.
pub fn fingerprint(key: &KeyData) -> SmolStr {
    key.fingerprint(HashAlg::Sha256).to_string().into()
}

/// Why a key proves nothing, whoever has it.
pub fn weakness(key: &KeyData) -> Option<&'static str> {
    match key.algorithm() {
        Algorithm::Dsa => Some("a DSA key proves nothing any more"),
        Algorithm::Rsa { .. } => {
            let bits = key.rsa().and_then(|rsa| rsa.n.as_positive_bytes()).map_or(0, |bytes| bytes.len() * 8);
            (!RSA_BITS.contains(&bits)).then_some("an RSA key must have 2048 to 4096 bits")
        }
        Algorithm::Ed25519
        | Algorithm::Ecdsa { .. }
        | Algorithm::SkEd25519
        | Algorithm::SkEcdsaSha2NistP256 => None,
        _ => Some("this kind of key cannot be verified"),
    }
}

/// Whether somebody touched the key, when it is one that wants it: the first of the five bytes at the end says so.
fn is_touched(signature: &SshSig) -> bool {
    let wants_it = matches!(signature.algorithm(), Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256);
    let flags = signature.signature_bytes().iter().rev().nth(4);
    !wants_it || flags.is_some_and(|flags| flags & 1 == 1)
}
