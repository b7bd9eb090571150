//! Telling the client what was found: pushed, or when it asks.

use gen_lsp_types as lsp;
use lsp_server::{Request, Response};
use mktlint_diag::{Diagnostic, FilePath, Place};
use serde_json::{Value, json};

use super::Server;
use super::spaces::Space;
use crate::context::Context;
use crate::convert::{diagnostic, uri};
use crate::failure::Failure;

impl Server {
    /// Tells the client of files of a workspace, as far as something about them is new.
    pub(super) fn tell(&mut self, number: usize, files: Vec<(FilePath, Vec<Diagnostic>)>) {
        // Whoever asks is told when all is known: to look at everything after each portion would cost more than judging.
        if self.client.pulls_diagnostics {
            return;
        }
        let Some(context) = self.context_of(number) else { return };
        let messages: Vec<_> =
            files.iter().filter_map(|(file, found)| self.message_of(number, &context, file, found)).collect();
        for message in messages {
            self.notify::<lsp::PublishDiagnosticsNotification>(&message);
        }
    }

    /// What the client must be told of `file`; `None` when it knows. An open document is told of each state, so that the
    /// editor knows which text was judged.
    fn message_of(
        &mut self,
        number: usize,
        context: &Context,
        file: &FilePath,
        found: &[Diagnostic],
    ) -> Option<lsp::PublishDiagnosticsParams> {
        let diagnostics = shown(context, file, found);
        let digest = diagnostic::digest(&diagnostics);
        let path = context.path(file)?;
        let version = context.versions.get(&path).copied();
        let told = &mut self.spaces.get_mut(number)?.told;
        let known = match diagnostics.is_empty() {
            true => told.remove(file),
            false => told.insert(file.clone(), digest.clone()),
        };
        let is_known = known.map_or(diagnostics.is_empty(), |known| known == digest);
        if is_known && version.is_none() {
            return None;
        }
        Some(lsp::PublishDiagnosticsParams { uri: uri::uri(&path)?, version, diagnostics })
    }

    /// Takes back everything that the client was told of a workspace.
    pub(super) fn untell(&self, space: &Space) {
        for file in space.told.keys() {
            if let Some(uri) = uri::uri(&space.root.join(file.as_str())) {
                let params = lsp::PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() };
                self.notify::<lsp::PublishDiagnosticsNotification>(&params);
            }
        }
    }

    /// All work for a workspace is done.
    pub(super) fn caught_up(&mut self, number: usize) {
        let Some(space) = self.spaces.get_mut(number) else { return };
        let is_first = !std::mem::replace(&mut space.is_judged, true);
        let has_news = std::mem::take(&mut space.has_news);
        if let Some(space) = self.spaces.get(number).filter(|_| is_first) {
            self.end_progress(space);
        }
        if !has_news && !is_first {
            return;
        }
        let refreshes = self.client.refreshes;
        let wanted = [
            (refreshes.diagnostics && self.client.pulls_diagnostics, "workspace/diagnostic/refresh"),
            (refreshes.hints, "workspace/inlayHint/refresh"),
            (refreshes.lenses, "workspace/codeLens/refresh"),
        ];
        for (_, method) in wanted.into_iter().filter(|(is_wanted, _)| *is_wanted) {
            self.ask(method, Value::Null);
        }
        self.tell_held();
    }

    /// `workspace/diagnostic`: answered at once when something is new to the client, else when something will be.
    pub(super) fn workspace_diagnostics(&mut self, request: Request) {
        let params: lsp::WorkspaceDiagnosticParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => {
                let error = Failure::Params(error.to_string()).into();
                return self.send(Response { id: request.id, response_result: Err(error) });
            }
        };
        self.flush();
        if let Some((held, _)) = self.held.replace((request.id, params)) {
            self.reply(held, json!({ "items": [] }));
        }
        self.tell_held();
    }

    /// Answers the request that waits, if there is something new.
    fn tell_held(&mut self) {
        let Some((id, params)) = self.held.take() else { return };
        let items = self.new_reports(&params);
        if items.is_empty() {
            self.held = Some((id, params));
        } else {
            self.reply(id, json!({ "items": items }));
        }
    }

    /// The reports of files of which the client knows something else than what is so.
    fn new_reports(&self, params: &lsp::WorkspaceDiagnosticParams) -> Vec<Value> {
        let mut known: std::collections::BTreeMap<&str, &str> = params
            .previous_result_ids
            .iter()
            .map(|known| (known.uri.as_str(), known.value.as_str()))
            .collect();
        let nothing = diagnostic::digest(&[]);
        let mut reports = Vec::new();
        for number in 0..self.spaces.len() {
            let Some(context) = self.context_of(number) else { continue };
            for (file, found) in context.space.all_findings() {
                let Some(uri) = context.uri(&file) else { continue };
                let items = shown(&context, &file, &found);
                let id = diagnostic::digest(&items);
                if known.remove(uri.as_str()) != Some(id.as_str()) {
                    let version = context.path(&file).and_then(|path| context.versions.get(&path).copied());
                    reports.push(json!({ "kind": "full", "uri": uri, "version": version, "resultId": id, "items": items }));
                }
            }
        }
        // What the client knows something about, and there is nothing any more.
        let clean = known.into_iter().filter(|(_, id)| *id != nothing);
        reports.extend(clean.map(|(uri, _)| {
            json!({ "kind": "full", "uri": uri, "version": null, "resultId": nothing, "items": [] })
        }));
        reports
    }
}

/// What is known of a file, as editors show it.
fn shown(context: &Context, file: &FilePath, found: &[Diagnostic]) -> Vec<lsp::Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let Some(lines) = context.lines(file) else { return Vec::new() };
    let locate = |place: &Place| context.location(place);
    found.iter().map(|found| diagnostic::diagnostic(found, &lines, &locate)).collect()
}
