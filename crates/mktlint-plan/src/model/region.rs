//! Named groups of countries.

use serde::{Deserialize, Serialize};

use super::ids::{Seq, StrId};

/// A `region` that manifests can name in place of its countries: `regions: [EU]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Its name without its module: `EU`.
    pub name: StrId,
    /// ISO 3166-1 alpha-2 codes, in order.
    pub countries: Seq<StrId>,
}
