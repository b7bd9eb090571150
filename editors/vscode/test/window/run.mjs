// Drives a real VS Code window, with the packed extension, through an afternoon on a copy of acme.
//
// `./setup` installs what it takes (code-server and playwright-core from the registry; Chromium is the system's, or what
// CHROMIUM names). MKTLINT_BIN is the program. `npm run package` must have made mktlint.vsix. Pictures go to `shots/`.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { command, goTo, open, openFile } from "./window.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const SHOTS = path.join(HERE, "shots");
const program = process.env.MKTLINT_BIN ?? "mktlint";

mkdirSync(SHOTS, { recursive: true });
const { page, acme, close } = await open(program, path.resolve(HERE, "../../mktlint.vsix"));

const shot = (name) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
const lines = () => page.locator(".editor-instance .view-line");
const save = () => page.keyboard.press("Control+S");

/** Waits until a file on disk is as `check` says. */
async function onDisk(file, check) {
  for (let waited = 0; waited < 100; waited += 1) {
    if (check(readFileSync(path.join(acme, file), "utf8"))) {
      return;
    }
    await page.waitForTimeout(100);
  }
  assert.fail(`${file} was not written as it should be`);
}

/** Puts the mouse on the first squiggle of that kind. */
async function hoverSquiggle(kind) {
  const squiggle = page.locator(`.squiggly-${kind}`).first();
  const box = await squiggle.boundingBox();
  await page.mouse.move(0, 0);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
}

