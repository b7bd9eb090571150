// Writes what the real client says of itself in `initialize` to ../server/vscode-capabilities.json.

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { open, openFile } from "./window.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), "mktlint-record-"));
const heard = path.join(folder, "initialize.json");
const program = path.join(folder, "mktlint");

// A server that can do nothing but write down the first message.
writeFileSync(program, `#!${process.execPath}
let buffer = Buffer.alloc(0);
process.stdin.on("data", (bytes) => {
  buffer = Buffer.concat([buffer, bytes]);
  for (;;) {
    const head = buffer.indexOf("\\r\\n\\r\\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\\d+)/i.exec(buffer.toString("utf8", 0, head))[1]);
    if (buffer.length < head + 4 + length) return;
    const message = JSON.parse(buffer.toString("utf8", head + 4, head + 4 + length));
    buffer = buffer.subarray(head + 4 + length);
    if (message.method === "initialize") require("fs").writeFileSync(${JSON.stringify(heard)}, JSON.stringify(message.params));
    if (message.method === "exit") process.exit(0);
    if (message.id === undefined) continue;
    const result = message.method === "initialize" ? { capabilities: {} } : null;
    const body = JSON.stringify({ jsonrpc: "2.0", id: message.id, result });
    process.stdout.write("Content-Length: " + Buffer.byteLength(body) + "\\r\\n\\r\\n" + body);
  }
});
`);
chmodSync(program, 0o755);

const { page, close } = await open(program, path.resolve(HERE, "../../mktlint.vsix"));
try {
  await openFile(page, "policy/brand.mkt");
  for (let waited = 0; !existsSync(heard) && waited < 30; waited += 1) {
    await page.waitForTimeout(1_000);
  }
  const { capabilities, clientInfo } = JSON.parse(readFileSync(heard, "utf8"));
  const file = path.resolve(HERE, "../server/vscode-capabilities.json");
  writeFileSync(file, `${JSON.stringify({ clientInfo, capabilities }, null, 1)}\n`);
  console.log(`recorded ${clientInfo.name} ${clientInfo.version}`);
} finally {
  await close();
  rmSync(folder, { recursive: true });
}
