/** An editor without a window: talks to the server as vscode-languageclient does. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import {
  ApplyWorkspaceEditRequest,
  ConfigurationRequest,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializeRequest,
  type InitializeResult,
  InitializedNotification,
  type Position,
  type ProtocolConnection,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  TextDocumentEdit,
  type TextEdit,
  WorkDoneProgressCreateRequest,
  type WorkspaceEdit,
  createProtocolConnection,
} from "vscode-languageserver-protocol/node";
import { StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";

import { ACME, program } from "./program";

interface Document {
  version: number;
  text: string;
}

/** A server on a copy of acme. */
export class Editor {
  private readonly documents = new Map<string, Document>();
  private refreshes = 0;
  initialized: InitializeResult | undefined;

  private constructor(
    readonly root: string,
    private readonly server: ChildProcess,
    readonly connection: ProtocolConnection,
  ) {}

  static async start(): Promise<Editor> {
    const root = mkdtempSync(path.join(os.tmpdir(), "mktlint-server-"));
    cpSync(ACME, root, { recursive: true });
    const server = spawn(program(), ["lsp"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const editor = new Editor(root, server, connection);
    editor.listen();
    await editor.initialize();
    return editor;
  }

  private listen(): void {
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes += 1;
    });
    this.connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
      this.apply(edit);
      return { applied: true };
    });
    // The client of VS Code answers these; what they ask for is of no use without a window.
    for (const kind of ["inlayHint", "codeLens", "semanticTokens", "foldingRange"]) {
      this.connection.onRequest(`workspace/${kind}/refresh`, () => null);
    }
    this.connection.listen();
  }

  private async initialize(): Promise<void> {
    // Recorded from a real window: `test/window/record.mjs`.
    const recorded = JSON.parse(readFileSync("test/server/vscode-capabilities.json", "utf8"));
    const uri = pathToFileURL(this.root).href;
    this.initialized = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      clientInfo: recorded.clientInfo,
      locale: "en",
      rootPath: this.root,
      rootUri: uri,
      capabilities: recorded.capabilities,
      initializationOptions: { today: "2026-11-22" },
      trace: "off",
      workspaceFolders: [{ uri, name: "acme" }],
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  uri(file: string): string {
    return pathToFileURL(path.join(this.root, file)).href;
  }

  /** The text as the editor has it, or as it is on disk. */
  text(file: string): string {
    return this.documents.get(this.uri(file))?.text ?? readFileSync(path.join(this.root, file), "utf8");
  }

  async open(file: string): Promise<void> {
    const text = this.text(file);
    const languageId = file.endsWith(".mkt") ? "mkt" : "plaintext";
    this.documents.set(this.uri(file), { version: 1, text });
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.uri(file), languageId, version: 1, text },
    });
  }

  async close(file: string): Promise<void> {
    this.documents.delete(this.uri(file));
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(file) },
    });
  }

  /** Types: `old`, which must stand there once, becomes `text`. One message for each character, as typing does. */
  async type(file: string, old: string, text: string): Promise<void> {
    const document = this.documents.get(this.uri(file));
    const start = document?.text.indexOf(old) ?? -1;
    if (document === undefined || start < 0 || document.text.includes(old, start + 1)) {
      throw new Error(`\`${old}\` must stand once in ${file}, which must be open`);
    }
    await this.replace(file, start, start + old.length, "");
    for (let at = 0; at < text.length; at += 1) {
      await this.replace(file, start + at, start + at, text[at] ?? "");
    }
  }

  private async replace(file: string, start: number, end: number, text: string): Promise<void> {
    const uri = this.uri(file);
    const document = this.documents.get(uri);
    if (document === undefined) {
      throw new Error(`${file} is not open`);
    }
    const range = { start: position(document.text, start), end: position(document.text, end) };
    document.text = document.text.slice(0, start) + text + document.text.slice(end);
    document.version += 1;
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: document.version },
      contentChanges: [{ range, text }],
    });
  }

  /** Asks until the findings of a file are as `wanted` says, and returns them; gives up after some seconds. */
  async findings(file: string, wanted: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    const until = Date.now() + 20_000;
    for (;;) {
      const found = await this.pull(file);
      if (wanted(found)) {
        return found;
      }
      if (Date.now() > until) {
        const seen = found.map((it) => `${it.range.start.line + 1}: [${it.code}] ${words(it)}`);
        throw new Error(`the findings of ${file} never were as they should be:\n${seen.join("\n")}`);
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  private async pull(file: string): Promise<Diagnostic[]> {
    try {
      const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri: this.uri(file) },
        identifier: "mktlint",
      });
      return report.kind === "full" ? report.items : [];
    } catch (error) {
      // The server gave up since something changed, and wants to be asked again.
      if (error instanceof Error && "code" in error && (error.code === -32802 || error.code === -32801)) {
        return [];
      }
      throw error;
    }
  }

  /** How often the server asked to be asked again. */
  refreshed(): number {
    return this.refreshes;
  }

  /** Where `words` stand in a file. */
  range(file: string, words: string): Range {
    const text = this.text(file);
    const start = text.indexOf(words);
    if (start < 0) {
      throw new Error(`\`${words}\` is not in ${file}`);
    }
    return { start: position(text, start), end: position(text, start + words.length) };
  }

  /** Applies an edit as an editor does: to open documents in memory, to others by opening them. */
  apply(edit: WorkspaceEdit): string[] {
    const edits = new Map<string, TextEdit[]>();
    for (const [uri, changes] of Object.entries(edit.changes ?? {})) {
      edits.set(uri, changes);
    }
    for (const change of edit.documentChanges ?? []) {
      if (!TextDocumentEdit.is(change)) {
        throw new Error(`not an edit of text: ${JSON.stringify(change)}`);
      }
      edits.set(change.textDocument.uri, change.edits as TextEdit[]);
    }
    return [...edits].map(([uri, changes]) => this.applyTo(uri, changes));
  }

  private applyTo(uri: string, changes: TextEdit[]): string {
    const file = path.relative(this.root, decodeURIComponent(new URL(uri).pathname));
    if (!this.documents.has(uri)) {
      void this.open(file);
    }
    // From the end, so that earlier places stay where they are.
    const text = this.text(file);
    const sorted = [...changes].sort((a, b) => offset(text, b.range.start) - offset(text, a.range.start));
    for (const { range, newText } of sorted) {
      void this.replace(file, offset(text, range.start), offset(text, range.end), newText);
    }
    return file;
  }

  /** Ends the server and returns its status. */
  async stop(): Promise<number | null> {
    const ended = once(this.server, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const [status] = await ended;
    this.connection.dispose();
    if (existsSync(this.root)) {
      rmSync(this.root, { recursive: true });
    }
    return status;
  }
}

/** What a finding says; its first line is the message. */
export function words(finding: Diagnostic): string {
  return typeof finding.message === "string" ? finding.message : finding.message.value;
}

/** Line and UTF-16 column of an offset. */
function position(text: string, at: number): Position {
  const before = text.slice(0, at);
  const line = before.split("\n").length - 1;
  return { line, character: at - (before.lastIndexOf("\n") + 1) };
}

function offset(text: string, at: Position): number {
  const lines = text.split("\n").slice(0, at.line);
  return lines.reduce((sum, line) => sum + line.length + 1, 0) + at.character;
}
