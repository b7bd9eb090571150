// Laws of the TextMate grammar over every policy in the repository.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { test } from "node:test";
import { INITIAL, type IGrammar, Registry } from "vscode-textmate";
import { OnigScanner, OnigString, loadWASM } from "vscode-oniguruma";

const ROOT = path.resolve("../..");

async function load(scope: string): Promise<IGrammar> {
  const wasm = createRequire(path.resolve("package.json")).resolve("vscode-oniguruma/release/onig.wasm");
  const bytes = readFileSync(wasm);
  await loadWASM(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new OnigScanner(sources),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: async () => JSON.parse(readFileSync("syntaxes/mkt.tmLanguage.json", "utf8")),
  });
  const grammar = await registry.loadGrammar(scope);
  assert.ok(grammar);
  return grammar;
}

function policies(): string[] {
  return ["stdlib", "tests/workspaces"]
    .flatMap((folder) => readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".mkt"))
      .map((file) => path.join(ROOT, folder, file)));
}

/** Lines with the scopes of each of their tokens. */
function* lines(grammar: IGrammar, text: string) {
  let stack = INITIAL;
  for (const line of text.split(/\r?\n/)) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    yield { line, depth: stack.depth, tokens };
  }
}

test("nothing that the compiler accepts is shown as a mistake, and nothing runs over its end", async () => {
  const grammar = await load("source.mkt");
  const files = policies();
  assert.ok(files.length > 100);
  for (const file of files) {
    for (const { line, depth, tokens } of lines(grammar, readFileSync(file, "utf8"))) {
      const invalid = tokens.filter((it) => it.scopes.some((scope) => scope.startsWith("invalid.")));
      assert.deepEqual(invalid, [], `${file}: ${line}`);
      // A declaration at the start of a line is one, so nothing above it is still open.
      const declares = /^(pub )?(rule|claim|test|audience|enforce|suppress)\b/.test(line);
      const start = tokens[0]?.scopes.at(-1) ?? "";
      assert.ok(!declares || /^storage\./.test(start), `${file}: ${line}: ${start}`);
      assert.ok(depth < 4, `${file}: ${line}`);
    }
  }
});

test("every clause that starts a line is shown as one", async () => {
  const grammar = await load("source.mkt");
  const heads = /^ {2}(because|help|match|require|forbid|says|needs|never|who|unless|fires|silent|at|fix|from)\b(?! *[:=])/;
  for (const file of policies()) {
    for (const { line, tokens } of lines(grammar, readFileSync(file, "utf8"))) {
      if (heads.test(line)) {
        const scopes = tokens.find((it) => it.startIndex === 2)?.scopes.join(" ") ?? "";
        assert.match(scopes, /keyword\.other\.clause|string|comment/, `${file}: ${line}`);
      }
    }
  }
});

test("a line of nothing but slashes, quotes and braces ends in time", async () => {
  const grammar = await load("source.mkt");
  for (const text of ["/".repeat(20_000), '"{'.repeat(5_000), "/*".repeat(5_000), "a  ".repeat(10_000)]) {
    const started = performance.now();
    grammar.tokenizeLine(text, INITIAL, 2_000);
    assert.ok(performance.now() - started < 5_000);
  }
});
