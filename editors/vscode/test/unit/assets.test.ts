import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSET_GLOB, outermost } from "../../src/assets";

test("a workspace in a workspace needs no selector of its own", () => {
  assert.deepEqual(outermost(["/site/emails", "/site", "/site/", "/sites"]), ["/site", "/sites"]);
});

test("the glob names endings of all formats", () => {
  for (const ending of ["md", "html", "mjml", "csv", "yaml", "json", "toml", "txt"]) {
    assert.match(ASSET_GLOB, new RegExp(`[{,]${ending}[,}]`));
  }
});
