//! Progress that the editor shows while a workspace is judged for the first time.

use gen_lsp_types::Notification as _;
use lsp_server::Notification;
use serde_json::{Value, json};

use super::Server;
use super::spaces::Space;

impl Server {
    /// Begins to show progress for a workspace, where the client can show it.
    pub(super) fn begin_progress(&mut self, number: usize) {
        let Some(token) = self.spaces.get(number).and_then(|space| self.token(space)) else { return };
        self.ask("window/workDoneProgress/create", json!({ "token": token }));
        let title = json!({ "kind": "begin", "title": "mktlint", "message": "judging assets" });
        self.progress(&token, &title);
    }

    /// Ends it.
    pub(super) fn end_progress(&self, space: &Space) {
        if let Some(token) = self.token(space) {
            self.progress(&token, &json!({ "kind": "end" }));
        }
    }

    fn token(&self, space: &Space) -> Option<String> {
        self.client.progress.then(|| format!("judging {}", space.key))
    }

    fn progress(&self, token: &str, value: &Value) {
        let method = gen_lsp_types::ProgressNotification::METHOD.as_str().to_owned();
        self.send(Notification { method, params: json!({ "token": token, "value": value }) });
    }
}
