/** The settings of the extension. */

import * as vscode from "vscode";

export interface Settings {
  enable: boolean;
  /** Empty when `PATH` decides. */
  path: string;
  /** Empty when the nearest `mktlint.toml` counts. */
  config: string;
  assets: boolean;
  statusBar: "always" | "active" | "never";
}

/** Settings that the server must be started again for. */
export const NEED_RESTART = ["mktlint.enable", "mktlint.path", "mktlint.config", "mktlint.assets.enable"];

export function settings(): Settings {
  const it = vscode.workspace.getConfiguration("mktlint");
  return {
    enable: it.get("enable", true),
    path: it.get("path", ""),
    config: it.get("config", "").trim(),
    assets: it.get("assets.enable", true),
    statusBar: it.get("statusBar", "always"),
  };
}
