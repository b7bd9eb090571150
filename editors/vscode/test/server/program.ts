/** The program under test. */

import { accessSync, constants } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { findProgram } from "../../src/binary";

const ROOT = path.resolve("../..");

/** `MKTLINT_BIN`, else what is on `PATH`, else what cargo built in this repository. */
export function program(): string {
  const built = path.join(ROOT, process.env["CARGO_TARGET_DIR"] ?? "target", "debug", "mktlint");
  const machine = { platform: process.platform, environment: process.env, home: os.homedir(), isProgram };
  const search = findProgram(process.env["MKTLINT_BIN"] ?? "", undefined, machine);
  if (search.found) {
    return search.program;
  }
  if (search.why === "nowhere" && isProgram(built)) {
    return built;
  }
  throw new Error(search.message);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The workspace of the invented company that tests copy. */
export const ACME = path.join(ROOT, "tests", "workspaces", "acme");
