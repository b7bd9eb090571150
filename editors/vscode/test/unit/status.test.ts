import assert from "node:assert/strict";
import { test } from "node:test";

import { show, summary } from "../../src/status";

const NONE = { errors: 0, warnings: 0, infos: 0 };

test("findings are counted in words", () => {
  assert.equal(summary({ errors: 2, warnings: 1, infos: 0 }), "2 errors, 1 warning");
  assert.equal(summary({ errors: 0, warnings: 0, infos: 3 }), "3 remarks");
  assert.equal(summary(NONE), "");
});

test("a running server shows what it found", () => {
  assert.deepEqual(show({ state: "running", version: "0.1.0" }, { errors: 1, warnings: 0, infos: 2 }), {
    text: "$(megaphone) $(error) 1 $(info) 2",
    tooltip: "mktlint 0.1.0: 1 error, 2 remarks",
    tone: "warning",
  });
  assert.equal(show({ state: "running" }, NONE).tooltip, "mktlint: no findings");
});

test("a server that does not run says why, whatever is still shown", () => {
  const shown = show({ state: "stopped", why: "no program" }, { errors: 5, warnings: 0, infos: 0 });
  assert.deepEqual(shown, {
    text: "$(error) mktlint",
    tooltip: "mktlint does not run: no program",
    tone: "error",
  });
});
