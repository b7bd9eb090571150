/** The commands of the extension. */

import * as vscode from "vscode";

import { explain } from "./explain";
import { rulesAt } from "./findings";
import { type Lens, type Lines, lensFor } from "./lenses";
import { TEST, WITNESS } from "./names";
import type { Pages } from "./pages";
import type { Name } from "./registered";
import type { Server } from "./server";
import { CHECK, run } from "./tasks";

/** What the commands work on. */
export interface Parts {
  server: Server;
  output: vscode.LogOutputChannel;
  pages: Pages;
}

export function register(parts: Parts): vscode.Disposable[] {
  const commands: Record<Name, () => unknown> = {
    "mktlint.restart": () => parts.server.restart(),
    "mktlint.showOutput": () => parts.output.show(),
    "mktlint.checkWorkspace": () => withProgram(parts, (program) => run(program, CHECK, "check")),
    "mktlint.init": () => withProgram(parts, (program) => run(program, ["init"], "init")),
    "mktlint.runTestAtCursor": () => lensAtCursor([TEST], "no test stands here"),
    "mktlint.showWitnessAtCursor": () => lensAtCursor([WITNESS], "nothing here has an example person"),
    "mktlint.explainRule": () => explainRule(parts),
    "mktlint.menu": () => menu(),
  };
  return Object.entries(commands).map(([name, action]) => vscode.commands.registerCommand(name, action));
}

async function withProgram(parts: Parts, work: (program: string) => Promise<void>): Promise<void> {
  const search = parts.server.program();
  if (search.found) {
    await work(search.program);
  } else {
    await vscode.window.showErrorMessage(`mktlint: ${search.message}`);
  }
}

async function lensAtCursor(commands: readonly string[], nothing: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const lens = editor && (await findLens(editor, commands));
  if (lens?.codeLens.command === undefined) {
    await vscode.window.showInformationMessage(`mktlint: ${nothing}`);
    return;
  }
  const { command, arguments: args } = lens.codeLens.command;
  await vscode.commands.executeCommand(command, ...(args ?? []));
}

async function findLens(editor: vscode.TextEditor, commands: readonly string[]) {
  const uri = editor.document.uri;
  const given = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 10_000);
  const lenses = (given ?? []).map((codeLens): Lens & { codeLens: vscode.CodeLens } => ({
    line: codeLens.range.start.line,
    command: codeLens.command?.command ?? "",
    codeLens,
  }));
  const cursor = editor.selection.active;
  return lensFor(lenses, commands, cursor.line, await declarationAt(uri, cursor));
}

async function declarationAt(uri: vscode.Uri, cursor: vscode.Position): Promise<Lines | undefined> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    "vscode.executeDocumentSymbolProvider",
    uri,
  );
  const around = (symbols ?? []).find((symbol) => symbol.range?.contains(cursor));
  return around && { first: around.range.start.line, last: around.range.end.line };
}

async function explainRule(parts: Parts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const rules = editor ? rulesAt(editor.document.uri, editor.selection.active) : [];
  const rule = await choose(rules);
  if (rule !== undefined) {
    const folder = editor && vscode.workspace.getWorkspaceFolder(editor.document.uri);
    await withProgram(parts, (program) => explain(program, rule, folder?.uri, parts.pages));
  }
}

/** One rule speaks for itself; without any, whoever asked may name one. */
async function choose(rules: readonly string[]): Promise<string | undefined> {
  if (rules.length === 0) {
    return vscode.window.showInputBox({ prompt: "A rule or a code", placeHolder: "no_fake_reply" });
  }
  return rules.length === 1 ? rules[0] : vscode.window.showQuickPick(rules);
}

async function menu(): Promise<void> {
  const items = [
    { label: "$(list-unordered) Show all findings", command: "workbench.actions.view.problems" },
    { label: "$(play) Check the workspace", command: "mktlint.checkWorkspace" },
    { label: "$(output) Show the output", command: "mktlint.showOutput" },
    { label: "$(debug-restart) Restart the server", command: "mktlint.restart" },
    { label: "$(gear) Settings", command: "workbench.action.openSettings", argument: "@ext:mktlint.mktlint" },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: "mktlint" });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...("argument" in chosen ? [chosen.argument] : []));
  }
}
