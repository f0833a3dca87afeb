import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourceShape } from "../../../packages/rehearse/cloud/sdk";

describe("the shape of a resource type, read from its SDK", () => {
  const dir = mkdtempSync(join(tmpdir(), "sdk-"));
  after(() => rmSync(dir, { recursive: true }));

  /** A package's type `Box` in the generated code of two generations. */
  const ages = {
    today:
      'resourceInputs["size"] = args?.size;\n            resourceInputs["lid"] = args?.lid;\n            resourceInputs["tags"] = args?.tags;\n            resourceInputs["arn"] = undefined /*out*/;',
    "2020":
      'inputs["size"] = args ? args.size : undefined;\n            inputs["lid"] = args ? args.lid : undefined;\n            inputs["tags"] = args ? args.tags : undefined;\n            inputs["arn"] = undefined /*out*/;',
  };
  for (const [age, assignments] of Object.entries(ages)) {
    it(`as it is generated ${age === "today" ? "" : "by version 2 of the SDK "}(${age})`, () => {
      const root = join(dir, "node_modules", "@pulumi", `of-${age}`);
      mkdirSync(join(root, "thing"), { recursive: true });
      const files = {
        "package.json": "{}",
        "index.js": "",
        "thing/box.js": `class Box {\n    constructor(name, args, opts) {\n            ${assignments}\n    }\n}\n`,
        "thing/box.d.ts":
          "export declare class Box extends pulumi.CustomResource {\n    readonly arn: pulumi.Output<string>;\n    readonly size: pulumi.Output<number>;\n}\nexport interface BoxArgs {\n    size?: pulumi.Input<number>;\n    lid?: pulumi.Input<string | inputs.Lid>;\n    tags?: pulumi.Input<{\n        [key: string]: pulumi.Input<string>;\n    } | undefined>;\n}\n",
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
      const shape = resourceShape(`of-${age}:thing/box:Box`, dir);
      assert.deepEqual(shape && { inputs: [...shape.inputs], computed: shape.computed }, {
        inputs: [
          ["size", { optional: true, kind: "number" }],
          ["lid", { optional: true }],
          ["tags", { optional: true, kind: "map", of: "string" }],
        ],
        computed: ["arn", "size"],
      });
    });
  }
});
