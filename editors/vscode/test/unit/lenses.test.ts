import assert from "node:assert/strict";
import { test } from "node:test";

import { lensFor } from "../../src/lenses";

const LENSES = [
  { line: 3, command: "run" },
  { line: 3, command: "show" },
  { line: 10, command: "run" },
];

test("the lens of the declaration around the cursor is meant", () => {
  assert.equal(lensFor(LENSES, ["run"], 5, { first: 2, last: 7 })?.line, 3);
  assert.equal(lensFor(LENSES, ["run"], 8, { first: 8, last: 9 }), undefined);
});

test("without a declaration it is the nearest one above", () => {
  assert.equal(lensFor(LENSES, ["run"], 12, undefined)?.line, 10);
  assert.equal(lensFor(LENSES, ["show"], 12, undefined)?.line, 3);
  assert.equal(lensFor(LENSES, ["run"], 1, undefined), undefined);
});
