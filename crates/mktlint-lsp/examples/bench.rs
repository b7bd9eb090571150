//! Measures a language server as an editor feels it.
//!
//! ```text
//! cargo run --release -p mktlint-lsp --example bench -- target/release/mktlint FOLDER POLICY ASSET
//! ```
//!
//! `FOLDER` is a workspace, for instance one that `mktlint-host`'s example `big_workspace` wrote; `POLICY` and `ASSET`
//! are files in it. Prints the median, the 99th percentile and the worst of each, in milliseconds, and the most memory
//! that the server held.

#![allow(clippy::disallowed_methods, reason = "it measures time and starts a process")]

use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use gen_lsp_types::Uri;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// Keystrokes of each measurement.
const N_KEYS: usize = 300;

/// How long one answer may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(120);

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [binary, folder, policy, asset] = arguments.as_slice() else {
        return Err("usage: bench MKTLINT FOLDER POLICY ASSET".into());
    };
    let folder = Path::new(folder).canonicalize()?;
    let mut editor = Editor::start(Path::new(binary), &folder)?;
    let opened = editor.open_workspace(policy)?;
    println!("{:<44} {opened:>8.1} ms", "open the workspace to first diagnostics");
    let all = editor.wait_until_quiet();
    println!("{:<44} {all:>8.1} ms", "… to the last diagnostics");
    report("keystroke to diagnostics, policy", &editor.keystrokes(policy)?);
    report("completion, policy", &editor.completions(policy)?);
    report("hover, policy", &editor.hovers(policy)?);
    editor.open(asset)?;
    report("keystroke to diagnostics, asset", &editor.keystrokes(asset)?);
    let (sent, settled) = editor.burst(policy)?;
    println!(
        "{:<44} {settled:>8.1} ms (sent in {sent:.1} ms)",
        "burst of 200 keystrokes, last to diagnostics"
    );
    editor.wait_until_quiet();
    println!("{:<44} {:>8.1} MiB", "most memory", editor.most_memory().unwrap_or_default());
    editor.end()
}

