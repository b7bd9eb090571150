//! One contact.

use std::num::NonZeroUsize;

use jiff::civil::DateTime;
use mktlint_decide::{Contact, Definitions, Schema};
use serde_json::Value;
use smol_str::SmolStr;

use crate::setup::Setup;
use crate::text::{Names, put_object};
use crate::{Columns, FieldError, Job, Reason, mask};

/// See [`crate::contact_from_json`].
pub fn contact_from_json(value: &Value, schema: &Schema) -> Result<Contact, Vec<FieldError>> {
    let Value::Object(object) = value else {
        let (attribute, shown) = (SmolStr::default(), String::new());
        return Err(vec![FieldError { attribute, reason: Reason::NotObject, shown, meant: None }]);
    };
    let (definitions, columns) = (Definitions::new(), Columns::new());
    let job = Job {
        schema,
        definitions: &definitions,
        audiences: &[],
        now: DateTime::default(),
        columns: &columns,
        key: None,
        examples: 0,
        check_all: true,
        threads: NonZeroUsize::MIN,
    };
    let mut setup = Setup::new(&job, false);
    // All values are wanted.
    setup.fields.iter_mut().for_each(|field| field.is_needed = true);
    let (mut desk, names) = (setup.desk(), Names::new(&setup));
    let members = object.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    put_object(&mut desk, &names, members, None);
    let errors = errors(desk.part.faults.clone(), &desk.part.unknown, &setup);
    if !errors.is_empty() {
        return Err(errors);
    }
    let values = setup.fields.iter().enumerate().filter_map(|(number, field)| {
        desk.batch.value(number, 0).map(|value| (field.attribute.name.clone(), value))
    });
    Ok(values.collect())
}

fn errors(faults: crate::faults::Faults, unknown: &[String], setup: &Setup<'_>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for group in faults.finish(&setup.fields) {
        let attribute = group.attribute.unwrap_or_default();
        errors.extend(group.examples.into_iter().map(|example| FieldError {
            attribute: attribute.clone(),
            reason: group.reason.clone(),
            shown: example.shown,
            meant: example.meant,
        }));
    }
    errors.extend(unknown.iter().map(|name| FieldError {
        attribute: mask::column(name).into(),
        reason: Reason::UnknownAttribute,
        shown: String::new(),
        meant: crate::layout::closest_attribute(name, &setup.fields),
    }));
    errors
}

#[cfg(test)]
mod tests {
    use mktlint_decide::{Attribute, Domain, Unit};
    use serde_json::json;

    use super::*;

    fn schema() -> Schema {
        let attribute = |name: &str, domain, optional| Attribute {
            name: name.into(),
            domain,
            optional,
            of_contact: true,
        };
        let stages: [SmolStr; 2] = ["lead".into(), "customer".into()];
        let age =
            Domain::Number { unit: Unit::Plain, least: Some(0.into()), most: Some(130.into()), scale: 0 };
        Schema {
            attributes: vec![
                attribute("stage", Domain::Names { members: stages.into(), open: false }, false),
                attribute("age", age, true),
                attribute("consent.email", Domain::Bool, true),
                attribute("tags", Domain::SetOfTexts, true),
            ],
        }
    }

    fn errors(value: &Value) -> Vec<String> {
        let errors = contact_from_json(value, &schema()).expect_err("it is wrong");
        errors.iter().map(FieldError::to_string).collect()
    }

    #[test]
    fn an_object_is_a_contact() {
        let value = json!({"Stage": "lead", "age": 31, "consent": {"email": true}, "tags": ["b", "a", "b"]});
        let contact = contact_from_json(&value, &schema()).expect("it is right");
        let text = |text: &str| mktlint_decide::Value::Text(text.into());
        let expected = Contact::from([
            ("stage".into(), mktlint_decide::Value::Name("lead".into())),
            ("age".into(), mktlint_decide::Value::Number(31.into())),
            ("consent.email".into(), mktlint_decide::Value::Bool(true)),
            ("tags".into(), mktlint_decide::Value::Set([text("a"), text("b")].into())),
        ]);
        assert_eq!(contact, expected);
        let sparse =
            contact_from_json(&json!({"stage": "lead", "age": null}), &schema()).expect("it is right");
        assert_eq!(sparse.len(), 1);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let value = json!({"stage": "custommer", "age": "old", "tag": ["x"], "tags": [1]});
        assert_eq!(
            errors(&value),
            [
                "`stage`: `c***` is none of the attribute's names; did you mean `customer`?",
                "`age`: `old` is no number",
                "`tags` is not a list of texts",
                "`tag` is no attribute of a contact; did you mean `tags`?",
            ]
        );
        assert_eq!(errors(&json!({})), ["`stage` is missing, but must have a value"]);
        assert_eq!(errors(&json!({"stage": "lead", "STAGE": "lead"})), ["`stage` is there twice"]);
        assert_eq!(errors(&json!([])), ["this is no JSON object"]);
    }
}
