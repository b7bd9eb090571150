/** What VS Code starts. */

import * as vscode from "vscode";

import { StatusBar, judges } from "./bar";
import { register } from "./commands";
import { Pages } from "./pages";
import { Results } from "./results";
import { Server } from "./server";
import { NEED_RESTART } from "./settings";
import { provider } from "./tasks";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("mktlint", { log: true });
  const trace = vscode.window.createOutputChannel("mktlint: messages", { log: true });
  const pages = new Pages();
  const results = new Results(output, pages);
  const server = new Server(output, trace, results);
  const bar = new StatusBar();
  const program = () => {
    const search = server.program();
    return search.found ? search.program : undefined;
  };
  context.subscriptions.push(
    output,
    trace,
    bar,
    pages,
    server,
    server.onState((state) => bar.server(state)),
    vscode.tasks.registerTaskProvider("mktlint", provider(program)),
    ...register({ server, output, pages }),
    ...watch(server, bar),
  );
  tell(vscode.window.activeTextEditor);
  await server.restart();
}

/** Everything outside that the extension must answer to. */
function watch(server: Server, bar: StatusBar): vscode.Disposable[] {
  // What the server is asked about hangs on where configurations are.
  const markers = vscode.workspace.createFileSystemWatcher("**/mktlint.toml", false, true, false);
  return [
    markers,
    markers.onDidCreate(() => server.restart()),
    markers.onDidDelete(() => server.restart()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (NEED_RESTART.some((setting) => event.affectsConfiguration(setting))) {
        void server.restart();
      } else if (event.affectsConfiguration("mktlint")) {
        bar.draw();
      }
    }),
    vscode.languages.onDidChangeDiagnostics(() => bar.draw()),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      bar.draw();
      tell(editor);
    }),
  ];
}

function tell(editor: vscode.TextEditor | undefined): void {
  void vscode.commands.executeCommand("setContext", "mktlint.judges", judges(editor?.document));
}
