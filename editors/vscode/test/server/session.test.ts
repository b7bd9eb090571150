// The story of an afternoon, told to the server as VS Code tells it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  CompletionTriggerKind,
  type Diagnostic,
  DocumentFormattingRequest,
  ExecuteCommandRequest,
  HoverRequest,
  RenameRequest,
} from "vscode-languageserver-protocol/node";

import { Editor, words } from "./client";
import { program } from "./program";

let editor: Editor;

before(async () => {
  editor = await Editor.start();
});

after(async () => {
  assert.equal(await editor.stop(), 0);
});

const CLAIMS = "policy/claims.mkt";
const BRAND = "policy/brand.mkt";
const AUDIENCES = "policy/audiences.mkt";
const MANIFEST = "campaigns/2026-11-black-friday/campaign.yaml";
const EMAIL = "emails/welcome.html";

const none = (found: Diagnostic[]) => found.length === 0;
const says = (what: string) => (found: Diagnostic[]) => found.some((it) => words(it).includes(what));

test("a mistake is found while it is typed, and the quick fix mends it", async () => {
  await editor.open(CLAIMS);
  await editor.findings(CLAIMS, none);
  const whole = editor.text(CLAIMS);
  await editor.type(CLAIMS, "needs evidence hydration_trial", "needs evidence hydration_trail");
  const found = await editor.findings(CLAIMS, says("hydration_trail"));
  const mistake = found.find((it) => words(it).includes("hydration_trail"));
  assert.ok(mistake);
  assert.equal(mistake.source, "mktlint");
  assert.deepEqual(mistake.range, editor.range(CLAIMS, "hydration_trail"));

  const actions = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: editor.uri(CLAIMS) },
    range: mistake.range,
    context: { diagnostics: [mistake], only: ["quickfix"] },
  });
  const fix = (actions ?? []).find((it) => "edit" in it && it.title.includes("hydration_trial"));
  assert.ok(fix && "edit" in fix && fix.edit, JSON.stringify(actions));
  editor.apply(fix.edit);
  assert.equal(editor.text(CLAIMS), whole);
  await editor.findings(CLAIMS, none);
});

test("an audience is renamed in the policies and in the manifests", async () => {
  await editor.open(AUDIENCES);
  const { start } = editor.range(AUDIENCES, "vip \"People");
  const edit = await editor.connection.sendRequest(RenameRequest.type, {
    textDocument: { uri: editor.uri(AUDIENCES) },
    position: start,
    newName: "best_customers",
  });
  assert.ok(edit);
  assert.deepEqual(editor.apply(edit).sort(), [MANIFEST, AUDIENCES].sort());
  assert.match(editor.text(MANIFEST), /^audience: \{email: best_customers, sms: best_customers and sms_reachable/m);
  assert.match(editor.text(AUDIENCES), /^pub audience best_customers /m);
  assert.match(editor.text(AUDIENCES), /^test best_customers \{/m);
  assert.doesNotMatch(editor.text(AUDIENCES), /\bvip\b/);
  await editor.findings(AUDIENCES, none);
});

test("formatting gives what the command gives", async () => {
  await editor.open(BRAND);
  const whole = editor.text(BRAND);
  await editor.type(BRAND, "  require longest_length(it) <= 60", "require     longest_length( it )<=60");
  const edits = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri: editor.uri(BRAND) },
    options: { tabSize: 2, insertSpaces: true },
  });
  editor.apply({ changes: { [editor.uri(BRAND)]: edits ?? [] } });
  assert.equal(editor.text(BRAND), whole);
});

test("findings of an asset follow a policy that nobody saved", async () => {
  await editor.open(EMAIL);
  const first = await editor.findings(EMAIL, () => true);
  assert.ok(!says("pushes the reader")(first));
  await editor.type(BRAND, 'match "act now"', 'match "welcome"');
  const pushy = await editor.findings(EMAIL, says("this pushes the reader: Welcome"));
  const finding = pushy.find((it) => words(it).includes("pushes the reader"));
  assert.equal(finding?.code, "acme.brand.pressure");

  const hover = await editor.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: editor.uri(EMAIL) },
    position: finding.range.start,
  });
  assert.match(JSON.stringify(hover?.contents), /pressure/);

  await editor.type(BRAND, 'match "welcome"', 'match "act now"');
  await editor.findings(EMAIL, (found) => !says("pushes the reader")(found));
});

test("an asset is judged while it is typed, and mended by its fix", async () => {
  const file = "blog/layering.md";
  await editor.open(file);
  const title = editor.text(file).split("\n").find((line) => line.startsWith("# ")) ?? "";
  await editor.type(file, title, `${title}\n\nRegister now.`);
  const found = await editor.findings(file, (all) => all.some((it) => it.code === "acme.terms.sign_up"));
  const finding = found.find((it) => it.code === "acme.terms.sign_up");
  assert.ok(finding);
  const actions = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: editor.uri(file) },
    range: finding.range,
    context: { diagnostics: [finding] },
  });
  const fix = (actions ?? []).find((it) => "edit" in it && it.edit && it.kind === "quickfix");
  assert.ok(fix && "edit" in fix && fix.edit, JSON.stringify(actions));
  editor.apply(fix.edit);
  assert.match(editor.text(file), /^Sign up\.$/m);
  await editor.findings(file, (all) => !all.some((it) => it.code === "acme.terms.sign_up"));
});

test("lenses run tests and show example persons", async () => {
  const textDocument = { uri: editor.uri(AUDIENCES) };
  const lenses = await editor.connection.sendRequest(CodeLensRequest.type, { textDocument });
  const run = async (command: string, name: string) => {
    const lens = lenses?.find((it) => it.command?.command === command && it.command.arguments?.[0]?.name === name);
    assert.ok(lens?.command, `${command} ${name}: ${JSON.stringify(lenses)}`);
    return editor.connection.sendRequest(ExecuteCommandRequest.type, lens.command);
  };
  assert.match(await run("mktlint.showWitness", "acme.audiences.sms_reachable"), /sms_consent: granted/);
  const title = lenses?.find((it) => it.command?.title === "run test")?.command?.arguments?.[0]?.name;
  assert.match(await run("mktlint.runTest", title), /\d+ .*\n$/);
});

test("completion knows the members of a type", async () => {
  await editor.type(AUDIENCES, "email_consent == granted and not minors", "email_consent == ");
  const { end } = editor.range(AUDIENCES, "email_consent == ");
  const answer = await editor.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: editor.uri(AUDIENCES) },
    position: end,
    context: { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: " " },
  });
  const labels = (Array.isArray(answer) ? answer : (answer?.items ?? [])).map((it) => it.label);
  assert.deepEqual(["granted", "withdrawn", "never_asked"].filter((it) => !labels.includes(it)), [], labels.join(" "));
  await editor.type(AUDIENCES, "email_consent == \n", "email_consent == granted and not minors\n");
  await editor.findings(AUDIENCES, none);
});

test("the editor shows what the command prints", async () => {
  const file = "pages/sunscreen.html";
  await editor.open(file);
  const run = spawnSync(program(), ["check", "--output-format", "json", "--at", "2026-11-22", file], {
    cwd: editor.root,
    encoding: "utf8",
  });
  const printed = JSON.parse(run.stdout).findings
    .map((it: { message: string }) => it.message)
    .sort();
  assert.ok(printed.length > 0);
  await editor.findings(file, (found) => {
    const shown = found.map((it) => words(it).split("\n")[0]).sort();
    return JSON.stringify(shown) === JSON.stringify(printed);
  });
});
