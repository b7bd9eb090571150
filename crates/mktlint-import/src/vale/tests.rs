use super::*;
use crate::Outcome;

/// The draft of one rule file.
fn draft(text: &str) -> Draft {
    let file = RuleFile {
        path: "Acme/Rule.yml".into(),
        style: "Acme".to_owned(),
        name: "Rule".to_owned(),
        text: Ok(text.to_owned()),
    };
    import(Source { rules: vec![file], ..Source::default() })
}
