//! Who decides.

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::ids::{Seq, StrId};
use super::place::{PlaceRef, Written};
use super::remote;

/// Some people who decide together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its full name.
    pub name: StrId,
    /// Its name in the policy.
    pub place: PlaceRef,
    /// Email addresses or names, as the policy writes them.
    pub members: Seq<StrId>,
    /// Files with their public keys, as paths from the root of the workspace.
    pub keys: Seq<StrId>,
    /// Keys that no longer count.
    pub revoked: Seq<RevokedKey>,
}

/// `revoked "SHA256:…" from 2026-11-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedKey {
    /// The fingerprint as `ssh-keygen -l` shows it, and the clause.
    pub fingerprint: Written,
    /// The first day on which the key no longer counts.
    #[serde(with = "remote::date")]
    pub from: civil::Date,
}
