//! Who speaks: a person, in a role, with a key.

use std::path::Path;

use mktlint_gate::keys::{Role, Roles};
use mktlint_gate::record::Record;
use mktlint_host::git::Repository;
use mktlint_host::keys::{OwnKey, own, sign_with};
use mktlint_host::system;
use smol_str::SmolStr;

use crate::home::Home;
use crate::status::Stop;

/// Where scripts put the passphrase of a key.
const PASSPHRASE: &str = "MKTLINT_KEY_PASSPHRASE";

/// What the command line says of who speaks.
pub struct Who<'a> {
    /// A file with either half of the key.
    pub key: Option<&'a Path>,
    /// The person.
    pub person: Option<&'a str>,
}

/// A person, in a role, with a key.
pub struct Voice {
    /// The last word of the role.
    pub role: SmolStr,
    /// A member of it.
    pub person: SmolStr,
    /// A key that the role has for that person.
    pub key: OwnKey,
}

impl Voice {
    /// The first of the user's keys that `role`, one of `roles`, has, and whose it is.
    pub fn find(roles: &Roles, role: &str, who: &Who<'_>, home: &Home) -> Result<Self, Stop> {
        let Some(known) = roles.get(role) else {
            let all: Vec<String> = roles.iter().map(|(name, _)| format!("`{}`", last(name))).collect();
            let help =
                if all.is_empty() { "it has none".to_owned() } else { format!("it has {}", all.join(", ")) };
            return Err(Stop::Usage(format!("the policy that counts has no role `{role}`; {help}")));
        };
        if known.keys.is_empty() {
            let help = format!(
                "name a file with public keys: `role {} {{ keys \"keys/{0}.signers\" }}`",
                last(role)
            );
            return Err(Stop::Usage(format!("nobody in `{role}` has a key, so nobody can sign; {help}")));
        }
        let root = home.workspace.root.as_path();
        let file = who.key.map(|file| home.folder.join(file));
        let all = own(file.as_deref(), root).map_err(Stop::Usage)?;
        let wanted = who.person;
        let found = all.iter().find_map(|key| Some((key, person(known, key, wanted, root)?)));
        let Some((key, person)) = found else { return Err(Stop::Usage(none(known, role, wanted, &all))) };
        Ok(Self { role: last(role).into(), person: person?, key: key.clone() })
    }

    /// The file of `record`, signed.
    pub fn sign(&self, record: &Record) -> Result<String, Stop> {
        sign_with(&self.key, record, passphrase)
            .map_err(|reason| Stop::File(format!("nothing was signed: {reason}")))
    }
}

/// The member of `role` who has `key`; `None` when nobody there has it, and why when it cannot be said who.
fn person(role: &Role, key: &OwnKey, wanted: Option<&str>, root: &Path) -> Option<Result<SmolStr, Stop>> {
    let lines = role.keys.iter().filter(|own| own.key == key.key);
    let mut owners: Vec<&SmolStr> = lines.flat_map(|line| &line.owners).collect();
    owners.dedup();
    let named = |name: &str| {
        owners.iter().find(|owner| owner.eq_ignore_ascii_case(name)).map(|owner| (*owner).clone())
    };
    if let Some(wanted) = wanted {
        return named(wanted).map(Ok);
    }
    match owners.as_slice() {
        [] => None,
        [only] => Some(Ok((*only).clone())),
        several => {
            let user = Repository::open(root).ok().and_then(|repository| repository.user());
            let all = several.iter().map(|owner| format!("`{owner}`")).collect::<Vec<_>>().join(", ");
            let question = || Stop::Usage(format!("this key is that of {all}; say who you are with `--as`"));
            Some(user.and_then(|user| named(&user)).ok_or_else(question))
        }
    }
}

fn none(role: &Role, name: &str, wanted: Option<&str>, all: &[OwnKey]) -> String {
    if let Some(wanted) = wanted
        && !role.members.iter().any(|member| member.eq_ignore_ascii_case(wanted))
    {
        let members = role.members.iter().map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", ");
        return format!("`{wanted}` is no member of `{name}`; members are {members}");
    }
    let whose = wanted.map_or_else(String::new, |wanted| format!(" of `{wanted}`"));
    match all {
        [] => format!("you have no SSH key that could be one of `{name}`{whose}; name it with `--key`"),
        all => {
            let own = all.iter().map(|key| format!("`{}`", key.fingerprint)).collect::<Vec<_>>().join(", ");
            format!("none of your keys is one of `{name}`{whose}; yours: {own}")
        }
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn passphrase(file: &Path) -> Result<String, String> {
    if let Some(given) = system::variable(PASSPHRASE) {
        return Ok(given);
    }
    rpassword::prompt_password(format!("passphrase of {}: ", file.display())).map_err(|_| {
        format!("the key has a passphrase, and there is no terminal to ask for it; put it into {PASSPHRASE}, or the key into the agent")
    })
}
