/** Pages that `mktlint explain` prints, shown as documents. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

const SCHEME = "mktlint-explain";
const LIMIT = { timeout: 20_000, maxBuffer: 4_000_000 };

/** Shows the page of `rule`, as the workspace in `folder` knows it. */
export class Explanations implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(private readonly program: () => string | undefined) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async show(rule: string, folder: vscode.Uri | undefined): Promise<void> {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md`, query: folder?.fsPath ?? "" });
    await vscode.commands.executeCommand("markdown.showPreview", page);
  }

  async provideTextDocumentContent(page: vscode.Uri): Promise<string> {
    const program = this.program();
    const rule = page.path.slice(1, -".md".length);
    if (program === undefined) {
      return "the program `mktlint` was not found";
    }
    const where = page.query === "" ? {} : { cwd: page.query };
    try {
      const { stdout } = await promisify(execFile)(
        program,
        ["explain", "--color", "never", "--", rule],
        { ...LIMIT, ...where },
      );
      return stdout;
    } catch (error) {
      return `\`${rule}\` could not be explained:\n\n    ${message(error)}`;
    }
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll("\n", "\n    ") : String(error);
}
