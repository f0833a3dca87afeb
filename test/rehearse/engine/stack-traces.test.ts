import assert from "node:assert/strict";

import { withOwnFrames } from "../../../packages/rehearse/engine/stack-traces";

const OWN = "    at enter (/shop/index.ts:9:22)";

/** Stack frames that are useless to the program's author. */
const OTHERS = [
  "    at Module._compile (node:internal/modules/cjs/loader:1554:14)",
  "    at node:internal/main/run_main_module:36:49",
  "    at load (/rehearse/hosts/preload/keep.cjs:3:1)",
  "    at load (C:\\rehearse\\hosts\\preload.cjs:3:1)",
  "    at run (/shop/node_modules/@pulumi/pulumi/cmd/run/run.js:1:2)",
  "    at call (/shop/node_modules/@grpc/grpc-js/build/client.js:1:2)",
  "    at map (/shop/node_modules/@cspotcode/source-map-support/source-map-support.js:1:2)",
  ...["tsx", "ts-node", "esbuild", "source-map-support"].map(
    (name) => `    at f (/a/node_modules/${name}/a.js:1:2)`,
  ),
  "    at C:\\shop\\node_modules\\tsx\\dist\\a.cjs:1:2",
  "    at Array.map (<anonymous>)",
];

describe("an error reduced to its program's own frames", () => {
  for (const frame of OTHERS) {
    it(`omits ${frame.trim()}`, () =>
      assert.equal(withOwnFrames(["Error: closed", frame, OWN, frame].join("\n")), `Error: closed\n${OWN}`));
  }

  it("keeps frames of the program and its packages, and lines that are not frames", () => {
    const text = [
      "Error: closed at (node:night)",
      OWN,
      "    at f (/shop/node_modules/lodash/index.js:1:2)",
      "    at f (/shop/hosts/index.ts:1:2)",
      "    at f (/shop/tsx/index.ts:1:2)",
      "    at <anonymous> (/shop/index.ts:1:2)",
      "at noon (<anonymous>)",
    ].join("\n");
    assert.equal(withOwnFrames(text), text);
  });

  it("keeps properties that begin on the line of an omitted frame", () => {
    const [frame] = OTHERS;
    assert.equal(
      withOwnFrames(`Error: closed\n${OWN}\n${frame} {\n  self: 0\n}`),
      `Error: closed\n${OWN} {\n  self: 0\n}`,
    );
    assert.equal(withOwnFrames(`${frame} {\n  self: 0\n}`), " {\n  self: 0\n}");
  });

  it("omits the SDK's modules from the require stack", () => {
    const [own, sdk] = ["/shop/index.js", "/shop/node_modules/@pulumi/pulumi/cmd/run/run.js"];
    assert.equal(
      withOwnFrames(`Cannot find module 'a'\nRequire stack:\n- ${own}\n- ${sdk}\n  - ${sdk}`),
      `Cannot find module 'a'\nRequire stack:\n- ${own}`,
    );
    const other = `asked by - ${sdk}\n- /shop/node_modules/@pulumi/aws/index.js\n- /shop/node_modules/@pulumi/pulumi/index.js`;
    assert.equal(withOwnFrames(other), other);
  });

  it("repeats no text", () => {
    const cut = "      ... 7 lines matching cause stack trace ...";
    const told = [
      "<ref *1> Error: closed",
      `${OWN} {`,
      "  promise: Promise { <rejected> [Circular *1] },",
      "  code: 'MODULE_NOT_FOUND',",
      "  requireStack: [",
      "    '/shop/index.js'",
      "  ]",
      "}",
      cut,
    ].join("\n");
    assert.equal(withOwnFrames(told), `Error: closed\n${OWN}`);
    const { length } = [
      "code: 'ERR_MODULE_NOT_FOUND'",
      "promise: Promise { <rejected> [Circular *12] }",
    ].filter((property) => withOwnFrames(`Error: closed {\n  ${property}\n}`) === "Error: closed");
    assert.equal(length, 2);
  });

  it("keeps properties with further information", () => {
    const text =
      "Error: closed {\n  code: 'EACCES',\n  promise: Promise { 1 },\n  <ref *1> self: [Circular *1]\n}";
    assert.equal(withOwnFrames(text), text);
    assert.equal(withOwnFrames("<ref *12> ShopException: closed"), "ShopException: closed");
    assert.equal(withOwnFrames("<ref *1> { error: 1 }"), "<ref *1> { error: 1 }");
  });
});
