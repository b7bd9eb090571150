/** Markdown that no file holds. */

import * as vscode from "vscode";

const SCHEME = "mktlint";

/** Shows pages in the preview of Markdown, one tab for each name. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts = new Map<string, string>();
  readonly onDidChange = this.changed.event;

  async show(name: string, markdown: string): Promise<void> {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
    this.texts.set(page.toString(), markdown);
    this.changed.fire(page);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  }

  provideTextDocumentContent(page: vscode.Uri): string {
    return this.texts.get(page.toString()) ?? "";
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
