//! Which column is which attribute.

use mktlint_diag::closest;
use smol_str::SmolStr;

use crate::field::Field;
use crate::source::Unfound;
use crate::{ColumnNote, Job, ReadError, mask};

/// Which column is which attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// For each field its column.
    pub columns: Vec<Option<usize>>,
    /// The key column.
    pub key: Option<usize>,
    /// What is odd about the columns.
    pub notes: Vec<ColumnNote>,
}

/// Finds the columns of `fields` among `names`: by the job's mapping, else of this name, else in other case.
pub fn layout(job: &Job<'_>, fields: &[Field<'_>], names: &[String]) -> Result<Layout, ReadError> {
    check_mapping(job)?;
    let find = |field: &Field<'_>| column_of(job, &field.attribute.name, names);
    let columns: Vec<Option<usize>> = fields.iter().map(find).collect::<Result<_, _>>()?;
    // Without any column that is an attribute it is another file: everybody would count as nothing known.
    let is_other = !names.iter().any(|name| is_attribute(job, name));
    let lacking = |(field, column): &(&Field<'_>, &Option<usize>)| {
        field.is_needed && (is_other || !field.attribute.optional) && column.is_none()
    };
    let lacking: Vec<Unfound> = fields
        .iter()
        .zip(&columns)
        .filter(lacking)
        .map(|(field, _)| unfound(&field.attribute.name, names))
        .collect();
    if !lacking.is_empty() {
        return Err(ReadError::NoColumn(lacking));
    }
    let key = job.key.map(|key| key_column(key, names)).transpose()?;
    let notes = notes(job, fields, names, &columns, key)?;
    Ok(Layout { columns, key, notes })
}

/// Fails when the job's mapping speaks of what is no attribute.
pub fn check_mapping(job: &Job<'_>) -> Result<(), ReadError> {
    let attributes = || job.schema.attributes.iter().map(|attribute| attribute.name.as_str());
    match job.columns.keys().find(|name| job.schema.find(name).is_none()) {
        Some(name) => {
            let meant = closest(name, attributes()).map(Into::into);
            Err(ReadError::NoAttribute { name: name.clone(), meant })
        }
        None => Ok(()),
    }
}

fn column_of(job: &Job<'_>, attribute: &SmolStr, names: &[String]) -> Result<Option<usize>, ReadError> {
    if let Some(mapped) = job.columns.get(attribute) {
        let found = only(attribute, names, |name| name == mapped)?;
        return found.map(Some).ok_or_else(|| ReadError::NotInFile(unfound(mapped, names)));
    }
    let is_taken = |name: &str| job.columns.iter().any(|(own, column)| column == name && own != attribute);
    let exact = only(attribute, names, |name| name == attribute.as_str() && !is_taken(name))?;
    match exact {
        Some(column) => Ok(Some(column)),
        None => only(attribute, names, |name| same(name, attribute) && !is_taken(name)),
    }
}

fn is_attribute(job: &Job<'_>, name: &str) -> bool {
    job.columns.values().any(|column| column == name)
        || job.schema.attributes.iter().any(|attribute| same(name, &attribute.name))
}

/// Whether a column is named like an attribute, case aside.
pub fn same(name: &str, attribute: &str) -> bool {
    name.eq_ignore_ascii_case(attribute) || name.to_lowercase() == attribute.to_lowercase()
}

fn only(
    attribute: &SmolStr,
    names: &[String],
    fits: impl Fn(&str) -> bool,
) -> Result<Option<usize>, ReadError> {
    let mut found = (0..names.len()).filter(|at| fits(&names[*at]));
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => Err(ReadError::TwoColumns {
            attribute: attribute.clone(),
            columns: [names[first].clone(), names[second].clone()],
        }),
        (first, _) => Ok(first),
    }
}

fn key_column(key: &str, names: &[String]) -> Result<usize, ReadError> {
    let exact = names.iter().position(|name| name == key);
    let found = exact.or_else(|| names.iter().position(|name| same(name, key)));
    found.ok_or_else(|| ReadError::NotInFile(unfound(key, names)))
}

fn unfound(name: &str, names: &[String]) -> Unfound {
    let meant = closest(name, names.iter().map(String::as_str)).map(mask::column);
    Unfound { name: name.to_owned(), meant }
}

fn notes(
    job: &Job<'_>,
    fields: &[Field<'_>],
    names: &[String],
    columns: &[Option<usize>],
    key: Option<usize>,
) -> Result<Vec<ColumnNote>, ReadError> {
    let mut known: Vec<usize> = columns.iter().copied().flatten().chain(key).collect();
    let of_contact = || job.schema.attributes.iter().filter(|attribute| attribute.of_contact);
    // Attributes that are not read have columns too.
    for attribute in of_contact() {
        known.extend(column_of(job, &attribute.name, names).ok().flatten());
    }
    let absent = |field: &&Field<'_>| {
        let at = fields.iter().position(|own| own.attribute.name == field.attribute.name);
        at.is_none_or(|at| columns[at].is_none())
    };
    let absent: Vec<&Field<'_>> = fields.iter().filter(absent).collect();
    let free: Vec<&str> = absent.iter().map(|field| field.attribute.name.as_str()).collect();
    let unknown = names.iter().enumerate().filter(|(at, _)| !known.contains(at));
    let unknown = unknown.map(|(_, name)| ColumnNote::Unknown {
        name: mask::column(name),
        meant: closest(name, free.iter().copied()).map(Into::into),
    });
    let absent = absent
        .iter()
        .map(|field| ColumnNote::Absent { attribute: field.attribute.name.clone(), needed: field.is_needed });
    Ok(unknown.chain(absent).collect())
}

/// The attribute that was perhaps meant by a name that is none.
pub fn closest_attribute(name: &str, fields: &[Field<'_>]) -> Option<SmolStr> {
    // A name in JSON can be as long as it likes.
    let name = name.get(..name.len().min(64))?;
    closest(name, fields.iter().map(|field| field.attribute.name.as_str())).map(Into::into)
}
