//! Formulas and values as policies write them, so that what is shown can be pasted.

mod formula;
mod temporal;
mod test;
#[cfg(test)]
mod tests;
mod value;

pub use formula::show_formula;
pub use value::{show_relative, show_value};

use crate::{Contact, Domain, Schema, Unit};

/// `{ stage: lapsed, last_order: 2026-11-19 }`, in the order of the schema; attributes that are not there are left out,
/// and so is what the schema does not know.
pub fn show_contact(contact: &Contact, schema: &Schema) -> String {
    let known = schema.attributes.iter().filter_map(|attribute| {
        let value = contact.get(&attribute.name)?;
        Some((attribute.name.as_str(), show_value(value, attribute.domain.unit())))
    });
    braced(known)
}

/// `{ stage: lapsed, age: missing }`
pub(crate) fn braced<'a>(fields: impl Iterator<Item = (&'a str, String)>) -> String {
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}: {value}")).collect();
    if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
}

impl Domain {
    /// What numbers of the domain count; `None` when it does not hold numbers.
    pub fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Number { unit, .. } => Some(unit),
            _ => None,
        }
    }
}
