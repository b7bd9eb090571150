//! A client for tests: it speaks the protocol as an editor does, in the same process.

#![allow(clippy::disallowed_methods, reason = "tests make the folders that the server reads")]
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use mktlint_lsp::{Ended, serve};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with a folder of its own.
pub struct Client {
    /// The folder.
    pub folder: TempDir,
    connection: Connection,
    server: Option<JoinHandle<std::io::Result<Ended>>>,
    n_sent: i32,
    versions: BTreeMap<String, i32>,
    /// The texts as the client has them.
    texts: BTreeMap<String, String>,
    /// The diagnostics that were pushed last, by address.
    pub pushed: BTreeMap<String, Value>,
    /// Every message that came and was not an awaited answer.
    pub heard: Vec<Message>,
    answers: BTreeMap<RequestId, Response>,
    /// What `initialize` answered.
    pub capabilities: Value,
}

/// What an editor of 2020 says it can do: diagnostics are pushed, positions count UTF-16.
pub fn old_editor() -> Value {
    json!({
        "textDocument": {
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": { "snippetSupport": true } },
            "publishDiagnostics": { "relatedInformation": true },
            "rename": { "prepareSupport": true },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    })
}

/// What an editor of today says: it pulls diagnostics and counts bytes.
pub fn new_editor() -> Value {
    let mut all = old_editor();
    all["general"] = json!({ "positionEncodings": ["utf-8", "utf-16"] });
    all["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": true });
    all["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    all
}

impl Client {
    /// Starts a server on a folder with these files.
    pub fn start(files: &[(&str, &str)], capabilities: Value) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            write(&folder.path().join(path), text);
        }
        Self::start_in(folder, capabilities)
    }

    /// Starts a server on a copy of the folder `from`.
    pub fn start_on_copy(from: &Path, capabilities: Value) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(from, folder.path());
        Self::start_in(folder, capabilities)
    }

    fn start_in(folder: TempDir, capabilities: Value) -> Self {
        let mut client = Self::without_greeting(folder);
        let root = client.uri("");
        let params = json!({
            "processId": null,
            "rootUri": root,
            "workspaceFolders": [{ "uri": root, "name": "test" }],
            "capabilities": capabilities,
            "initializationOptions": { "today": "2026-11-22" },
        });
        client.capabilities = client.request("initialize", params)["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    /// Starts a server without a word.
    pub fn without_greeting(folder: TempDir) -> Self {
        let (here, there) = Connection::memory();
        let server = std::thread::spawn(move || serve(there));
        Self {
            folder,
            connection: here,
            server: Some(server),
            n_sent: 0,
            versions: BTreeMap::new(),
            texts: BTreeMap::new(),
            pushed: BTreeMap::new(),
            heard: Vec::new(),
            answers: BTreeMap::new(),
            capabilities: Value::Null,
        }
    }

    /// The path of a file.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().canonicalize().expect("it is there").join(file)
    }

    /// The address of a file.
    pub fn uri(&self, file: &str) -> String {
        gen_lsp_types::Uri::from_file_path(self.path(file)).expect("an absolute path").to_string()
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    /// Sends a request and returns its number at once.
    pub fn ask(&mut self, method: &str, params: Value) -> RequestId {
        self.n_sent += 1;
        let id = RequestId::from(self.n_sent);
        self.send(Request { id: id.clone(), method: method.to_owned(), params });
        id
    }

    /// Sends a request and waits for its result, which must be no error.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(&id).unwrap_or_else(|error| panic!("{method}: {error:?}"))
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: &RequestId) -> Result<Value, lsp_server::ResponseError> {
        self.until(|client| client.answers.remove(id)).response_result
    }

    /// Opens a file with the text that is on disk.
    pub fn open(&mut self, file: &str) {
        let text = fs::read_to_string(self.path(file)).expect("the file is there");
        self.open_with(file, &text);
    }

    /// Opens a file with a text.
    pub fn open_with(&mut self, file: &str, text: &str) {
        self.versions.insert(file.to_owned(), 1);
        self.texts.insert(file.to_owned(), text.to_owned());
        let uri = self.uri(file);
        let document = json!({ "uri": uri, "languageId": "mkt", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the first `from` of an open file by `to`, as someone who types.
    pub fn edit(&mut self, file: &str, from: &str, to: &str) {
        let text = self.texts[file].clone();
        let at = text.find(from).unwrap_or_else(|| panic!("{from:?} is in {file}"));
        let range = json!({ "start": position(&text, at), "end": position(&text, at + from.len()) });
        self.texts.insert(file.to_owned(), text.replacen(from, to, 1));
        self.change(file, json!([{ "range": range, "text": to }]));
    }

    /// Sends changes as they are.
    pub fn change(&mut self, file: &str, changes: Value) {
        let version = self.versions.entry(file.to_owned()).or_default();
        *version += 1;
        let document = json!({ "uri": self.uri(file), "version": self.versions[file] });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Closes a file.
    pub fn close(&mut self, file: &str) {
        let uri = self.uri(file);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The text of an open file as the client has it.
    pub fn text(&self, file: &str) -> &str {
        &self.texts[file]
    }

    /// A document and the position of the first `words` in it, moved by `skip` bytes.
    pub fn at(&self, file: &str, words: &str, skip: usize) -> Value {
        let text = &self.texts[file];
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is in {file}"));
        json!({ "textDocument": { "uri": self.uri(file) }, "position": position(text, at + skip) })
    }

    /// Waits until the codes of the diagnostics that were pushed for `file` are these.
    pub fn wait_for_codes(&mut self, file: &str, codes: &[&str]) {
        let uri = self.uri(file);
        let mut last = Vec::new();
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(pushed) = self.pushed.get(&uri) {
                last = codes_of(pushed);
                if last == codes {
                    return;
                }
            }
            assert!(self.hear(deadline), "{file}: wanted {codes:?}, got {last:?}");
        }
    }

    /// Applies a workspace edit to the texts of open files and to those on disk.
    pub fn apply(&mut self, edit: &Value) {
        let changes = edit["documentChanges"].as_array().cloned().unwrap_or_default();
        for change in changes {
            let uri = change["textDocument"]["uri"].as_str().expect("an address").to_owned();
            let root = self.uri("");
            let file =
                uri.strip_prefix(&root).expect("a file of the folder").trim_start_matches('/').to_owned();
            let mut edits = change["edits"].as_array().expect("edits").clone();
            edits.sort_by_key(|edit| {
                (edit["range"]["start"]["line"].as_u64(), edit["range"]["start"]["character"].as_u64())
            });
            for edit in edits.iter().rev() {
                self.apply_one(&file, edit);
            }
        }
    }

    fn apply_one(&mut self, file: &str, edit: &Value) {
        let is_open = self.texts.contains_key(file);
        let text = if is_open {
            self.texts[file].clone()
        } else {
            fs::read_to_string(self.path(file)).expect("the file is there")
        };
        let (start, end) = (offset(&text, &edit["range"]["start"]), offset(&text, &edit["range"]["end"]));
        let new = edit["newText"].as_str().expect("a text");
        let text = format!("{}{new}{}", &text[..start], &text[end..]);
        if is_open {
            self.texts.insert(file.to_owned(), text);
            self.change(file, json!([{ "range": edit["range"], "text": new }]));
        } else {
            fs::write(self.path(file), text).expect("it can be written");
            let event = json!({ "uri": self.uri(file), "type": 2 });
            self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [event] }));
        }
    }

    /// Takes what comes until `found` finds something.
    pub fn until<T>(&mut self, mut found: impl FnMut(&mut Self) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(it) = found(self) {
                return it;
            }
            assert!(self.hear(deadline), "nothing came; heard {:?}", self.heard);
        }
    }

    /// Takes what comes until `is_so`, or until nothing has come for a while.
    pub fn settle(&mut self, mut is_so: impl FnMut(&Self) -> bool) {
        const QUIET: Duration = Duration::from_secs(15);
        while !is_so(self) {
            if !self.hear(Instant::now() + QUIET) {
                return;
            }
        }
    }

    /// Ends as an editor does.
    pub fn end(mut self) -> Ended {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.ended()
    }

    /// Waits for the end of the server.
    pub fn ended(mut self) -> Ended {
        let server = self.server.take().expect("it was started");
        let Self { connection, .. } = self;
        drop(connection);
        server.join().expect("no panic").expect("threads can be had")
    }

    fn send(&mut self, message: impl Into<Message>) {
        self.connection.sender.send(message.into()).expect("the server listens");
    }

    /// Takes the next message; `false` when none came in time.
    fn hear(&mut self, deadline: Instant) -> bool {
        let Ok(message) = self.connection.receiver.recv_deadline(deadline) else { return false };
        match message {
            Message::Response(response) => {
                self.answers.insert(response.id.clone(), response);
            }
            Message::Request(request) => {
                // Every question of the server is answered with consent.
                let id = request.id.clone();
                self.heard.push(request.into());
                self.send(Response { id, response_result: Ok(Value::Null) });
            }
            Message::Notification(notification) => {
                if notification.method == "textDocument/publishDiagnostics" {
                    let uri = notification.params["uri"].as_str().expect("an address").to_owned();
                    self.pushed.insert(uri, notification.params["diagnostics"].clone());
                }
                self.heard.push(notification.into());
            }
        }
        true
    }
}

/// The codes of diagnostics, in order.
pub fn codes_of(diagnostics: &Value) -> Vec<String> {
    let all = diagnostics.as_array().expect("a list").iter();
    all.map(|found| found["code"].as_str().expect("a code").to_owned()).collect()
}

/// The position of a byte, in UTF-16.
pub fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": before[start..].encode_utf16().count() })
}

fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().expect("a line") as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut left = position["character"].as_u64().expect("a column") as usize;
    for (at, c) in text[start..].char_indices() {
        if left == 0 {
            return start + at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("it is a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}
