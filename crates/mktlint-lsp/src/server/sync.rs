//! What the client says without asking: documents, files on disk, folders.

use std::path::{Path, PathBuf};

use gen_lsp_types as lsp;
use gen_lsp_types::Notification as _;
use lsp_server::{Notification, RequestId};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Ended, Phase, Server};
use crate::convert::uri;

/// Reads the parameters of a notification; what cannot be read is as if it were never sent, since nobody waits for an
/// answer.
fn params<N: lsp::Notification>(value: Value) -> Option<N::Params>
where
    N::Params: DeserializeOwned,
{
    serde_json::from_value(value).ok()
}

impl Server {
    pub(super) fn notification(&mut self, notification: Notification) -> Option<Ended> {
        let Notification { method, params: value } = notification;
        if method == lsp::ExitNotification::METHOD.as_str() {
            return Some(self.exit());
        }
        if self.phase != Phase::Running {
            return None;
        }
        let known = self.document_notification(&method, value.clone()).is_some()
            || self.workspace_notification(&method, value).is_some();
        // Those that start with `$/` may be ignored, says the protocol; the others are nothing we asked for.
        if !known && !method.starts_with("$/") {
            self.log(&format!("`{method}` is not understood, or its parameters are not"));
        }
        None
    }

    fn document_notification(&mut self, method: &str, value: Value) -> Option<()> {
        match method {
            "textDocument/didOpen" => {
                let document = params::<lsp::DidOpenTextDocumentNotification>(value)?.text_document;
                self.opened(&document);
            }
            "textDocument/didChange" => {
                let params = params::<lsp::DidChangeTextDocumentNotification>(value)?;
                self.changed(&params);
            }
            "textDocument/didClose" => {
                let document = params::<lsp::DidCloseTextDocumentNotification>(value)?.text_document;
                self.closed(&document.uri);
            }
            "textDocument/didSave" => {
                let document = params::<lsp::DidSaveTextDocumentNotification>(value)?.text_document;
                let path = uri::path(&document.uri)?;
                self.on_disk(std::slice::from_ref(&path));
                self.look_around(&path);
            }
            "textDocument/willSave" => {}
            _ => return None,
        }
        Some(())
    }

    fn workspace_notification(&mut self, method: &str, value: Value) -> Option<()> {
        match method {
            "initialized" => self.initialized(),
            "workspace/didChangeWatchedFiles" => {
                let events = params::<lsp::DidChangeWatchedFilesNotification>(value)?.changes;
                let paths: Vec<PathBuf> = events.iter().filter_map(|event| uri::path(&event.uri)).collect();
                self.on_disk(&paths);
            }
            "workspace/didChangeWorkspaceFolders" => {
                let event = params::<lsp::DidChangeWorkspaceFoldersNotification>(value)?.event;
                self.folders_changed(&event);
            }
            "workspace/didRenameFiles" => {
                let files = params::<lsp::DidRenameFilesNotification>(value)?.files;
                let both = files.iter().flat_map(|file| [&file.old_uri, &file.new_uri]);
                let paths: Vec<PathBuf> = both.filter_map(uri::path).collect();
                self.on_disk(&paths);
            }
            "workspace/didChangeConfiguration" | "$/setTrace" | "window/workDoneProgress/cancel" => {}
            "$/cancelRequest" => self.cancel(&request_id(value.get("id")?)?),
            _ => return None,
        }
        Some(())
    }

    fn opened(&mut self, document: &lsp::TextDocumentItem) {
        let Some(path) = uri::path(&document.uri) else { return };
        let text: std::sync::Arc<str> = document.text.as_str().into();
        self.documents.open(path.clone(), document.version, text.clone());
        self.open_space_for(&path);
        self.set_text(&path, &text);
    }

    fn changed(&mut self, change: &lsp::DidChangeTextDocumentParams) {
        let document = &change.text_document;
        let Some(path) = uri::path(&document.text_document_identifier.uri) else { return };
        let encoding = self.client.encoding;
        match self.documents.change(&path, document.version, &change.content_changes, encoding) {
            Some(text) => self.set_text(&path, &text),
            None => self.log(&format!("`{}` was changed but never opened", path.display())),
        }
    }

    fn set_text(&mut self, path: &Path, text: &std::sync::Arc<str>) {
        if let Some(number) = self.space_of(path) {
            self.spaces[number].set_text(path, text.clone());
        }
    }

    fn closed(&mut self, address: &lsp::Uri) {
        self.memory.forget(address.as_str());
        let Some(path) = uri::path(address) else { return };
        if self.documents.close(&path)
            && let Some(number) = self.space_of(&path)
        {
            self.flush();
            self.make_way(number, &path);
            self.spaces[number].close_text(&path);
        }
    }

    /// Files that were made, changed or deleted on disk. What is in the folders of tools, such as `.git`, is nobody's asset.
    fn on_disk(&mut self, paths: &[PathBuf]) {
        let root = |path: &Path| self.space_of(path).and_then(|number| self.spaces.get(number));
        let is_seen = |path: &&PathBuf| root(path).is_none_or(|space| !is_hidden(path, &space.root));
        let paths: &[PathBuf] = &paths.iter().filter(is_seen).cloned().collect::<Vec<_>>();
        if paths.is_empty() {
            return;
        }
        self.flush();
        for number in 0..self.spaces.len() {
            for path in paths {
                self.make_way(number, path);
            }
            // Packs lie outside; the workspace knows which of these concern it.
            self.spaces[number].disk_changed(paths);
        }
        if paths.iter().any(|path| path.ends_with("mktlint.toml")) {
            self.open_folders();
        }
    }

    /// Looks for changes on disk around a file that was saved, for clients that tell of none: a checkout or a save in
    /// another program would never be seen.
    fn look_around(&mut self, path: &Path) {
        if self.client.watches_files {
            return;
        }
        if let Some(number) = self.space_of(path) {
            self.make_way(number, path);
            self.spaces[number].look_around();
        }
    }

    fn folders_changed(&mut self, event: &lsp::WorkspaceFoldersChangeEvent) {
        let paths = |folders: &[lsp::WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| uri::path(&folder.uri)).collect()
        };
        let removed = paths(&event.removed);
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(paths(&event.added));
        self.close_spaces();
        self.open_folders();
        // Those that waited for a workspace that is closed now.
        self.start_deferred();
    }
}

/// Whether `path` is in a folder of the workspace at `root` that holds no assets: a hidden one, or what package managers
/// and compilers write, thousands of files at a time.
fn is_hidden(path: &Path, root: &Path) -> bool {
    let inside = path.strip_prefix(root).ok().and_then(Path::parent);
    let mut folders = inside.into_iter().flat_map(Path::components);
    folders.any(|part| part.as_os_str().to_str().is_some_and(is_of_tools))
}

fn is_of_tools(folder: &str) -> bool {
    folder.starts_with('.') || ["node_modules", "target"].contains(&folder)
}

fn request_id(value: &Value) -> Option<RequestId> {
    serde_json::from_value(value.clone()).ok()
}
