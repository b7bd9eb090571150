/** The item in the status bar. */

import * as vscode from "vscode";

import { ASSET_ENDINGS } from "./assets";
import { count } from "./findings";
import { settings } from "./settings";
import { type Server as ServerState, show } from "./status";

export class StatusBar implements vscode.Disposable {
  private state: ServerState = { state: "off" };
  private readonly item = vscode.window.createStatusBarItem("mktlint", vscode.StatusBarAlignment.Left, 5);

  constructor() {
    this.item.name = "mktlint";
    this.item.command = "mktlint.menu";
    this.draw();
  }

  server(state: ServerState): void {
    this.state = state;
    this.draw();
  }

  draw(): void {
    const { text, tooltip, tone } = show(this.state, count());
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      tone === "error" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    if (wanted()) {
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  dispose(): void {
    this.item.dispose();
  }
}

function wanted(): boolean {
  const when = settings().statusBar;
  return when === "always" || (when === "active" && judges(vscode.window.activeTextEditor?.document));
}

/** Whether the server can have something to say about a document. */
export function judges(document: vscode.TextDocument | undefined): boolean {
  if (document === undefined) {
    return false;
  }
  const ending = document.uri.path.split(".").pop() ?? "";
  return document.languageId === "mkt" || (ASSET_ENDINGS as readonly string[]).includes(ending);
}
