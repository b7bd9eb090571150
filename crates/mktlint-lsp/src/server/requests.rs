//! Requests that are answered on other threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use gen_lsp_types::{
    DocumentDiagnosticRequest, ExecuteCommandRequest, MessageType, Request as _, ShowMessageNotification,
    ShowMessageParams,
};
use lsp_server::{Request, RequestId, Response, ResponseError};
use salsa::{CancellationToken, Cancelled};
use serde_json::{Value, json};

use super::{Event, Server};
use crate::context::Context;
use crate::convert::uri;
use crate::failure::{Answer, Failure};
use crate::routes::{Route, route};

/// What would be wrong if a file were missing from it.
const NEED_ALL: [&str; 4] = [
    "textDocument/rename",
    "textDocument/references",
    "textDocument/implementation",
    "workspace/willRenameFiles",
];

/// A request that is being answered.
pub struct Running {
    /// Ends its queries.
    token: CancellationToken,
    /// A [`Gone`].
    gone: Arc<AtomicU8>,
    /// Words that answer it are shown to the user: clients run commands and throw away what they answer.
    is_told: bool,
}

/// Why nobody waits for an answer any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Gone {
    /// Somebody does.
    Not = 0,
    /// The client took the request back.
    Cancelled = 1,
    /// What it asks about has changed.
    Changed = 2,
}

impl Running {
    /// Ends it soon. An answer that is ready all the same is sent.
    pub fn give_up(&self, why: Gone) {
        let _ = self.gone.compare_exchange(Gone::Not as u8, why as u8, Ordering::Relaxed, Ordering::Relaxed);
        self.token.cancel();
    }
}

impl Server {
    /// Answers a request on another thread.
    pub fn start(&mut self, request: Request) {
        self.flush();
        let Some(route) = route(&request.method) else {
            let error = Failure::Unknown(request.method).into();
            return self.send(Response { id: request.id, response_result: Err(error) });
        };
        if NEED_ALL.contains(&request.method.as_str()) && self.spaces.iter().any(|space| !space.is_judged) {
            return self.deferred.push(request);
        }
        let Some(context) = self.context(&request.params) else {
            // Nothing is open that could be spoken of; only a report of diagnostics cannot be left out.
            let report = || json!({ "kind": "full", "items": [] });
            let is_report = request.method == DocumentDiagnosticRequest::METHOD.as_str();
            return self.reply(request.id, if is_report { report() } else { Value::Null });
        };
        let gone = Arc::new(AtomicU8::new(Gone::Not as u8));
        let is_told = request.method == ExecuteCommandRequest::METHOD.as_str();
        let running = Running { token: context.space.cancellation_token(), gone: gone.clone(), is_told };
        self.running.insert(request.id.clone(), running);
        let events = self.events.0.clone();
        self.pool.spawn(move || {
            let Request { id, method, params } = request;
            let answer = answer(route, context, params, &gone);
            let response_result = answer.map_err(|failure| error(failure, &method));
            let _ = events.send(Event::Answered(Response { id, response_result }));
        });
    }

    /// Sends an answer, once.
    pub fn answered(&mut self, response: Response) {
        let Some(running) = self.running.remove(&response.id) else { return };
        let words = response.response_result.as_ref().ok().and_then(Value::as_str);
        if let Some(message) = words.filter(|_| running.is_told).map(str::to_owned) {
            self.notify::<ShowMessageNotification>(&ShowMessageParams { kind: MessageType::Info, message });
        }
        self.send(response);
    }

    /// Ends a request that the client took back; its answer says so.
    pub fn cancel(&mut self, id: &RequestId) {
        if let Some(running) = self.running.get(id) {
            running.give_up(Gone::Cancelled);
        }
        if let Some(at) = self.deferred.iter().position(|request| request.id == *id) {
            let request = self.deferred.swap_remove(at);
            self.send(Response { id: request.id, response_result: Err(Failure::Cancelled.into()) });
        }
        if self.held.as_ref().is_some_and(|(held, _)| held == id) {
            self.held = None;
            let error = Failure::Cancelled.into();
            self.send(Response { id: id.clone(), response_result: Err(error) });
        }
    }

    /// Starts the requests that waited for a workspace to be known.
    pub fn start_deferred(&mut self) {
        for request in std::mem::take(&mut self.deferred) {
            self.start(request);
        }
    }

    /// Gives up the requests that wait: what they speak of is no longer so.
    pub fn drop_deferred(&mut self, why: &Failure) {
        for request in std::mem::take(&mut self.deferred) {
            self.send(Response { id: request.id, response_result: Err(why.clone().into()) });
        }
    }

    /// What a request with these parameters may look at; `None` when no workspace is open.
    fn context(&self, params: &Value) -> Option<Context> {
        self.context_of(self.space_named_by(params).unwrap_or(0))
    }

    /// A look at one workspace and at those beside it. Drop it before anything is written.
    pub(super) fn context_of(&self, number: usize) -> Option<Context> {
        let spaces: Vec<_> = self.spaces.iter().map(|space| space.live.snapshot()).collect();
        let space = spaces.get(number)?.clone();
        let versions = self.documents.versions();
        Some(Context::new(self.client.clone(), space, spaces, versions, self.memory.clone()))
    }

    /// The workspace of the document that `params` names.
    fn space_named_by(&self, params: &Value) -> Option<usize> {
        let names = ["/textDocument/uri", "/item/uri", "/data/uri", "/files/0/oldUri", "/arguments/0/uri"];
        let address = names.iter().find_map(|name| params.pointer(name)?.as_str())?;
        let path = uri::path(&gen_lsp_types::Uri::parse(address).ok()?)?;
        self.space_of(&path)
    }
}

fn answer(route: Route, context: Context, params: Value, gone: &AtomicU8) -> Answer<Value> {
    if let Some(failure) = failure(gone) {
        return Err(failure);
    }
    // What a panic leaves half done is the context, which goes with it.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let answer = route(&context, params);
        // A writer waits for this clone of the database.
        drop(context);
        answer
    }));
    result.unwrap_or_else(|panic| match panic.downcast_ref::<Cancelled>() {
        Some(_) => Err(failure(gone).unwrap_or(Failure::Changed)),
        None => Err(Failure::Bug(super::panic::words(&*panic).unwrap_or_default())),
    })
}

fn failure(gone: &AtomicU8) -> Option<Failure> {
    match gone.load(Ordering::Relaxed) {
        gone if gone == Gone::Cancelled as u8 => Some(Failure::Cancelled),
        gone if gone == Gone::Changed as u8 => Some(Failure::Changed),
        _ => None,
    }
}

fn error(failure: Failure, method: &str) -> ResponseError {
    let retries = method == "textDocument/diagnostic";
    let failure = if retries && failure == Failure::Changed { Failure::Retry } else { failure };
    failure.into()
}
