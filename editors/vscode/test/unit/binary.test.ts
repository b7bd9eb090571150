import assert from "node:assert/strict";
import { test } from "node:test";

import { type Machine, findProgram } from "../../src/binary";

function machine(programs: string[], more: Partial<Machine> = {}): Machine {
  return {
    platform: "linux",
    environment: { PATH: "/usr/bin:/opt/bin" },
    home: "/home/ana",
    isProgram: (file) => programs.includes(file),
    ...more,
  };
}

test("the setting goes before PATH", () => {
  const found = findProgram("/opt/mktlint/mktlint", undefined, machine(["/opt/mktlint/mktlint", "/usr/bin/mktlint"]));
  assert.deepEqual(found, { found: true, program: "/opt/mktlint/mktlint", from: "setting" });
});

test("a setting that leads nowhere is not made up for", () => {
  const found = findProgram("/opt/mktlint/mktlint", undefined, machine(["/usr/bin/mktlint"]));
  assert.deepEqual(found, {
    found: false,
    why: "setting",
    message: "`mktlint.path` names no program: `/opt/mktlint/mktlint`",
  });
});

test("the setting knows the home and the folder", () => {
  const home = findProgram("~/bin/mktlint", "/site", machine(["/home/ana/bin/mktlint"]));
  assert.equal(home.found && home.program, "/home/ana/bin/mktlint");
  const folder = findProgram("${workspaceFolder}/tools/mktlint", "/site", machine(["/site/tools/mktlint"]));
  assert.equal(folder.found && folder.program, "/site/tools/mktlint");
  const relative = findProgram("tools/mktlint", "/site", machine(["/site/tools/mktlint"]));
  assert.equal(relative.found && relative.program, "/site/tools/mktlint");
});

test("a name like ~ana is no home", () => {
  assert.equal(findProgram("~ana/mktlint", undefined, machine(["/home/anaana/mktlint"])).found, false);
});

test("the first of PATH wins, and a relative entry is skipped", () => {
  const here = machine(["bin/mktlint", "/opt/bin/mktlint"], { environment: { PATH: "bin:/usr/bin:/opt/bin" } });
  assert.deepEqual(findProgram("", undefined, here), { found: true, program: "/opt/bin/mktlint", from: "path" });
});

test("cargo's folder is the last resort", () => {
  const here = machine(["/home/ana/.cargo/bin/mktlint"]);
  assert.deepEqual(findProgram(" ", undefined, here), {
    found: true,
    program: "/home/ana/.cargo/bin/mktlint",
    from: "cargo",
  });
});

test("Windows has its own names and separators", () => {
  const here = machine(["C:\\tools\\mktlint.exe"], {
    platform: "win32",
    environment: { Path: "C:\\Windows;C:\\tools" },
    home: "C:\\Users\\ana",
  });
  assert.deepEqual(findProgram("", undefined, here), {
    found: true,
    program: "C:\\tools\\mktlint.exe",
    from: "path",
  });
});

test("nothing found says what to do", () => {
  const found = findProgram("", undefined, machine([], { environment: {} }));
  assert.equal(found.found, false);
  assert.match(found.found ? "" : found.message, /install it, or say in `mktlint.path`/);
});
