//! The loop: one thread that owns the workspaces and the connection.
//!
//! Messages that wait are all taken before anything is computed, so that a burst of edits is one edit. Requests get a
//! snapshot and are answered on other threads; an edit ends those that still run.

mod capabilities;
mod documents;
mod lane;
mod life;
mod panic;
mod pool;
mod progress;
mod publish;
mod requests;
mod schedule;
mod spaces;
mod sync;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use gen_lsp_types::Notification as _;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::Value;

use crate::client::Client;
use crate::memory::Memory;
use documents::Documents;
use lane::Lane;
use pool::Pool;
use requests::Running;
use schedule::Outcome;
use spaces::Space;

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said so, after it had asked to shut down.
    Asked,
    /// The client went without a word, or said `exit` first.
    Lost,
}

/// Where in its life a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nobody has said `initialize`.
    New,
    /// Requests are answered.
    Running,
    /// Only `exit` is expected.
    ShutDown,
}

/// What other threads send to the loop.
enum Event {
    /// An answer is ready.
    Answered(Response),
    /// Work behind the answers came to something.
    Came(Box<Outcome>),
    /// A panic outside of any request.
    Bug(String),
}

/// The server.
pub struct Server {
    sender: Sender<Message>,
    events: (Sender<Event>, Receiver<Event>),
    phase: Phase,
    client: Arc<Client>,
    spaces: Vec<Space>,
    /// The folders that the client has open.
    folders: Vec<PathBuf>,
    documents: Documents,
    memory: Arc<Memory>,
    running: BTreeMap<RequestId, Running>,
    /// Requests of ours that the client has not answered.
    asked: BTreeMap<RequestId, &'static str>,
    /// Requests that speak of the whole workspace and came before it was known.
    deferred: Vec<Request>,
    /// Workspace diagnostics that wait for something to change.
    held: Option<(RequestId, gen_lsp_types::WorkspaceDiagnosticParams)>,
    pool: Pool,
    /// For what the user waits for: the file that is typed in.
    near: Lane,
    /// For everything that follows from it.
    far: Lane,
    /// Speaks when nobody has typed for a while.
    pause: Receiver<Instant>,
    n_sent: i32,
    n_spaces: u32,
}

/// Answers `connection` until it ends.
///
/// # Errors
///
/// Fails when no thread can be had.
pub fn serve(connection: Connection) -> std::io::Result<Ended> {
    let Connection { sender, receiver } = connection;
    let mut server = Server::new(sender)?;
    let events = server.events.1.clone();
    loop {
        let ended = select! {
            recv(receiver) -> message => match message {
                Ok(message) => server.message(message).or_else(|| server.rest(&receiver)),
                Err(_) => Some(Ended::Lost),
            },
            recv(events) -> event => {
                if let Ok(event) = event {
                    server.guarded(|server| server.event(event));
                }
                None
            }
            recv(server.pause) -> _ => {
                server.guarded(Server::paused);
                None
            }
        };
        if let Some(ended) = ended {
            return Ok(ended);
        }
        server.guarded(Server::settle);
    }
}

impl Server {
    fn new(sender: Sender<Message>) -> std::io::Result<Self> {
        let events = unbounded();
        let bug = |events: &Sender<Event>| {
            let events = events.clone();
            move |words| {
                let _ = events.send(Event::Bug(words));
            }
        };
        let n_threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        Ok(Self {
            sender,
            phase: Phase::New,
            client: Arc::new(Client::new(&gen_lsp_types::InitializeParams::default())),
            spaces: Vec::new(),
            folders: Vec::new(),
            documents: Documents::default(),
            memory: Arc::default(),
            running: BTreeMap::new(),
            asked: BTreeMap::new(),
            deferred: Vec::new(),
            held: None,
            pool: Pool::start(n_threads)?,
            near: Lane::start("near", bug(&events.0))?,
            far: Lane::start("far", bug(&events.0))?,
            pause: never(),
            n_sent: 0,
            n_spaces: 0,
            events,
        })
    }

    /// All messages that wait already.
    fn rest(&mut self, receiver: &Receiver<Message>) -> Option<Ended> {
        receiver.try_iter().find_map(|message| self.message(message))
    }

    /// Does `work`; a panic in it costs this message alone, since the loop is what everything else needs.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let result = catch_unwind(AssertUnwindSafe(|| work(self)));
        if let Err(panic) = &result {
            let words = panic::words(&**panic).unwrap_or_default();
            self.log(&format!("this is a bug in mktlint: {words}"));
        }
        result.ok()
    }

    fn message(&mut self, message: Message) -> Option<Ended> {
        let asks = match &message {
            Message::Request(request) => Some(request.id.clone()),
            _ => None,
        };
        let done = self.guarded(|server| server.take(message));
        if let (None, Some(id)) = (&done, asks) {
            self.refuse(
                id,
                lsp_server::ErrorCode::InternalError,
                "this is a bug in mktlint; the log has its words",
            );
        }
        done.flatten()
    }

    fn take(&mut self, message: Message) -> Option<Ended> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) => return self.notification(notification),
            Message::Response(response) => self.response(&response),
        }
        None
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Answered(response) => self.answered(response),
            Event::Came(outcome) => self.came(*outcome),
            Event::Bug(words) => self.log(&format!("this is a bug in mktlint: {words}")),
        }
    }

    fn request(&mut self, request: Request) {
        match (self.phase, request.method.as_str()) {
            (Phase::New, "initialize") => self.initialize(request),
            (Phase::New, _) => {
                self.refuse(request.id, lsp_server::ErrorCode::ServerNotInitialized, "say `initialize` first")
            }
            (Phase::ShutDown, _) => {
                self.refuse(request.id, lsp_server::ErrorCode::InvalidRequest, "the server is shutting down")
            }
            (Phase::Running, "initialize") => self.refuse(
                request.id,
                lsp_server::ErrorCode::InvalidRequest,
                "`initialize` was said already",
            ),
            (Phase::Running, "shutdown") => self.shut_down(request.id),
            (Phase::Running, "workspace/diagnostic") => self.workspace_diagnostics(request),
            (Phase::Running, _) => self.start(request),
        }
    }

    fn response(&mut self, response: &Response) {
        if let (Some(method), Err(error)) = (self.asked.remove(&response.id), &response.response_result) {
            self.log(&format!("the client refused `{method}`: {}", error.message));
        }
    }

    /// Sends a message; one to a client that has gone is nobody's loss.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.sender.send(message.into());
    }

    fn reply(&self, id: RequestId, result: Value) {
        self.send(Response { id, response_result: Ok(result) });
    }

    fn refuse(&self, id: RequestId, code: lsp_server::ErrorCode, reason: &str) {
        self.send(Response::new_err(id, code as i32, reason.to_owned()));
    }

    fn notify<N: gen_lsp_types::Notification>(&self, params: &N::Params)
    where
        N::Params: Serialize,
    {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(Notification { method: N::METHOD.as_str().to_owned(), params });
    }

    /// Asks the client something whose answer changes nothing but the log.
    fn ask(&mut self, method: &'static str, params: Value) {
        self.n_sent += 1;
        let id = RequestId::from(self.n_sent);
        self.asked.insert(id.clone(), method);
        self.send(Request { id, method: method.to_owned(), params });
    }

    fn log(&self, words: &str) {
        let params = serde_json::json!({ "type": 1, "message": words });
        let method = gen_lsp_types::LogMessageNotification::METHOD.as_str().to_owned();
        self.send(Notification { method, params });
    }
}
