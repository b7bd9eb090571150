import assert from "node:assert/strict";
import { test } from "node:test";

import { asMarkdown } from "../../src/page";

test("a page of a code stays as it is", () => {
  assert.equal(asMarkdown("# MKT0102: a slip\n\nText.\n"), "# MKT0102: a slip\n\nText.\n");
});

test("columns keep their shape, whatever a rule looks for", () => {
  const page = asMarkdown("acme.a: We do not push\n\nkind   rule\nchecks ```\n");
  assert.equal(page, "# acme.a: We do not push\n\n````text\nkind   rule\nchecks ```\n````\n");
});