fn report(what: &str, times: &[f64]) {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times.get(((times.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(f64::NAN)
    };
    println!("{what:<44} {:>8.1} ms p50 {:>8.1} p99 {:>8.1} worst", at(0.5), at(0.99), at(1.0));
}

/// An editor with one server.
struct Editor {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Message>,
    folder: PathBuf,
    n_sent: i32,
    version: i32,
    text: String,
}

impl Editor {
    fn start(binary: &Path, folder: &Path) -> Result<Self, Failure> {
        let mut child =
            Command::new(binary).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take().ok_or("no input")?;
        let output = child.stdout.take().ok_or("no output")?;
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let folder = folder.to_owned();
        Ok(Self { child, input, messages, folder, n_sent: 0, version: 0, text: String::new() })
    }

    /// From the first byte to the first diagnostics of `policy`, which is opened.
    fn open_workspace(&mut self, policy: &str) -> Result<f64, Failure> {
        let started = Instant::now();
        let root = Uri::from_file_path(&self.folder).map_err(|()| "no absolute path")?;
        let capabilities = json!({ "textDocument": { "publishDiagnostics": { "versionSupport": true } } });
        let params = json!({
            "processId": null,
            "rootUri": root,
            "capabilities": capabilities,
            "workspaceFolders": [{ "uri": root, "name": "bench" }],
        });
        self.request("initialize", params)?;
        self.notify("initialized", json!({}))?;
        self.open(policy)?;
        Ok(ms(started))
    }

    fn uri(&self, file: &str) -> Result<Uri, Failure> {
        Ok(Uri::from_file_path(self.folder.join(file)).map_err(|()| "no absolute path")?)
    }

    /// Opens a file and waits for its diagnostics.
    fn open(&mut self, file: &str) -> Result<(), Failure> {
        self.text = std::fs::read_to_string(self.folder.join(file))?;
        self.version = 1;
        let uri = self.uri(file)?;
        let document = json!({ "uri": uri, "languageId": "mkt", "version": 1, "text": self.text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }))?;
        self.wait_for_version(&uri, 1)
    }

    /// Types a letter into a comment or word in the middle of the file and takes it away again, over and over.
    fn keystrokes(&mut self, file: &str) -> Result<Vec<f64>, Failure> {
        let uri = self.uri(file)?;
        let at = self.place();
        let mut times = Vec::new();
        for key in 0..N_KEYS {
            let started = Instant::now();
            self.key(&uri, at, key % 2 == 0)?;
            self.wait_for_version(&uri, self.version)?;
            times.push(ms(started));
        }
        Ok(times)
    }

    fn completions(&mut self, file: &str) -> Result<Vec<f64>, Failure> {
        self.requests(file, "textDocument/completion")
    }

    fn hovers(&mut self, file: &str) -> Result<Vec<f64>, Failure> {
        self.requests(file, "textDocument/hover")
    }

    /// A request behind each keystroke, as editors send them.
    fn requests(&mut self, file: &str, method: &str) -> Result<Vec<f64>, Failure> {
        let uri = self.uri(file)?;
        let (line, character) = self.place();
        let mut times = Vec::new();
        for key in 0..N_KEYS {
            self.key(&uri, (line, character), key % 2 == 0)?;
            let started = Instant::now();
            let position = json!({ "line": line, "character": character + 1 - (key as u32 % 2) });
            self.request(method, json!({ "textDocument": { "uri": uri }, "position": position }))?;
            times.push(ms(started));
        }
        self.wait_for_version(&uri, self.version)?;
        Ok(times)
    }

    /// 200 keystrokes without waiting: how long it takes to send them, and from the last to its diagnostics.
    fn burst(&mut self, file: &str) -> Result<(f64, f64), Failure> {
        self.open(file)?;
        let uri = self.uri(file)?;
        let at = self.place();
        let started = Instant::now();
        for key in 0..200 {
            self.key(&uri, at, key % 2 == 0)?;
        }
        let (sent, last) = (ms(started), Instant::now());
        self.wait_for_version(&uri, self.version)?;
        Ok((sent, ms(last)))
    }

    /// The end of the first word of a line in the middle of the file that starts with white space.
    fn place(&self) -> (u32, u32) {
        let lines: Vec<&str> = self.text.lines().collect();
        let middle = lines.len() / 2;
        let is_body = |line: &str| line.starts_with("  ") && line.trim().len() > 8;
        let at = (middle..lines.len()).find(|at| lines.get(*at).is_some_and(|line| is_body(line)));
        let at = at.unwrap_or(middle);
        let line = lines.get(at).copied().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        let word =
            line.trim_start().split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().len();
        (at as u32, (indent + word) as u32)
    }

    /// Types one letter at a place, or takes it away.
    fn key(&mut self, uri: &Uri, (line, character): (u32, u32), types: bool) -> Result<(), Failure> {
        self.version += 1;
        let start = json!({ "line": line, "character": character });
        let end = json!({ "line": line, "character": character + u32::from(!types) });
        let change = json!({ "range": { "start": start, "end": end }, "text": if types { "x" } else { "" } });
        let document = json!({ "uri": uri, "version": self.version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }))
    }

    fn wait_for_version(&mut self, uri: &Uri, version: i32) -> Result<(), Failure> {
        loop {
            if let Message::Notification(own) = self.hear()?
                && own.method == "textDocument/publishDiagnostics"
                && own.params["uri"].as_str() == Some(uri.as_str())
                && own.params["version"].as_i64().is_some_and(|own| own >= i64::from(version))
            {
                return Ok(());
            }
        }
    }

    /// Waits until nothing has come for a second; the time until the last message.
    fn wait_until_quiet(&mut self) -> f64 {
        let started = Instant::now();
        let mut last = 0.0;
        while let Ok(message) = self.messages.recv_timeout(Duration::from_secs(1)) {
            last = ms(started);
            let _ = self.consent(&message);
        }
        last
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        self.n_sent += 1;
        let id = RequestId::from(self.n_sent);
        self.send(Request { id: id.clone(), method: method.to_owned(), params })?;
        loop {
            if let Message::Response(response) = self.hear()?
                && response.id == id
            {
                return response.response_result.map_err(|error| error.message.into());
            }
        }
    }

    fn notify(&mut self, method: &str, params: Value) -> Result<(), Failure> {
        self.send(Notification { method: method.to_owned(), params })
    }

    fn send(&mut self, message: impl Into<Message>) -> Result<(), Failure> {
        message.into().write(&mut self.input)?;
        self.input.flush()?;
        Ok(())
    }

    fn hear(&mut self) -> Result<Message, Failure> {
        let message = self.messages.recv_timeout(PATIENCE)?;
        self.consent(&message)?;
        Ok(message)
    }

    /// Answers what the server asks.
    fn consent(&mut self, message: &Message) -> Result<(), Failure> {
        match message {
            Message::Request(request) => {
                let id = request.id.clone();
                self.send(Response { id, response_result: Ok(Value::Null) })
            }
            _ => Ok(()),
        }
    }

    /// The most memory that the server held, in MiB.
    fn most_memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(kib / 1024.0)
    }

    fn end(mut self) -> Result<(), Failure> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", Value::Null)?;
        self.child.wait()?;
        Ok(())
    }
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
