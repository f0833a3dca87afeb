import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { Template } from "../../bench/policies/cloudformation/translate";
import { Linter } from "../support/cfn-lint";
import { itWith } from "../support/programs";
import { ROOT } from "../support/rehearse";
import { rehearseStore } from "../support/rehearse-in-process";
import type { Config } from "../support/stack-files-arbitrary";

const FILES = [
  ...["Pulumi.dev.yaml", "Pulumi.prod.yaml"],
  ...readdirSync(join(ROOT, "examples")).flatMap((file) =>
    file.endsWith(".yaml") ? [`examples/${file}`] : [],
  ),
];

describe("cfn-lint", function () {
  this.timeout(1_200_000);

  itWith(["cfn-lint"], "finds no error in what stacks and examples ask for", async () => {
    const linter = new Linter();
    const templates = new Map<string, Template>();
    for (const file of FILES) {
      const { config } = parse(readFileSync(join(ROOT, file), "utf8")) as { config: Config };
      const { resources } = await rehearseStore(config);
      templates.set(file.replace(/\W/g, "-"), linter.templateOf(resources.values()));
    }
    assert.deepEqual(
      [...linter.errorsOf(templates)].filter(([, errors]) => errors.length > 0),
      [],
    );
  });
});
