//! Roles with their keys, and whether a record was signed by one of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mktlint_diag::{Diagnostic, FilePath, Place};
use mktlint_plan::{Plan, RevokedKey};
use smol_str::SmolStr;

use super::line::{self, Key};
use crate::codes::{keys, signature as codes};
use crate::record::{RecordFile, Signer, Verdict, signer};

/// A role as a policy declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// `legal`
    pub name: SmolStr,
    /// Who has it.
    pub members: Vec<SmolStr>,
    /// Paths of key files, from the root of the workspace.
    pub files: Vec<SmolStr>,
    /// Fingerprints of keys that do not count from a day on.
    pub revoked: Vec<(SmolStr, Date)>,
    /// The declaration.
    pub place: Place,
}

/// A role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Who has it.
    pub members: Vec<SmolStr>,
    /// Their keys.
    pub keys: Vec<Key>,
}

/// All roles of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    roles: BTreeMap<SmolStr, Role>,
    /// The first day from which each does not count. Revoked in one role is revoked in all: what is lost is the key.
    revoked: BTreeMap<SmolStr, Date>,
}

impl Roles {
    /// The roles of `declared`, where `read` gives the text of a key file, or says why there is none. What is wrong with
    /// the files is a problem and gives nobody a voice.
    pub fn new(
        declared: &[Declared],
        mut read: impl FnMut(&str) -> Result<String, String>,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut all, mut problems) = (Self::default(), Vec::new());
        for role in declared {
            let mut own = Role { members: role.members.clone(), keys: Vec::new() };
            for file in &role.files {
                match read(file) {
                    Ok(text) => {
                        let path = FilePath::from(file.as_str());
                        own.keys.extend(line::read(&path, &text, &role.members, &mut problems));
                    }
                    Err(reason) => problems.push(keys::unreadable(role.place.clone(), file, &reason)),
                }
            }
            all.revoke(&role.revoked);
            all.roles.insert(role.name.clone(), own);
        }
        (all, problems)
    }

    fn revoke(&mut self, revoked: &[(SmolStr, Date)]) {
        for (fingerprint, from) in revoked {
            let fingerprint = SmolStr::from(fingerprint.trim_end_matches('='));
            let first = self.revoked.entry(fingerprint).or_insert(*from);
            *first = (*first).min(*from);
        }
    }

    /// The roles of `plan`; see [`Roles::new`].
    pub fn of(plan: &Plan, read: impl FnMut(&str) -> Result<String, String>) -> (Self, Vec<Diagnostic>) {
        let texts = |texts| plan.strs(texts).map(SmolStr::new).collect();
        let revoked = |key: &RevokedKey| (SmolStr::new(plan.str(key.fingerprint.text)), key.from);
        let declared = plan.roles.iter().map(|role| Declared {
            name: plan.str(role.name).into(),
            members: texts(role.members),
            files: texts(role.keys),
            revoked: plan.list(role.revoked).iter().map(revoked).collect(),
            place: plan.place(role.place),
        });
        Self::new(&declared.collect::<Vec<_>>(), read)
    }

    /// The role of this full name, else the first whose last word is `name`: records write no more.
    pub fn get(&self, name: &str) -> Option<&Role> {
        self.roles.get(self.full_name(name)?)
    }

    /// The full name of the role that [`Roles::get`] gives.
    pub fn full_name(&self, name: &str) -> Option<&SmolStr> {
        let is_called = |own: &&SmolStr| own.rsplit('.').next() == Some(name);
        let exact = self.roles.get_key_value(name).map(|(own, _)| own);
        exact.or_else(|| self.roles.keys().find(is_called))
    }

    /// All of them, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&SmolStr, &Role)> {
        self.roles.iter()
    }

    /// The roles that have the key with this fingerprint.
    pub fn with_key<'r>(&'r self, fingerprint: &'r str) -> impl Iterator<Item = (&'r str, &'r Key)> {
        self.roles.iter().flat_map(move |(name, role)| {
            let own = role.keys.iter().filter(move |key| key.fingerprint == fingerprint);
            own.map(move |key| (name.rsplit('.').next().unwrap_or(name), key))
        })
    }

    /// Why `file` is not the word of the person that it names, in the role that it names; `None` when it is. Keys are
    /// judged as they are at `at`: now for a record that is new, its own time for one that was there before.
    pub fn objection(&self, file: &RecordFile, at: Timestamp) -> Option<Diagnostic> {
        let record = &file.record;
        // A waiver that nobody has to grant needs no signature; the ledger holds it against later records.
        if record.verdict == Verdict::Waived && record.role.is_none() && file.signature.is_none() {
            return None;
        }
        let signer = match signer(file) {
            Ok(signer) => signer,
            Err(problem) => return Some(*problem),
        };
        let Some(role) = &record.role else {
            return if record.verdict == Verdict::Waived {
                self.stranger(file, &signer)
            } else {
                Some(codes::no_role(file.place("id")))
            };
        };
        let Some(known) = self.get(role) else {
            return Some(codes::unknown_role(file.place("role"), role));
        };
        let own: Vec<&Key> = known.keys.iter().filter(|key| key.key == signer.key).collect();
        if own.is_empty() {
            return Some(self.not_of(file, role, &signer));
        }
        self.revoked_or_invalid(file, &own, at).or_else(|| not_theirs(file, role, known, &own))
    }

    fn stranger(&self, file: &RecordFile, signer: &Signer) -> Option<Diagnostic> {
        let is_known = self.with_key(&signer.fingerprint).next().is_some();
        (!is_known).then(|| codes::unknown_key(file.place("signature"), &signer.fingerprint))
    }

    /// The key is not one of the role: of another one, or of none.
    fn not_of(&self, file: &RecordFile, role: &str, signer: &Signer) -> Diagnostic {
        let others: Vec<&str> = self.with_key(&signer.fingerprint).map(|(role, _)| role).collect();
        let place = file.place("signature");
        if others.is_empty() {
            codes::unknown_key(place, &signer.fingerprint)
        } else {
            codes::other_role(place, role, &others)
        }
    }

    /// Several lines may hold one key, for different times: one that counts is enough.
    fn revoked_or_invalid(&self, file: &RecordFile, own: &[&Key], at: Timestamp) -> Option<Diagnostic> {
        let first = own.first()?;
        let day = at.to_zoned(TimeZone::UTC).date();
        if let Some(from) = self.revoked.get(&first.fingerprint).filter(|from| day >= **from) {
            return Some(codes::revoked(file.place("signature"), &first.fingerprint, *from));
        }
        let reasons: Vec<String> = own.iter().filter_map(|key| out_of_time(key, at)).collect();
        let when = reasons.first().filter(|_| reasons.len() == own.len())?;
        Some(codes::not_valid(file.place("signature"), &first.fingerprint, when))
    }
}

fn out_of_time(key: &Key, at: Timestamp) -> Option<String> {
    if !key.is_for_decisions {
        return Some(format!("is not for `{}`", crate::record::NAMESPACE));
    }
    if let Some(after) = key.valid_after.filter(|after| at < *after) {
        return Some(format!("counts from {after} on"));
    }
    key.valid_before.filter(|before| at > *before).map(|before| format!("counted until {before}"))
}

/// The person has the role and the key.
fn not_theirs(file: &RecordFile, role: &str, known: &Role, own: &[&Key]) -> Option<Diagnostic> {
    let person = &file.record.person;
    let is = |member: &SmolStr| member.eq_ignore_ascii_case(person);
    if !known.members.iter().any(is) {
        return Some(codes::no_member(file.place("person"), person, role));
    }
    if own.iter().any(|key| key.owners.iter().any(is)) {
        return None;
    }
    let owners: Vec<SmolStr> = own.iter().flat_map(|key| key.owners.iter().cloned()).collect();
    Some(codes::other_person(file.place("signature"), person, &owners))
}
