/** The real machine, as the search for the program sees it. */

import * as fs from "node:fs";
import * as os from "node:os";

import type { Machine } from "./binary";

export function thisMachine(): Machine {
  return { platform: process.platform, environment: process.env, home: os.homedir(), isProgram };
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
