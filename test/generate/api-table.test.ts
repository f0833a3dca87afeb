import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type ApiTable, apiTable, API_TABLE_PATH } from "../../policies/api-table";
import { EXCEPT } from "../../tools/generate/api-constraints/mappings";
import { findBotocore } from "../../tools/generate/api-constraints/models";
import { keyOf } from "../../tools/generate/api-constraints/operations";
import { PATTERN_SAMPLES } from "../../tools/generate/api-constraints/pattern-samples";
import { expressionOf } from "../../tools/generate/api-constraints/patterns";
import { pruned } from "../../tools/generate/api-constraints/prune";
import { readSdk } from "../../tools/generate/api-constraints/sdk";
import { makeTable, textOf } from "../../tools/generate/api-constraints/table";
import { MAPPINGS, WITHOUT_REQUEST } from "../../tools/generate/api-constraints/types";
import { isMap, type Value } from "../../packages/rehearse/values";
import { rehearseBootstrap } from "../support/bootstrap";
import { ROOT, rehearseJson } from "../support/rehearse";
import type { JsonResource, JsonStack } from "../../packages/rehearse/report/json";

/** The resources of AWS that our stacks, the examples and the bootstrap program make. */
async function ourResources(): Promise<JsonResource[]> {
  const examples = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".yaml"));
  const runs = [
    ["--mode", "preview", "--timeout", "600"],
    [
      "--mode",
      "preview",
      "--timeout",
      "600",
      ...examples.flatMap((file) => ["--config-file", join("examples", file)]),
    ],
  ];
  const found: JsonResource[] = [];
  for (const rehearsed of [...runs.map((args) => () => rehearseJson(args)), rehearseBootstrap]) {
    const { stderr, stdout } = await rehearsed();
    assert.notEqual(stdout, "", stderr);
    const { stacks } = JSON.parse(stdout) as { stacks: JsonStack[] };
    found.push(...stacks.flatMap(({ resources }) => resources));
  }
  return found.filter(({ type }) => type.startsWith("aws:"));
}

/** A type as the hand-kept mappings name it. */
function key(type: string): string {
  const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  return keyOf({ module, name });
}

describe("The table of AWS's API models", () => {
  for (const [pattern, { takes, refuses }] of Object.entries(PATTERN_SAMPLES)) {
    it(`takes and refuses as AWS does: ${pattern}`, () => {
      const expression = new RegExp(expressionOf(pattern), "u");
      assert.ok(
        takes.length > 0 && refuses.length > 0,
        "a pattern counts once samples of both kinds were tried",
      );
      for (const sample of takes) assert.match(sample, expression);
      for (const sample of refuses) assert.doesNotMatch(sample, expression);
    });
  }

  it("has only patterns that were tried", () => {
    const tried = Object.keys(PATTERN_SAMPLES).map(expressionOf);
    assert.deepEqual(
      apiTable().patterns.filter((pattern) => !tried.includes(pattern)),
      [],
    );
    assert.deepEqual(
      tried.filter((pattern) => !apiTable().patterns.includes(pattern)),
      [],
    );
  });

  describe("and our own resources", () => {
    let resources: JsonResource[];
    before(async function () {
      this.timeout(900_000);
      resources = await ourResources();
    });

    it("has a mapping of each of their types, or a reason why there is none", () => {
      const types = [...new Set(resources.map(({ type }) => type))];
      const { types: mapped } = apiTable();
      assert.deepEqual(
        types.filter((type) => !Object.hasOwn(mapped, type) && WITHOUT_REQUEST[key(type)] === undefined),
        [],
      );
    });

    const botocore = findBotocore();
    const title = "has a member for each of their properties, or a reason why it is not judged";
    if (botocore === undefined) it.skip(`${title} (needs botocore: test/requirements.txt)`);
    else
      it(title, function () {
        this.timeout(300_000);
        const whole = makeTable(botocore, readSdk());
        assert.deepEqual(
          [...new Set(resources.flatMap(({ inputs, type }) => unmatched(type, inputs, whole)))],
          [],
        );
      });
  });

  const botocore = findBotocore();
  const title = "is what the installed models and the SDK say: npm run generate";
  if (botocore === undefined) it.skip(`${title} (needs botocore: test/requirements.txt)`);
  else
    it(title, function () {
      this.timeout(300_000);
      // Not `equal`: the difference of two texts of this size takes minutes to print.
      assert.ok(textOf(pruned(makeTable(botocore, readSdk()))) === readFileSync(API_TABLE_PATH, "utf8"));
    });
});

/** Properties that are set, and have no member. A boolean can't be wrong. */
function unmatched(type: string, inputs: Value, table: ApiTable): string[] {
  const entry = table.types[type];
  if (entry === undefined) return [];
  const { except = {} } = MAPPINGS[key(type)] ?? {};
  const walk = (value: Value | undefined, at: number | undefined, path: string): string[] => {
    const { f, i } = table.constraints[at ?? -1] ?? {};
    if (Array.isArray(value)) return value.flatMap((element) => walk(element, i, path));
    if (!isMap(value) || f === undefined) return [];
    return Object.entries(value).flatMap(([name, inner]) => {
      const whole = path === "" ? name : `${path}.${name}`;
      if (typeof inner === "boolean" || except[whole] !== undefined) return [];
      if (path === "" && EXCEPT[name] !== undefined) return [];
      return f[name] === undefined ? [`${type} ${whole}`] : walk(inner, f[name][0], whole);
    });
  };
  return walk(inputs, entry[1], "");
}
