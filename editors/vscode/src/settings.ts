/** The settings of the extension. */

import * as vscode from "vscode";

export interface Settings {
  enable: boolean;
  /** Empty when `PATH` decides. */
  path: string;
  /** Empty when the nearest `mktlint.toml` counts. */
  config: string;
  assets: boolean;
  /** Assets of folders without a configuration, too. */
  withoutConfiguration: boolean;
  statusBar: "always" | "active" | "never";
}

/** Settings that the server must be started again for. */
export const NEED_RESTART = ["mktlint.enable", "mktlint.path", "mktlint.config", "mktlint.assets"];

export function settings(): Settings {
  const it = vscode.workspace.getConfiguration("mktlint");
  return {
    enable: it.get("enable", true),
    path: it.get("path", ""),
    config: it.get("config", "").trim(),
    assets: it.get("assets.enable", true),
    withoutConfiguration: it.get("assets.withoutConfiguration", false),
    statusBar: it.get("statusBar", "always"),
  };
}
