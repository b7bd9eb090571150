// A VS Code window with the extension in it.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ENTRY = path.join(HERE, "node_modules/code-server/out/node/entry.js");
const ACME = path.resolve(HERE, "../../../../tests/workspaces/acme");
const CHROMIUM_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Opens acme in a window. `program` is what the setting `mktlint.path` says. */
export async function open(program, vsix) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mktlint-window-"));
  const own = { data: path.join(folder, "data"), extensions: path.join(folder, "extensions"), acme: path.join(folder, "acme") };
  cpSync(ACME, own.acme, { recursive: true });
  settle(own.data, program);
  const environment = { ...process.env, XDG_CONFIG_HOME: path.join(folder, "config") };
  const folders = ["--user-data-dir", own.data, "--extensions-dir", own.extensions];
  const installed = spawnSync("node", [ENTRY, ...folders, "--install-extension", vsix], { encoding: "utf8", env: environment });
  if (installed.status !== 0) {
    throw new Error(`the extension was not installed: ${installed.stdout}${installed.stderr}`);
  }
  const port = await freePort();
  const server = await serve(["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry",
    "--disable-update-check", "--disable-workspace-trust", ...folders], environment);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: CHROMIUM_FLAGS });
  const page = await browser.newPage({ viewport: { width: 1360, height: 820 } });
  await page.goto(`http://127.0.0.1:${port}/?folder=${own.acme}`);
  await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60_000 });
  const close = async () => {
    await browser.close();
    server.kill("SIGTERM");
    await new Promise((done) => server.once("exit", done));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { page, acme: own.acme, close };
}

function settle(data, program) {
  mkdirSync(path.join(data, "User"), { recursive: true });
  const settings = {
    "mktlint.path": program,
    "workbench.startupEditor": "none",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "security.workspace.trust.enabled": false,
    "editor.minimap.enabled": false,
    "editor.hover.delay": 150,
    "files.autoSave": "off",
    "extensions.ignoreRecommendations": true,
    "chat.commandCenter.enabled": false,
  };
  writeFileSync(path.join(data, "User", "settings.json"), JSON.stringify(settings));
}

async function freePort() {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await new Promise((done) => probe.once("listening", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function serve(args, env) {
  const server = spawn("node", [ENTRY, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  await new Promise((ready, failed) => {
    const hear = (bytes) => {
      said += bytes;
      if (said.includes("HTTP server listening")) {
        ready();
      }
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.once("exit", (status) => failed(new Error(`code-server ended with ${status}: ${said}`)));
  });
  return server;
}

/** Opens a file through quick open, and waits until its text is shown. */
export async function openFile(page, name) {
  const base = name.split("/").pop();
  await page.keyboard.press("Control+P");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(name);
  await page.waitForSelector(`.quick-input-list .monaco-list-row[aria-label*="${base}"]`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.tab.active[aria-label*="${base}"]`);
  await page.waitForSelector(".editor-instance .view-line");
}

/** Puts the cursor on a line and column, both from 1. */
export async function goTo(page, line, column = 1) {
  await page.keyboard.press("Control+G");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(250);
}

/** Runs a command by its title. */
export async function command(page, title) {
  await page.keyboard.press("F1");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(title);
  await page.waitForTimeout(700);
  await page.keyboard.press("Enter");
}
