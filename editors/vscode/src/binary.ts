/** Where the program `mktlint` is. */

import * as path from "node:path";

/** What the search may look at; tests give their own. */
export interface Machine {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  home: string;
  isProgram(file: string): boolean;
}

/** The program, or why there is none. */
export type Search =
  | { found: true; program: string; from: "setting" | "path" | "cargo" }
  | { found: false; why: "setting" | "nowhere"; message: string };

/**
 * Finds the program: the setting, else `PATH`, else where cargo installs.
 *
 * A setting that leads nowhere is an error rather than a reason to look further: whoever set it wants that program and
 * no other.
 */
export function findProgram(setting: string, folder: string | undefined, machine: Machine): Search {
  const wanted = setting.trim();
  if (wanted !== "") {
    return fromSetting(wanted, folder, machine);
  }
  const onPath = searchPath(machine);
  if (onPath !== undefined) {
    return { found: true, program: onPath, from: "path" };
  }
  const cargo = flavour(machine).join(machine.home, ".cargo", "bin", names(machine)[0] ?? "mktlint");
  if (machine.isProgram(cargo)) {
    return { found: true, program: cargo, from: "cargo" };
  }
  return {
    found: false,
    why: "nowhere",
    message: "the program `mktlint` was not found on PATH; install it, or say in `mktlint.path` where it is",
  };
}

function fromSetting(wanted: string, folder: string | undefined, machine: Machine): Search {
  const program = expand(wanted, folder, machine);
  if (machine.isProgram(program)) {
    return { found: true, program, from: "setting" };
  }
  return { found: false, why: "setting", message: `\`mktlint.path\` names no program: \`${program}\`` };
}

/** Replaces `~` and `${workspaceFolder}`; a path that is not absolute starts in the workspace folder. */
export function expand(setting: string, folder: string | undefined, machine: Machine): string {
  const paths = flavour(machine);
  const home = /^~(?=$|[\\/])/.test(setting) ? machine.home + setting.slice(1) : setting;
  const whole = folder === undefined ? home : home.replaceAll("${workspaceFolder}", folder);
  return paths.isAbsolute(whole) || folder === undefined ? whole : paths.join(folder, whole);
}

function searchPath(machine: Machine): string | undefined {
  const paths = flavour(machine);
  const variable = machine.environment["PATH"] ?? machine.environment["Path"] ?? "";
  // A relative entry would mean another program in each workspace.
  const folders = variable.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
  return folders
    .flatMap((folder) => names(machine).map((name) => paths.join(folder, name)))
    .find((file) => machine.isProgram(file));
}

function names(machine: Machine): string[] {
  return machine.platform === "win32" ? ["mktlint.exe"] : ["mktlint"];
}

function flavour(machine: Machine): path.PlatformPath {
  return machine.platform === "win32" ? path.win32 : path.posix;
}