const chapters = {
  "an asset shows its findings, and how long its words are": async () => {
    await openFile(page, "emails/winback.html");
    await page.waitForSelector(".squiggly-warning", { timeout: 60_000 });
    await lines().filter({ hasText: /20\sof\s60/ }).waitFor();
    await page.locator('.statusbar-item[aria-label*="mktlint"]').waitFor();
  },

  "files that are not open have findings, too": async () => {
    const bar = page.locator(".statusbar-item").filter({ hasText: /^\s*\d\d+\s+\d\d+\s+\d+\s*$/ });
    await bar.first().waitFor({ timeout: 30_000 });
  },

  "hovering explains a finding": async () => {
    await hoverSquiggle("warning");
    const hover = page.locator(".monaco-hover:not(.hidden) .hover-contents").filter({ hasText: "acme.terms.sign_up" });
    await hover.first().waitFor({ timeout: 10_000 });
    await page.locator(".monaco-hover .hover-contents, .monaco-hover .marker").filter({ hasText: /terms\.mkt\(4, ?7\)/ }).first().waitFor();
    await page.waitForTimeout(500);
    await shot("vscode-finding");
    await page.keyboard.press("Escape");
  },

  "a quick fix mends it": async () => {
    await goTo(page, 10, 6);
    await page.keyboard.press("Control+.");
    const menu = page.locator(".action-widget");
    await menu.waitFor();
    await page.waitForTimeout(500);
    await shot("vscode-quick-fix");
    // The first fix has the focus; a click would not get through what catches clicks beside the menu.
    await menu.locator(".monaco-list-row.focused").filter({ hasText: "Sign up" }).waitFor();
    await page.keyboard.press("Enter");
    await lines().filter({ hasText: /Sign\sup/ }).waitFor();
    await save();
    await onDisk("emails/winback.html", (text) => text.includes("<p>Sign up again"));
  },

  "a policy shows examples, references and dates": async () => {
    await openFile(page, "policy/audiences.mkt");
    await page.locator(".codelens-decoration").filter({ hasText: /\d references/ }).first().waitFor({ timeout: 20_000 });
    await lines().filter({ hasText: /before\s\d+\s\w+\s\d{4}/ }).waitFor();
    await page.locator(".view-line .detected-link").filter({ hasText: "fresh_buyers" }).first().waitFor();
    // Without the server a member and an attribute have one colour: both are names.
    const colour = (word) => lines().locator("span span").filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) }).first()
      .evaluate((it) => getComputedStyle(it).color);
    assert.notEqual(await colour("email_consent"), await colour("granted"));
    await page.waitForTimeout(500);
    await shot("vscode-policy");
  },

  "a click shows an example person": async () => {
    await page.locator(".codelens-decoration a").filter({ hasText: "show example" }).first().click();
    await page.locator('.tab[aria-label*="Preview"]').waitFor({ timeout: 15_000 });
    await page.waitForTimeout(1_500);
    await shot("vscode-example");
    await page.keyboard.press("Control+W");
  },

  "a click lists references": async () => {
    await openFile(page, "policy/audiences.mkt");
    await page.locator(".codelens-decoration a").filter({ hasText: "references" }).first().click();
    await page.locator(".peekview-widget").waitFor({ timeout: 15_000 });
    await page.waitForTimeout(1_000);
    await shot("vscode-references");
    await page.keyboard.press("Escape");
  },

  "a test runs at the cursor": async () => {
    await goTo(page, 39, 3);
    await command(page, "mktlint: Run the test at the cursor");
    const message = page.locator(".notification-toast").filter({ hasText: /mktlint: .*met|mktlint: \d/ });
    await message.first().waitFor({ timeout: 15_000 });
    await command(page, "Notifications: Clear All Notifications");
  },

  "an audience is renamed in the policies and the manifests": async () => {
    await goTo(page, 31, 15);
    await page.keyboard.press("F2");
    // The box is there, hidden, before the server has said what can be renamed.
    await page.waitForFunction(() => document.activeElement?.value === "vip");
    await page.keyboard.type("best_customers");
    await page.keyboard.press("Enter");
    await lines().filter({ hasText: "best_customers" }).first().waitFor();
    await command(page, "File: Save All");
    const manifest = "campaigns/2026-11-black-friday/campaign.yaml";
    await onDisk(manifest, (text) => text.includes("audience: {email: best_customers, sms: best_customers and"));
    await onDisk("policy/audiences.mkt", (text) => !/\bvip\b/.test(text) && text.includes("test best_customers {"));
  },

  "a policy is formatted": async () => {
    await openFile(page, "policy/terms.mkt");
    const whole = readFileSync(path.join(acme, "policy/terms.mkt"), "utf8");
    await goTo(page, 4, 1);
    await page.keyboard.type("    ");
    await command(page, "Format Document");
    await page.waitForTimeout(1_500);
    await save();
    await onDisk("policy/terms.mkt", (text) => text === whole);
  },

  "findings of an asset follow a policy that nobody saved": async () => {
    await openFile(page, "policy/brand.mkt");
    const text = readFileSync(path.join(acme, "policy/brand.mkt"), "utf8");
    const row = text.split("\n").findIndex((line) => line.includes('match "act now"'));
    await goTo(page, row + 1, '  match "'.length + 1);
    for (let deleted = 0; deleted < "act now".length; deleted += 1) {
      await page.keyboard.press("Delete");
    }
    await page.keyboard.type("welcome");
    await openFile(page, "emails/welcome.html");
    await page.waitForSelector(".squiggly-warning", { timeout: 30_000 });
    assert.equal(readFileSync(path.join(acme, "policy/brand.mkt"), "utf8"), text, "the policy was saved");
  },

  "the rule of a finding is explained": async () => {
    const text = readFileSync(path.join(acme, "emails/welcome.html"), "utf8");
    const row = text.split("\n").findIndex((line) => line.includes("<h1>Welcome"));
    await goTo(page, row + 1, "<h1>W".length);
    await command(page, "mktlint: Explain the rule at the cursor");
    await page.locator('.tab[aria-label*="Preview"][aria-label*="pressure"]').waitFor({ timeout: 30_000 });
    await page.waitForTimeout(3_000);
    await shot("vscode-explain");
  },
};

let failed = false;
for (const [name, chapter] of Object.entries(chapters)) {
  const started = performance.now();
  try {
    await chapter();
    console.log(`ok   ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    await shot("failed");
    console.log(`FAIL ${name}\n${error.stack}`);
    failed = true;
    break;
  }
}
await close();
process.exitCode = failed ? 1 : 0;
