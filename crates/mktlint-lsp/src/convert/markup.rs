//! Markdown as the client can show it.

use gen_lsp_types::{Documentation, MarkupContent, MarkupKind};

use crate::client::Client;

/// `value` as Markdown; as plain text for a client that shows nothing else.
pub fn content(client: &Client, value: String) -> MarkupContent {
    let kind = if client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    MarkupContent { kind, value }
}

/// The same as documentation of an item.
pub fn documentation(client: &Client, value: String) -> Documentation {
    Documentation::MarkupContent(content(client, value))
}
