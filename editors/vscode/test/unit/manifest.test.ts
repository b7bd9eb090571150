// What package.json promises is there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { NAMES } from "../../src/registered";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));

test("every file that is named exists", () => {
  const files: string[] = [
    manifest.icon,
    ...manifest.contributes.languages.map((it: { configuration: string }) => it.configuration),
    ...manifest.contributes.grammars.map((it: { path: string }) => it.path),
    ...manifest.contributes.snippets.map((it: { path: string }) => it.path),
    ...manifest.contributes.walkthroughs[0].steps.map((it: { media: { markdown: string } }) => it.media.markdown),
  ];
  assert.deepEqual(
    files.filter((file) => !existsSync(file)),
    [],
  );
});

test("the commands are those that are registered", () => {
  const said = manifest.contributes.commands.map((it: { command: string }) => it.command);
  assert.deepEqual([...said].sort(), [...NAMES].sort());
});

test("the problem matcher reads what the command prints", () => {
  const { regexp } = manifest.contributes.problemMatchers[0].pattern;
  const line = "emails/a b:1.html:12:5: warning[acme.brand.pressure] this pushes the reader: act now";
  const [, file, row, column, level, code, message] = new RegExp(regexp).exec(line) ?? [];
  assert.deepEqual(
    [file, row, column, level, code, message],
    ["emails/a b:1.html", "12", "5", "warning", "acme.brand.pressure", "this pushes the reader: act now"],
  );
});

test("no setting that starts a program counts in an untrusted workspace", () => {
  const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
  assert.deepEqual(restricted, ["mktlint.path", "mktlint.config"]);
});
