//! `ssh-agent`.

use std::path::Path;

use ssh_agent_client_rs::{Client, Error, Identity};
use ssh_key::public::KeyData;
use ssh_key::{PublicKey, Signature};

use crate::system;

/// The keys that the agent has; none where there is no agent.
pub fn keys() -> Vec<KeyData> {
    let Some(mut client) = connect() else { return Vec::new() };
    let all = client.list_all_identities().unwrap_or_default();
    let keys = all.into_iter().filter_map(|identity| match identity {
        Identity::PublicKey(key) => Some(key.key_data().clone()),
        Identity::Certificate(_) => None,
    });
    keys.collect()
}

/// A signature of `data` by the private half of `key`, which stays in the agent.
///
/// # Errors
///
/// Says in plain words why there is none.
pub fn sign(key: &KeyData, data: &[u8]) -> Result<Signature, String> {
    let mut client = connect().ok_or("the agent is gone")?;
    client.sign(PublicKey::from(key.clone()), data).map_err(|error| match error {
        Error::RemoteFailure => "the agent refused to sign".to_owned(),
        other => format!("the agent did not sign: {}", other.to_string().to_lowercase()),
    })
}

fn connect() -> Option<Client> {
    let socket = system::variable("SSH_AUTH_SOCK")?;
    Client::connect(Path::new(&socket)).ok()
}
