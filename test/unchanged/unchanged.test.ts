import assert from "node:assert/strict";

import { differences } from "./main";

describe("npm run unchanged", () => {
  const before = { dev: { urn: '{"inputs":{"port":443}}', "rule of urn: no": "mandatory" }, prod: {} };

  it("finds nothing between what is alike", () => {
    assert.deepEqual(differences(before, structuredClone(before)), new Map());
  });

  it("tells what is new, gone and other, in resources and findings, and of whole programs", () => {
    const after = {
      dev: { urn: '{"inputs":{"port":80}}', other: "{}" },
      example: { "rule of urn: no": "advisory" },
    };
    assert.deepEqual(
      differences(before, after),
      new Map([
        [
          "dev",
          [
            '~ urn\n    was: {"inputs":{"port":443}}\n    is:  {"inputs":{"port":80}}',
            "- rule of urn: no",
            "+ other",
          ],
        ],
        ["example", ["+ rule of urn: no"]],
      ]),
    );
  });
});
