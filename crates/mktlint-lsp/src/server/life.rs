//! The life of a connection: `initialize`, `initialized`, `shutdown`, `exit`.

use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types::{InitializeParams, RootPath, WorkspaceFolders};
use lsp_server::{Request, RequestId, Response};
use serde_json::{Value, json};

use super::capabilities::capabilities;
use super::{Ended, Phase, Server};
use crate::client::Client;
use crate::convert::uri;
use crate::failure::Failure;

impl Server {
    pub(super) fn initialize(&mut self, request: Request) {
        // A client with one odd capability still gets a server: what cannot be read is taken as not said.
        let params: InitializeParams =
            serde_json::from_value(request.params.clone()).unwrap_or_else(|_| InitializeParams::default());
        self.folders = folders(&params, &request.params);
        self.client = Arc::new(Client::new(&params));
        self.phase = Phase::Running;
        let result = json!({
            "capabilities": capabilities(&self.client),
            "serverInfo": { "name": "mktlint", "version": env!("CARGO_PKG_VERSION") },
        });
        self.reply(request.id, result);
    }

    pub(super) fn initialized(&mut self) {
        if self.client.watches_files {
            self.ask(
                "client/registerCapability",
                json!({ "registrations": [{
                "id": "files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [{ "globPattern": "**/*" }] },
            }] }),
            );
        }
        self.open_folders();
    }

    pub(super) fn shut_down(&mut self, id: RequestId) {
        self.phase = Phase::ShutDown;
        for space in &self.spaces {
            self.near.clear(space.key);
            self.far.clear(space.key);
        }
        self.drop_deferred(&Failure::Cancelled);
        if let Some((held, _)) = self.held.take() {
            let error = Failure::Cancelled.into();
            self.send(Response { id: held, response_result: Err(error) });
        }
        self.reply(id, Value::Null);
    }

    pub(super) fn exit(&self) -> Ended {
        if self.phase == Phase::ShutDown { Ended::Asked } else { Ended::Lost }
    }
}

/// The folders that the client has open, as old and new clients say it.
#[allow(deprecated, reason = "old clients know no other way")]
fn folders(params: &InitializeParams, raw: &Value) -> Vec<PathBuf> {
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(list)) if !list.is_empty() => {
            return list.iter().filter_map(|folder| uri::path(&folder.uri)).collect();
        }
        _ => {}
    }
    let address = raw.get("rootUri").and_then(Value::as_str);
    let root = params.root_uri.clone().or_else(|| gen_lsp_types::Uri::parse(address?).ok());
    if let Some(path) = root.as_ref().and_then(uri::path) {
        return vec![path];
    }
    match &params.root_path {
        Some(RootPath::String(path)) if !path.is_empty() => vec![PathBuf::from(path)],
        _ => Vec::new(),
    }
}
