import assert from "node:assert/strict";

import { differences } from "./main";

describe("npm run unchanged", () => {
  const before = { dev: { urn: '{"inputs":{"port":443}}', "rule of urn: no": "mandatory" }, prod: {} };

  it("reports no difference between equal programs", () => {
    assert.deepEqual(differences(before, structuredClone(before)), new Map());
  });

  it("reports new, removed and changed resources and findings, and whole programs", () => {
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

  it("shows long texts from their first difference", () => {
    const [same, more] = ["a".repeat(1000), "b".repeat(1000)];
    const found = differences({ dev: { urn: `${same}1${more}` } }, { dev: { urn: `${same}2` } });
    const before = "a".repeat(100);
    assert.deepEqual(found.get("dev"), [
      `~ urn\n    was: …${before}1${more.slice(0, 199)}…\n    is:  …${before}2`,
    ]);
  });
});
