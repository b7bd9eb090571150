//! A rule as a reporting descriptor.

use serde::Serialize;

use super::result::level_word;
use super::{Text, text};
use crate::model::RuleInfo;
use crate::text::Texts;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleOut<'a> {
    id: &'a str,
    short_description: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help<'a>>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

impl<'a> RuleOut<'a> {
    pub(super) fn of(rule: &'a RuleInfo, texts: &Texts<'_>) -> Self {
        let title = if rule.title.is_empty() { rule.id.as_str() } else { &rule.title };
        let help = (!rule.help.is_empty()).then(|| Help { text: &rule.help, markdown: &rule.help });
        Self {
            id: &rule.id,
            short_description: text(title),
            help,
            default_configuration: Configuration { level: level_word(rule.level) },
            properties: Properties {
                tags: rule.tags.iter().map(|tag| tag.as_str()).collect(),
                why: rule.why.as_deref(),
                declared: rule.source.as_ref().map(|place| texts.located(place)),
            },
        }
    }
}

/// The page is Markdown, which reads well as plain text, too.
#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<String>,
}
