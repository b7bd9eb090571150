// Every snippet, expanded with its defaults, compiles.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";

import { program } from "./program";

interface Snippet {
  prefix: string[];
  body: string[];
}

const SNIPPETS: Record<string, Snippet> = JSON.parse(readFileSync("snippets/mkt.json", "utf8"));

// What the snippets speak of, and declare themselves only where they are about it.
const CONTEXT: Record<string, string> = {
  contact: "contact { country: Country  age: Int?  stage: Stage }",
  Stage: "lifecycle Stage { lead -> customer -> lapsed -> customer }",
  leads: "audience leads = stage == lead",
  customers: "audience customers = stage == customer",
  vip: "audience vip = stage == customer and age? >= 21",
  legal: 'role legal { members ["legal@example.com"] }',
  no_shouting: 'rule no_shouting on Email.subject { forbid capitals(it) > 50%; warning "loud" }',
  brand_names: "fact brand_names: Set<Text>?",
  // What no other tier claims; without it a tier with a condition leaves changes without any.
  other: "tier other {}",
};

/** The text that the editor inserts when every default is taken. */
function expand(body: string): string {
  let at = 0;
  const plain = (end: string): string => {
    let text = "";
    while (at < body.length && !end.includes(body[at] ?? "")) {
      if (body[at] === "\\" && /[\\$}]/.test(body[at + 1] ?? "")) {
        text += body[at + 1];
        at += 2;
      } else if (body[at] === "$" && /[{\d]/.test(body[at + 1] ?? "")) {
        text += placeholder();
      } else {
        text += body[at];
        at += 1;
      }
    }
    return text;
  };
  const placeholder = (): string => {
    const [whole = "", digits, named, separator] = /^\$(?:(\d+)|\{(\w+)([:|}]))/.exec(body.slice(at)) ?? [];
    assert.notEqual(whole, "", `no placeholder: ${body.slice(at)}`);
    at += whole.length;
    if (digits !== undefined || separator === "}") {
      return named === "CURRENT_YEAR" ? String(new Date().getFullYear() + 1) : "";
    }
    if (separator === "|") {
      const end = body.indexOf("|}", at);
      const first = body.slice(at, end).split(",")[0] ?? "";
      at = end + 2;
      return first;
    }
    const text = plain("}");
    at += 1;
    return text;
  };
  return plain("");
}

const folder = mkdtempSync(path.join(os.tmpdir(), "mktlint-snippets-"));
after(() => rmSync(folder, { recursive: true }));

/** The snippet, and what it lacks. */
function policy(snippet: string): string {
  // Audiences ask for a stage, which a contact of the snippet's own need not have.
  const own = /^contact\b/m.test(snippet);
  const lacks = Object.entries(CONTEXT)
    .filter(([noun]) => !new RegExp(`^(pub )?(${noun}|(audience|lifecycle|role|rule|fact) ${noun})\\b`, "m").test(snippet))
    .filter(([noun]) => !own || !["contact", "Stage", "leads", "customers", "vip"].includes(noun));
  return [snippet, ...lacks.map(([, declaration]) => declaration), ""].join("\n\n");
}

/** Writes a workspace of one policy file and one asset that a waiver may speak of. */
function workspace(root: string, text: string): void {
  for (const sub of ["policy", "evidence", "campaigns/poem"]) {
    mkdirSync(path.join(root, sub), { recursive: true });
  }
  writeFileSync(path.join(root, "mktlint.toml"), 'name = "shop"\n');
  writeFileSync(path.join(root, "evidence", "trial.txt"), "A trial.\n");
  writeFileSync(path.join(root, "campaigns/poem/email.md"), '---\nsubject: "LOUD AND LOUD"\n---\nWords.\n');
  writeFileSync(path.join(root, "policy", "main.mkt"), policy(text));
}

const texts = Object.entries(SNIPPETS).map(([name, snippet]) => ({
  name,
  text: expand(snippet.body.join("\n")),
  root: path.join(folder, name.replaceAll(/\W+/g, "_")),
}));

function check(): string[] {
  texts.forEach(({ root, text }) => workspace(root, text));
  const roots = texts.map(({ root }) => root);
  const run = spawnSync(program(), ["check", "--output-format", "concise", ...roots], { encoding: "utf8" });
  return run.stdout.split("\n").filter((line) => / error\[/.test(line));
}

const errors = check();

for (const { name, text, root } of texts) {
  test(`snippet: ${name}`, () => {
    assert.deepEqual(errors.filter((line) => line.includes(`/${path.basename(root)}/`)), [], policy(text));
  });
}

test("a snippet that does not compile would be seen", () => {
  const root = path.join(folder, "broken");
  workspace(root, "rule broken { match 7 }");
  const run = spawnSync(program(), ["check", "--output-format", "concise", root], { encoding: "utf8" });
  assert.match(run.stdout, /policy\/main\.mkt:1:\d+: error\[/);
});
