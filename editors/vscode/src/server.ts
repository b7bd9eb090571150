/** The language server: started, watched, stopped. */

import * as path from "node:path";
import * as vscode from "vscode";
import { type DocumentSelector, LanguageClient, ShowMessageNotification, State } from "vscode-languageclient/node";

import { ASSET_GLOB, outermost } from "./assets";
import { type Search, findProgram } from "./binary";
import { thisMachine } from "./machine";
import type { Results } from "./results";
import { type Settings, settings } from "./settings";
import type { Server as ServerState } from "./status";

const MARKER = "mktlint.toml";

/** Owns the client. At most one start or stop runs at a time; a later one waits for it. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private busy: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<ServerState>();
  /** Fires with each new state, the same one twice at times. */
  readonly onState = this.changed.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly trace: vscode.LogOutputChannel,
    private readonly results: Results,
  ) {}

  /** Stops what runs and starts again, with the settings as they are now. */
  restart(): Promise<void> {
    return this.after(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Where the program is, by the settings as they are now. */
  program(): Search {
    return findProgram(settings().path, firstFolder(), thisMachine());
  }

  dispose(): void {
    void this.after(() => this.stopNow());
    this.changed.dispose();
  }

  private after(work: () => Promise<void>): Promise<void> {
    this.busy = this.busy.then(work, work);
    return this.busy;
  }

  private async startNow(): Promise<void> {
    const wanted = settings();
    if (!wanted.enable) {
      this.say({ state: "off" });
      return;
    }
    const search = this.program();
    if (!search.found) {
      this.say({ state: "stopped", why: search.message });
      void askForProgram(search.message);
      return;
    }
    this.say({ state: "starting" });
    this.output.info(`starts ${search.program} (found by ${search.from})`);
    await this.run(search.program, wanted);
  }

  private async run(program: string, wanted: Settings): Promise<void> {
    const client = await this.create(program, wanted);
    this.client = client;
    client.onDidChangeState(({ newState }) => this.follow(client, newState));
    try {
      await client.start();
      client.onNotification(ShowMessageNotification.type, (message) => this.results.said(message));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.output.error(`did not start: ${why}`);
      this.say({ state: "stopped", why });
    }
  }

  private async create(program: string, wanted: Settings): Promise<LanguageClient> {
    const config = wanted.config === "" ? [] : ["--config", wanted.config];
    const client = new LanguageClient(
      "mktlint",
      "mktlint",
      { command: program, args: [...config, "lsp"], options: { cwd: firstFolder() } },
      {
        documentSelector: await selector(wanted),
        initializationOptions: { withoutConfiguration: wanted.withoutConfiguration },
        diagnosticCollectionName: "mktlint",
        outputChannel: this.output,
        traceOutputChannel: this.trace,
        middleware: this.results.middleware(),
      },
    );
    return client;
  }

  /** The client restarts a server that dies, and gives up when that happens too often. */
  private follow(client: LanguageClient, state: State): void {
    if (client !== this.client) {
      return;
    }
    if (state === State.Running) {
      const version = client.initializeResult?.serverInfo?.version;
      this.output.info(`runs${version === undefined ? "" : `, version ${version}`}`);
      this.say({ state: "running", version });
    } else if (state === State.Starting) {
      this.say({ state: "starting" });
    } else {
      this.say({ state: "stopped", why: "it ended; see the output" });
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A client that never started, or whose server is gone, refuses to stop; it is gone all the same.
    await client?.dispose().catch(() => undefined);
  }

  private say(state: ServerState): void {
    void vscode.commands.executeCommand("setContext", "mktlint.running", state.state === "running");
    this.changed.fire(state);
  }
}

/** Policies everywhere, and assets of each workspace that has a configuration. */
async function selector(wanted: Settings): Promise<DocumentSelector> {
  const policies = [
    { scheme: "file", language: "mkt" },
    { scheme: "untitled", language: "mkt" },
  ];
  if (!wanted.assets) {
    return policies;
  }
  const roots = wanted.withoutConfiguration ? folders() : await workspaces();
  const assets = roots.map((root) => ({
    scheme: "file",
    pattern: new vscode.RelativePattern(vscode.Uri.file(root), ASSET_GLOB),
  }));
  return [...policies, ...assets] as DocumentSelector;
}

function folders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((it) => it.uri.scheme === "file").map((it) => it.uri.path);
}

/** Folders that a configuration marks, inside what is open or around it. */
async function workspaces(): Promise<string[]> {
  const inside = await vscode.workspace.findFiles(`**/${MARKER}`, "**/{node_modules,target,.git}/**", 500);
  const opened = vscode.workspace.workspaceFolders ?? [];
  const around = await Promise.all(opened.map((folder) => enclosing(folder.uri)));
  return outermost([...inside.map((it) => path.posix.dirname(it.path)), ...around.flat()]);
}

async function enclosing(folder: vscode.Uri): Promise<string[]> {
  for (let at = folder; ; at = vscode.Uri.joinPath(at, "..")) {
    if (await exists(vscode.Uri.joinPath(at, MARKER))) {
      return [folder.path];
    }
    if (at.path === "/" || path.posix.dirname(at.path) === at.path) {
      return [];
    }
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

function firstFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.find((it) => it.uri.scheme === "file")?.uri.fsPath;
}

async function askForProgram(message: string): Promise<void> {
  const [choose, help] = ["Choose the program", "How to install it"];
  const answer = await vscode.window.showErrorMessage(`mktlint: ${message}`, choose, help);
  if (answer === choose) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "mktlint.path");
  } else if (answer === help) {
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", "mktlint.mktlint#start");
  }
}
