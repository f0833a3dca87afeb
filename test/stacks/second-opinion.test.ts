import assert from "node:assert/strict";

import type { Template } from "../../bench/policies/cloudformation/translate";
import { Linter } from "../support/cfn-lint";
import { ourStacks } from "../support/our-stacks";
import { itWith } from "../support/programs";

describe("cfn-lint", function () {
  this.timeout(1_200_000);

  itWith(["cfn-lint"], "finds no error in what stacks and examples ask for", async () => {
    const linter = new Linter();
    const templates = new Map<string, Template>();
    for (const [file, { resources }] of await ourStacks())
      templates.set(file.replace(/\W/g, "-"), linter.templateOf(resources.values()));
    assert.deepEqual(
      [...linter.errorsOf(templates)].filter(([, errors]) => errors.length > 0),
      [],
    );
  });
});
