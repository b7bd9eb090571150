/** The findings that the editor shows. */

import * as vscode from "vscode";

import type { Counts } from "./status";

/** What the server calls itself in every finding. */
const SOURCE = "mktlint";

export function count(): Counts {
  const levels = vscode.languages
    .getDiagnostics()
    .flatMap(([, findings]) => findings)
    .filter(ours)
    .map((finding) => finding.severity);
  return {
    errors: levels.filter((it) => it === vscode.DiagnosticSeverity.Error).length,
    warnings: levels.filter((it) => it === vscode.DiagnosticSeverity.Warning).length,
    infos: levels.filter((it) => it === vscode.DiagnosticSeverity.Information).length,
  };
}

/** The codes and rules of the findings at a place, each once. */
export function rulesAt(document: vscode.Uri, place: vscode.Position): string[] {
  const codes = vscode.languages
    .getDiagnostics(document)
    .filter((finding) => ours(finding) && finding.range.contains(place))
    .map(code)
    .filter((it) => it !== undefined);
  return [...new Set(codes)];
}

function ours(finding: vscode.Diagnostic): boolean {
  return finding.source === SOURCE;
}

function code(finding: vscode.Diagnostic): string | undefined {
  const it = finding.code;
  if (it === undefined) {
    return undefined;
  }
  return String(typeof it === "object" ? it.value : it);
}
