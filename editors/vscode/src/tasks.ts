/** Runs of the command, as tasks with a terminal. */

import * as vscode from "vscode";

/** Runs `mktlint` with `args`; what it finds in files that are not open shows up among the problems. */
export async function run(program: string, args: string[], title: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  await vscode.tasks.executeTask(task(program, args, title, folder));
}

/** Makes tasks of type `mktlint` in `tasks.json` runnable, and offers the check of each folder. */
export function provider(program: () => string | undefined): vscode.TaskProvider {
  return {
    provideTasks: () => {
      const found = program();
      const folders = found === undefined ? [] : (vscode.workspace.workspaceFolders ?? []);
      return folders.map((folder) => task(found ?? "mktlint", CHECK, "check", folder));
    },
    resolveTask: (known) => {
      const args: unknown = known.definition["arguments"];
      const words = Array.isArray(args) ? args.map(String) : CHECK;
      const folder = typeof known.scope === "object" ? known.scope : undefined;
      // What `resolveTask` returns must hold the very definition that came in.
      return task(program() ?? "mktlint", words, known.name, folder, known.definition);
    },
  };
}

/** The check that the problem matcher can read. */
export const CHECK = ["check", "--output-format", "concise"];

function task(
  program: string,
  args: string[],
  title: string,
  folder: vscode.WorkspaceFolder | undefined,
  definition: vscode.TaskDefinition = { type: "mktlint", arguments: args },
): vscode.Task {
  const made = new vscode.Task(
    definition,
    folder ?? vscode.TaskScope.Workspace,
    title,
    "mktlint",
    new vscode.ProcessExecution(program, args, folder === undefined ? {} : { cwd: folder.uri.fsPath }),
    "$mktlint",
  );
  made.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  return made;
}
