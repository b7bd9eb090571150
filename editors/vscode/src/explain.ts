/** Pages that `mktlint explain` prints, shown as documents. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

import { asMarkdown } from "./page";
import type { Pages } from "./pages";

const LIMIT = { timeout: 20_000, maxBuffer: 4_000_000 };

/** Shows the page of `rule`, as the workspace in `folder` knows it. */
export async function explain(
  program: string,
  rule: string,
  folder: vscode.Uri | undefined,
  pages: Pages,
): Promise<void> {
  const where = { location: vscode.ProgressLocation.Window, title: `mktlint: explains ${rule}` };
  const page = await vscode.window.withProgress(where, () => print(program, rule, folder));
  await pages.show(rule, page);
}

async function print(program: string, rule: string, folder: vscode.Uri | undefined): Promise<string> {
  const options = folder === undefined ? LIMIT : { ...LIMIT, cwd: folder.fsPath };
  try {
    const { stdout } = await promisify(execFile)(program, ["explain", "--color", "never", "--", rule], options);
    return asMarkdown(stdout);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return asMarkdown(`${rule} could not be explained\n${why}`);
  }
}
