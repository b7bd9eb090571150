//! Formulas and values as policies write them, so that what is shown can be pasted.

mod formula;
mod temporal;
mod test;
#[cfg(test)]
mod tests;
mod value;

pub use formula::show_formula;
pub use value::{show_relative, show_value};

use jiff::civil::DateTime;

use crate::{Contact, Domain, Schema, Unit, Witness};

/// `{ stage: lapsed, last_order: 2026-11-19 }`, in the order of the schema; attributes that are not there are left out,
/// and so is what the schema does not know.
pub fn show_contact(contact: &Contact, schema: &Schema) -> String {
    let known = schema.attributes.iter().filter_map(|attribute| {
        let value = contact.get(&attribute.name)?;
        Some((attribute.name.as_str(), show_value(value, attribute.domain.unit())))
    });
    braced(known)
}

/// `{ stage: lapsed, age: missing, last_order: 3 days ago }`, in the order of the witness.
pub(crate) fn show_witness(witness: &Witness, schema: &Schema, now: DateTime) -> String {
    braced(witness.values.iter().map(|own| {
        let unit = schema.find(&own.attribute).and_then(|attribute| attribute.domain.unit());
        let value = match &own.value {
            None => "missing".to_owned(),
            Some(value) if own.relative => show_relative(value, unit, now),
            Some(value) => show_value(value, unit),
        };
        (own.attribute.as_str(), value)
    }))
}

fn braced<'a>(fields: impl Iterator<Item = (&'a str, String)>) -> String {
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
